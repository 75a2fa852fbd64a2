import Files
import FixtureTree
import SystemPackage

/// Migrates copies of a directory again and again, each time with another accident, and looks at what is left.
package struct ChaosRehearsal: Sendable {
  let executor: MigrationExecutor
  let request: MigrationPlanner.Request
  /// How many trials at most; the rest is sampled.
  let limit: Int
  /// Migrates a directory in a process of its own that is killed just before the operation of this number; nil where
  /// there is no program to start.
  let kill: (@Sendable (FilePath, Int) throws -> Void)?
  /// Makes the step that changes the layout, after all others; nil for none.
  let layout: (@Sendable (Directory, FixtureDocument) throws -> MigrationPlan.Action?)?

  package init(
    _ executor: MigrationExecutor, _ request: MigrationPlanner.Request, limit: Int,
    layout: (@Sendable (Directory, FixtureDocument) throws -> MigrationPlan.Action?)? = nil,
    kill: (@Sendable (FilePath, Int) throws -> Void)? = nil
  ) {
    self.layout = layout
    self.executor = executor
    self.request = request
    self.limit = limit
    self.kill = kill
  }

  /// Tries them.
  ///
  /// - Parameters:
  ///   - original: the directory; it is only read.
  ///   - room: an empty directory for the copies, on the same file system.
  ///   - progress: told how many trials of how many are done.
  /// - Throws: what the migration itself throws without an accident; `FilesError`.
  package func run(_ original: Directory, in room: Directory, progress: (Int, Int) -> Void) throws -> ChaosReport {
    var report = ChaosReport()
    let old = try TreeState(of: original).treeDigest
    let counter = ChaosCounter()
    var newDigest = ""
    let steps = try attempt(original, in: room) { copy in
      let outcome = try counter.run { try executor(told: counter).apply(copy, request, layout: layout) }
      newDigest = outcome.treeDigests.after
      return outcome.steps.count
    }
    guard steps > 0 else { return report }
    report.points = counter.points
    let faults = ChaosFault.allCases.filter { $0 != .kill || kill != nil }
    if kill == nil { report.notes.append("no process was killed: this program cannot start itself here") }
    let all = report.points.flatMap { point in faults.filter { $0.applies(to: point.operation) }.map { ($0, point) } }
    report.possible = all.count
    let chosen = Self.sample(all, limit)
    if chosen.count < all.count {
      report.notes.append(
        "\(chosen.count) of \(all.count) possible accidents were tried, evenly chosen; --chaos-trials all tries all")
    }
    for (index, (fault, point)) in chosen.enumerated() {
      try executor.checkCancelled()
      progress(index, chosen.count)
      report.trials.append(
        try attempt(original, in: room) { copy in
          try trial(fault, point, copy, old: old, new: newDigest)
        })
    }
    return report
  }

  private func trial(
    _ fault: ChaosFault, _ point: ChaosPoint, _ copy: FilePath, old: String, new: String
  ) throws -> ChaosReport.Trial {
    if fault == .kill {
      try kill?(copy, point.number)
    } else {
      // That it fails is the point; what it says is tested elsewhere.
      _ = try? ChaosCounter(fault, at: point.number).run { try executor.apply(copy, request, layout: layout) }
    }
    var trial = ChaosReport.Trial(fault: fault, point: point, end: Self.end(of: copy, old: old, new: new))
    do {
      _ = try executor.finishLeftovers(of: copy, shownAs: request.path)
      _ = try executor.apply(copy, request, layout: layout)
      if Self.end(of: copy, old: old, new: new) != .new { trial.resumeProblem = "applied again, it is something else" }
      let left = try Self.scratch(beside: copy)
      if !left.isEmpty { trial.resumeProblem = "left behind: \(left.joined(separator: ", "))" }
    } catch {
      trial.resumeProblem = "\(error)"
    }
    return trial
  }

  /// Runs a piece of work on a fresh copy, in a folder of its own that is removed afterwards.
  private func attempt<R>(_ original: Directory, in room: Directory, _ body: (FilePath) throws -> R) throws -> R {
    try room.makeDirectory("trial")
    defer { try? room.removeTree("trial") }
    try room.makeDirectory("trial/data")
    try original.copyTree(to: room.subdirectory("trial/data"))
    return try body(room.path.appending("trial").appending("data"))
  }

  /// What stands at a path after an accident.
  private static func end(of path: FilePath, old: String, new: String) -> ChaosReport.Trial.End {
    do {
      let directory = try Directory.open(path)
      let state = try TreeState(of: directory)
      guard try TreeManifest.read(from: directory)?.treeDigest == state.manifest.treeDigest else {
        return .third("its manifest does not fit its files")
      }
      if state.treeDigest == old { return .old }
      return state.treeDigest == new ? .new : .third("its tree digest is neither the old nor the new one")
    } catch {
      return .third("\(error)")
    }
  }

  private static func scratch(beside path: FilePath) throws -> [String] {
    let folder = try Directory.open(path.removingLastComponent())
    return try folder.list().filter { ScratchName.kind(of: $0.path.bytes) != nil }.map(\.path.description)
  }

  /// All of the rare operations, on which everything turns, and an even choice of the others.
  static func sample(
    _ all: [(ChaosFault, ChaosPoint)], _ limit: Int
  ) -> [(ChaosFault, ChaosPoint)] {
    guard all.count > limit else { return all }
    let rare: Set<DurableOperation> = [.rename, .exchange, .synchronizeFileSystem]
    let important = all.indices.filter { rare.contains(all[$0].1.operation) }
    let others = all.indices.filter { !rare.contains(all[$0].1.operation) }
    let kept = evenly(important, limit)
    let chosen = kept + evenly(others, limit - kept.count)
    return chosen.sorted().map { all[$0] }
  }

  private static func evenly(_ indices: [Int], _ count: Int) -> [Int] {
    guard count < indices.count else { return indices }
    return (0..<max(0, count)).map { indices[(2 * $0 + 1) * indices.count / (2 * count)] }
  }

  /// The executor that tells a counter what it is doing.
  private func executor(told counter: ChaosCounter) -> MigrationExecutor {
    var settings = executor.settings
    settings.progress = { event in
      switch event {
      case .working(let what): counter.enter(what)
      case .started(let id, _, _, _): counter.enter("step \(id)")
      case .finished(let id, _): counter.enter("after step \(id)")
      case .failed: break
      }
    }
    return MigrationExecutor(executor.registry, settings)
  }
}
