import Digests
import Dispatch
import Files
import JSONBytes
import KumoState
import Synchronization

/// Compares two data directories by resource.
///
/// Both are read once, and what differs a second time. Memory does not grow with the data: 56 bytes for each of
/// `runLength` records on each side, the names of buckets, tables and queues, the changes that are described, and the
/// largest single record (an item, a message, an entry of another service; bodies of objects are streamed).
///
/// - Throws: `DifferenceError` when a file cannot be read, is no JSON, or changes meanwhile; what the cancellation
///   check throws.
package func compare(
  _ first: Directory, _ second: Directory, _ options: DifferenceOptions = DifferenceOptions()
) throws -> DirectoryDifference {
  var difference = DirectoryDifference(services: [], comparedServices: 0)
  for file in try serviceFiles(first, second) {
    if let wanted = options.services, !wanted.contains(file.title) { continue }
    difference.comparedServices += 1
    if try file.isIdentical(first, second) { continue }
    let service = try ServiceComparison(file: file, first, second, options).run()
    if !service.total.isZero || service.ignored > 0 { difference.services.append(service) }
  }
  return difference
}

/// The service files that either directory has, in the byte order of their names.
private func serviceFiles(_ first: Directory, _ second: Directory) throws -> [ServiceFile] {
  var files: [RelativePath: ServiceFile] = [:]
  for (side, directory) in [(Side.first, first), (Side.second, second)] {
    do {
      files.merge(try ServiceFile.list(directory)) { known, _ in known }
    } catch {
      throw DifferenceError(side: side, error.message, hint: error.hint)
    }
  }
  return files.values.sorted { $0.name < $1.name }
}

/// One service's files.
private struct ServiceComparison {
  let file: ServiceFile
  let directories: [Directory]
  let options: DifferenceOptions
  let form: CanonicalForm

  init(file: ServiceFile, _ first: Directory, _ second: Directory, _ options: DifferenceOptions) {
    self.file = file
    directories = [first, second]
    self.options = options
    form = CanonicalForm(service: file.service, isExact: options.isExact)
  }

  func run() throws -> ServiceDifference {
    let scans = try scanBoth()
    var merge = Merge(scans[0], scans[1], limit: options.changeLimit)
    try merge.run()
    let (candidates, omitted) = merge.listedCandidates()
    let describer = try Describer(file, scans, directories, options, form)
    var changes: [ResourceChange] = []
    for candidate in candidates {
      try options.checkCancellation()
      let change = try reading(nil) { try describer.describe(candidate) }
      changes.append(change)
    }
    for (index, scan) in scans.enumerated() { try checkUnchanged(scan, Side.allCases[index]) }
    let tallies = merge.tallies { describer.containerName($0, $1) }
    return ServiceDifference(
      service: file.title, tallies: tallies, changes: changes.sorted(by: precedes), omitted: omitted,
      ignored: merge.ignored)
  }

  private func precedes(_ left: ResourceChange, _ right: ResourceChange) -> Bool {
    if left.container != right.container {
      return left.container.utf8.lexicographicallyPrecedes(right.container.utf8)
    }
    if left.kind != right.kind { return left.kind < right.kind }
    if let a = left.name, let b = right.name, a != b { return a.utf8.lexicographicallyPrecedes(b.utf8) }
    return (left.firstOffset ?? left.secondOffset ?? 0) < (right.firstOffset ?? right.secondOffset ?? 0)
  }

  /// Both at once: they are two files, and there are two cores nearly everywhere.
  private func scanBoth() throws -> [ScannedFile] {
    let results = Mutex<[Result<ScannedFile, any Error>?]>([nil, nil])
    let (file, directories, options, form) = (file, directories, options, form)
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      let result = Result { try file.scan(directories[index], options, form) }
      results.withLock { $0[index] = result }
    }
    var scans: [ScannedFile] = []
    for (index, result) in results.withLock({ $0 }).enumerated() {
      if let result { scans.append(try reading(Side.allCases[index]) { try result.get() }) }
    }
    return scans
  }

  private func checkUnchanged(_ scan: ScannedFile, _ side: Side) throws {
    guard let file = scan.file else { return }
    let now = try reading(side) { try file.currentStatus() }
    guard now.size == file.status.size, now.modified == file.status.modified else {
      throw DifferenceError(
        side: side, "\(self.file.name) changed while it was compared",
        hint: "stop the server that writes to the directory, and try again")
    }
  }

  /// Gives the errors of the rooms below their meaning.
  private func reading<R>(_ side: Side?, _ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as JSONError {
      guard error.code != .sourceFailed else { throw DifferenceError(side: side, "cannot read \(file.name)") }
      throw DifferenceError(
        side: side, "\(file.name) is not valid JSON at line \(error.line), column \(error.column): \(error.message)",
        hint: "run 'kumo-fixtures validate' on the directory")
    } catch let error as FilesError {
      throw DifferenceError(side: side, error.message, hint: error.hint)
    } catch let error as DigestError {
      throw DifferenceError(side: side, "OpenSSL cannot hash: \(error)")
    }
  }
}
