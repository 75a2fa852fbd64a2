import Artifacts
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// One archive for each refusal: nothing is written, and the reason is named.
struct HostileArchiveTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ArtifactFinding.Code
    let build: @Sendable (inout TarBuilder) throws -> Void

    init(_ name: String, _ code: ArtifactFinding.Code, _ build: @escaping @Sendable (inout TarBuilder) throws -> Void) {
      testDescription = name
      self.code = code
      self.build = build
    }
  }

  static let content = [UInt8]("hello")

  /// A manifest that names `a`, and `a`.
  static func begin(_ tar: inout TarBuilder, also: [(String, [UInt8])] = []) throws {
    try tar.addManifest([("a", content)] + also)
    tar.add("a", content)
  }

  static let cases: [Case] = [
    Case("absolute name", .unsafePath) {
      try begin(&$0); $0.add("/tmp/evil", content)
    },
    Case("dot dot", .unsafePath) {
      try begin(&$0); $0.add("../evil", content)
    },
    Case("dot dot inside", .unsafePath) {
      try begin(&$0); $0.add("x/../../evil", content)
    },
    Case("dot", .unsafePath) {
      try begin(&$0); $0.add("./evil", content)
    },
    Case("empty part", .unsafePath) {
      try begin(&$0); $0.add("x//evil", content)
    },
    Case("name ends in a slash", .unsafePath) {
      try begin(&$0); $0.add("evil/", content)
    },
    Case("pax name with dot dot", .unsafePath) { tar in
      try begin(&tar)
      tar.addPax([("path", "../evil")])
      tar.add("innocent", content)
    },
    Case("NUL in a pax name", .unsafePath) { tar in
      try begin(&tar)
      tar.addPax([("path", "evil\u{0}name")])
      tar.add("innocent", content)
    },
    Case("text behind a NUL in a name", .unsafePath) { tar in
      try begin(&tar)
      tar.add("evil", content) { $0[50] = 0x41 }
    },
    Case("over-long name", .unsafePath) { tar in
      try begin(&tar)
      tar.addPax([("path", String(repeating: "x/", count: 3000) + "evil")])
      tar.add("innocent", content)
    },
    Case("over-long part of a name", .unsafePath) { tar in
      try begin(&tar)
      tar.addPax([("path", String(repeating: "x", count: 256))])
      tar.add("innocent", content)
    },
    Case("symbolic link", .forbiddenType) {
      try begin(&$0); $0.add("l", type: "2", linkName: "/etc/passwd")
    },
    Case("hard link", .forbiddenType) {
      try begin(&$0); $0.add("l", type: "1", linkName: "a")
    },
    Case("pax link path", .forbiddenType) { tar in
      try begin(&tar)
      tar.addPax([("linkpath", "/etc/passwd")])
      tar.add("l", content)
    },
    Case("character device", .forbiddenType) {
      try begin(&$0); $0.add("d", type: "3")
    },
    Case("block device", .forbiddenType) {
      try begin(&$0); $0.add("d", type: "4")
    },
    Case("FIFO", .forbiddenType) {
      try begin(&$0); $0.add("f", type: "6")
    },
    Case("contiguous file", .forbiddenType) {
      try begin(&$0); $0.add("f", content, type: "7")
    },
    Case("GNU sparse file", .forbiddenType) {
      try begin(&$0); $0.add("f", content, type: "S", gnu: true)
    },
    Case("pax sparse file", .forbiddenType) { tar in
      try begin(&tar)
      tar.addPax([("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0")])
      tar.add("f", content)
    },
    Case("GNU long name", .forbiddenType) {
      try begin(&$0); $0.add("././@LongLink", content, type: "L", gnu: true)
    },
    Case("global pax header", .forbiddenType) {
      try begin(&$0); $0.add("g", content, type: "g")
    },
    Case("unknown type", .forbiddenType) {
      try begin(&$0); $0.add("u", type: "Q")
    },
    Case("setuid", .specialMode) { tar in
      try tar.addManifest([("a", content)])
      tar.add("a", content, mode: 0o4755)
    },
    Case("setgid directory", .specialMode) {
      try begin(&$0); $0.add("d/", type: "5", mode: 0o2755)
    },
    Case("twice", .duplicate) {
      try begin(&$0); $0.add("a", content)
    },
    Case("manifest twice", .duplicate) { tar in
      try begin(&tar)
      try tar.addManifest([("a", content)])
    },
    Case("directory twice", .duplicate) { tar in
      try begin(&tar)
      tar.add("d/", type: "5", mode: 0o755)
      tar.add("d/", type: "5", mode: 0o755)
    },
    Case("differs in case", .collision) { tar in
      try begin(&tar, also: [("A", content)])
      tar.add("A", content)
    },
    Case("directory differs in case", .collision) { tar in
      try begin(&tar, also: [("dir/x", content), ("Dir/y", content)])
      tar.add("dir/x", content)
      tar.add("Dir/y", content)
    },
    Case("differs in Unicode form", .collision) { tar in
      try begin(&tar, also: [("\u{00E9}", content), ("e\u{0301}", content)])
    },
    Case("file that is a directory", .collision) { tar in
      try begin(&tar, also: [("a/b", content)])
      tar.add("a/b", content)
    },
    Case("directory in a file's place", .collision) {
      try begin(&$0); $0.add("a/", type: "5", mode: 0o755)
    },
    Case("not in the manifest", .unexpected) {
      try begin(&$0); $0.add("b", content)
    },
    Case("log without a manifest", .unexpected) {
      try begin(&$0); $0.add("logs/x", content)
    },
    Case("pax size against ustar size", .sizeConflict) { tar in
      try begin(&tar)
      tar.addPax([("size", "0")])
      tar.add("b", content)
    },
    Case("directory with a size", .sizeConflict) {
      try begin(&$0); $0.add("d/", content, type: "5", mode: 0o755)
    },
    Case("size that is no number", .badHeader) { tar in
      try begin(&tar)
      tar.add("b", content) { $0.replaceSubrange(124..<128, with: [UInt8]("-001")) }
    },
    Case("negative binary size", .badHeader) { tar in
      try begin(&tar)
      tar.add("b", content) { $0.replaceSubrange(124..<136, with: [UInt8](repeating: 0xFF, count: 12)) }
    },
    Case("enormous binary size", .badHeader) { tar in
      try begin(&tar)
      tar.add("b", content) { $0.replaceSubrange(124..<136, with: [0x80] + [UInt8](repeating: 0x7F, count: 11)) }
    },
    Case("no magic", .badHeader) { tar in
      try begin(&tar)
      tar.add("b", content) { $0.replaceSubrange(257..<265, with: [UInt8](repeating: 0, count: 8)) }
    },
    Case("two pax headers", .badHeader) { tar in
      try begin(&tar)
      tar.addPax([("path", "x")])
      tar.addPax([("path", "y")])
      tar.add("b", content)
    },
    Case("a pax key twice", .badHeader) { tar in
      try begin(&tar)
      tar.addPax([("path", "x"), ("path", "y")])
      tar.add("b", content)
    },
    Case("broken pax record", .badHeader) {
      try begin(&$0); $0.add("PaxHeader", [UInt8]("99 path=x\n"), type: "x")
    },
    Case("pax header without a member", .badHeader) {
      try begin(&$0); $0.addPax([("path", "x")])
    },
    Case("data in padding", .badHeader) { tar in
      try tar.addManifest([("a", content)])
      tar.add("a", content)
      tar.bytes[tar.bytes.count - 1] = 1
    },
    Case("no manifest", .noManifest) { $0.add("a", content) },
    Case("manifest second", .noManifest) { tar in
      tar.add("a", content)
      try tar.addManifest([("a", content)])
    },
    Case("manifest names what escapes", .badManifest) { tar in
      let line = String(repeating: "0", count: 64) + "  ../evil\n"
      tar.add("manifest-sha256.txt", [UInt8](line))
    },
    Case("unsorted manifest", .badManifest) { tar in
      let zeros = String(repeating: "0", count: 64)
      tar.add("manifest-sha256.txt", [UInt8]("\(zeros)  b\n\(zeros)  a\n"))
    },
    Case("missing member", .missing) { try begin(&$0, also: [("b", content)]) },
    Case("other content", .mismatch) { tar in
      try tar.addManifest([("a", [UInt8]("other"))])
      tar.add("a", content)
    },
  ]

  @Test(arguments: cases)
  func isRefusedAndNothingIsLeft(_ hostile: Case) throws {
    let scratch = try Scratch()
    var tar = TarBuilder()
    try hostile.build(&tar)
    tar.end()
    try scratch.place.write("evil.tar", tar.bytes)
    try scratch.place.write("outside/keep", "untouched")
    let before = try scratch.place.snapshot()
    #expect(try scratch.verify("evil.tar").findings.map(\.code).contains(hostile.code))
    let error = #expect(throws: ArtifactError.self) { try scratch.unpack("evil.tar", to: "outside/target") }
    #expect(error?.findings.contains { $0.code == hostile.code } == true, "\(String(describing: error))")
    #expect(error?.outcome == (hostile.code.isHostile ? .refused : .findings))
    #expect(try scratch.place.snapshot() == before)
  }

  /// A target that exists stays as it was.
  @Test func aTargetThatIsToBeReplacedIsKept() throws {
    let scratch = try Scratch()
    var tar = TarBuilder()
    try Self.begin(&tar)
    tar.add("l", type: "2", linkName: "/etc")
    tar.end()
    try scratch.place.write("evil.tar", tar.bytes)
    try scratch.place.write("target/old", "old")
    let before = try scratch.place.snapshot()
    #expect(throws: ArtifactError.self) { try scratch.unpack("evil.tar") { $0.replacesExisting = true } }
    #expect(try scratch.place.snapshot() == before)
  }

  @Test func dataBehindTheEndIsRefused() throws {
    let scratch = try Scratch()
    var tar = TarBuilder()
    try Self.begin(&tar)
    tar.end()
    tar.add("b", Self.content)
    try scratch.place.write("evil.tar", tar.bytes)
    #expect(try scratch.verify("evil.tar").findings.map(\.code).contains(.trailingData))
    #expect(throws: ArtifactError.self) { try scratch.unpack("evil.tar") }
    #expect(try scratch.leftovers(["source", "evil.tar"]) == [])
  }

  static let limits: [(@Sendable (inout ArtifactLimits) -> Void, String)] = [
    ({ $0.members = 2 }, "members"), ({ $0.totalBytes = 1000 }, "bytes in all"),
    ({ $0.memberBytes = 3000 }, "one file"),
    ({ $0.manifestBytes = 10 }, "manifest"),
  ]

  @Test(arguments: limits.indices)
  func limitsAreKept(_ index: Int) throws {
    let scratch = try Scratch()
    for name in ["a", "b", "c"] { try scratch.write(name, String(repeating: name, count: 4000)) }
    try scratch.pack()
    let error = #expect(throws: ArtifactError.self) {
      try scratch.unpack { Self.limits[index].0(&$0.read.limits) }
    }
    #expect(error?.code == .limit && error?.outcome == .refused)
    #expect(try scratch.leftovers(["source", "out.tar.zst"]) == [])
  }

  @Test func aBombIsRefusedByItsRatio() throws {
    let scratch = try Scratch()
    try scratch.write("zeros", [UInt8](repeating: 0, count: 80 << 20))
    try scratch.pack()
    let error = #expect(throws: ArtifactError.self) { try scratch.unpack { $0.read.limits.ratio = 500 } }
    #expect(error?.code == .limit)
    #expect(try scratch.leftovers(["source", "out.tar.zst"]) == [])
  }
}
