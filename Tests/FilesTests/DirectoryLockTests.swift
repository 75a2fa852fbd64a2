import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

@testable import Files

@Suite struct DirectoryLockTests {
  @Test func theSecondIsToldWhoHoldsIt() throws {
    let scratch = try TemporaryDirectory()
    let first = try DirectoryLock.acquire(scratch.path)
    #expect(first.isHeld)
    #expect {
      try DirectoryLock.acquire(scratch.path)
    } throws: { error in
      guard let error = error as? FilesError else { return false }
      return error.code == .busy && error.message.contains("process \(getpid()) (")
    }
    withExtendedLifetime(first) {}
  }

  @Test func isGivenBack() throws {
    let scratch = try TemporaryDirectory()
    do { _ = try DirectoryLock.acquire(scratch.path) }
    #expect(try DirectoryLock.acquire(scratch.path).isHeld)
    #expect(try scratch.list() == [])
  }

  /// A program that another thread starts has a copy of the descriptor until it takes over.
  @Test func isGivenBackAlsoWhileACopyOfTheDescriptorIsOpen() throws {
    let scratch = try TemporaryDirectory()
    let holder = try Directory.open(scratch.path)
    let copy: Descriptor
    do {
      let locked = try Directory.open(scratch.path).descriptor
      try locked.lock(LOCK_EX | LOCK_NB)
      copy = Descriptor(adopting: dup(locked.number))
      #expect(throws: Errno.wouldBlock) { try holder.descriptor.lock(LOCK_EX | LOCK_NB) }
    }
    try holder.descriptor.lock(LOCK_EX | LOCK_NB)
    withExtendedLifetime(copy) {}
  }

  @Test func readersShareWritersDoNot() throws {
    let scratch = try TemporaryDirectory()
    let reader = try DirectoryLock.acquire(scratch.path, .shared)
    let second = try DirectoryLock.acquire(scratch.path, .shared)
    #expect(code { _ = try DirectoryLock.acquire(scratch.path) } == .busy)
    withExtendedLifetime((reader, second)) {}
  }

  @Test func waitsUntilTheDeadline() throws {
    let scratch = try TemporaryDirectory()
    let first = try DirectoryLock.acquire(scratch.path)
    let start = ContinuousClock.now
    #expect(code { _ = try DirectoryLock.acquire(scratch.path, waiting: .milliseconds(60)) } == .busy)
    #expect(ContinuousClock.now - start >= .milliseconds(60))
    withExtendedLifetime(first) {}
  }

  @Test(.needs("flock")) func aWaiterGetsTheLockWhenTheHolderIsKilled() throws {
    let flock = try #require(Program(named: "flock"))
    let scratch = try TemporaryDirectory()
    let holder = try flock.start([scratch.path.string, "--command", "echo held; exec sleep 60"])
    #expect(try eventually { try holder.outputSoFar().contains("held") })
    #expect(code { _ = try DirectoryLock.acquire(scratch.path) } == .busy)
    kill(-holder.process, SIGKILL)
    #expect(try DirectoryLock.acquire(scratch.path, waiting: .seconds(120)).isHeld)
    #expect(try holder.wait().signal == SIGKILL)
  }

  @Test func thereIsNothingToLockYet() throws {
    let scratch = try TemporaryDirectory()
    #expect(try !DirectoryLock.acquire(scratch.path("absent")).isHeld)
    try scratch.write("file", "x")
    #expect(code { _ = try DirectoryLock.acquire(scratch.path("file")) } == .notDirectory)
  }

  @Test func followsASwap() throws {
    let scratch = try TemporaryDirectory()
    try scratch.makeDirectory("target")
    let lock = try DirectoryLock.acquire(scratch.path("target"))
    let staged = try StagedDirectory.create(for: scratch.path("target"))
    try staged.commit(replacing: .exchange)
    // The new tree is locked by the staged directory, although the lock is on the old one, which is gone.
    #expect(code { _ = try DirectoryLock.acquire(scratch.path("target")) } == .busy)
    withExtendedLifetime((lock, staged)) {}
  }

  @Test func readsTheTableOfLocks() {
    let table = """
      1: FLOCK  ADVISORY  WRITE 1234 fe:00:5678 0 EOF
      1: -> FLOCK  ADVISORY  WRITE 99 fe:00:5678 0 EOF
      2: POSIX  ADVISORY  WRITE 7 fe:00:5678 0 EOF
      3: FLOCK  ADVISORY  READ  12 fe:00:5678 0 EOF
      4: FLOCK  ADVISORY  WRITE 55 fe:00:56789 0 EOF
      5: FLOCK  ADVISORY  WRITE -1 fe:00:5678 0 EOF
      nonsense

      """
    #expect(LockHolder.processes(in: Array(table.utf8), inode: 5678) == [12, 1234])
  }
}
