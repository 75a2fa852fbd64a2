import Digests
import Files

/// A member of an artifact.
package struct ArtifactMember: Sendable, Hashable {
  /// Its name, without a trailing slash.
  package let path: [UInt8]
  /// Bytes of content.
  package let size: Int
  /// Permission bits as the archive states them.
  package let mode: UInt32
  package let isDirectory: Bool
}

/// Looks into artifacts without unpacking them.
package enum ArtifactReader {
  /// Every member in the archive's order, the manifests included, and every fault that was met: the content is hashed
  /// on the way, since it has to be decoded anyway.
  package static func list(
    _ artifact: ArtifactFile, _ options: ReadOptions
  ) throws(ArtifactError) -> (members: [ArtifactMember], report: VerifyReport) {
    let sink = ListingSink()
    let gate = try ArchiveScan(artifact, options, .collect, sink).run()
    let report = try VerifyReport(
      findings: gate.findings, manifest: gate.manifest == nil ? nil : gate.manifestBytes,
      files: gate.manifest?.paths.count ?? 0)
    return (gate.manifestMembers + sink.members, report)
  }

  /// Reads whole members, each checked against the manifest. Stops reading the artifact when it has them all.
  ///
  /// - Parameter limit: bytes of one member to hold at most.
  /// - Returns: what was found, by name; a name that the artifact does not have is not in it.
  package static func read(
    _ paths: Set<[UInt8]>, of artifact: ArtifactFile, limit: Int, _ options: ReadOptions
  ) throws(ArtifactError) -> [[UInt8]: [UInt8]] {
    let sink = CollectingSink(paths, limit: limit)
    let gate = try ArchiveScan(artifact, options, .untilSatisfied { sink.isSatisfied }, sink).run()
    var found = sink.found
    if paths.contains(ReservedName.manifest), gate.manifest != nil { found[ReservedName.manifest] = gate.manifestBytes }
    return found
  }

  /// Streams members that the filter accepts, one after the other, in pieces, in bounded memory.
  ///
  /// A member's hash is known only after its last piece: what `body` saw is certain when this returns.
  /// - Throws: the first fault of the artifact, and what `body` throws.
  package static func stream(
    _ artifact: ArtifactFile, _ filter: MemberFilter, _ options: ReadOptions,
    _ body: @escaping @Sendable (InspectedPiece, _ isLast: Bool) throws(ArtifactError) -> Void
  ) throws(ArtifactError) {
    var options = options
    options.workers = 1
    _ = try ArchiveScan(artifact, options, .stopAtFirst, StreamingSink(filter: filter, body: body)).run()
  }
}

/// Keeps the headers.
private final class ListingSink: ScanSink {
  private let monitor = Monitor<[ArtifactMember]>([])

  var members: [ArtifactMember] { monitor.withLock { $0 } }

  func begin(_ member: ScannedMember, isDirectory: Bool) -> Bool {
    monitor.withLock { $0.append(ArtifactMember(member, isDirectory: isDirectory)) }
    return false
  }
  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) {}
  func part(_ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool) {}
}

/// Keeps the content of some members.
private final class CollectingSink: ScanSink {
  private struct State {
    var open: [Int: [UInt8]] = [:]
    var found: [[UInt8]: [UInt8]] = [:]
  }

  private let paths: Set<[UInt8]>
  private let limit: Int
  private let monitor = Monitor(State())

  init(_ paths: Set<[UInt8]>, limit: Int) {
    self.paths = paths.subtracting([ReservedName.manifest])
    self.limit = limit
  }

  var found: [[UInt8]: [UInt8]] { monitor.withLock { $0.found } }
  var isSatisfied: Bool { monitor.withLock { $0.found.count == paths.count } }

  func begin(_ member: ScannedMember, isDirectory: Bool) throws(ArtifactError) -> Bool {
    guard !isDirectory, paths.contains(member.path) else { return false }
    guard member.size <= limit else {
      throw ArtifactError(
        .limit, member: member.path, "it has \(member.size) bytes, more than the \(limit) that are expected at most")
    }
    return true
  }

  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) {
    monitor.withLock { $0.found[member.path] = Array(bytes) }
  }

  func part(_ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool) {
    monitor.withLock { state in
      state.open[member.index, default: []] += bytes
      if isLast { state.found[member.path] = state.open.removeValue(forKey: member.index) }
    }
  }
}

/// Hands content on.
private struct StreamingSink: ScanSink {
  let filter: MemberFilter
  let body: @Sendable (InspectedPiece, Bool) throws(ArtifactError) -> Void

  func begin(_ member: ScannedMember, isDirectory: Bool) -> Bool { !isDirectory && filter.accepts(member.path) }
  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    try body(InspectedPiece(path: member.path, offset: 0, bytes: bytes), true)
  }
  func part(
    _ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool
  ) throws(ArtifactError) {
    try body(InspectedPiece(path: member.path, offset: offset, bytes: bytes), isLast)
  }
}

extension ArtifactMember {
  init(_ member: ScannedMember, isDirectory: Bool) {
    path = member.path
    size = member.size
    mode = UInt32(member.mode)
    self.isDirectory = isDirectory
  }
}
