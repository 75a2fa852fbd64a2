import Files
import JSONBytes
import KumoState
import Synchronization

/// Where something may be in the files that are too large for one thread.
typealias ScreenedFiles = [RelativePath: LoudRanges]

extension DirectoryRedaction {
  /// How much of a large file one thread screens at a time, and how large a file is that threads share.
  private static let part = 8 << 20

  /// Screens large files on all cores, and reads the JSON among them for the first time; empty when these rules cannot be
  /// screened.
  ///
  /// - Parameter known: the secrets gathered before; nil while they are gathered.
  /// - Throws: `FilesError`, `RedactionError`.
  func screenLargeFiles(known: KnownSecrets?) throws -> ScreenedFiles {
    guard try detector.screenSession() != nil else { return [:] }
    let large = files.filter { $0.status.size > Self.part && $0.role != .manifest }
    // A file is read as JSON by one thread alone: it begins first.
    let unread = large.filter { file in outlines.withLock { $0[file.path] == nil } }
    let parts = large.flatMap { file in
      stride(from: 0, to: Int(file.status.size), by: Self.part).map { start in
        (file: file, range: start..<min(start + Self.part, Int(file.status.size)))
      }
    }
    let found = try FileJobs.run(
      unread.count + parts.count, workers: options.workers,
      worker: { try self.search(known == nil ? .collect : .report, known: known) }
    ) { (search, index) throws -> [Range<Int>] in
      if index < unread.count {
        try self.outline(unread[index])
        return []
      }
      let part = parts[index - unread.count]
      return try self.screened(part.file, part.range, search.screen)
    }
    var loud: [RelativePath: [Range<Int>]] = [:]
    for (part, ranges) in zip(parts, found.dropFirst(unread.count)) { loud[part.file.path, default: []] += ranges }
    return loud.mapValues { LoudRanges($0) }
  }

  /// Notes where the records of a service's file begin. One that is no JSON has none; whoever reads it next says so.
  private func outline(_ file: SourceFile) throws {
    let service: KumoService?
    switch file.role {
    case .service(let known, _): service = known
    case .unknownService: service = nil
    default: return
    }
    let structure = ServiceStructure(service, takesPersonal: options.takesPersonal, policy: detector.policy)
    var outliner = RecordOutliner(try source.open(file.path), service: service, structure: structure)
    do {
      let outline = try outliner.run()
      outlines.withLock { $0[file.path] = outline }
    } catch is JSONError {}
  }

  /// Where something may be in a file; nil for anywhere.
  func loud(in file: SourceFile, _ search: ContentSearch, _ screened: ScreenedFiles) throws -> LoudRanges? {
    guard search.screen != nil else { return nil }
    let loud =
      try screened[file.path] ?? LoudRanges(self.screened(file, 0..<Int(file.status.size), search.screen))
    if search.known == nil {
      heard.withLock { $0[file.path] = loud }
      return loud
    }
    return heard.withLock { heard in heard.isEmpty ? loud : heard[file.path]?.joined(with: loud) }
  }

  private func screened(_ file: SourceFile, _ range: Range<Int>, _ screen: ContentScreen?) throws -> [Range<Int>] {
    guard let screen else { return [] }
    return try screen.look(at: try source.open(file.path), range)
  }
}
