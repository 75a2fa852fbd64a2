import Digests
import Files

/// The first members of an artifact: the manifest, `fixture.json`, and the logs' manifest when there are logs.
///
/// Its length depends on names only, so that its place can be left free while the rest is read once, and filled when
/// the hashes are known.
struct PackHead {
  private let plan: PackPlan
  private let options: PackOptions
  private let fixtureDigest: SHA256Digest?

  init(_ plan: PackPlan, _ options: PackOptions) throws(ArtifactError) {
    self.plan = plan
    self.options = options
    guard plan.fixture != nil else {
      fixtureDigest = nil
      return
    }
    let hasher = try SHA256Hasher.forArtifacts()
    hasher.update(plan.fixtureBytes)
    fixtureDigest = try hasher.artifactDigest()
  }

  /// Bytes that the head takes in the artifact.
  func storedSize() throws(ArtifactError) -> Int {
    let nothing = [SHA256Digest?](
      repeating: SHA256Digest(bytes: [UInt8](repeating: 0, count: 32)), count: plan.members.count)
    return options.compression.storedSize(try tar(nothing).bytes.count)
  }

  /// The head as it stands in the artifact, and the manifest's text.
  func stored(_ digests: [SHA256Digest?]) throws(ArtifactError) -> (head: [UInt8], manifest: [UInt8]) {
    let tar = try tar(digests)
    return (options.compression.stored(tar.bytes.bytes), tar.manifest)
  }

  /// The digests that the directory's own manifest promises; nil when that does not say everything.
  func promised() -> [SHA256Digest?]? {
    guard let expected = plan.expected, !plan.hasLogs else { return nil }
    var next = 0
    return plan.members.map { member in
      guard let index = expected.index(of: member.path.bytes, expected: next) else { return nil }
      next = index + 1
      return expected.digests[index]
    }
  }

  /// What the directory's own manifest says against what was read.
  func drift(_ digests: [SHA256Digest?]) -> [ArtifactFinding] {
    guard let expected = plan.expected else { return [] }
    var findings: [ArtifactFinding] = []
    var next = 0
    func compare(_ path: [UInt8], _ digest: SHA256Digest?) {
      guard let digest, let index = expected.index(of: path, expected: next) else { return }
      next = index + 1
      guard expected.digests[index] != digest else { return }
      findings.append(ArtifactFinding(.mismatch, path, "its content has another SHA-256 than the manifest says"))
    }
    for (member, digest) in zip(plan.members, digests) where !member.isLog { compare(member.path.bytes, digest) }
    compare(ReservedName.fixture, fixtureDigest)
    return findings
  }

  private func tar(_ digests: [SHA256Digest?]) throws(ArtifactError) -> (bytes: ByteBuffer, manifest: [UInt8]) {
    var files = ManifestTable()
    var logs = ManifestTable()
    if let fixtureDigest { files.append(ReservedName.fixture, fixtureDigest) }
    for (member, digest) in zip(plan.members, digests) {
      guard !member.isDirectory, let digest else { continue }
      if member.isLog {
        logs.append(Array(member.path.bytes.dropFirst(ReservedName.logs.count)), digest)
      } else {
        files.append(member.path.bytes, digest)
      }
    }
    let manifest = try files.serialized()
    let encoder = try TarHeaderEncoder(time: options.modificationTime)
    let buffer = ByteBuffer(capacity: manifest.count + plan.fixtureBytes.count + 8192)
    func add(_ name: [UInt8], _ content: [UInt8]) throws(ArtifactError) {
      try encoder.append(name: name, size: content.count, isDirectory: false, to: buffer)
      buffer.append(content)
      buffer.appendZeros(TarBlock.padding(content.count))
    }
    try add(ReservedName.manifest, manifest)
    if plan.fixture != nil { try add(ReservedName.fixture, plan.fixtureBytes) }
    if plan.hasLogs { try add(ReservedName.logManifest, try logs.serialized()) }
    return (buffer, manifest)
  }
}
