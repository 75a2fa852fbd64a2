/// What a validation found, sorted by file, place and rule.
public struct ValidationReport: Sendable, Equatable {
  /// Every finding that was kept; `Finding.more` tells of those that were only counted.
  public var findings: [Finding]
  /// How many files were looked at.
  public var fileCount: Int
  /// How many bytes those files have.
  public var byteCount: Int64
  /// The S3 layout as users name it: `inline`, `portable`, `blobs`, `mixed`, or `none` where no S3 body shows one.
  public var layout: String
  /// The releases that the directory was checked against, in words.
  public var targets: [String]

  /// Collects findings in the order of a report.
  public init(findings: [Finding], fileCount: Int, byteCount: Int64, layout: String, targets: [String]) {
    self.findings = findings.sorted(by: ValidationReport.inOrder)
    self.fileCount = fileCount
    self.byteCount = byteCount
    self.layout = layout
    self.targets = targets
  }

  /// How many findings of a severity there are, those that were only counted included.
  public func count(of severity: Severity) -> Int {
    findings.reduce(0) { $1.severity == severity ? $0 + 1 + $1.more : $0 }
  }

  /// Whether there is no error (warnings and notes are allowed).
  public var isValid: Bool { !findings.contains { $0.severity == .error } }

  /// By file (bytes), place, rule, and the rest of the finding, so that the order never depends on who finished first.
  private static func inOrder(_ left: Finding, _ right: Finding) -> Bool {
    if !left.file.utf8.elementsEqual(right.file.utf8) {
      return left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
    }
    let (leftOffset, rightOffset) = (left.position?.offset ?? -1, right.position?.offset ?? -1)
    if leftOffset != rightOffset { return leftOffset < rightOffset }
    if left.rule.id != right.rule.id { return left.rule.id < right.rule.id }
    if left.pointer != right.pointer { return (left.pointer ?? "") < (right.pointer ?? "") }
    return left.message < right.message
  }
}
