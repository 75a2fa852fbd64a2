import FixtureTestSupport
import KumoState
import Testing

@testable import Validation

private let file = "dynamodb.json"

/// A table that is sound but for what is given.
private func table(
  _ name: String, key: String = "pk", type: String = "S", items: String = #""items":{}"#, extra: String = ""
) -> String {
  #""\#(name)":{"table":{"Name":"\#(name)","KeySchema":[{"AttributeName":"\#(key)","KeyType":"HASH"}],"#
    + #""AttributeDefinitions":[{"AttributeName":"\#(key)","AttributeType":"\#(type)"}],"#
    + #""TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/\#(name)"\#(extra)}\#(items.isEmpty ? "" : ",")\#(items)}"#
}

private func document(_ tables: String...) -> String { #"{"tables":{\#(tables.joined(separator: ","))}}"# }

@Suite struct DynamoDBCheckerTests {
  static let breaks: [Break] = [
    Break(.dynamoDBItems, file, (#"{"tables":{"#, #"{"tables":{\#(table("bare", items: #""items":null"#)),"#)),
    Break(.dynamoDBItems, file, (#"{"tables":{"#, #"{"tables":{\#(table("bare", items: "")),"#)),
    Break(.dynamoDBTableName, file, (#""Name":"orders""#, #""Name":"order""#)),
    Break(.dynamoDBTableName, file, (#":table/orders""#, #":table/other""#)),
    Break(.dynamoDBTableName, file, (":000000000000:table", ":123456789012:table")),
    Break(.dynamoDBItemKey, file, (#""S:u2|N:1.50""#, #""S:u2|N:1.5""#)),
    Break(
      .dynamoDBDuplicateKey, file, also: [.dynamoDBItemKey],
      (#""items":{"#, #""items":{"twin":{"pk":{"S":"u2"},"sk":{"N":"1.50"}},"#)),
    Break(
      .dynamoDBDuplicateKey, file, also: [.dynamoDBItemKey],
      (
        #""items":{"#,
        #""items":{"one":{"pk":{"S":"x"},"sk":{"N":"1"}},"two":{"pk":{"S":"x"},"sk":{"N":"1"}},"#
      )),
    Break(
      .dynamoDBBinaryKey, file,
      (
        #"{"tables":{"#,
        #"{"tables":{\#(table("bin", type: "B", items: #""items":{"B:\ufffd":{"pk":{"B":"gA=="}}}"#)),"#
      )),
    Break(.dynamoDBKeyAttribute, file, (#""pk":{"S":"u2"}"#, #""pk":{"N":"2"}"#)),
    Break(.dynamoDBKeyAttribute, file, (#""pk":{"S":"u2"},"#, "")),
    Break(.dynamoDBKeyDefinition, file, (#",{"AttributeName":"sk","AttributeType":"N"}"#, "")),
    Break(.dynamoDBKeyDefinition, file, (#""AttributeType":"N""#, #""AttributeType":"SS""#)),
    Break(
      .dynamoDBKeyDefinition, file, also: [],
      (
        #"{"tables":{"#,
        #"{"tables":{"k":{"table":{"Name":"k","TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/k"},"items":{}},"#
      )),
    Break(.dynamoDBAttributeType, file, (#""empty":{"S":""}"#, #""empty":{}"#)),
    Break(.dynamoDBAttributeType, file, (#""empty":{"S":""}"#, #""empty":{"S":"","N":"1"}"#)),
    Break(.dynamoDBAttributeType, file, (#"{"BOOL":false}"#, #"{"BOOL":false,"NULL":true}"#)),
    Break(.dynamoDBAttributeType, file, (#""empty":{"S":""}"#, #""empty":null"#)),
    Break(.dynamoDBNullAttribute, file, (#"{"NULL":true}"#, "null")),
    Break(.dynamoDBNullAttribute, file, (#""em":{"M":{}}"#, #""em":{"M":{"x":null}}"#)),
    Break(.dynamoDBNumber, file, (#""empty":{"S":""}"#, #""empty":{"N":"2x"}"#)),
    Break(.dynamoDBNumber, file, (#""empty":{"S":""}"#, #""empty":{"NS":["1","","2"]}"#)),
    Break(.dynamoDBNumber, file, (#""em":{"M":{}}"#, #""em":{"M":{"x":{"L":[{"N":"1e"}]}}}"#)),
    Break(
      .dynamoDBTTL, file, (#""TTLAttributeName":"","TTLEnabled":false"#, #""TTLAttributeName":"t","TTLEnabled":true"#),
      (#""sk":{"N":"1.50"}}"#, #""sk":{"N":"1.50"},"t":{"N":"1796083200"}}"#)),
    Break(
      .regionMismatch, file,
      (
        #""LatestStreamArn":"""#,
        #""LatestStreamArn":"arn:aws:dynamodb:eu-west-1:000000000000:table/orders/stream/2026-01-02T03:04:05.000""#
      )),
    Break(
      .regionMismatch, file, (#"{"tables":{"#, #"{"tags":{"arn:aws:dynamodb:eu-west-1:0:table/x":[]},"tables":{"#)),
    Break(.nullEntry, file, (#"{"tables":{"#, #"{"tables":{"gone":null,"#)),
    Break(.nullEntry, file, (#"{"tables":{"#, #"{"tables":{"gone":{"items":{}},"#)),
    Break(.nullEntry, file, (#"{"tables":{"#, #"{"tables":{"gone":{"table":null,"items":{}},"#)),
  ]

  @Test(.enabled(if: Captures.root != nil), arguments: breaks)
  func breaking(_ change: Break) throws {
    try change.verify()
  }

  @Test(arguments: [
    // The reaper takes whole decimal numbers only.
    (#"{"N":"1796083201"}"#, false), (#"{"N":"1.5"}"#, false), (#"{"N":"1e3"}"#, false), (#"{"S":"1"}"#, false),
    (#"{"N":"-5"}"#, true), (#"{"n":"+5"}"#, true), (#"{"N":"99999999999999999999"}"#, false),
  ])
  func expiry(_ value: String, isExpired: Bool) throws {
    let items = #""items":{"S:a":{"pk":{"S":"a"},"t":\#(value)}}"#
    let text = document(table("t", items: items, extra: #","TTLAttributeName":"t","TTLEnabled":true"#))
    #expect(CheckedFile.ids(try CheckedFile.findings(file, text)) == (isExpired ? ["dynamodb-ttl"] : []))
  }

  @Test(arguments: [
    ("0", true), ("-0.50", true), ("+1.", true), (".5", true), ("1E-130", true), ("9.99e+125", true), ("007", true),
    ("12345678901234567890123456789012345678", true), ("0.00000000000000000000000000000000000000000001", true),
    ("123456789012345678901234567890123456789", false), ("", false), ("-", false), (".", false), ("1e", false),
    ("1e1000", false), (" 1", false), ("1,5", false), ("0x10", false), ("NaN", false), ("1_000", false), ("--1", false),
  ])
  func numbers(_ text: String, isNumber: Bool) throws {
    #expect(NumberForm.isNumber(Array(text.utf8)) == isNumber)
    for value in [#"{"N":"\#(text)"}"#, #"{"NS":["1","\#(text)"]}"#, #"{"M":{"a":{"L":[{"N":"\#(text)"}]}}}"#] {
      let text = document(table("t", items: #""items":{"S:a":{"pk":{"S":"a"},"v":\#(value)}}"#))
      #expect(CheckedFile.ids(try CheckedFile.findings(file, text)) == (isNumber ? [] : ["dynamodb-number"]))
    }
  }

  @Test func itemsMayStandBeforeTheirDescription() throws {
    let description =
      #""table":{"name":"t","keyschema":[{"attributename":"pk"}],"attributedefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"#
      + #""tablearn":"arn:aws:dynamodb:eu-west-1:000000000000:table/t"}"#
    let sound = #"{"TABLES":{"t":{"Items":{"S:a|b":{"pk":{"S":"a|b"}}},\#(description)}}}"#
    #expect(try CheckedFile.findings(file, sound).isEmpty)
    let misplaced = #"{"TABLES":{"t":{"Items":{"S:b":{"pk":{"S":"a"}},"S:a":{"pk":{"S":"a"}}},\#(description)}}}"#
    let findings = try CheckedFile.findings(file, misplaced)
    #expect(CheckedFile.ids(findings) == ["dynamodb-item-key", "dynamodb-duplicate-key"])
    #expect(findings.first?.pointer == "/TABLES/t/Items/S:b")
  }

  @Test func valuesAreCheckedAtEveryDepth() throws {
    let depth = 1_000
    let value =
      String(repeating: #"{"L":[{"M":{"a":"#, count: depth) + "null" + String(repeating: "}}]}", count: depth)
    let text = document(table("t", items: #""items":{"S:a":{"pk":{"S":"a"},"v":\#(value)}}"#))
    let findings = try CheckedFile.findings(file, text)
    #expect(CheckedFile.ids(findings) == ["dynamodb-null-attribute"])
    #expect(findings.first?.pointer?.hasPrefix("/tables/t/items/S:a/v/L/0/M/a/L/0/M/a/") == true)
  }

  @Test func keysAreBytesAndPartsFollowTheSchema() throws {
    // Two keys that Swift takes for equal, an escaped key, and a part that KUMO leaves out.
    let items =
      #""items":{"S:\u00e9":{"pk":{"S":"é"}},"S:e\u0301":{"pk":{"S":"e\u0301"}},"S:\"\\":{"pk":{"S":"\"\\"}},"B:hi":{"pk":{"B":"aGk="}}}"#
    let findings = try CheckedFile.findings(file, document(table("t", items: items)))
    #expect(CheckedFile.ids(findings) == ["dynamodb-key-attribute"])
    #expect(findings.count == 1)
  }

  @Test func undeclaredKeysOnlyHurtNewReleases() throws {
    let text = document(table("t", type: "X"))
    let old = try CheckedFile.findings(file, text, targets: [.v18], explicitly: true)
    #expect(old.map(\.severity) == [.warning])
    #expect(try CheckedFile.findings(file, text, targets: [.v18, .v22], explicitly: true).map(\.severity) == [.error])
  }

  @Test func findingsDoNotShowValues() throws {
    let text = document(table("t", items: #""items":{"S:a":{"pk":{"S":"a"},"p":{"S":"hunter2","N":"1"}}}"#))
    let findings = try CheckedFile.findings(file, text)
    #expect(findings.count == 1)
    #expect(!"\(findings)".contains("hunter2"))
  }
}
