import Documents
import FixtureSpecs
import FixtureTestSupport
import KumoState
@testable import Specs
import SystemPackage
import Testing

@Suite("Two front doors to one model")
struct FrontDoorTests {
  private var root: FilePath {
    FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
  }

  @Test("The tour in Swift and the tour in YAML are one model")
  func tourIsOne() throws {
    let document = try SpecDocument.read(root.appending("docs/examples/tour.yaml"))
    #expect(document.spec == tour)
    let fromYAML = try document.spec.resolve(in: document.directory)
    let fromSwift = try tour.resolve(in: ".")
    #expect(fromYAML.digest == fromSwift.digest)
    #expect(try fromYAML.contents() == fromSwift.contents())
  }

  @Test("Comments, layout and JSON instead of YAML do not change the digest; a value does")
  func digestCoversTheModel() throws {
    let plain = "fixture: a\nversion: 1\nsqs:\n  queues:\n    - name: jobs\n      messages:\n        - body: x\n"
    let styled = "# a comment\nversion: 1\nfixture: 'a'\nsqs: {queues: [{messages: [{body: \"x\"}], name: jobs}]}\n"
    let json = #"{"fixture": "a", "version": 1, "sqs": {"queues": [{"name": "jobs", "messages": [{"body": "x"}]}]}}"#
    let digest = try resolve(plain).digest
    #expect(try resolve(styled).digest == digest)
    #expect(try resolve(json).digest == digest)
    #expect(try resolve(plain + "\n# end\n").digest == digest)
    #expect(try resolve(plain.replacing("body: x", with: "body: y")).digest != digest)
  }

  @Test("The digest covers the content of files, not their names")
  func digestCoversFiles() throws {
    let temporary = try TemporaryDirectory()
    for (name, text) in [("a.csv", "id\n1\n"), ("b.csv", "id\n1\n"), ("c.csv", "id\n2\n")] {
      try temporary.write(name, text)
    }
    let directory = temporary.path
    let text = table("- {from: a.csv}")
    let digest = try resolve(text, in: directory).digest
    #expect(try resolve(text.replacing("a.csv", with: "b.csv"), in: directory).digest == digest)
    #expect(try resolve(text.replacing("a.csv", with: "c.csv"), in: directory).digest != digest)
  }

  @Test("Text in Swift is no template; an interpolated row is", arguments: ["${index}", "$$", "a$b"])
  func swiftTextIsLiteral(text: String) throws {
    let spec = FixtureSpec(name: "a", version: 1) {
      Queue("q") {
        Message(SpecText(text))
        Messages(count: 2) { row in Message("row \(row.index, pad: 3)") }
      }
    }
    var bodies: [String] = []
    try spec.resolve(in: ".").queues[0].forEachMessage { bodies.append(String(decoding: $0.body, as: UTF8.self)) }
    #expect(bodies == [text, "row 000", "row 001"])
  }

  @Test("A wrong spec in Swift names the line of the code")
  func swiftLocation() throws {
    let line = #line + 1
    let spec = FixtureSpec(name: "a", version: 1) { Queue("not allowed!") }
    let error = #expect(throws: SpecError.self) { try spec.resolve(in: ".") }
    #expect(error?.description.contains("FrontDoorTests.swift:\(line)") == true)
  }

  @Test("Two specs of one name are refused, naming both")
  func registryRefusesTwins() throws {
    let line = #line + 1
    let first = FixtureSpec(name: "twin", version: 1) {}
    let second = FixtureSpec(name: "twin", version: 2) {}
    let error = #expect(throws: SpecError.self) { try SpecRegistry([first, second]) }
    #expect(error?.description.contains("FrontDoorTests.swift:\(line)") == true)
    #expect(error?.description.contains("FrontDoorTests.swift:\(line + 1)") == true)
    let registry = try SpecRegistry(builtInSpecs)
    #expect(registry.names == ["tour", "shop", "upgrade"])
    #expect(registry.nearest(to: "shp") == "shop")
  }

  @Test("Ids of the shop agree across services")
  func shopIsConsistent() throws {
    let fixture = try shop.resolve(in: ".")
    var orders: Set<String> = []
    try fixture.tables[1].forEachItem { item in
      guard case .s(let key) = item.attributes.first(where: { $0.name == Array("sk".utf8) })?.value else { return }
      orders.insert(String(decoding: key.dropFirst("order#".utf8.count), as: UTF8.self))
    }
    var receipts: Set<String> = []
    try fixture.buckets[0].forEachObject { object in
      let name = String(decoding: object.key, as: UTF8.self).split(separator: "/").last ?? ""
      receipts.insert(String(name.dropLast(".json".utf8.count)))
    }
    #expect(orders.count == 300)
    #expect(orders == receipts)
    var failed = 0
    try fixture.queues[1].forEachMessage { message in
      let body = String(decoding: message.body, as: UTF8.self)
      #expect(orders.contains { body.contains($0) })
      failed += 1
    }
    #expect(failed == 7)
  }
}
