import Files
import SystemPackage

/// A spec read from a document, YAML or JSON.
public struct SpecDocument: Sendable {
  /// What the document says.
  public let spec: FixtureSpec
  /// What paths in it are relative to.
  package let directory: FilePath

  /// The largest document that is read; rows belong into files of their own.
  static let maximumBytes = 16 << 20

  /// Reads a document from a file; `-` is standard input, whose paths are relative to the working directory.
  ///
  /// - Throws: `SpecError` with everything that is wrong in it.
  package static func read(_ path: FilePath) throws(SpecError) -> SpecDocument {
    let isInput = path == FilePath("-")
    let name = isInput ? "standard input" : path.string
    let bytes: [UInt8]
    do {
      let file = try isInput ? ReadableFile.standardInput() : ReadableFile.open(path, allowingPipes: true)
      bytes = try file.readAll(limit: maximumBytes)
    } catch {
      throw SpecError(SpecLocation(file: name, line: 0), "\(error)")
    }
    let directory = isInput ? FilePath(".") : path.removingLastComponent()
    return SpecDocument(
      spec: try parse(bytes, name: name), directory: directory.isEmpty ? FilePath(".") : directory)
  }

  /// Reads the text of a document. `name` stands in messages.
  ///
  /// - Throws: `SpecError` with everything that is wrong in it.
  public static func parse(_ bytes: [UInt8], name: String) throws(SpecError) -> FixtureSpec {
    let root = try nodes(bytes, name: name)
    let reader = DocumentReader()
    let spec = reader.spec(root)
    guard let spec, reader.problems.isEmpty else {
      throw SpecError(reader.problems)
    }
    return spec
  }

  /// JSON if the text begins with a brace and is JSON, otherwise YAML, of which JSON is nearly a part.
  private static func nodes(_ bytes: [UInt8], name: String) throws(SpecError) -> SpecNode {
    var bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SpecError(
        SpecLocation(file: name, line: line(ofInvalidUTF8In: bytes)), "the document is not UTF-8",
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
