import Digests
import Emulator
import Files
import FixtureTree
import Glibc
import KumoState
import Runs
import SystemPackage

/// Takes a namespace out of a data directory that nobody is using: objects and then their buckets, items and tables,
/// messages and then their queues, and the blobs that nothing refers to any more. Everything else keeps every byte; the
/// directory is copied, changed and swapped in once, so a kill leaves the old one or the new one.
package struct NamespaceTeardown {
  private let members: NamespaceMembers
  private let path: FilePath
  private let dryRun: Bool
  private let force: Bool
  private let wait: Duration
  private let checkpoint: () throws -> Void
  private let journal: TeardownJournal

  /// Describes a teardown.
  ///
  /// - Parameters:
  ///   - path: the directory.
  ///   - dryRun: say what would be done, and do nothing.
  ///   - force: also in an active run of somebody else's, who lives or cannot be looked at.
  ///   - wait: how long to wait for those who work in the directory.
  ///   - checkpoint: asked between two steps; what it throws ends the teardown with the directory as it was.
  package init(
    _ members: NamespaceMembers, in path: FilePath, dryRun: Bool = false, force: Bool = false,
    wait: Duration = .seconds(5), checkpoint: @escaping () throws -> Void = {}
  ) {
    self.members = members
    self.path = path
    self.dryRun = dryRun
    self.force = force
    self.wait = wait
    self.checkpoint = checkpoint
    journal = TeardownJournal(directory: path, namespace: members.name)
  }

  /// Does it.
  ///
  /// - Throws: `RunsError` with `.inUse` when somebody is at work there, `.taken` when the directory is another's
  ///   active run, `.wrongState` when it is a run that is being torn down; `FilesError`; what the checkpoint throws.
  ///   What could not be done is in the report.
  package func run() throws -> NamespaceReport {
    var report = NamespaceReport(namespace: members.name, place: path.string)
    report.isDryRun = dryRun
    let permit = try take()
    defer { withExtendedLifetime(permit) {} }
    let earlier = journal.read()
    guard permit != nil else {
      if let earlier { report.merge(earlier) }
      if !dryRun { try journal.remove() }
      return report
    }
    let directory = try Directory.open(path)
    try refuseForeign(directory)
    try waitForServers(of: directory)
    let survey = NamespaceSurvey(directory, members)
    report.resources = survey.resources
    report.failures = survey.problems
    report.sort()
    if let earlier { report.merge(earlier) }
    guard !dryRun, survey.problems.isEmpty else { return report }
    if survey.resources.contains(where: { !isSettled($0, survey) }) {
      try journal.write(report.resources)
      try checkpoint()
      report.blobs = try rewrite(directory, survey)
    }
    // What was replaced may still stand beside the directory when the teardown that did it was killed.
    if earlier != nil { _ = try StagedDirectory.removeStale(for: path) }
    settle(&report, survey)
    try journal.remove()
    return report
  }

  private func take() throws -> WorkPermit? {
    do {
      return try WorkPermit.take(path, for: dryRun ? .reading : .changing, waiting: wait)
    } catch let error as FilesError where error.code == .busy {
      throw RunsError(
        .inUse, "\(error.message), so nothing was changed",
        hint: "stop what works there, or name the address of its KUMO with --endpoint")
    }
  }

  /// A job that prepared its directory and has not started its KUMO yet holds no lock: its sentinel is what speaks
  /// for it.
  private func refuseForeign(_ directory: Directory) throws {
    guard !dryRun, !force, case (.active?, let record?) = try RunStatus.read(directory) else { return }
    try record.requireOwnership()
  }

  private func waitForServers(of directory: Directory) throws {
    let deadline = Deadline(in: dryRun ? .zero : wait)
    while !dryRun, let process = DirectoryUsers.servers(of: directory).first {
      guard !deadline.hasPassed else {
        throw RunsError(
          .inUse, "a KUMO server (process \(process)) is at work in '\(path)', so nothing was changed",
          hint: "name its address with --endpoint, or stop it with 'kill \(process)' (it saves its state then)")
      }
      deadline.sleep(milliseconds: 20)
    }
  }

  /// Whether there is nothing to do about a resource: an empty queue that has to stay.
  private func isSettled(_ resource: NamespaceReport.Resource, _ survey: NamespaceSurvey) -> Bool {
    resource.kind == .queue && resource.count == 0 && survey.neededQueues[resource.name] != nil
  }

  /// Writes what remains into the report: nothing but queues that others need.
  private func settle(_ report: inout NamespaceReport, _ survey: NamespaceSurvey) {
    for index in report.resources.indices {
      report.resources[index].remaining = 0
      let name = report.resources[index].name
      let other = report.resources[index].kind == .queue ? survey.neededQueues[name] : nil
      report.resources[index].stands = other != nil
      guard let other else { continue }
      report.failures.append(.queue(name, isNeededBy: other))
    }
  }

  /// Makes the new directory and swaps it in.
  ///
  /// - Returns: how many blobs went.
  private func rewrite(_ directory: Directory, _ survey: NamespaceSurvey) throws -> Int {
    let removal = NamespaceRemoval(members: members, survey: survey)
    let kinds = Set(survey.resources.map(\.kind))
    var files: [(path: RelativePath, write: (ReadableFile, WritableFile) throws -> Void)] = []
    var unused: Set<[UInt8]> = []
    if kinds.contains(.bucket) { files.append((NamespaceSurvey.s3, { unused = try removal.s3($0, to: $1) })) }
    if kinds.contains(.table) { files.append((NamespaceSurvey.dynamoDB, { try removal.dynamoDB($0, to: $1) })) }
    if kinds.contains(.queue) { files.append((NamespaceSurvey.sqs, { try removal.sqs($0, to: $1) })) }

    let stage = try StagedDirectory.create(for: path)
    do {
      for file in files {
        let source = try directory.open(file.path)
        let target = try stage.directory.create(file.path)
        try file.write(source, target)
        try target.setMode(source.status.mode)
        try checkpoint()
      }
      // A reference is a path below `s3-objects` only where it is a digest.
      let names = unused.compactMap {
        SHA256Digest(hex: $0) == nil ? nil : try? RelativePath(Array("s3-objects/".utf8) + $0)
      }
      let blobs = try Set(names.filter { try directory.status($0)?.kind == .file })
      let changed = Set(files.map(\.path))
      try directory.copyTree(to: stage.directory) { path, _ in !changed.contains(path) && !blobs.contains(path) }
      try NamespaceManifest(before: directory, after: stage.directory).update(changed: changed, removed: blobs)
      try checkpoint()
      try stage.commit(replacing: .exchange)
      return blobs.count
    } catch {
      try? stage.discard()
      throw error
    }
  }
}
