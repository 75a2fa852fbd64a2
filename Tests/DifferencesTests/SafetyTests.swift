import Differences
import Files
import FixtureTestSupport
import JSONBytes
import KumoState
import SystemPackage
import Testing

/// Nothing that could be a secret is shown, and what cannot be compared is an error.
@Suite struct SafetyTests {
  /// Every planted secret is changed, removed and added; none of them is in what comes out.
  @Test func plantedSecretsAreNotShown() throws {
    guard let root = Captures.root, let captures = try? Directory.open(root) else { return }
    let planted = try JSONTape(parsing: captures.read("v0.25.3/secrets.planted.json", limit: 1 << 20))
    var secrets: [[UInt8]] = []
    collect(planted.root, into: &secrets)
    let source = try captures.subdirectory("v0.25.3/secrets")
    var found = 0
    let pair = try Pair()
    for name in try source.list() where name.kind == .file {
      let bytes = try source.read(name.path, limit: 1 << 24)
      var changed = bytes
      for secret in secrets where secret.count >= 8 {
        while let place = changed.firstRange(of: secret) {
          changed[place.lowerBound + 1] = UInt8(ascii: "#")
          found += 1
        }
      }
      try pair.scratch.write("a/\(name.path)", bytes)
      try pair.scratch.write("b/\(name.path)", changed)
    }
    #expect(found > 3)
    for isExact in [false, true] {
      let difference = try pair.compare { $0.isExact = isExact }
      #expect(!difference.isEmpty)
      let shown = Array("\(difference)".utf8)
      for secret in secrets where secret.count >= 8 { #expect(shown.firstRange(of: secret) == nil) }
      #expect(try alone("a", pair, isExact, secrets))
    }
  }

  /// Compares one side with nothing at all, so that everything is removed or added.
  private func alone(_ name: String, _ pair: Pair, _ isExact: Bool, _ secrets: [[UInt8]]) throws -> Bool {
    let empty = try TemporaryDirectory()
    var options = DifferenceOptions()
    options.isExact = isExact
    let difference = try compare(Directory.open(pair.scratch.path(name)), empty.directory, options)
    let shown = Array("\(difference)".utf8)
    return secrets.allSatisfy { $0.count < 8 || shown.firstRange(of: $0) == nil }
  }

  private func collect(_ node: JSONNode, into secrets: inout [[UInt8]]) {
    if let text = node.string() { secrets.append(text) }
    for element in node.elements { collect(element, into: &secrets) }
    for (_, value) in node.members { collect(value, into: &secrets) }
  }

  /// Values of every sensitive place in the catalogue stay hidden, though they look like words.
  @Test func sensitivePlacesAreHidden() throws {
    for path in SensitivePaths.all where path.sensitivity != .reference && !path.isKey {
      guard path.service != "dynamodb", path.service != "s3", path.service != "sqs" else { continue }
      let documents = ["swordfish", "opensesame"].map { document(path, $0) }
      let pair = try Pair("\(path.service).json", documents[0], documents[1])
      let difference = try pair.compare()
      #expect(!difference.isEmpty, "\(path)")
      let text = "\(difference)"
      #expect(!text.contains("swordfish") && !text.contains("opensesame"), "\(path): \(text)")
    }
  }

  /// The smallest document with a value at a place of the catalogue.
  private func document(_ path: SensitivePath, _ value: String) -> String {
    var text = "\"\(value)\""
    for step in path.steps.reversed() {
      switch step {
      case .field(let name): text = "{\"\(String(decoding: name, as: UTF8.self))\":\(text)}"
      case .anyKey: text = "{\"some\":\(text)}"
      case .anyElement: text = "[\(text)]"
      }
    }
    return text
  }

  @Test func randomLookingNamesAreHidden() throws {
    let token = "dGhpc2lzYXRva2VuMTIzNDU2Nzg5MA"
    let pair = try Pair("dynamodb.json", Document.table("{}"), Document.table(#"{"S:\#(token)":{}}"#))
    let change = try #require(try pair.compare().services.first?.changes.first)
    #expect(change.name == nil)
    #expect(change.nameLength == token.utf8.count + 2)
    #expect(change.secondOffset != nil)
    let secret = Document.table(#"{"S:abc":{}}"#).replacing("\"pk\"", with: "\"sessionToken\"")
    let empty = Document.table("{}").replacing("\"pk\"", with: "\"sessionToken\"")
    #expect(try Pair("dynamodb.json", empty, secret).compare().services.first?.changes.first?.name == nil)
  }

  @Test(arguments: [
    "{\"tables\":", "", "{\"tables\":{\"x\":{\"items\":{\"a\":\"\u{1}\"}}}}", "{} {}", "[1,]",
  ]) func brokenFilesAreErrors(_ text: String) throws {
    let pair = try Pair("dynamodb.json", #"{"tables":{}}"#, text)
    #expect(throws: DifferenceError.self) { try pair.compare() }
    do {
      _ = try pair.compare()
    } catch let error as DifferenceError {
      #expect(error.side == .second)
      #expect(error.message.contains("dynamodb.json"))
    }
  }

  /// Values where KUMO would crash, or of no type that it knows, are compared like any other.
  @Test(arguments: ["s3.json", "dynamodb.json", "sqs.json", "ssm.json", "other.json"]) func oddShapes(
    _ file: String
  ) throws {
    let shapes = [
      "null", "[]", "{}", "1", #""x""#, #"{"buckets":null,"tables":null,"queues":null,"parameters":null}"#,
      #"{"buckets":{"b":null},"tables":{"b":null},"queues":{"b":null},"parameters":{"b":null}}"#,
      #"{"buckets":{"b":[1]},"tables":{"b":[1]},"queues":{"b":[1]},"parameters":{"b":[1]}}"#,
      #"{"buckets":{"b":{"objects":{"k":null,"l":7},"versions":{"k":null,"l":[null]}}}}"#,
      #"{"tables":{"b":{"table":null,"items":{"k":null,"l":7}}},"tags":{"x":null,"y":7}}"#,
      #"{"queues":{"b":{"queue":null,"messages":[null,7]},"c":{"messages":7}}}"#,
    ]
    // Each with its neighbours, both ways round.
    let ring = shapes + shapes.reversed()
    for (a, b) in zip(ring, ring.dropFirst()) {
      let pair = try Pair(file, a, b)
      #expect(try pair.compare { $0.isExact = true }.isEmpty == (a == b), "\(a) \(b)")
      if a == b { #expect(try pair.compare().isEmpty) } else { _ = try pair.compare() }
    }
  }

  @Test func deepNestingIsRefusedNotFatal() throws {
    let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    let pair = try Pair("other.json", #"{"x":1}"#, #"{"x":\#(deep)}"#)
    #expect(throws: DifferenceError.self) { try pair.compare() }
  }

  @Test func onlyResourcesAreCompared() throws {
    let pair = try Pair("fixture.json", #"{"a":1}"#, #"{"a":2}"#)
    try pair.scratch.write("a/manifest-sha256.txt", "x")
    try pair.scratch.write("a/active", "")
    try pair.scratch.write("b/logs/x.json", "{")
    try pair.scratch.write("b/s3-objects/unreferenced", "x")
    let difference = try pair.compare()
    #expect(difference.isEmpty)
    #expect(difference.comparedServices == 0)
  }

  @Test func theServicesAreChosen() throws {
    let pair = try Pair("sqs.json", Document.queue("[]"), #"{"queues":{}}"#)
    try pair.scratch.write("a/s3.json", "not even JSON")
    #expect(try pair.compare { $0.services = ["sqs"] }.total.removed == 1)
    #expect(try pair.compare { $0.services = ["ssm"] }.isEmpty)
  }

  @Test func aStopIsHeeded() throws {
    struct Stop: Error {}
    let pair = try Pair("dynamodb.json", Document.table("{}"), Document.table(#"{"S:1":{}}"#))
    #expect(throws: Stop.self) { try pair.compare { $0.checkCancellation = { throw Stop() } } }
  }
}
