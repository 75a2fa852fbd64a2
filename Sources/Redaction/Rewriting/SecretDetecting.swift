/// What searches bytes for secrets by their shape, and what a user says about them.
package protocol SecretDetecting: Sendable {
  /// What the user says about secrets; nil when nobody said anything.
  var policy: RedactionPolicy? { get }

  /// Appends what is found in the bytes.
  ///
  /// - Throws: `.matchLimit` when a pattern ran into its limit.
  func detect(in bytes: UnsafeRawBufferPointer, into detections: inout [Detection]) throws(RedactionError)

  /// What a screen asks, one for each thread; nil when these rules and this policy cannot be screened.
  ///
  /// - Throws: `.engine`.
  func screenSession() throws(RedactionError) -> ScanSession?

  /// The id of a rule.
  func ruleID(_ index: Int) -> String

  /// Applies the policy to what was found; nil without a policy. One for each thread.
  ///
  /// - Throws: `.engine`.
  func judge() throws(RedactionError) -> PolicyJudge?
}
