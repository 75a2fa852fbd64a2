import Digests
import Files

/// What is going into an artifact: found by one walk, before anything is read.
struct PackPlan: Sendable {
  struct Member: Sendable, Hashable {
    let path: RelativePath
    let status: FileStatus
    var isDirectory: Bool { status.kind == .directory }
    /// Bytes of content.
    var size: Int { isDirectory ? 0 : Int(status.size) }
    var isLog: Bool { ReservedName.isLog(path.bytes) }
  }

  /// Files and empty directories, sorted by bytes, without `fixture.json` and the manifests.
  let members: [Member]
  let fixture: Member?
  let fixtureBytes: [UInt8]
  /// What the directory's own manifest says, restricted to what takes part.
  let expected: ManifestTable?
  let expectedManifest: Member?

  /// Bytes that the whole of `fixture.json` may have.
  static let fixtureLimit = 16 << 20

  var hasLogs: Bool { members.contains { $0.isLog && !$0.isDirectory } }
  var fileCount: Int { members.count { !$0.isDirectory } + (fixture == nil ? 0 : 1) }
  var byteCount: Int { members.reduce(fixtureBytes.count) { $0 + $1.size } }

  init(_ directory: Directory, _ options: PackOptions) throws(ArtifactError) {
    let all = try Self.look(at: directory)
    let selected = try Self.select(all, options.filter)
    try Self.checkNames(selected)
    fixture = selected.first { $0.path.bytes == ReservedName.fixture && !$0.isDirectory }
    members = selected.filter { $0.path.bytes != ReservedName.fixture }
    fixtureBytes =
      try fixture.map { (member) throws(ArtifactError) in
        try Self.read(member.path, directory, limit: Self.fixtureLimit)
      } ?? []
    expectedManifest = all.first { $0.path.bytes == ReservedName.manifest }
    guard let expectedManifest, options.manifest == .verify else {
      expected = nil
      return
    }
    let bytes = try Self.read(expectedManifest.path, directory, limit: ArtifactLimits().manifestBytes)
    let table = try ManifestTable(bytes, named: ReservedName.manifest)
    var kept = ManifestTable()
    for (path, digest) in zip(table.paths, table.digests) where options.filter.accepts(path) {
      kept.append(path, digest)
    }
    expected = kept
    try checkNamed(kept)
  }

  /// The tree as it stands; a tree that changes under the walk counts as one that moved.
  private static func look(at directory: Directory) throws(ArtifactError) -> [Member] {
    do {
      return try directory.walk(WalkOptions(statuses: true)).compactMap { entry in
        entry.status.map { Member(path: entry.path, status: $0) }
      }
    } catch {
      throw ArtifactError(error, error.code == .changed || error.code == .notFound ? .moved : .unreadable)
    }
  }

  private static func read(_ path: RelativePath, _ directory: Directory, limit: Int) throws(ArtifactError) -> [UInt8] {
    do { return try directory.read(path, limit: limit) } catch {
      throw ArtifactError(error, error.code == .notFound ? .moved : .unreadable)
    }
  }

  /// What takes part: regular files that the filter accepts, and directories in which there is nothing.
  private static func select(_ all: [Member], _ filter: MemberFilter) throws(ArtifactError) -> [Member] {
    var parents: Set<[UInt8]> = []
    var last: ArraySlice<UInt8> = []
    for member in all {
      // Most files lie in the same directory as the one before.
      guard let slash = member.path.bytes.lastIndex(of: UInt8(ascii: "/")) else { continue }
      let parent = member.path.bytes[..<slash]
      if parent.elementsEqual(last) { continue }
      last = parent
      parents.insert(Array(parent))
    }
    var selected: [Member] = []
    for member in all where !ReservedName.isLeftOut(member.path.bytes) && filter.accepts(member.path.bytes) {
      switch member.status.kind {
      case .file: selected.append(member)
      case .directory: if !parents.contains(member.path.bytes) { selected.append(member) }
      default:
        throw ArtifactError(
          .notRegular, member: member.path.bytes,
          "it is \(member.status.kind.words); an artifact holds regular files and directories only",
          hint: "remove it, replace it by the file itself, or leave it out with --exclude")
      }
    }
    return selected
  }

  private static func checkNames(_ members: [Member]) throws(ArtifactError) {
    var names = NameRegister()
    for member in members {
      guard let clash = names.add(member.path.bytes, isDirectory: member.isDirectory) else { continue }
      guard case .folded(let other) = clash else { continue }
      throw ArtifactError(
        .collision, member: member.path.bytes,
        "it and '\(DisplayName.escape(other))' are one name on file systems that ignore case or Unicode form",
        hint: "rename one of the two, or leave one out with --exclude")
    }
  }

  /// A directory with a manifest has exactly the files that it names.
  private func checkNamed(_ table: ManifestTable) throws(ArtifactError) {
    var findings: [ArtifactFinding] = []
    var present = [Bool](repeating: false, count: table.paths.count)
    var next = 0
    let files = members.filter { !$0.isDirectory && !$0.isLog } + (fixture.map { [$0] } ?? [])
    for file in files {
      if let index = table.index(of: file.path.bytes, expected: next) {
        present[index] = true
        next = index + 1
      } else {
        findings.append(ArtifactFinding(.untracked, file.path.bytes, "it is not in the manifest"))
      }
    }
    for (index, path) in table.paths.enumerated() where !present[index] {
      findings.append(ArtifactFinding(.missing, path, "the manifest names it, and it is not there"))
    }
    if !findings.isEmpty { throw Self.drifted(findings) }
  }

  static func drifted(_ findings: [ArtifactFinding]) -> ArtifactError {
    let sorted = findings.sorted { ($0.member ?? []).lexicographicallyPrecedes($1.member ?? []) }
    return ArtifactError(
      .drifted, member: sorted.first?.member,
      "the directory is not what its manifest says: "
        + "\(sorted.first?.message ?? "")\(sorted.count > 1 ? ", and \(sorted.count - 1) more" : "")",
      hint: "renew the manifest with adopt, or pack what is there with --refresh-manifest", findings: sorted)
  }

  /// Names of what is not as it was when the plan was made: added, removed, replaced or changed. A file that was
  /// replaced by one with the same content has not moved: KUMO rewrites its files without need.
  func moved(
    in directory: Directory, _ options: PackOptions, isSame: (Member) throws(ArtifactError) -> Bool
  ) throws(ArtifactError) -> [[UInt8]] {
    let now: [Member]
    let manifestNow: Member?
    do {
      let all = try Self.look(at: directory)
      now = try Self.select(all, options.filter)
      manifestNow = all.first { $0.path.bytes == ReservedName.manifest }
    } catch {
      guard error.code == .moved else { throw error }
      return [error.member ?? []]
    }
    var moved: [[UInt8]] = []
    if expected != nil, manifestNow?.status != expectedManifest?.status { moved.append(ReservedName.manifest) }
    // Both lists are sorted, so that one step through both finds what came, went or changed.
    let then = (members + (fixture.map { [$0] } ?? [])).sorted { $0.path < $1.path }
    var index = 0
    for member in now {
      while index < then.count, then[index].path < member.path {
        moved.append(then[index].path.bytes)
        index += 1
      }
      guard index < then.count, then[index].path == member.path else {
        moved.append(member.path.bytes)
        continue
      }
      let before = then[index]
      index += 1
      if before.isDirectory == member.isDirectory {
        if member.isDirectory || Self.isUntouched(before.status, member.status) { continue }
        if before.size == member.size, try isSame(member) { continue }
      }
      moved.append(member.path.bytes)
    }
    moved += then[index...].map(\.path.bytes)
    return moved.sorted { ByteOrder.precedes($0, $1) }
  }

  static func isUntouched(_ before: FileStatus, _ after: FileStatus) -> Bool {
    before.isSameFile(as: after) && before.size == after.size && before.modified == after.modified
      && before.changed == after.changed
  }
}
