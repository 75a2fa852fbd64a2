/// The detectors as the rewriting half asks them.
package struct ScannerDetector: SecretDetecting {
  private let scanner: SecretScanner
  package let policy: RedactionPolicy?

  /// Asks a scanner that was made with the policy's rules.
  package init(_ scanner: SecretScanner, policy: RedactionPolicy? = nil) {
    self.scanner = scanner
    self.policy = policy
  }

  package func detect(
    in bytes: UnsafeRawBufferPointer, into detections: inout [Detection]
  ) throws(RedactionError) {
    try scanner.scan(bytes, into: &detections)
  }

  package func screenSession() throws(RedactionError) -> ScanSession? {
    // A place or a name of the user's makes a value secret that looks like nothing.
    guard scanner.rules.isScreenable, policy?.hasSecretPlaces != true else { return nil }
    return try scanner.session()
  }

  package func ruleID(_ index: Int) -> String { scanner.rules.rules[index].id }

  package func judge() throws(RedactionError) -> PolicyJudge? {
    guard let policy else { return nil }
    return try PolicyJudge(policy, scanner.rules)
  }
}
