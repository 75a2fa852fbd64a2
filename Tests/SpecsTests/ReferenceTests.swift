import Documents
import FixtureTestSupport
@testable import Specs
import SystemPackage
import Testing

@Suite("The reference of the spec document")
struct ReferenceTests {
  /// The YAML blocks of docs/spec.md.
  private func blocks() throws -> [String] {
    let path = Captures.packageRoot.appending("docs/spec.md")
    let input = try String(decoding: readAll(path), as: UTF8.self)
    var blocks: [String] = []
    var block: [Substring]?
    for line in input.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```yaml" {
        block = []
      } else if line == "```", let lines = block {
        blocks.append(lines.joined(separator: "\n") + "\n")
        block = nil
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  private func readAll(_ path: FilePath) throws -> [UInt8] {
    var input = try ByteInput(path, location: SpecLocation(file: path.string, line: 1))
    var bytes: [UInt8] = []
    while let byte = try input.next() { bytes.append(byte) }
    return bytes
  }

  @Test("Every example is a spec that can be written")
  func examples() throws {
    let blocks = try blocks()
    #expect(blocks.count == 6)
    for block in blocks { #expect(problems(block) == [], "\(block)") }
  }

  @Test("Every generator and every type is described")
  func complete() throws {
    let path = Captures.packageRoot.appending("docs/spec.md")
    let text = try String(decoding: readAll(path), as: UTF8.self)
    for name in DocumentReader.generators.keys.sorted() { #expect(text.contains("{$\(name): "), "$\(name)") }
    for type in AttributeType.allCases { #expect(text.contains("`$\(type.rawValue)`"), "$\(type.rawValue)") }
    for name in SpecReference.reserved { #expect(text.contains("${\(name)}"), "${\(name)}") }
  }
}
