/// How much a finding hurts.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  /// KUMO loses data, crashes or serves something wrong.
  case error
  /// It works today and has a known way to hurt.
  case warning
  /// Worth knowing, nothing to do.
  case note

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// `note` is less than `warning`, `warning` less than `error`.
  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// One thing that is wrong, or worth knowing, in a data directory.
public struct Finding: Sendable, Equatable {
  /// Where in a JSON file the finding stands.
  public struct Position: Sendable, Equatable {
    /// Byte offset from the start of the file.
    public var offset: Int
    /// Line, from 1.
    public var line: Int
    /// Column in bytes, from 1.
    public var column: Int

    /// Names a place in a file.
    public init(offset: Int, line: Int, column: Int) {
      self.offset = offset
      self.line = line
      self.column = column
    }
  }

  /// The rule that was broken.
  public var rule: Rule
  /// How much it hurts here; a rule's own severity unless the case is milder (or worse) than usual.
  public var severity: Severity
  /// The file, relative to the directory, printable.
  public var file: String
  /// The place in the file as a JSON pointer, printable.
  public var pointer: String?
  /// The place in the file.
  public var position: Position?
  /// What was found, in one sentence without a full stop; never a value that could be secret.
  public var message: String
  /// What to do here, when that is more exact than the rule's own advice.
  public var fix: String?
  /// How many more findings of this rule in this file were left out of the report.
  public var more: Int

  /// Reports a broken rule.
  public init(
    _ rule: Rule, file: String, pointer: String? = nil, position: Position? = nil, message: String,
    severity: Severity? = nil, fix: String? = nil
  ) {
    self.rule = rule
    self.severity = severity ?? rule.severity
    self.file = file
    self.pointer = pointer
    self.position = position
    self.message = message
    self.fix = fix
    self.more = 0
  }
}
