import KumoState

/// Base64 in specs: written as KUMO writes it, read with white space and line ends between, so that a spec may wrap
/// lines.
enum Base64 {
  static func encode(_ bytes: [UInt8]) -> [UInt8] { Base64Encoder.encode(bytes) }

  /// Nil unless the text is padded standard base64.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    try? Base64Decoder.decode(text.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) })
  }
}
