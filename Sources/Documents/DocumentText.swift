/// Reads a document that a user wrote: JSON, or YAML by the rules of docs/spec.md.
package enum DocumentText {
  /// JSON if the text begins with a brace and is JSON, otherwise YAML, of which JSON is nearly a part.
  package static func read(_ bytes: [UInt8], name: String) throws(DocumentError) -> DocumentNode {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw DocumentError(
        DocumentLocation(file: name, line: line(ofInvalidUTF8In: bytes)), "the document is not UTF-8",
        hint: "convert it: iconv -f latin1 -t utf-8")
    }
    let first = bytes.first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    let isJSON = name.hasSuffix(".json")
    if isJSON || first == UInt8(ascii: "{") {
      do {
        return try JSONDocument.read(bytes, file: name)
      } catch {
        // A YAML document may begin with a brace, too.
        if isJSON { throw error }
        guard let node = try? YAMLDocument.read(text, file: name) else { throw error }
        return node
      }
    }
    return try YAMLDocument.read(text, file: name)
  }

  private static func line(ofInvalidUTF8In bytes: [UInt8]) -> Int {
    var line = 1
    for piece in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if String(validating: piece, as: UTF8.self) == nil { return line }
      line += 1
    }
    return 1
  }
}
