import FixtureTestSupport
import KumoState
import SystemPackage
import Testing

@testable import Specs

@Suite("Row files: CSV and NDJSON")
struct RowFileTests {
  private func items(_ name: String, _ text: String, types: String = "{}") throws -> [[String: AttributeValue]] {
    let temporary = try TemporaryDirectory()
    try temporary.write(name, text)
    return try resolve(table("- {from: \(name), types: \(types)}"), in: temporary.path).items()
  }

  private func found(_ name: String, _ text: String) throws -> [String] {
    let temporary = try TemporaryDirectory()
    try temporary.write(name, text)
    return problems(table("- from: \(name)"), in: temporary.path).map {
      $0.replacing(temporary.path.string + "/", with: "")
    }
  }

  @Test("RFC 4180: quotes, commas, line ends inside and between, a byte order mark, an empty last line")
  func csv() throws {
    let text = "\u{FEFF}id,note,total\r\n1,\"a, \"\"b\"\"\r\nc\",2.50\r\n2,,1\r\n\"3\",x,\r\n\r\n"
    let items = try items("a.csv", text, types: "{total: N}")
    #expect(items.count == 3)
    #expect(items[0]["id"]?.text == "S:1")
    #expect(items[0]["note"]?.text == "S:a, \"b\"\r\nc")
    #expect(items[0]["total"]?.text == "N:2.50")
    #expect(items[1]["note"] == nil)
    #expect(items[2]["total"] == nil)
    #expect(try self.items("b.csv", "id\n1\n2").count == 2)
  }

  @Test(
    "Wrong CSV rows are named with their line",
    arguments: [
      ("id,a\n1\n", "a.csv:2: a row has 1 fields; the first row names 2 columns"),
      ("id,a\n1,2\n3,4,5\n", "a.csv:3: a row has 3 fields"),
      ("id,a\n1,\"x\n\n", "a.csv:2: a quoted field has no end"),
      ("id,a\n1,\"x\"y\n", "a.csv:2: something follows the closing quote"),
      ("id,a\n1,x\"y\"\n", "a.csv:2: a quote stands inside field 2"),
      ("id,id\n1,2\n", "a.csv:1: two columns are named 'id'"), ("id,\n1,2\n", "a.csv:1: column 2 has no name"),
      ("", "is empty"), ("a,b\n1,2\n", "a.csv:2: the item has no 'id'"),
      ("id,a\r1,2\n", "a carriage return stands alone"),
    ])
  func wrongCSV(text: String, expected: String) throws {
    let found = try found("a.csv", text)
    #expect(found.contains { $0.contains(expected) }, "\(found)")
  }

  @Test("NDJSON keeps numbers and types; wrong rows are named with line and column")
  func ndjson() throws {
    let items = try items("a.ndjson", "{\"id\": \"1\", \"n\": 1.50, \"l\": [true, null]}\r\n\n{\"id\": \"2\"}")
    #expect(items.count == 2)
    #expect(items[0]["n"]?.text == "N:1.50")
    #expect(items[0]["l"] == .l([.bool(true), .null]))
    #expect(try found("a.ndjson", "{\"id\": \"1\"}\n{\"id\": }\n").contains { $0.hasPrefix("a.ndjson:2:8") })
    #expect(try found("a.ndjson", "[1]\n").contains { $0.contains("a row is a list; expected an object") })
    #expect(try found("a.ndjson", "{\"id\": \"1\", \"id\": \"2\"}\n").contains { $0.hasPrefix("a.ndjson:1:") })
  }

  @Test("A data set from a file: for-each streams it, $row draws from it")
  func dataSet() throws {
    let temporary = try TemporaryDirectory()
    try temporary.write("people.csv", "id,name\na,Ada\nb,Bo\n")
    let fixture = try resolve(
      table(
        "- {for-each: p, item: {id: '${id}', name: {$field: name}}}\n- {for-each: o, item: {id: 'o${index}', p: '${who.name}'}}",
        head: "data: {p: {file: people.csv}, o: {count: 20, fields: {who: {$row: p}}}}"), in: temporary.path)
    let items = try fixture.items()
    #expect(items.prefix(2).map { $0["name"]?.text } == ["S:Ada", "S:Bo"])
    #expect(Set(items.dropFirst(2).map { $0["p"]?.text }) == ["S:Ada", "S:Bo"])
  }

  @Test("A missing file is a problem at the place that names it")
  func missing() {
    #expect(
      problems(table("- from: nowhere.csv")).contains { $0.hasPrefix("test.yaml:9") && $0.contains("nowhere.csv") })
    #expect(problems(table("- from: nowhere.xls")).contains { $0.contains("ends with .csv, .ndjson or .jsonl") })
  }
}
