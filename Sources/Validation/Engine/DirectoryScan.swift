import Documents
import Digests
import Files
import FixtureTree
import KumoState
import SystemPackage

/// What stands in a data directory, sorted into what will be checked, with findings about what does not belong.
struct DirectoryScan {
  /// A regular file and its size.
  struct Entry: Sendable {
    let path: RelativePath
    let size: Int64
  }

  /// Files of known services, in byte order of their names.
  private(set) var services: [(service: KumoService, entry: Entry)] = []
  /// Regular files in `s3-objects` with the name of a blob, in byte order. About 130 bytes a blob.
  private(set) var blobs: [Entry] = []
  /// Whether there is a directory `s3-objects`.
  private(set) var hasBlobDirectory = false
  /// Every regular file that a manifest covers or could cover, in byte order.
  private(set) var files: [Entry] = []
  /// Whether a sentinel says that this is a run's directory.
  private(set) var isRun = false
  /// Temporary files of interrupted saves.
  private(set) var leftovers: [RelativePath] = []
  /// Findings so far.
  private(set) var findings: [Finding] = []

  private static let blobDirectory: RelativePath = "s3-objects"

  /// Looks at every name in the directory.
  init(_ directory: Directory) {
    var problems: [FilesError] = []
    let entries = directory.walk(WalkOptions(statuses: true), collecting: &problems)
    for entry in entries { sort(entry) }
    for problem in problems { add(problem, in: directory) }
  }

  /// Whether there is a regular file of this name.
  func has(_ path: RelativePath) -> Bool { files.contains { $0.path == path } }

  /// Whether this is a service's file.
  func isService(_ path: RelativePath) -> Bool { services.contains { $0.entry.path == path } }

  /// The digest that a path names when it is that of a blob.
  static func blobName(_ path: RelativePath) -> SHA256Digest? {
    guard path.depth == 2, path.isInside(blobDirectory) else { return nil }
    let name = path.lastComponent.bytes
    return BlobDirectoryName(name) == .blob ? SHA256Digest(hex: name) : nil
  }

  private mutating func sort(_ entry: TreeEntry) {
    if let status = entry.status, entry.kind == .file { files.append(Entry(path: entry.path, size: status.size)) }
    if entry.kind == .file || entry.kind == .directory { checkMode(entry) }
    if entry.path.depth == 1 {
      sortTopLevel(entry)
    } else if entry.path.isInside(DirectoryScan.blobDirectory) {
      sortBlob(entry)
    } else if entry.kind != .file, entry.kind != .directory, !entry.path.isInside(FixtureNames.logs) {
      addKind(entry)
    }
  }

  private mutating func sortTopLevel(_ entry: TreeEntry) {
    let path = entry.path
    let name = DataDirectoryName(path.bytes)
    switch (entry.kind, name) {
    case (.directory, .blobDirectory): hasBlobDirectory = true
    case (.directory, .service), (.directory, .unknownSnapshot), (.file, .blobDirectory): addKind(entry)
    case (.directory, _):
      if path != FixtureNames.logs { addUnknown(entry, "KUMO and kumo-fixtures know no folder of this name") }
    case (.file, .service(let service)):
      services.append((service, Entry(path: path, size: entry.status?.size ?? 0)))
    case (.file, .serviceTemporary): addLeftover(path, "left by a save that was interrupted")
    case (.file, .unknownTemporary): addUnknown(entry, "looks like the temporary file of a service that is not known")
    case (.file, .unknownSnapshot):
      if path != FixtureNames.document { addUnknownSnapshot(path) }
    case (.file, .hidden):
      if ScratchName.kind(of: path.bytes) == .temporary {
        addLeftover(path, "left by a kumo-fixtures that was interrupted")
      } else {
        addUnknown(entry, "a hidden file; KUMO never looks at it", severity: .note)
      }
    case (.file, .foreign):
      if FixtureNames.sentinels.contains(path) {
        isRun = true
      } else if path != FixtureNames.manifest {
        addUnknown(entry, "KUMO and kumo-fixtures know no file of this name")
      }
    default: addKind(entry)
    }
  }

  private mutating func sortBlob(_ entry: TreeEntry) {
    let path = entry.path
    guard entry.kind == .file || entry.kind == .directory else { return addKind(entry) }
    guard path.depth == 2, entry.kind == .file else {
      // Told once for the folder; KUMO leaves folders and what is in them alone.
      if path.depth == 2 {
        findings.append(
          Finding(
            .s3ForeignFile, file: path.description,
            message: "a folder in s3-objects, which holds only blobs; KUMO leaves it alone", severity: .warning))
      }
      return
    }
    switch BlobDirectoryName(path.lastComponent.bytes) {
    case .blob: blobs.append(Entry(path: path, size: entry.status?.size ?? 0))
    case .blobTemporary, .uploadTemporary: addLeftover(path, "left by an upload or a save that was interrupted")
    case .miscasedBlob:
      addForeign(
        path, "named by a digest with capital letters, which no object can refer to", "rename it to small letters")
    case .foreign: addForeign(path, "not a blob: KUMO deletes it at its next save", nil)
    }
  }

  /// The mode matters even to a root user, whom it does not stop: KUMO runs as another user in its container.
  private mutating func checkMode(_ entry: TreeEntry) {
    guard let mode = entry.status?.mode else { return }
    let wanted: UInt32 = entry.kind == .directory ? 0o500 : 0o400
    guard mode & wanted != wanted, !entry.path.isInside(FixtureNames.logs) else { return }
    findings.append(
      Finding(
        .fileUnreadable, file: entry.path.description,
        message: "mode \(FileStatus.octal(mode)) does not let even its owner read this "
          + (entry.kind == .directory ? "folder" : "file")))
  }

  private mutating func addKind(_ entry: TreeEntry) {
    let expected: String
    switch DataDirectoryName(entry.path.bytes) {
    case .service(let service): expected = "the file of \(service.displayName)"
    case .blobDirectory: expected = "the folder of S3 blobs"
    default: expected = "a regular file"
    }
    findings.append(
      Finding(
        .fileKind, file: entry.path.description, message: "expected \(expected), found \(entry.kind.words)"))
  }

  private mutating func addLeftover(_ path: RelativePath, _ message: String) {
    leftovers.append(path)
    findings.append(Finding(.leftoverFile, file: path.description, message: message))
  }

  private mutating func addForeign(_ path: RelativePath, _ message: String, _ fix: String?) {
    findings.append(Finding(.s3ForeignFile, file: path.description, message: message, fix: fix))
  }

  private mutating func addUnknown(_ entry: TreeEntry, _ message: String, severity: Severity? = nil) {
    findings.append(Finding(.unknownFile, file: entry.path.description, message: message, severity: severity))
  }

  private mutating func addUnknownSnapshot(_ path: RelativePath) {
    let stem = Array(path.bytes.dropLast(".json".utf8.count))
    // Both spellings of a service lead people astray: the file's name and KUMO's package name.
    let packaged = ServiceCatalogue.all.first { stem.elementsEqual($0.packageName.utf8) }?.name
    let nearest = packaged ?? NearestName.find(stem, among: ServiceCatalogue.all.lazy.map(\.name))
    findings.append(
      Finding(
        .unknownFile, file: path.description,
        message: "KUMO has no service that keeps a file of this name"
          + (nearest.map { "; the nearest is \($0).json" } ?? ""),
        fix: nearest.map { "rename it to \($0).json if that is what it holds" }))
  }

  private mutating func add(_ problem: FilesError, in directory: Directory) {
    let prefix = DisplayName.escape(Array(directory.path.string.utf8)) + "/"
    let file = problem.path.hasPrefix(prefix) ? String(problem.path.dropFirst(prefix.count)) : problem.path
    findings.append(Finding(.fileUnreadable, file: file, message: problem.message, fix: problem.hint))
  }
}
