import FixtureTestSupport
import Migrations
import Testing

struct TableViewTests {
  @Test func namesTablesAndReadsItems() throws {
    let data = try SmallDirectory()
    #expect(try data.view.tables().map(\.name) == ["a", "b"])
    #expect(try data.view.tables()[0].keyAttributes == ["pk", "sk"])
    var found: [[String]] = []
    var list: ItemValue?
    try data.view.forEachItem(in: "a") { item in
      found.append(item.names)
      list = list ?? item["n"]
      #expect(item["mail"]?.text?.isEmpty != true)
    }
    #expect(found == [["mail", "pk", "sk", "total"], ["n", "pk", "sk"], ["mail", "pk", "sk", "total"]])
    #expect(list == .list([.map([]), .numberSet(["1", "2.0"])]))
  }

  @Test func keepsEveryByteWhenNothingChanges() throws {
    let data = try SmallDirectory()
    try data.view.updateItems(in: "a") { item in
      item["mail"] = item["mail"]
      return .keep
    }
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
    #expect(try data.scratch.list() == ["dynamodb.json", "s3-objects", "s3.json", "sqs.json"])
  }

  @Test func changesAttributesAndLeavesTheRest() throws {
    let data = try SmallDirectory()
    try data.view.updateItems(in: "a") { item in
      if item["n"] != nil { return .remove }
      item["status"] = "new"
      try item.rename("total", to: "sum")
      return .keep
    }
    #expect(
      try data.items()
        == #""items":{"S:x|N:1":{"mail":{"S":"x@example.com"},"pk":{"S":"x"},"sk":{"N":"1"},"status":{"S":"new"},"sum":{"S":"1.50"}},"#
        + #""S:y|N:1":{"mail":{"S":"y \u003c\u0026"},"pk":{"S":"y"},"sk":{"N":"1"},"status":{"S":"new"},"sum":{"S":"7"}}}"#
    )
  }

  @Test func givesAnItemTheKeyThatKumoLooksFor() throws {
    let data = try SmallDirectory()
    try data.view.updateItems(in: "a", adding: { [Item(["pk": "z", "sk": 5])] }) { item in
      if let pk = item["pk"]?.text { item["pk"] = .string("u|" + pk) }
      return .keep
    }
    let items = try data.items()
    for key in ["S:u|x|N:1", "S:u|x|N:2", "S:u|y|N:1"] { #expect(items.contains("\"\(key)\":{")) }
    #expect(items.hasSuffix(#","S:z|N:5":{"pk":{"S":"z"},"sk":{"N":"5"}}}"#))
  }

  @Test func refusesTwoItemsOfOneKey() throws {
    let data = try SmallDirectory()
    let error = #expect(throws: StepError.self) {
      try data.view.updateItems(in: "a") { item in
        item["pk"] = "same"
        return .keep
      }
    }
    #expect(error?.message == "two items of table 'a' would have the key 'S:same|N:1'")
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
    #expect(try data.scratch.list() == ["dynamodb.json", "s3-objects", "s3.json", "sqs.json"])
  }

  @Test func refusesItemsThatKumoCouldNotFind() throws {
    let data = try SmallDirectory()
    #expect(throws: StepError.self) {
      try data.view.updateItems(in: "a") { item in
        item["sk"] = nil
        return .keep
      }
    }
    #expect(throws: StepError.self) { try data.view.addItems(to: "a", [Item(["pk": .list([]), "sk": 1])]) }
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
  }

  @Test func namesTheTablesThatThereAre() throws {
    let data = try SmallDirectory()
    let error = #expect(throws: StepError.self) { try data.view.forEachItem(in: "A1") { _ in } }
    #expect(error?.message == "there is no table 'A1'; there are: a, b")
    #expect(throws: StepError.self) { try SmallDirectory([:]).view.updateItems(in: "a") { _ in .keep } }
  }

  @Test func renamesATableInEveryPlaceAndBack() throws {
    let data = try SmallDirectory()
    try data.scratch.write(
      "lambda.json",
      #"{"eventSourceMappings":{"1":{"EventSourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/a/stream/2026-01-01T00:00:00.000"}}}"#
    )
    let before = try data.text("lambda.json")
    try data.view.renameTable("a", to: "orders")
    let text = try data.text("dynamodb.json")
    #expect(!text.contains("table/a") && !text.contains(#""Name":"a""#) && text.hasPrefix(#"{"tables":{"orders":{"#))
    #expect(text.contains(#""tags":{"arn:aws:dynamodb:us-east-1:000000000000:table/orders":["#))
    #expect(text.contains(#"table/orders/stream/2026-01-01T00:00:00.000""#))
    #expect(try data.text("lambda.json").contains("table/orders/stream"))
    try data.view.renameTable("orders", to: "a")
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
    #expect(try data.text("lambda.json") == before)
    #expect(throws: StepError.self) { try data.view.renameTable("a", to: "b") }
  }

  @Test func givesATableAnotherKeyAndBack() throws {
    let data = try SmallDirectory()
    let old = [KeyAttribute("pk"), KeyAttribute("sk", .number)]
    let new = [KeyAttribute("sk", .number), KeyAttribute("pk")]
    try data.view.rekeyTable("a", from: old, to: new)
    #expect(try data.items().hasPrefix(#""items":{"N:1|S:x":{"mail""#))
    try data.view.rekeyTable("a", from: new, to: old)
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
    #expect(throws: StepError.self) { try data.view.rekeyTable("a", from: new, to: old) }
    let error = #expect(throws: StepError.self) { try data.view.rekeyTable("a", from: old, to: [KeyAttribute("pk")]) }
    #expect(error?.message == "two items of table 'a' would have the key 'S:x'")
  }

  @Test func followsARenameThroughAllNames() throws {
    let data = try SmallDirectory()
    try data.view.updateItems(in: "a") { item in
      guard item.has("mail") else { return .keep }
      try item.rename("mail", to: "x")
      try item.rename("total", to: "mail")
      try item.rename("x", to: "total")
      return .keep
    }
    #expect(
      try data.items().contains(#"{"total":{"S":"x@example.com"},"pk":{"S":"x"},"sk":{"N":"1"},"mail":{"S":"1.50"}}"#))
    try data.view.updateItems(in: "a") { item in
      try item.rename("mail", to: "y")
      item["mail"] = "new"
      item["total"] = nil
      return .keep
    }
    #expect(
      try data.items().contains(#""S:x|N:1":{"mail":{"S":"new"},"pk":{"S":"x"},"sk":{"N":"1"},"y":{"S":"1.50"}}"#))
    #expect(throws: StepError.self) {
      try data.view.updateItems(in: "a") { item in
        try item.rename("pk", to: "sk")
        return .keep
      }
    }
  }
}
