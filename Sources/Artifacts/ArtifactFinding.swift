import Files

/// One fault of an artifact or of a directory against its manifest.
package struct ArtifactFinding: Sendable, Hashable, CustomStringConvertible {
  /// The kind of fault. Opaque, so that a new code breaks nobody; `name` is stable and may be printed.
  package struct Code: Hashable, Sendable {
    package let name: String
    /// Whether an archive with this fault is refused on purpose (exit code 3) rather than called damaged (1).
    package let isHostile: Bool
    private init(_ name: String, hostile: Bool = false) {
      self.name = name
      isHostile = hostile
    }
    /// The archive does not begin with a manifest, or the directory has none.
    package static let noManifest = Code("no-manifest")
    /// The manifest cannot be read as one.
    package static let badManifest = Code("bad-manifest")
    /// The manifest names it, and it is not there.
    package static let missing = Code("missing")
    /// It is there, and the manifest does not name it.
    package static let unexpected = Code("unexpected", hostile: true)
    /// In a directory: it is there, and the manifest does not name it.
    package static let untracked = Code("untracked")
    /// Its SHA-256 is not the manifest's.
    package static let mismatch = Code("mismatch")
    /// Members are not in the order that pack writes.
    package static let order = Code("order")
    /// The same name twice.
    package static let duplicate = Code("duplicate", hostile: true)
    /// A name that another one hides on a file system that ignores case or Unicode form.
    package static let collision = Code("collision", hostile: true)
    /// An absolute name, `..`, an empty component, a NUL, or an over-long name.
    package static let unsafePath = Code("unsafe-path", hostile: true)
    /// A link, device, FIFO, sparse file or another type that no artifact needs.
    package static let forbiddenType = Code("forbidden-type", hostile: true)
    /// Setuid, setgid or sticky bits.
    package static let specialMode = Code("special-mode", hostile: true)
    /// Two headers disagree about a member's size.
    package static let sizeConflict = Code("size-conflict", hostile: true)
    /// A header that readers could understand differently.
    package static let badHeader = Code("bad-header", hostile: true)
    /// A limit on members, bytes or ratio was passed.
    package static let limit = Code("limit", hostile: true)
    /// The archive ends too early.
    package static let truncated = Code("truncated")
    /// Compressed data cannot be decoded, or its checksum is wrong.
    package static let damaged = Code("damaged")
    /// Something follows the archive's end.
    package static let trailingData = Code("trailing-data")
    /// A file of a directory cannot be read.
    package static let unreadable = Code("unreadable")
  }

  package let code: Code
  /// The bytes of the member's name, when the fault has one.
  package let member: [UInt8]?
  /// What was found, lower case, without the name.
  package let message: String

  init(_ code: Code, _ member: [UInt8]?, _ message: String) {
    self.code = code
    self.member = member
    self.message = message
  }

  package var description: String {
    guard let member else { return "\(code.name): \(message)" }
    return "\(code.name): \(DisplayName.escape(member)): \(message)"
  }

  /// The same fault as the reason to stop.
  func error(findings: [ArtifactFinding] = []) -> ArtifactError {
    let errorCode: ArtifactError.Code =
      code == .limit ? .limit : code == .badManifest ? .badManifest : code.isHostile ? .hostile : .damaged
    return ArtifactError(errorCode, member: member, message, findings: findings)
  }
}
