import Artifacts
import Digests
import Files
import FixtureTestSupport
import Glibc
import Synchronization
import SystemPackage
import Testing

/// Directories that change while they are read, that are not what they should be, and packs that are stopped.
struct LiveDirectoryTests {
  @Test func aChangeWhileReadingIsReadAgain() throws {
    let scratch = try Scratch()
    try scratch.write("s3.json", "old")
    try scratch.write("sqs.json", "{}")
    let count = Atomic<Int>(0)
    let place = scratch.place
    let report = try scratch.pack { options in
      options.workers = 1
      options.inspector = { piece in
        // As KUMO does it: a new file over the old one.
        guard piece.path == [UInt8]("sqs.json"), count.wrappingAdd(1, ordering: .relaxed).oldValue == 0 else { return }
        try? place.write("source/s3.json", "new content")
      }
    }
    #expect(report.attempts == 2)
    try scratch.unpack()
    #expect(try scratch.place.text("target/s3.json") == "new content")
  }

  @Test func aDirectoryThatNeverRestsIsNamed() throws {
    let scratch = try Scratch()
    try scratch.write("s3.json", "0")
    let count = Atomic<Int>(0)
    let place = scratch.place
    let error = #expect(throws: ArtifactError.self) {
      try scratch.pack { options in
        options.inspector = { _ in
          let number = count.wrappingAdd(1, ordering: .relaxed).newValue
          try? place.write("source/new\(number).json", "x")
        }
      }
    }
    #expect(error?.code == .moved && error?.outcome == .cannot)
    #expect(error?.message.contains("new") == true)
    #expect(try scratch.leftovers(["source"]) == [])
  }

  @Test func aFileReplacedByTheSameContentHasNotMoved() throws {
    let scratch = try Scratch()
    try scratch.write("s3.json", "same")
    let place = scratch.place
    let report = try scratch.pack { $0.inspector = { _ in try? place.write("source/s3.json", "same") } }
    #expect(report.attempts == 1)
  }

  @Test func whatIsNoRegularFileIsRefusedByItsPath() throws {
    for index in 0..<2 {
      let scratch = try Scratch()
      try scratch.write("s3.json", "{}")
      try scratch.place.makeDirectory("source/sub")
      if index == 0 {
        try scratch.place.link("source/sub/bad", to: "../s3.json")
      } else {
        #expect(mkfifo(scratch.place.path("source/sub/bad").string, 0o600) == 0)
      }
      let error = #expect(throws: ArtifactError.self) { try scratch.pack() }
      #expect(error?.code == .notRegular && error?.member == [UInt8]("sub/bad"))
      try scratch.pack { $0.filter = MemberFilter(include: [], exclude: [[UInt8]("sub/*")]) }
    }
  }

  @Test func namesThatHideEachOtherAreRefused() throws {
    let scratch = try Scratch()
    try scratch.write("s3.json", "{}")
    try scratch.write("S3.json", "{}")
    #expect(throws: ArtifactError.self) { try scratch.pack() }
  }

  @Test func aDirectoryThatDriftedFromItsManifestIsRefusedUnlessTold() throws {
    let scratch = try Scratch()
    try scratch.write("a.json", "1")
    try scratch.write("b.json", "2")
    try scratch.pack()
    try scratch.unpack()
    let fixture = scratch.place.path("target")
    try scratch.place.write("target/b.json", "3")
    for untracked in [false, true] {
      if untracked { try scratch.place.write("target/c.json", "4") }
      let error = #expect(throws: ArtifactError.self) { try scratch.pack("drift.tar.zst", from: fixture) }
      #expect(error?.code == .drifted && error?.outcome == .findings)
      #expect(error?.findings.map(\.code) == [untracked ? .untracked : .mismatch])
      #expect(try !scratch.place.exists("drift.tar.zst"))
    }
    try scratch.pack("drift.tar.zst", from: fixture) { $0.manifest = .make }
    #expect(try scratch.verify("drift.tar.zst").findings == [])
    let report = try ArtifactVerifier.verify(Directory.open(fixture), ReadOptions(workers: 2))
    #expect(report.findings.map(\.code) == [.mismatch, .untracked])
  }

  @Test func aPackThatIsStoppedLeavesNothing() throws {
    let scratch = try Scratch()
    for index in 0..<50 { try scratch.write("f\(index)", "x") }
    try scratch.place.write("out.tar.zst", "the one before")
    let error = #expect(throws: ArtifactError.self) {
      try scratch.pack { options in
        let flag = options.cancellation
        options.inspector = { _ in flag.cancel() }
      }
    }
    #expect(error?.code == .cancelled)
    #expect(try scratch.place.text("out.tar.zst") == "the one before")
    #expect(try scratch.leftovers(["source", "out.tar.zst"]) == [])
    try scratch.pack()
    let flag = CancellationFlag()
    flag.cancel()
    #expect(throws: ArtifactError.self) { try scratch.unpack { $0.read.cancellation = flag } }
    #expect(try scratch.leftovers(["source", "out.tar.zst"]) == [])
  }

  @Test func leftoversOfKilledPacksAreRemovedAndOthersKept() throws {
    let scratch = try Scratch()
    try scratch.write("s3.json", "{}")
    try scratch.place.write(".out.tar.zst.kumo-fixtures-tmp.0123456789abcdef", "left by a killed run")
    try scratch.place.write(".other.tar.zst.kumo-fixtures-tmp.0123456789abcdef", "another's")
    try scratch.pack()
    #expect(try scratch.leftovers(["source", "out.tar.zst"]) == [".other.tar.zst.kumo-fixtures-tmp.0123456789abcdef"])
  }

  /// A file system of 2 MiB that is full before the work is done.
  @Test(.enabled(if: SmallDisk.isAllowed, "mounting a file system is not allowed here"))
  func aFullDiskIsAClearErrorAndLeavesNothing() throws {
    let scratch = try Scratch()
    try scratch.place.makeDirectory("small")
    let small = scratch.place.path("small")
    let mount = try #require(Program(named: "mount"))
    try #require(try mount.run(["-t", "tmpfs", "-o", "size=2m", "tmpfs", small.string]).exitCode == 0)
    // Lazily: a process that another test is starting may have a copy of an open file.
    defer { _ = try? Program(named: "umount")?.run(["--lazy", small.string]) }
    try scratch.write("s3.json", Scratch.large(4 << 20))
    try scratch.pack { $0.workers = 1 }
    let unpacked = #expect(throws: ArtifactError.self) { try scratch.unpack(to: "small/target") }
    #expect(unpacked?.code == .unwritable && unpacked?.outcome == .cannot)
    let packed = #expect(throws: ArtifactError.self) { try scratch.pack("small/out.tar") }
    #expect(packed?.code == .unwritable)
    #expect(try Directory.open(small).list().isEmpty)
  }
}
