import Files

/// Why an artifact could not be made, read or opened.
package struct ArtifactError: Error, Sendable, CustomStringConvertible {
  /// What happened. Opaque, so that a new code breaks nobody.
  package struct Code: Hashable, Sendable {
    enum Raw: Hashable {
      case unreadable, unwritable, notRegular, moved, drifted, collision, badManifest, damaged, hostile, limit
      case notAnArtifact, noMember, cancelled, usage
    }
    let raw: Raw
    /// The source directory or artifact cannot be read.
    package static let unreadable = Code(raw: .unreadable)
    /// The output cannot be written.
    package static let unwritable = Code(raw: .unwritable)
    /// The source directory holds what is neither a regular file nor a directory.
    package static let notRegular = Code(raw: .notRegular)
    /// The source directory changed while it was read, every time it was tried.
    package static let moved = Code(raw: .moved)
    /// The source directory is not what its own manifest says.
    package static let drifted = Code(raw: .drifted)
    /// Two names of the source differ only in case or in Unicode form.
    package static let collision = Code(raw: .collision)
    /// A manifest cannot be read as one.
    package static let badManifest = Code(raw: .badManifest)
    /// An artifact is truncated, or its content is not what its manifest says.
    package static let damaged = Code(raw: .damaged)
    /// An archive asks for something that no artifact needs.
    package static let hostile = Code(raw: .hostile)
    /// A limit on members, bytes or ratio was passed.
    package static let limit = Code(raw: .limit)
    /// A path is neither a tar archive we read nor an OCI layout with a fixture in it.
    package static let notAnArtifact = Code(raw: .notAnArtifact)
    /// The member asked for is not in the artifact.
    package static let noMember = Code(raw: .noMember)
    /// The work was cancelled.
    package static let cancelled = Code(raw: .cancelled)
    /// The request itself makes no sense.
    package static let usage = Code(raw: .usage)
  }

  /// The families of product.md's exit codes.
  package enum Outcome: Sendable, Equatable {
    /// Exit code 1: the content is not what it should be.
    case findings
    /// Exit code 2: it could not be done.
    case cannot
    /// Exit code 3: refused on purpose.
    case refused
    /// Exit code 64: wrong usage.
    case usage
  }

  package let code: Code
  /// The bytes of the member or path concerned, as they stand in the archive or directory.
  package let member: [UInt8]?
  /// One sentence: what was found and what it means.
  package let message: String
  /// The next command or fix.
  package let hint: String?
  /// All faults known when the work stopped, when there were several.
  package let findings: [ArtifactFinding]

  /// Describes a problem with a member, or with the whole artifact.
  package init(
    _ code: Code, member: [UInt8]? = nil, _ message: String, hint: String? = nil, findings: [ArtifactFinding] = []
  ) {
    self.code = code
    self.member = member
    self.message = message
    self.hint = hint
    self.findings = findings
  }

  /// A failure of the Files room, seen from an artifact's side.
  init(_ error: FilesError, _ code: Code) {
    self.init(code, error.message, hint: error.hint)
  }

  /// How a command ends because of it.
  package var outcome: Outcome {
    switch code.raw {
    case .drifted, .damaged, .badManifest: .findings
    case .hostile, .limit: .refused
    case .usage: .usage
    case .unreadable, .unwritable, .notRegular, .moved, .collision, .notAnArtifact, .noMember, .cancelled: .cannot
    }
  }

  package var description: String {
    var text = message
    if let member { text = "\(DisplayName.escape(member)): \(message)" }
    if let hint { text += " (\(hint))" }
    return text
  }
}

/// Runs work of the Files room and puts its errors into this room's words.
func withFiles<Result>(
  _ code: ArtifactError.Code, _ body: () throws(FilesError) -> Result
) throws(ArtifactError) -> Result {
  do { return try body() } catch { throw ArtifactError(error, code) }
}
