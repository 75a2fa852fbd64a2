import Artifacts
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// Archives cut short or changed anywhere: refused, or, where a byte means nothing, read as what they were.
struct DamageTests {
  // Every byte in a release build; a debug build needs milliseconds for each.
  #if DEBUG
    static let step = 13
  #else
    static let step = 1
  #endif

  static func small(_ name: String) throws -> (Scratch, [UInt8]) {
    let scratch = try Scratch()
    try scratch.write("a.json", "{\"a\":1}")
    try scratch.pack(name) { $0.workers = 1 }
    try scratch.unpack(name, workers: 1)
    return (scratch, try scratch.place.read(name))
  }

  @Test(arguments: RoundTripTests.names)
  func cutShortAnywhereIsRefused(_ name: String) throws {
    let (scratch, whole) = try Self.small(name)
    let cut = try scratch.place.directory.create(RelativePath("cut"))
    for (length, byte) in whole.enumerated() {
      defer { try? cut.write([byte]) }
      guard length % Self.step == 0 else { continue }
      #expect(throws: ArtifactError.self, "cut to \(length) of \(whole.count) bytes") {
        try scratch.unpack("cut", to: "new", workers: 1)
      }
    }
    #expect(try scratch.content("target").count == 2)
    #expect(try scratch.leftovers(["source", "target", "cut", name]) == [])
  }

  @Test(arguments: RoundTripTests.names)
  func changedAnywhereIsRefusedOrMeansTheSame(_ name: String) throws {
    let (scratch, whole) = try Self.small(name)
    let expected = try scratch.content("target")
    var accepted: [Int] = []
    for index in stride(from: 0, to: whole.count, by: Self.step) {
      var changed = whole
      changed[index] ^= [0x01, 0x20, 0xFF, 0x80][index / Self.step % 4]
      try scratch.place.write("changed", changed)
      guard (try? scratch.unpack("changed", to: "new", workers: 1)) != nil else { continue }
      accepted.append(index)
      #expect(try scratch.content("new") == expected, "byte \(index)")
      try scratch.place.directory.removeTree(RelativePath("new"))
    }
    // gzip's headers have a time, flags of the compressor and a system, which no checksum covers, and a bit of a
    // compressed block may mean nothing. A tar has no such bits.
    #expect(accepted.count <= ["out.tar": 0, "out.tar.zst": 3][name] ?? 20, "\(accepted)")
    #expect(try scratch.leftovers(["source", "target", "changed", name]) == [])
  }

  /// Every file of a damaged frame is named, and the frames behind it are still checked.
  @Test func allFaultsAreReported() throws {
    let scratch = try Scratch()
    for index in 0..<3 { try scratch.write("f\(index)", Scratch.large(9 << 20)) }
    try scratch.pack()
    var bytes = try scratch.place.read("out.tar.zst")
    // In the middle of the first file's first frame, and of the last file's second.
    bytes[20_000] ^= 1
    bytes[bytes.count - 20_000] ^= 1
    try scratch.place.write("out.tar.zst", bytes)
    for workers in [1, 3] {
      let findings = try scratch.verify(workers: workers).findings
      let members = Set(findings.compactMap { $0.member.map { String(decoding: $0, as: UTF8.self) } })
      #expect(findings.count { $0.code == .damaged && $0.message.contains("compressed data") } == 2)
      #expect(members.isSuperset(of: ["f0", "f2"]) && !members.contains("f1"), "\(findings)")
    }
    #expect(throws: ArtifactError.self) { try scratch.unpack() }
    #expect(try scratch.leftovers(["source", "out.tar.zst"]) == [])
  }

  @Test(arguments: ["", "short", String(repeating: "not an archive ", count: 100)])
  func whatIsNoArchiveIsSaidToBeNone(_ text: String) throws {
    let scratch = try Scratch()
    try scratch.place.write("file", text)
    let error = #expect(throws: ArtifactError.self) { try scratch.open("file") }
    #expect(error?.code == .notAnArtifact && error?.outcome == .cannot)
  }

  @Test(arguments: RoundTripTests.names)
  func whatFollowsTheArchiveIsRefused(_ name: String) throws {
    let (scratch, whole) = try Self.small(name)
    try scratch.place.write("longer", whole + [UInt8]("trailing"))
    #expect(throws: ArtifactError.self) { try scratch.unpack("longer", to: "new") }
    #expect(try scratch.verify("longer").findings.isEmpty == false)
  }
}
