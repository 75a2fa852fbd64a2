import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

@Suite struct StagedDirectoryTests {
  /// A thread that worked on the tree may let go of it a moment later.
  @Test func givesTheLockBackAlthoughTheDirectoryIsStillOpen() throws {
    let scratch = try TemporaryDirectory()
    let target = scratch.path("data")
    let open: Directory
    do {
      let staged = try StagedDirectory.create(for: target)
      open = staged.directory
      try staged.commit(replacing: .mustNotExist)
    }
    #expect(try DirectoryLock.acquire(target).isHeld)
    withExtendedLifetime(open) {}
  }

  @Test func aMountPointIsNoPlace() throws {
    #expect(throws: FilesError.self) { try StagedDirectory.create(for: "/proc") }
    let root = try Directory.open("/")
    #expect(root.descriptor.isMountPoint(SystemPath(Array("proc".utf8))))
    #expect(!root.descriptor.isMountPoint(SystemPath(Array("no such name".utf8))))
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("plain")
    #expect(!(try Directory.open(scratch.path)).descriptor.isMountPoint(SystemPath(Array("plain".utf8))))
  }

  private func stage(_ target: FilePath, _ text: String) throws -> StagedDirectory {
    let staged = try StagedDirectory.create(for: target)
    try staged.directory.create("new").write(Array(text.utf8))
    return staged
  }

  @Test func createsWhatWasAbsent() throws {
    let scratch = try TemporaryDirectory()
    let outcome = try stage(scratch.path("target"), "one").commit(replacing: .mustNotExist)
    #expect(!outcome.replaced)
    #expect(try scratch.list() == ["target"])
    #expect(try scratch.text("target/new") == "one")
  }

  @Test func replacesAWholeTreeAndKeepsItsMode() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    try scratch.setMode("target", 0o2751)
    let outcome = try stage(scratch.path("target"), "one").commit(replacing: .exchange)
    #expect(outcome.replaced && outcome.leftover == nil)
    #expect(try scratch.snapshot().paths == ["target", "target/new"])
    #expect(try scratch.mode("target") == 0o2751)
  }

  @Test func leavesNothingWhenDiscardedOrDropped() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    let before = try scratch.snapshot()
    try stage(scratch.path("target"), "one").discard()
    #expect(try scratch.snapshot() == before)
    _ = try stage(scratch.path("target"), "two")
    #expect(try scratch.snapshot() == before)
  }

  @Test func refusesToReplaceWhatMustNotExist() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    let before = try scratch.snapshot()
    #expect(code { try stage(scratch.path("target"), "one").commit(replacing: .mustNotExist) } == .exists)
    #expect(try scratch.snapshot() == before)
  }

  @Test func theSecondOfTwoCreatorsFails() throws {
    let scratch = try TemporaryDirectory()
    let first = try stage(scratch.path("target"), "first")
    let second = try stage(scratch.path("target"), "second")
    try first.commit(replacing: .exchange)
    #expect(code { try second.commit(replacing: .exchange) } == .exists)
    try second.discard()
    #expect(try scratch.text("target/new") == "first")
    #expect(try scratch.list() == ["target"])
  }

  @Test func noticesATargetThatWasSwappedMeanwhile() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("target/old", "old")
    let slow = try stage(scratch.path("target"), "slow")
    try stage(scratch.path("target"), "quick").commit(replacing: .exchange)
    #expect(code { try slow.commit(replacing: .exchange) } == .changed)
    #expect(try scratch.text("target/new") == "quick")
  }

  @Test(arguments: ["target/", "./target", "sub/../target", "link", "link/", "chain"])
  func understandsHowATargetIsWritten(form: String) throws {
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("sub")
    try scratch.write("target/old", "old")
    try scratch.link("link", to: "target")
    try scratch.link("chain", to: "link")
    try stage(scratch.path(form), "one").commit(replacing: .exchange)
    #expect(try scratch.list() == ["chain", "link", "sub", "target"])
    #expect(try scratch.text("target/new") == "one")
    #expect(try scratch.directory.status("link")?.kind == .symlink)
  }

  @Test func takesATargetRelativeToTheWorkingDirectory() throws {
    // The package's own directory is the working directory of a test; nothing is left in it.
    let name = FilePath("kumo-fixtures-test-\(UInt64.random(in: 0 ... .max))")
    let staged = try stage(name, "one")
    #expect(staged.target == name)
    try staged.commit(replacing: .mustNotExist)
    #expect(try Directory.open(name).read("new", limit: 10) == Array("one".utf8))
    try Directory.open(".").removeTree(RelativePath(name.bytes))
  }

  @Test(arguments: ["/", ".", "..", "./", "sub/..", "sub/."])
  func refusesWhatIsNoNameInADirectory(form: String) {
    #expect(code { _ = try StagedDirectory.create(for: FilePath(form)) } == .invalidPath)
  }

  @Test func refusesFilesDanglingLinksAndMountPoints() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("file", "x")
    try scratch.link("nowhere", to: "absent")
    try scratch.link("self", to: "self")
    #expect(code { _ = try StagedDirectory.create(for: scratch.path("file")) } == .notDirectory)
    #expect(code { _ = try StagedDirectory.create(for: scratch.path("nowhere")) } == .notFound)
    #expect(code { _ = try StagedDirectory.create(for: scratch.path("self")) } == .symbolicLink)
    #expect(code { _ = try StagedDirectory.create(for: scratch.path("absent/target")) } == .notFound)
    #expect(code { _ = try StagedDirectory.create(for: "/proc") } == .busy)
  }

  @Test(arguments: [200, 201, 255])
  func stagesNamesOfAnyLength(length: Int) throws {
    let scratch = try TemporaryDirectory()
    let name = String(repeating: "n", count: length)
    for text in ["one", "two"] {
      try stage(scratch.path(name), text).commit(replacing: .exchange)
      #expect(try scratch.text("\(name)/new") == text)
    }
    #expect(try scratch.list() == [name])
  }

  /// A failure at each durable operation in turn: the target is the old tree or the new one, and nothing else is left.
  @Test(arguments: [true, false])
  func aFailureAtAnyPointLeavesOldOrNew(present: Bool) throws {
    for failing in 0..<40 {
      let scratch = try TemporaryDirectory()
      if present { try scratch.write("target/old", "old") }
      let before = try scratch.snapshot().paths
      let after = ["target", "target/new"]
      let count = Counter()
      let failed = FaultPlan.failing({ _ in count.next() == failing ? .ioError : nil }) {
        code { try stage(scratch.path("target"), "one").commit(replacing: .exchange) } != nil
      }
      let paths = try scratch.snapshot().paths.filter { !$0.contains(".kumo-fixtures-stage.") }
      #expect(paths == before || paths == after, "operation \(failing)")
      if !failed && count.value <= failing {
        #expect(paths == after)
        #expect(failing > 4)
        return
      }
      try StagedDirectory.removeStale(for: scratch.path("target"))
      let cleaned = try scratch.snapshot().paths
      #expect(cleaned == before || cleaned == after, "operation \(failing)")
    }
    Issue.record("the operations never ended")
  }
}
