/// A range of a file that has to go, where it is and what was found there.
struct FileClaim: Sendable {
  /// In the file.
  var range: Range<Int>
  /// What comes in its place.
  var replacement: [UInt8]
  /// What was found; empty for a value that only follows another one, such as a checksum.
  var hits: [Hit]
  /// The JSON pointer of the value, without what is secret in it; nil for what is no JSON.
  var pointer: String?
}

/// A secret and where it is, without the secret.
package struct SecretFinding: Sendable, Hashable {
  /// The file, from the directory, escaped for display.
  package let file: String
  /// The JSON pointer of the value in which it stands; nil for what is no JSON file.
  package let pointer: String?
  /// The first byte of the value's replaced part, in the file.
  package let offset: Int
  /// The encodings that it is under there, outermost first.
  package let chain: [String]
  /// The rule that found it.
  package let rule: String
  /// Its class.
  package let kind: SecretKind
  /// Its name: equal for equal secrets under one key, and nothing without the key.
  package let fingerprint: String
}
