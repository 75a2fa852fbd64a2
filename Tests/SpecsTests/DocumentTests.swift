import Documents
import KumoState
@testable import Specs
import Testing

@Suite("Documents: what scalars mean, and what is refused")
struct DocumentTests {
  @Test(
    "YAML 1.1 surprises stay text; only JSON's numbers, true, false and null are typed",
    arguments: [
      ("no", "S:no"), ("on", "S:on"), ("yes", "S:yes"), ("012", "S:012"), ("0o14", "S:0o14"), ("0x1F", "S:0x1F"),
      ("1:30", "S:1:30"), ("1_000", "S:1_000"), ("2026-01-02", "S:2026-01-02"), (".5", "S:.5"), ("+1", "S:+1"),
      ("1.", "S:1."), (".inf", "S:.inf"), ("'1'", "S:1"), ("\"true\"", "S:true"), ("!!str 12", "S:12"), ("1", "N:1"),
      ("-0", "N:-0"), ("1.50", "N:1.50"), ("1e3", "N:1e3"),
      ("12345678901234567890123456789012345678", "N:12345678901234567890123456789012345678"),
      ("true", "BOOL:true"), ("False", "BOOL:false"), ("~", "NULL"), ("null", "NULL"), ("", "NULL"),
      ("|-\n    a\n    b", "S:a\nb"),
    ])
  func scalars(text: String, expected: String) throws {
    let fixture = try resolve(table("- id: x\n  v: \(text)"))
    #expect(try fixture.items()[0]["v"]?.text == expected)
  }

  @Test("Every type of DynamoDB can be said")
  func types() throws {
    let item = try resolve(
      table(
        """
        - id: x
          s: {$S: 12}
          n: {$N: "1.50"}
          b: {$B: "AP8="}
          ss: {$SS: [a, b]}
          ns: {$NS: [1, "2.0"]}
          bs: {$BS: [AA==]}
          m: {$M: {$word: 1}}
          l: {$L: [1]}
          bool: {$BOOL: true}
          nothing: {$NULL: true}
          $$dollar: 1
          raw: {$literal: {$seq: "${x}"}}
        """)
    ).items()[0]
    #expect(item["s"] == .s(Array("12".utf8)))
    #expect(item["n"] == .n(Array("1.50".utf8)))
    #expect(item["b"] == .b([0, 255]))
    #expect(item["ss"] == .ss([[97], [98]]))
    #expect(item["ns"] == .ns([[49], Array("2.0".utf8)]))
    #expect(item["bs"] == .bs([[0]]))
    #expect(item["m"] == .m([AttributeMember(name: Array("$word".utf8), value: .n([49]))]))
    #expect(item["l"] == .l([.n([49])]))
    #expect(item["bool"] == .bool(true))
    #expect(item["nothing"] == .null)
    #expect(item["$dollar"] == .n([49]))
    #expect(item["raw"] == .m([AttributeMember(name: Array("$seq".utf8), value: .s(Array("${x}".utf8)))]))
  }

  @Test("An alias stands for what it names")
  func alias() throws {
    let items = try resolve(table("- {id: a, v: &v {x: 1}}\n- {id: b, v: *v}")).items()
    #expect(items[0]["v"] == items[1]["v"])
  }

  @Test(
    "Wrong documents: position, what was found, what was expected, the nearest name",
    arguments: [
      ("fixture: a\nversion: 1\nfixtrue: b\n", "test.yaml:3:1: unknown key 'fixtrue' (did you mean 'fixture'?)"),
      ("fixture: a\n", "test.yaml:1:1: 'version' is missing"),
      ("fixture: a\nversion: one\n", "test.yaml:2:10: version: found the text 'one'; expected a whole number"),
      ("fixture: a\nversion: 1\nformat: 2\n", "this version of the tool reads format 1 (update kumo-fixtures)"),
      ("fixture: a\nversion: 1\nclock: yesterday\n", "test.yaml:3:8: clock: 'yesterday' is not a point in time"),
      ("fixture: a\nversion: 1\nclock: 2026-02-30T00:00:00Z\n", "is not a point in time"),
      ("fixture: A b\nversion: 1\n", "the name 'A b' is not allowed"),
      ("fixture: a\nversion: 1\nfixture: b\n", "the key 'fixture' is given twice"),
      (
        "fixture: a\nversion: 1\ns3: {bukets: []}\n",
        "test.yaml:3:6: s3: unknown key 'bukets' (did you mean 'buckets'?)"
      ),
      ("fixture: a\nversion: 1\nx: [1, 2\n", "no valid YAML"),
      ("fixture: a\n\tversion: 1\n", "no valid YAML"),
      ("- a\n- b\n", "found a list; expected a map"),
      ("", "the document is empty"),
      ("fixture: a\nversion: 1\n---\nfixture: b\n", "another document"),
      ("fixture: a\nversion: 1\n<<: {seed: x}\n", "merge keys (<<) are not supported"),
      ("fixture: a\nversion: 1\ndescription: !thing x\n", "the tag '!thing' is not supported"),
      ("fixture: a\nversion: 1\ndescription: true\n", "put it into quotes"),
      ("fixture: a\nversion: 1\nraw: {kmss: {}}\n", "did you mean 'kms'?"),
      ("fixture: a\nversion: 1\nsqs: {queues: [{name: q}]}\nraw: {sqs: {}}\n", "sqs.json is made by the section 'sqs'"),
      (
        table("- id: x\n  v: {$uuuid: 4}"),
        "test.yaml:10:15: dynamodb.tables[0].items[0].v: unknown generator '$uuuid' (did you mean '$uuid'?)"
      ),
      (table("- id: x\n  v: {$uuid: 5}"), "$uuid has version 5; expected 4 or 7"),
      (table("- id: x\n  v: {$name: frist}"), "did you mean 'first'?"),
      (table("- id: x\n  v: {$int: 9..1}"), "the range ends before it begins"),
      (table("- id: x\n  v: {$N: 1, other: 2}"), "'$N' stands beside other keys"),
      (table("- id: x\n  v: {$SS: []}"), "a set is empty"),
      (table("- id: x\n  v: {$SS: [a, a]}"), "a set holds 'a' twice"),
      (table("- id: x\n  v: {$B: '**'}"), "expected base64"),
      (table("- id: x\n  v: {$N: abc}"), "'abc' is not a number"),
      (table("- id: x\n  v: ${nme}\n"), "'${nme}' refers to a row"),
      (table("- id: x\n  v: ${a:b}\n"), "is not a reference"),
      (table("- id: x\n  v: ${a\n"), "'${' has no '}'"),
      (table("- v: 1"), "the item has no 'id'"),
      (table("- count: 2\n  v: 1"), "put the attributes under item:"),
      (table("- id: 1"), "'id' has type N; the table 't-1' declares S"),
      (table("- id: ''"), "the key 'id' is empty"),
      (table("- id: {$B: /w==}", key: "{hash: 'id:B'}"), "no UTF-8"),
      (table("- id: a", key: "{hash: 'id:X'}"), "expected NAME:TYPE"),
      (
        table("- {for-each: peple, item: {id: x}}", head: "data: {people: {rows: [{id: 1}]}}"),
        "there is no data set 'peple' (did you mean 'people'?)"
      ),
      (
        table("- {for-each: p, item: {id: '${idd}'}}", head: "data: {p: {count: 1, fields: {id: x}}}"),
        "rows of 'p' have no field 'idd' (did you mean 'id'?)"
      ),
      (
        table("- {for-each: p, item: {id: '${idd}'}}", head: "data: {p: {rows: [{id: x}]}}"),
        "the row has no field 'idd' (did you mean 'id'?)"
      ),
      (
        table("- {for-each: p, item: {id: '${a}'}}", head: "data: {p: {count: 1, fields: {a: '${b}', b: '${a}'}}}"),
        "refers to itself"
      ),
      (table("- id: a", head: "data: {p: {count: 1, fields: {index: x}}}"), "'index' has a meaning of its own"),
      (table("- id: a", head: "data: {p: {count: 1}}"), "a data set has no rows"),
    ])
  func wrong(document: String, expected: String) {
    let found = problems(document)
    #expect(found.contains { $0.contains(expected) }, "found: \(found)")
  }

  @Test("All problems of a document are told, not the first only")
  func allProblems() {
    let found = problems(
      """
      fixture: a
      version: 0
      sqs:
        queues:
          - {name: one, delay: 2000, redrive: {to: tow, max-receives: 3}}
          - {name: two, messages: [{body: x, group: g}]}
          - {name: f.fifo, messages: [{body: x}]}
      s3:
        buckets:
          - {name: AB}
          - {name: abc, objects: [{key: k, versions: [{body: a}, {delete: true}]}]}
      """)
    #expect(found.count == 8, "\(found)")
    #expect(found.contains { $0.contains("version is 0") })
    #expect(found.contains { $0.contains("test.yaml:5") && $0.contains("delay is 2000") })
    #expect(found.contains { $0.contains("there is no queue 'tow'") && $0.contains("did you mean 'two'?") })
    #expect(found.contains { $0.contains("'two' is a standard queue") })
    #expect(found.contains { $0.contains("'f.fifo' has no group") })
    #expect(found.contains { $0.contains("'f.fifo' has no deduplication-id") })
    #expect(found.contains { $0.contains("the bucket name 'AB' is not allowed") })
    #expect(found.contains { $0.contains("versioning of the bucket 'abc' is disabled") })
  }

  @Test("Bytes that are no UTF-8 are refused with their line")
  func invalidUTF8() {
    let error = #expect(throws: SpecError.self) {
      try SpecDocument.parse(Array("fixture: a\nseed: ".utf8) + [0xFF], name: "x.yaml")
    }
    #expect(error?.description.hasPrefix("x.yaml:2: the document is not UTF-8") == true)
  }

  @Test("JSON with escapes that YAML parsers refuse is read as JSON; errors have positions")
  func json() throws {
    let text = #"{"fixture": "a", "version": 1, "description": "\ud83d\ude00 \/"}"#
    #expect(try SpecDocument.parse(Array(text.utf8), name: "standard input").description == "😀 /")
    let error = #expect(throws: SpecError.self) {
      try SpecDocument.parse(Array("{\"fixture\": \"a\",\n \"version\": 01}".utf8), name: "x.json")
    }
    #expect(error?.problems.first?.location.line == 2)
    // A YAML document may begin with a brace.
    #expect(try SpecDocument.parse(Array("{fixture: a, version: 1}".utf8), name: "x.yaml").name == "a")
  }

  @Test("A few lines that ask for billions of values are refused")
  func aliasBomb() {
    var text = "fixture: a\nversion: 1\ndata:\n  l0: &l0 {rows: [1, 2]}\n"
    for level in 1...40 { text += "  l\(level): &l\(level) [*l\(level - 1), *l\(level - 1)]\n" }
    #expect(problems(text).contains { $0.contains("once its aliases are written out") })
  }

  @Test("An alias bomb in the place of a key is refused", arguments: ["? *l40\n: x\n", "*l40 : x\n", "{*l40 : x}\n"])
  func aliasBombAsKey(key: String) {
    var text = "l0: &l0 [x, x]\n"
    for level in 1...40 { text += "l\(level): &l\(level) [*l\(level - 1), *l\(level - 1)]\n" }
    #expect(problems(text + key).contains { $0.contains("as a key") })
  }

  @Test("Deep nesting is refused and does not trap", arguments: ["[", "{a: ", "- ", "? "])
  func deep(piece: String) {
    for depth in [300, 900, 100_000] {
      let found = problems("fixture: a\nversion: 1\nx:\n  " + String(repeating: piece, count: depth))
      #expect(!found.isEmpty)
    }
  }

  @Test("Every prefix of a document gives a spec or a problem with a position")
  func truncated() {
    let text = Array(table("- id: x\n  v: {$int: 1..5}\n- {count: 2, item: {id: 'a-${index}'}}").utf8)
    for length in 0..<text.count {
      let found = problems(String(decoding: text[..<length], as: UTF8.self))
      #expect(found.allSatisfy { $0.hasPrefix("test.yaml:") }, "\(length): \(found)")
    }
  }
}
