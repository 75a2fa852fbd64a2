/// What searches bytes for secrets by their shape.
package protocol SecretDetecting: Sendable {
  /// Appends what is found in the bytes.
  ///
  /// - Throws: `.matchLimit` when a pattern ran into its limit.
  func detect(in bytes: UnsafeRawBufferPointer, into detections: inout [Detection]) throws(RedactionError)

  /// The id of a rule.
  func ruleID(_ index: Int) -> String

  /// Whether a value is one that the user wants kept.
  func keeps(_ value: UnsafeRawBufferPointer) -> Bool
}
