/// What has to be known about a PDF file (ISO 32000-2): its text stands in deflate streams, which are found as every
/// compressed stream inside of binary content is.
enum PDFBody {
  private static let signature = Array("%PDF-".utf8)
  private static let encryption = Array("/Encrypt".utf8)

  /// Whether content is a PDF file.
  static func isOne(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 64 && bytes[0] == signature[0] && bytes.starts(with: signature)
  }

  /// Whether content is a PDF file whose texts are encrypted (7.6.2: the trailer names how), so that nobody can say what
  /// is in it.
  static func isEncrypted(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard isOne(bytes) else { return false }
    var index = 0
    while let found = EncodedRuns.position(of: encryption[0], in: bytes, from: index) {
      if bytes[found...].starts(with: encryption) { return true }
      index = found + 1
    }
    return false
  }
}
