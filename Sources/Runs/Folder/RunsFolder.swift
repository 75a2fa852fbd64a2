import Files
import SystemPackage

/// The folder with one directory for each run: `.kumo-data/runs`.
package struct RunsFolder: Sendable {
  /// Where it is.
  package let path: FilePath

  /// Names a folder, which need not exist.
  package init(_ path: FilePath) { self.path = path }

  /// The folder of a project.
  package static func standard(in project: FilePath) -> RunsFolder {
    RunsFolder(project.pushing(".kumo-data/runs"))
  }

  /// The directory of a run.
  package func path(of run: String) -> FilePath { path.appending(run) }

  /// All runs, sorted by name. What is no run is left out: hidden names and files.
  ///
  /// - Throws: `FilesError` when the folder cannot be read. A run that cannot be read is in the list with its problem.
  package func list() throws(FilesError) -> [RunStatus] {
    let folder: Directory
    do {
      folder = try Directory.open(path)
    } catch {
      if error.code == .notFound { return [] }
      throw error
    }
    return try folder.list().filter { $0.kind == .directory && $0.path.bytes.first != UInt8(ascii: ".") }.map { entry in
      RunStatus(path: FilePath(bytes: path.bytes + [UInt8(ascii: "/")] + entry.path.bytes))
    }
  }
}

/// One run as it stands on the disk.
package struct RunStatus: Sendable {
  /// Its directory.
  package let path: FilePath
  /// Its state; nil when the directory has no sentinel.
  package let state: RunState?
  /// What the sentinel says; nil when there is none that can be read.
  package let record: RunRecord?
  /// Whether its owner is there; nil without a record.
  package let life: RunOwner.Life?
  /// Why it could not be looked at.
  package let problem: String?

  /// The run's name.
  package var name: String { path.lastComponent?.string ?? path.string }

  /// Looks at a directory.
  package init(path: FilePath) {
    self.path = path
    do {
      let directory = try Directory.open(path)
      let (state, record) = try Self.read(directory)
      self.state = state
      self.record = record
      life = record?.owner.life
      problem = state == nil ? "it has no sentinel, so it is no run" : nil
    } catch {
      state = nil
      record = nil
      life = nil
      problem = String(describing: error)
    }
  }

  /// State and record; once more when the sentinel was renamed between the two looks.
  package static func read(_ directory: Directory) throws -> (RunState?, RunRecord?) {
    for _ in 0..<4 {
      guard let state = try RunState.of(directory) else { return (nil, nil) }
      do {
        return (state, try RunRecord.read(state, in: directory))
      } catch let error as FilesError where error.code == .notFound {
        continue
      }
    }
    throw RunsError(.inUse, "'\(directory.path)' changes its state faster than it can be read")
  }

  /// Files and their bytes; what disappears meanwhile is not counted.
  package func size() -> (files: Int, bytes: Int64) {
    guard let directory = try? Directory.open(path) else { return (0, 0) }
    var problems: [FilesError] = []
    let entries = directory.walk(WalkOptions(statuses: true), collecting: &problems).filter { $0.kind == .file }
    return (entries.count, entries.reduce(0) { $0 + ($1.status?.size ?? 0) })
  }
}
