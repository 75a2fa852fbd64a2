import FixtureTestSupport
import Glibc
import Runs
import Testing

struct ProcessTests {
  @Test func readsALineOfTheProcessTable() {
    let line = "12 (a) b (c) S 7 3 3 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 8765 1 1"
    let entry = ProcessTable.entry(parsing: Array(line.utf8))
    #expect(entry?.parent == 7)
    #expect(entry?.group == 3)
    #expect(entry?.started == 8765)
    #expect(entry?.isZombie == false)
    #expect(ProcessTable.entry(parsing: Array("12 (a) S 7".utf8)) == nil)
    #expect(ProcessTable.entry(parsing: []) == nil)
  }

  @Test func knowsThisProcess() throws {
    let entry = try #require(ProcessTable.entry(getpid()))
    #expect(entry.parent == getppid())
    #expect(ProcessTable.ancestors().isSuperset(of: [getpid(), getppid()]))
    #expect(ProcessTable.all().contains(getpid()))
    #expect(try RunOwner(process: getpid()).life == .alive)
  }

  @Test func knowsItsChildren() throws {
    let running = try #require(Program(named: "sleep")).start(["3600"])
    // Kernels may be built without that list.
    if let children = ProcessTable.listedChildren() { #expect(children.contains(running.process)) }
    running.send(SIGKILL)
    _ = try running.wait()
    #expect(ProcessTable.listedChildren()?.contains(running.process) != true)
  }

  @Test func tellsTheDeadFromTheLiving() throws {
    let program = try #require(Program(named: "sleep"))
    let running = try program.start(["3600"])
    let owner = try RunOwner(process: running.process)
    #expect(owner.life == .alive)
    running.send(SIGKILL)
    // Not waited for yet, so a zombie at most.
    #expect(eventually { owner.life != .alive })
    guard case .dead = owner.life else {
      Issue.record("\(owner.life)")
      return
    }
    _ = try running.wait()
    #expect(owner.life == .dead("process \(owner.process) is gone"))
  }

  @Test func noticesThatANumberIsUsedAgain() throws {
    var owner = try RunOwner(process: getpid())
    owner.started -= 1
    guard case .dead(let reason) = owner.life else {
      Issue.record("\(owner.life)")
      return
    }
    #expect(reason.contains("used by another"))
  }

  @Test func doesNotJudgeWhatItCannotSee() throws {
    var owner = try RunOwner(process: getpid())
    owner.bootID = "another"
    guard case .unknown = owner.life else {
      Issue.record("\(owner.life)")
      return
    }
    var contained = try RunOwner(process: getpid())
    contained.processNamespace = "pid:[1]"
    guard case .unknown = contained.life else {
      Issue.record("\(contained.life)")
      return
    }
    #expect(throws: RunsError.self) { try RunOwner(process: 0x7fff_fff0) }
  }
}
