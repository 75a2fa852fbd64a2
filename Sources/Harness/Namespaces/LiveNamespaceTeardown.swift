import Emulator
import Files
import JSONBytes
import Runs
import SystemPackage

/// Takes a namespace out of a running emulator over its API: objects first and then their buckets, items and tables,
/// queues emptied before they are deleted. What is gone already is no error, and once more is none either:
/// interrupted at any point, the next teardown goes on and reports the same totals.
///
/// Messages of the namespace in queues of others stay: whoever looks for them has to receive all, which raises the
/// receive counts of the others and can move them to a dead-letter queue.
package struct LiveNamespaceTeardown {
  /// How to go about it.
  package struct Options {
    /// Say what would be done, and do nothing.
    package var dryRun = false
    /// How long to wait until the messages of a queue that are in flight are done.
    package var wait: Duration = .seconds(10)
    /// Whether a queue goes although messages of it are in flight.
    package var force = false
    /// How many objects or items are deleted between two looks.
    package var batch = 5_000
    /// Asked after each deletion; what it throws ends the teardown.
    package var checkpoint: () throws -> Void = {}

    /// Describes a way.
    package init() {}
  }

  private let members: NamespaceMembers
  private let journal: TeardownJournal
  private let options: Options
  private let endpoint: Endpoint
  private let view: LiveView
  private let objects: LiveObjects
  private let items: LiveItems
  private let queues: LiveQueues

  /// Describes a teardown.
  package init(
    _ members: NamespaceMembers, at endpoint: Endpoint, journal: TeardownJournal, options: Options = Options()
  ) {
    self.members = members
    self.journal = journal
    self.options = options
    self.endpoint = endpoint
    let calls = LiveCalls(endpoint)
    view = LiveView(calls)
    objects = LiveObjects(calls)
    items = LiveItems(calls)
    queues = LiveQueues(calls)
  }

  /// Does it.
  ///
  /// - Throws: `EmulatorError` when nobody answers, `FilesError` when the journal cannot be written, what the
  ///   checkpoint throws. A single thing that could not be deleted is in the report.
  package func run() throws -> NamespaceReport {
    var report = NamespaceReport(namespace: members.name, place: endpoint.description)
    report.isDryRun = options.dryRun
    report.resources = try look()
    report.sort()
    let earlier = journal.read()
    if let earlier { report.merge(earlier) }
    if options.dryRun { return report }
    guard !report.resources.isEmpty || earlier != nil else { return report }
    try journal.write(report.resources)
    let queues = report.resources.contains { $0.kind == .queue && $0.isLeft } ? try findQueues() : QueueMap()
    for index in report.resources.indices where report.resources[index].isLeft {
      let resource = report.resources[index]
      do {
        try delete(resource, queues)
        let other = resource.kind == .queue ? queues.neededBy[resource.name] : nil
        if let other { report.failures.append(.queue(resource.name, isNeededBy: other)) }
      } catch let error as EmulatorError where error.code == .badResponse {
        report.failures.append(.init(subject: Self.subject(resource), message: error.message))
      } catch let error as InFlight {
        report.failures.append(.init(subject: Self.subject(resource), message: error.message))
      }
    }
    try count(&report)
    // An empty queue that others need is all that can be left without anything being left to do.
    let isDone = report.resources.allSatisfy { $0.remaining == 0 && (!$0.stands || queues.neededBy[$0.name] != nil) }
    if isDone { try journal.remove() }
    return report
  }

  /// What is there of the namespace now.
  private func look() throws -> [NamespaceReport.Resource] {
    var found: [NamespaceReport.Resource] = []
    for bucket in try view.buckets() {
      let isWhole = members.owns(container: bucket)
      let count = try objects.count(in: bucket, prefix: isWhole ? [] : members.objectPrefix)
      if isWhole || count > 0 { found.append(.init(kind: .bucket, name: bucket, isWhole: isWhole, count: count)) }
    }
    for table in try view.tables() {
      let isWhole = members.owns(container: table)
      let count = try itemCount(in: table, isWhole: isWhole)
      if isWhole || count > 0 { found.append(.init(kind: .table, name: table, isWhole: isWhole, count: count)) }
    }
    for (name, url) in try view.queues() where members.owns(queue: name) {
      found.append(.init(kind: .queue, name: name, isWhole: true, count: try view.messageCount(in: url)))
    }
    return found
  }

  /// Looks once more and says what remains.
  private func count(_ report: inout NamespaceReport) throws {
    let left = try look()
    for index in report.resources.indices {
      let resource = report.resources[index]
      let now = left.first { $0.kind == resource.kind && $0.name == resource.name }
      report.resources[index].remaining = now?.count ?? 0
      report.resources[index].stands = now?.isWhole ?? false
    }
    // What somebody made meanwhile was not asked for, but it is of the namespace and there.
    for resource in left
    where !report.resources.contains(where: { $0.kind == resource.kind && $0.name == resource.name }) {
      report.resources.append(resource)
    }
    report.sort()
    for resource in report.resources where resource.isLeft {
      let subject = Self.subject(resource)
      guard !report.failures.contains(where: { $0.subject == subject }) else { continue }
      report.failures.append(.init(subject: subject, message: "somebody is still writing to it"))
    }
  }

  /// Queues by name.
  private struct QueueMap {
    var urls: [[UInt8]: [UInt8]] = [:]
    /// Queues of the namespace that queues of others send their failed messages to; with one of those.
    var neededBy: [[UInt8]: [UInt8]] = [:]
  }

  private func findQueues() throws -> QueueMap {
    var map = QueueMap()
    for (name, url) in try view.queues() {
      map.urls[name] = url
      guard !members.owns(queue: name), let target = try view.deadLetterQueue(of: url), members.owns(queue: target)
      else { continue }
      map.neededBy[target] = name
    }
    return map
  }

  private func delete(_ resource: NamespaceReport.Resource, _ map: QueueMap) throws {
    switch resource.kind {
    case .bucket:
      try deleteObjects(in: resource.name, prefix: resource.isWhole ? [] : members.objectPrefix)
      guard resource.isWhole else { return }
      try objects.deleteBucket(resource.name)
      try options.checkpoint()
    case .table where resource.isWhole:
      try items.deleteTable(resource.name)
      try options.checkpoint()
    case .table: try deleteItems(in: resource.name)
    case .queue:
      guard let url = map.urls[resource.name] else { return }
      try drain(url)
      guard map.neededBy[resource.name] == nil else { return }
      try queues.delete(url)
      try options.checkpoint()
    }
  }

  /// Again and again the first ones, until there are none: no server's way of paging is needed for that.
  private func deleteObjects(in bucket: [UInt8], prefix: [UInt8]) throws {
    var before: [ListedVersion] = []
    while true {
      let found = try objects.first(options.batch, in: bucket, prefix: prefix)
      // The same as before: nothing of it can be deleted, and the report will say so.
      if found.isEmpty || found == before { return }
      before = found
      for entry in found {
        try objects.delete(entry, in: bucket)
        try options.checkpoint()
      }
    }
  }

  private func itemCount(in table: [UInt8], isWhole: Bool) throws -> Int {
    if isWhole { return try view.itemCount(in: table) }
    guard let names = try items.keyNames(of: table) else { return 0 }
    var count = 0
    try items.keys(in: table, names: names, where: { owns($0, names) }) { _ in
      count += 1
      return true
    }
    return count
  }

  private func owns(_ item: JSONNode, _ names: [[UInt8]]) -> Bool {
    names.contains { name in item[name]?["S"]?.string().map { members.owns(itemKey: $0) } ?? false }
  }

  /// Looks for a number of keys, deletes them, and looks again from the beginning: KUMO begins a scan anew when the
  /// key that it is to go on from was deleted.
  private func deleteItems(in table: [UInt8]) throws {
    guard let names = try items.keyNames(of: table) else { return }
    while true {
      var keys: [[UInt8]] = []
      try items.keys(in: table, names: names, where: { owns($0, names) }) { key in
        keys.append(key)
        return keys.count < options.batch
      }
      for key in keys {
        try items.delete(key, in: table)
        try options.checkpoint()
      }
      if keys.count < options.batch { return }
    }
  }

  /// Empties a queue and waits for those who have received messages of it.
  private func drain(_ url: [UInt8]) throws {
    let deadline = Deadline(in: options.wait)
    while true {
      let (waiting, inFlight) = try view.messages(in: url)
      if waiting > 0 {
        try queues.purge(url)
        try options.checkpoint()
      }
      if inFlight == 0 || options.force { return }
      guard try view.messages(in: url).inFlight > 0 else { return }
      guard !deadline.hasPassed else { throw InFlight(count: inFlight) }
      deadline.sleep(milliseconds: 50)
    }
  }

  /// Somebody has received messages and not said that they are done.
  private struct InFlight: Error {
    let count: Int
    var message: String {
      "\(count) messages are in flight, so somebody is still at work; wait longer with --wait, or add --force"
    }
  }

  private static func subject(_ resource: NamespaceReport.Resource) -> String {
    "\(resource.kind.rawValue) '\(DisplayName.escape(resource.name))'"
  }
}
