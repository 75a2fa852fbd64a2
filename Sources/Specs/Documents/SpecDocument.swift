import Documents
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
    let root = try DocumentText.read(bytes, name: name)
    let reader = DocumentReader()
    let spec = reader.spec(root)
    guard let spec, reader.problems.isEmpty else {
      throw SpecError(reader.problems)
    }
    return spec
  }
}
