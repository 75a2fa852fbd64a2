import Digests
import Files

/// Decides about every member of an archive as it comes: what the manifest says of it, and whether it may be there.
/// Sequential; the data itself is hashed elsewhere and reported back with `finished`.
struct MemberGate {
  /// What becomes of a member's data.
  enum Decision {
    /// Kept in memory here: a manifest.
    case gather
    /// Hashed, and compared with this.
    case check(SHA256Digest, slot: Slot)
    /// There was a finding; the data is stepped over.
    case skip
  }

  /// Which line of which manifest a member answers to.
  enum Slot: Hashable {
    case file(Int)
    case log(Int)
  }

  private enum Mark { case absent, begun, done }

  private let limits: ArtifactLimits
  private(set) var manifest: ManifestTable?
  private(set) var manifestBytes: [UInt8] = []
  private var logs: ManifestTable?
  private var logBytes: [UInt8] = []
  private var marks: [Mark] = []
  private var logMarks: [Mark] = []
  private var names = NameRegister()
  /// The line of the manifest that the next member answers to, when members come in their order.
  private var nextLine = 0
  private var members = 0
  private var totalBytes = 0
  private var lastPath: [UInt8]?
  private var hasOrderFinding = false
  private(set) var findings: [ArtifactFinding] = []
  /// The headers of the manifests themselves.
  private(set) var manifestMembers: [ArtifactMember] = []

  /// A manifest with more faults than this is not worth a longer list.
  static let findingLimit = 10_000

  init(limits: ArtifactLimits) { self.limits = limits }

  mutating func note(_ code: ArtifactFinding.Code, _ member: [UInt8]?, _ message: String) {
    if findings.count < Self.findingLimit { findings.append(ArtifactFinding(code, member, message)) }
  }

  /// Judges one member by its header.
  mutating func admit(_ member: ScannedMember, isDirectory: Bool) -> Decision {
    members += 1
    totalBytes = totalBytes.addingReportingOverflow(member.size).partialValue
    guard checkLimits(member), checkPath(member.path), checkMode(member) else { return .skip }
    if members == 1 {
      guard member.path == ReservedName.manifest, !isDirectory else {
        note(.noManifest, member.path, "it is the first member, where \(ReservedName.manifestText) must stand")
        return .skip
      }
      return .gather
    }
    guard manifest != nil else { return .skip }
    if member.path == ReservedName.logManifest, logs == nil, !isDirectory { return .gather }
    checkOrder(member.path)
    if isDirectory {
      _ = register(member.path, isDirectory: true)
      return .skip
    }
    return claim(member)
  }

  /// Takes the bytes of a manifest; when they are complete, reads it.
  mutating func gather(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer, isLast: Bool) {
    let isMain = member.path == ReservedName.manifest
    if isMain { manifestBytes += bytes } else { logBytes += bytes }
    guard isLast else { return }
    manifestMembers.append(ArtifactMember(member, isDirectory: false))
    do throws(ArtifactError) {
      if isMain {
        let table = try ManifestTable(manifestBytes, named: member.path)
        marks = Array(repeating: .absent, count: table.paths.count)
        manifest = table
        names.reserve(table.paths.count)
        for path in table.paths { registerListed(path) }
      } else {
        let table = try ManifestTable(logBytes, named: member.path)
        logMarks = Array(repeating: .absent, count: table.paths.count)
        logs = table
        for path in table.paths { registerListed(ReservedName.logs + path) }
        logBytes = []
      }
    } catch {
      note(.badManifest, member.path, error.message)
    }
  }

  /// Records that a member was read to its end, and what came out.
  mutating func finished(_ member: ScannedMember, _ slot: Slot, expected: SHA256Digest, found: SHA256Digest) {
    switch slot {
    case .file(let index): marks[index] = .done
    case .log(let index): logMarks[index] = .done
    }
    guard expected != found else { return }
    note(.mismatch, member.path, "its SHA-256 is \(found.hex), the manifest says \(expected.hex)")
  }

  /// What is missing, once the archive has ended.
  mutating func end() {
    guard let manifest else {
      if findings.isEmpty {
        note(.noManifest, nil, "the archive has no \(ReservedName.manifestText)")
      }
      return
    }
    for (index, mark) in marks.enumerated() where mark != .done { noteUnfinished(manifest.paths[index], mark) }
    guard let logs else { return }
    for (index, mark) in logMarks.enumerated() where mark != .done {
      noteUnfinished(ReservedName.logs + logs.paths[index], mark)
    }
  }

  private mutating func noteUnfinished(_ path: [UInt8], _ mark: Mark) {
    if mark == .begun {
      note(.damaged, path, "its content is incomplete")
    } else {
      note(.missing, path, "the manifest names it, and it is not there")
    }
  }

  /// Finds the manifest's line for a file.
  private mutating func claim(_ member: ScannedMember) -> Decision {
    if ReservedName.isLog(member.path) {
      guard let logs, let index = logs.index(of: Array(member.path.dropFirst(ReservedName.logs.count))) else {
        note(.unexpected, member.path, "no manifest names it")
        return .skip
      }
      guard logMarks[index] == .absent else { return duplicate(member.path) }
      logMarks[index] = .begun
      return .check(logs.digests[index], slot: .log(index))
    }
    guard let manifest, let index = manifest.index(of: member.path, expected: nextLine) else {
      if member.path == ReservedName.manifest { return duplicate(member.path) }
      note(.unexpected, member.path, "the manifest does not name it")
      return .skip
    }
    guard marks[index] == .absent else { return duplicate(member.path) }
    marks[index] = .begun
    nextLine = index + 1
    return .check(manifest.digests[index], slot: .file(index))
  }

  private mutating func duplicate(_ path: [UInt8]) -> Decision {
    note(.duplicate, path, "it is there twice")
    return .skip
  }

  /// Names in a manifest must be safe, and none may hide another.
  private mutating func registerListed(_ path: [UInt8]) {
    guard checkPath(path) else { return }
    if path == ReservedName.manifest || path == ReservedName.logManifest {
      note(.badManifest, path, "a manifest cannot name itself")
    }
    _ = register(path, isDirectory: false)
  }

  private mutating func register(_ path: [UInt8], isDirectory: Bool) -> Bool {
    switch names.add(path, isDirectory: isDirectory) {
    case nil: return true
    case .duplicate: note(.duplicate, path, "it is there twice")
    case .fileAndDirectory(let other):
      note(.collision, path, "'\(DisplayName.escape(other))' would have to be a file and a directory")
    case .folded(let other):
      let shown = DisplayName.escape(other)
      note(.collision, path, "it and '\(shown)' are one name on file systems that ignore case or Unicode form")
    }
    return false
  }

  private mutating func checkOrder(_ path: [UInt8]) {
    guard path != ReservedName.fixture || members > 2 else { return }
    defer { lastPath = path }
    guard let lastPath, !hasOrderFinding, ByteOrder.precedes(path, lastPath) || path == ReservedName.fixture
    else { return }
    hasOrderFinding = true
    note(.order, path, "it stands behind '\(DisplayName.escape(lastPath))', against the order of artifacts")
  }

  private mutating func checkLimits(_ member: ScannedMember) -> Bool {
    if members == limits.members + 1 {
      note(.limit, nil, "it has more than \(limits.members) members")
    }
    if member.size > limits.memberBytes {
      note(.limit, member.path, "it has \(member.size) bytes, more than the limit of \(limits.memberBytes)")
    }
    if totalBytes > limits.totalBytes {
      note(.limit, member.path, "with it the archive holds more than the limit of \(limits.totalBytes) bytes")
    }
    let isManifest = member.path == ReservedName.manifest || member.path == ReservedName.logManifest
    if isManifest, member.size > limits.manifestBytes {
      note(.limit, member.path, "it has \(member.size) bytes, more than the limit of \(limits.manifestBytes)")
      return false
    }
    return members <= limits.members
  }

  private mutating func checkPath(_ path: [UInt8]) -> Bool {
    guard let fault = MemberPath.fault(path) else { return true }
    note(.unsafePath, path, fault)
    return false
  }

  private mutating func checkMode(_ member: ScannedMember) -> Bool {
    guard member.mode & 0o7000 != 0 else { return true }
    note(.specialMode, member.path, "its mode has setuid, setgid or sticky bits")
    return false
  }
}

/// What a name in an archive may be: `RelativePath`'s rules, said as a reason.
enum MemberPath {
  /// The longest path in bytes (PATH_MAX without its NUL) and the longest name.
  static let longest = 4095
  static let longestName = 255

  /// Why a path may not be in an artifact; nil when it may.
  static func fault(_ path: [UInt8]) -> String? {
    if path.isEmpty { return "its name is empty" }
    if path.first == UInt8(ascii: "/") { return "its name is absolute" }
    if path.count > longest { return "its name has \(path.count) bytes, more than \(longest)" }
    if path.contains(0) { return "its name contains a NUL byte" }
    var (length, dots) = (0, 0)
    for byte in path {
      if byte == UInt8(ascii: "/") {
        if let fault = partFault(length, dots) { return fault }
        (length, dots) = (0, 0)
      } else {
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return partFault(length, dots)
  }

  /// Why a part of a name with so many bytes, of which so many are dots, may not be.
  private static func partFault(_ length: Int, _ dots: Int) -> String? {
    if length == 0 { return "its name has an empty part between or after slashes" }
    if length == 1, dots == 1 { return "its name has a '.' part" }
    if length == 2, dots == 2 { return "its name has a '..' part" }
    return length > longestName ? "a part of its name has more than \(longestName) bytes" : nil
  }
}
