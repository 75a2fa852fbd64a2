import Files
import FixtureTestSupport
import JSONBytes
import KumoState
import Migrations
import SystemPackage
import Testing

/// One S3 layout becomes another, object by object (kumo-format.md 2.3 and 6).
@Suite struct LayoutTests {
  static let hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
  static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

  /// The middle of an object in KUMO's form, with what a layout adds before and behind.
  static func object(_ key: String, body: String?, size: Int, tail: String = "", marker: Bool = false) -> String {
    #"{"Key":"\#(key)"\#(body.map { #","Body":\#($0)"# } ?? ""),"ETag":"\"5d41402abc4b2a76b9719d911017c592-2\"","#
      + #""Size":\#(size),"LastModified":"2026-01-02T03:04:05Z","ContentType":"","Metadata":null,"Tags":null,"#
      + #""VersionID":"v1","IsDeleteMarker":\#(marker),"ServerSideEncryption":"","SSEKMSKeyID":""\#(tail)}"#
  }

  /// A bucket with an object, an empty one and a delete marker, each as current object and as version.
  static func document(_ layout: Layout) -> String {
    let hasBodies = layout.hasBodies
    let reference = layout.hasBlobs ? #","bodyRef":"\#(hello)""# : ""
    let objects = [
      ("e", object("e", body: hasBodies ? #""""# : nil, size: 0)),
      ("gone", object("gone", body: hasBodies ? "null" : nil, size: 0, marker: true)),
      ("k", object("k", body: hasBodies ? #""aGVsbG8=""# : nil, size: 5, tail: reference)),
    ]
    let current = objects.map { #""\#($0.0)":\#($0.1)"# }.joined(separator: ",")
    let versions = objects.map { #""\#($0.0)":[\#($0.1),null]"# }.joined(separator: ",")
    return #"{"buckets":{"box":{"name":"box","creationDate":"2026-01-02T03:04:05Z","objects":{\#(current)},"#
      + #""versions":{\#(versions)},"versioningStatus":"Enabled","versionIdcounter":1}}}"#
  }

  static func directory(_ layout: Layout) throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    try folder.write("s3.json", document(layout), mode: 0o640)
    try folder.write("sqs.json", #"{"queues":{}}"#)
    if layout.hasBlobs { try folder.write("s3-objects/\(hello)", "hello") }
    return folder
  }

  static func convert(_ folder: TemporaryDirectory, to layout: Layout) throws -> LayoutConversion {
    let conversion = try LayoutConversion(directory: folder.directory, to: layout)
    try conversion.apply(in: folder.directory)
    return conversion
  }

  static let pairs = Layout.allCases.flatMap { from in Layout.allCases.map { (from, $0) } }

  /// Each of the nine ways gives the very bytes that KUMO would write, and back again.
  @Test(arguments: pairs) func allPairsAndBack(_ from: Layout, _ to: Layout) throws {
    let folder = try Self.directory(from)
    let conversion = try Self.convert(folder, to: to)
    #expect(conversion.found == .layout(from))
    #expect(conversion.obstacles.isEmpty)
    #expect(conversion.work.isNothing == (from == to))
    #expect(conversion.work.objects == 6)
    #expect(try folder.text("s3.json") == Self.document(to))
    #expect(try folder.mode("s3.json") == 0o640)
    #expect(try folder.exists("s3-objects/\(Self.hello)") == to.hasBlobs)
    #expect(try folder.exists("s3-objects") == to.hasBlobs)
    if to.hasBlobs, !from.hasBlobs {
      #expect(try folder.text("s3-objects/\(Self.hello)") == "hello")
      #expect(try folder.mode("s3-objects/\(Self.hello)") == 0o600)
      #expect(try folder.mode("s3-objects") == 0o750)
    }
    #expect(try folder.text("sqs.json") == #"{"queues":{}}"#)
    _ = try Self.convert(folder, to: from)
    #expect(try folder.text("s3.json") == Self.document(from))
    #expect(try folder.list() == (from.hasBlobs ? ["s3-objects", "s3.json", "sqs.json"] : ["s3.json", "sqs.json"]))
  }

  /// L1 as KUMO writes it names the empty blob and does not write it; a later release answers 500 for such an object.
  @Test(arguments: Layout.allCases) func theEmptyBlob(_ to: Layout) throws {
    let folder = try TemporaryDirectory()
    let object = Self.object("e", body: #""""#, size: 0, tail: #","bodyRef":"\#(Self.empty)""#)
    try folder.write("s3.json", #"{"buckets":{"b":{"objects":{"e":\#(object)},"versions":{}}}}"#)
    let conversion = try Self.convert(folder, to: to)
    #expect(conversion.work.emptyReferences == 1)
    #expect(try !folder.text("s3.json").contains("bodyRef"))
    #expect(try folder.text("s3.json").contains("Body") == to.hasBodies)
    // Where the blob is there, as later releases write it, their own layout stays as it is.
    try folder.write(
      "s3.json",
      #"{"buckets":{"b":{"objects":{"e":{"Key":"e","Size":0,"bodyRef":"\#(Self.empty)"}},"versions":{}}}}"#)
    try folder.write("s3-objects/\(Self.empty)", "")
    let second = try Self.convert(folder, to: to)
    #expect(second.work.isNothing == (to == .blobs))
    #expect(try folder.exists("s3-objects/\(Self.empty)") == (to == .blobs))
  }

  /// Every object says for itself what it is.
  @Test(arguments: Layout.allCases) func mixedDirectories(_ to: Layout) throws {
    let folder = try TemporaryDirectory()
    let reference = #","bodyRef":"\#(Self.hello)""#
    let objects = [
      #""a":\#(Self.object("a", body: #""aGVsbG8=""#, size: 5))"#,
      #""b":\#(Self.object("b", body: #""aGVsbG8=""#, size: 5, tail: reference))"#,
      #""c":\#(Self.object("c", body: nil, size: 5, tail: reference))"#,
      // Any form that KUMO reads: spaces, another order and case, escapes in base64, no key.
      #" "d" : { "bodyref" : "\#(Self.hello)" , "size" : 5, "BODY" : "aGVsbG8\u003d" } "#,
      #""e":{"Size":5,"bodyRef":"\#(Self.hello)"}"#, #""f":{"Body":"aGVsbG8=","Size":5}"#, #""g":{}"#,
    ]
    try folder.write("s3.json", #"{"buckets":{"x":{"objects":{\#(objects.joined(separator: ","))}}}}"#)
    try folder.write("s3-objects/\(Self.hello)", "hello")
    #expect(try Self.convert(folder, to: to).found == .mixed)
    let parsed = try JSONTape(parsing: folder.read("s3.json")).root
    let map = try #require(parsed["buckets"]?["x"]?["objects"])
    #expect(map.count == 7)
    for (key, value) in map.members where key.string() != Array("g".utf8) {
      let body = value.member(folding: "Body")?.string()
      #expect(body == (to.hasBodies ? Array("aGVsbG8=".utf8) : nil), "\(key.rawBytes)")
      let reference = value.member(folding: "bodyRef")?.string()
      #expect(reference == (to.hasBlobs ? Array(Self.hello.utf8) : nil))
    }
    let again = try LayoutConversion(directory: folder.directory, to: to)
    #expect(again.work.isNothing)
  }

  /// What is not certain is not written: the object is named, and nothing changes.
  static let troubles: [(object: String, blob: String?, text: String)] = [
    (object("k", body: nil, size: 5, tail: #","bodyRef":"\#(hello)""#), nil, "in a blob that is not there"),
    (object("k", body: nil, size: 5, tail: #","bodyRef":"\#(hello)""#), "hallo", "not what its name says"),
    (object("k", body: nil, size: 5, tail: #","bodyRef":"\#(hello)""#), "", "not what its name says"),
    (object("k", body: nil, size: 5, tail: #","bodyRef":"../../etc/passwd""#), nil, "no SHA-256"),
    (object("k", body: #""a""#, size: 5), nil, "no base64"),
    (object("k", body: "7", size: 5), nil, "no base64"),
    (object("k", body: #""aGFsbG8=""#, size: 5, tail: #","bodyRef":"\#(hello)""#), "hello", "two different contents"),
    (object("k", body: #""""#, size: 5), nil, "neither Body nor bodyRef"),
  ]

  @Test(arguments: troubles.indices) func nothingIsGuessed(_ index: Int) throws {
    let trouble = Self.troubles[index]
    for layout in Layout.allCases {
      let folder = try TemporaryDirectory()
      try folder.write("s3.json", #"{"buckets":{"b":{"objects":{"k":\#(trouble.object)},"versions":{}}}}"#)
      if let blob = trouble.blob { try folder.write("s3-objects/\(Self.hello)", blob) }
      let before = try folder.snapshot()
      let conversion = try LayoutConversion(directory: folder.directory, to: layout)
      #expect(conversion.obstacleCount == 1)
      let text = try #require(conversion.obstacles.first).description
      #expect(text.contains(trouble.text) && text.contains("b/k"), "\(text)")
      #expect(throws: StepError.self) { try conversion.apply(in: folder.directory) }
      #expect(try folder.snapshot() == before)
    }
  }

  /// A wrong blob beside a right body is made right: the body is what KUMO takes.
  @Test func aBlobIsMadeRight() throws {
    let folder = try Self.directory(.portable)
    try folder.write("s3-objects/\(Self.hello)", "hallo")
    let conversion = try Self.convert(folder, to: .blobs)
    #expect(conversion.work.blobsWritten == 1)
    #expect(try folder.text("s3-objects/\(Self.hello)") == "hello")
  }

  /// Blobs that nobody names stay where blobs are read; strangers stay in any case.
  @Test func unreferencedBlobsAndStrangers() throws {
    let other = String(repeating: "a", count: 64)
    for layout in Layout.allCases {
      let folder = try Self.directory(layout == .portable ? .blobs : .portable)
      try folder.write("s3-objects/\(other)", "x")
      try folder.write("s3-objects/notes.txt", "mine")
      let conversion = try Self.convert(folder, to: layout)
      #expect(conversion.work.unreferenced == 1)
      #expect(try folder.exists("s3-objects/\(other)") == layout.hasBlobs)
      #expect(try folder.text("s3-objects/notes.txt") == "mine")
    }
  }

  @Test(arguments: ["", "{", "null", "[]", #"{"buckets":null}"#, #"{"buckets":{"b":null,"c":{"objects":null}}}"#])
  func brokenAndEmptyFiles(_ text: String) throws {
    let folder = try TemporaryDirectory()
    try folder.write("s3.json", text)
    if text.isEmpty || text == "{" {
      #expect(throws: JSONError.self) { try LayoutConversion(directory: folder.directory, to: .blobs) }
    } else {
      #expect(try Self.convert(folder, to: .blobs).work.isNothing)
    }
    #expect(try folder.text("s3.json") == text)
    #expect(try LayoutConversion(directory: TemporaryDirectory().directory, to: .blobs).work.isNothing)
  }

  /// A body of some megabytes goes through in pieces.
  @Test func longBodies() throws {
    var number: UInt32 = 1
    let content = (0..<3_000_001).map { _ in
      number = number &* 1_664_525 &+ 1_013_904_223
      return UInt8(truncatingIfNeeded: number >> 24)
    }
    let text = String(decoding: Base64Encoder.encode(content), as: UTF8.self)
    let folder = try TemporaryDirectory()
    let object = Self.object("k", body: "\"\(text)\"", size: content.count)
    let document = #"{"buckets":{"b":{"objects":{"k":\#(object)},"versions":{}}}}"#
    try folder.write("s3.json", document)
    _ = try Self.convert(folder, to: .blobs)
    let blobs = try folder.directory.subdirectory("s3-objects")
    let blob = try #require(try blobs.list().first)
    #expect(try blobs.read(blob.path, limit: 1 << 30) == content)
    _ = try Self.convert(folder, to: .inline)
    #expect(try folder.text("s3.json") == document)
  }

  @Test(arguments: Captures.dataDirectories) func capturesThroughAllLayouts(_ capture: FilePath) throws {
    let folder = try TemporaryDirectory()
    try Directory.open(capture).copyTree(to: folder.directory)
    for entry in try folder.directory.walk() {
      try folder.setMode("\(entry.path)", entry.kind == .directory ? 0o750 : 0o600)
    }
    let others = try folder.snapshot().entries.filter { $0.key != "s3.json" && !$0.key.isInside("s3-objects") }
    _ = try Self.convert(folder, to: .inline)
    let inline = try folder.text("s3.json")
    for layout in [Layout.blobs, .inline, .portable, .inline, .portable, .blobs, .portable, .inline] {
      _ = try Self.convert(folder, to: layout)
      if layout == .inline { #expect(try folder.text("s3.json") == inline) }
    }
    let after = try folder.snapshot().entries.filter { $0.key != "s3.json" }
    #expect(after == others.filter { $0.key != "s3-objects" })
  }
}
