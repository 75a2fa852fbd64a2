import Files
import FixtureTestSupport
import Testing
import Validation

/// Whatever stands in a directory: a finding, never a trap, a hang or a change.
struct HostileInputTests {
  private static let object =
    #"{"Key":"a\"b","Body":"eA==","ETag":"\"9dd4e461268c8034f5c8564e155c67a6\"","Size":1,"#
    + #""LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":{"k":"\u00e9"},"Tags":null,"#
    + #""VersionID":"v1","IsDeleteMarker":false}"#
  private static let document =
    #"{"buckets":{"b":{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"a\"b":\#(object)},"#
    + #""versions":{"a\"b":[\#(object)]},"versioningStatus":"Enabled","versionIdcounter":1,"eventBridgeEnabled":false}}}"#

  private func check(_ bytes: [UInt8], _ scratch: TemporaryDirectory) throws -> ValidationReport {
    try scratch.write("s3.json", bytes)
    return try Validator().validate(directory: scratch.path)
  }

  @Test func truncatedAnywhere() throws {
    let scratch = try TemporaryDirectory()
    let bytes = Array(Self.document.utf8)
    #expect(try check(bytes, scratch).findings == [])
    for length in bytes.indices {
      let report = try check(Array(bytes[..<length]), scratch)
      #expect(report.ids(.error).contains("json-syntax"), "cut to \(length) bytes")
    }
  }

  @Test func anyByteReplaced() throws {
    let scratch = try TemporaryDirectory()
    let bytes = Array(Self.document.utf8)
    for place in bytes.indices {
      let byte = [UInt8(0), 0xFF, UInt8(ascii: "\"")][place % 3]
      if bytes[place] != byte {
        var changed = bytes
        changed[place] = byte
        // Some changes leave a sound document; a NUL or a byte that is not UTF-8 never does.
        let report = try check(changed, scratch)
        if byte != UInt8(ascii: "\"") { #expect(report.ids(.error).contains("json-syntax"), "at \(place)") }
      }
    }
  }

  @Test(arguments: [9_000, 10_001, 200_000], ["[", #"{"a":"#])
  func nestedDeep(_ depth: Int, _ opening: String) throws {
    let scratch = try TemporaryDirectory()
    let report = try check(Array(String(repeating: opening, count: depth).utf8), scratch)
    #expect(report.ids(.error).contains("json-syntax"))
  }

  @Test func deepMembersOfAnObject() throws {
    let scratch = try TemporaryDirectory()
    let deep = String(repeating: "[", count: 9_000) + String(repeating: "]", count: 9_000)
    for field in ["Body", "Metadata", "Size", "Key", "bodyRef", "Other"] {
      let text = #"{"buckets":{"b":{"name":"b","objects":{"k":{"Key":"k","\#(field)":\#(deep)}},"versions":\#(deep)}}}"#
      #expect(try check(Array(text.utf8), scratch).ids(.error).contains("wrong-type"))
    }
  }

  @Test func spacesWithoutEnd() throws {
    let scratch = try TemporaryDirectory()
    let spaces = [UInt8](repeating: 0x20, count: 16 << 20)
    #expect(try check(spaces, scratch).ids(.error) == ["json-syntax"])
    #expect(try check(spaces + Array(Self.document.utf8) + spaces, scratch).findings == [])
  }

  @Test(arguments: [
    "[]", "null", "7", #""text""#, #"{"buckets":[]}"#, #"{"buckets":{"b":[]}}"#, #"{"buckets":null}"#,
    #"{"buckets":{"b":{"name":7,"objects":[],"versions":{"k":7,"l":[7,"x",[]]},"versioningStatus":7,"versionIdcounter":-1}}}"#,
    #"{"buckets":{"b":{"objects":{"k":{"Key":[],"Body":{},"ETag":1,"Size":99999999999999999999,"VersionID":{}}}}}}"#,
  ])
  func otherTypes(_ text: String) throws {
    let scratch = try TemporaryDirectory()
    let report = try check(Array(text.utf8), scratch)
    #expect(report.isValid == (text == #"{"buckets":null}"#), "\(report.findings.map(\.message))")
  }

  @Test func manyFindingsStayBounded() throws {
    let scratch = try TemporaryDirectory()
    let objects = (0..<500).map { #""k\#($0)":{"Key":"other"}"# }.joined(separator: ",")
    let report = try check(
      Array(#"{"buckets":{"b":{"name":"b","objects":{\#(objects)},"versions":{}}}}"#.utf8), scratch)
    let names = report.findings(of: .s3Name)
    #expect(names.count == FindingCollector.limit)
    #expect(names.reduce(0) { $0 + 1 + $1.more } == 500)
    #expect(report.count(of: .error) == 1000)
  }
}
