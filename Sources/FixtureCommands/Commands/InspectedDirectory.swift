import Artifacts
import Digests
import Files
import FixtureTree
import JSONBytes
import KumoState

/// The content of a directory, or of an artifact made of one, together with what its own `fixture.json` says.
struct InspectedDirectory {
  let content: DirectoryInspection
  let document: FixtureDocument?
  let treeDigest: SHA256Digest?
  let problems: [DirectoryInspection.Problem]

  init(_ directory: Directory) {
    content = DirectoryInspection(directory)
    var problems = content.problems
    document = Self.checked(FixtureNames.document, &problems) { try FixtureDocument.read(from: directory) }
    treeDigest = Self.checked(FixtureNames.manifest, &problems) { try TreeManifest.read(from: directory)?.treeDigest }
    self.problems = problems
  }

  /// Reads an artifact as a stream. What comes out is what a look at the unpacked directory would show.
  ///
  /// - Throws: the first fault of the artifact; what its files say is in `problems`.
  init(_ artifact: ArtifactFile, _ options: ReadOptions) throws {
    let (read, overview) = try ArtifactReader.pull(artifact, options, wanted: Self.isWanted) { stream in
      var content = DirectoryInspection()
      var document: Result<FixtureDocument, any Error>?
      while let member = stream.next() {
        let path = try RelativePath(member.path)
        if path == FixtureNames.document {
          document = Result { try FixtureDocument(parsing: Self.whole(stream, member)) }
        } else {
          content.inspect(path, size: Int64(member.size)) { MemberSource(stream: stream) }
        }
      }
      return (content: content, document: document)
    }
    var content = read.content
    Self.count(overview.members, in: &content)
    content.sort()
    var problems = content.problems
    document = Self.checked(FixtureNames.document, &problems) { try read.document?.get() }
    treeDigest = Self.checked(FixtureNames.manifest, &problems) { try SHA256Hasher.hash(of: overview.manifest) }
    self.content = content
    self.problems = problems
  }

  @Sendable private static func isWanted(_ path: [UInt8]) -> Bool {
    guard let path = try? RelativePath(path) else { return false }
    return path == FixtureNames.document || DirectoryInspection.isService(path)
  }

  /// Counts members as a walk of the unpacked directory would: with the directories above them, without the manifest of
  /// the logs, which stands in artifacts only.
  private static func count(_ members: [ArtifactMember], in content: inout DirectoryInspection) {
    var top: RelativePath?
    for member in members where member.path != ReservedName.logManifest {
      guard let path = try? RelativePath(member.path) else { continue }
      content.count(path, member.isDirectory ? .directory : .file, size: Int64(member.size))
      guard path.depth > 1, let first = path.components.first, top?.bytes.elementsEqual(first) != true else { continue }
      top = try? RelativePath(Array(first))
      if let top { content.count(top, .directory, size: 0) }
    }
  }

  /// A member that has to be held whole.
  private static func whole(_ stream: MemberStream, _ member: ArtifactMember) throws -> [UInt8] {
    guard member.size <= FixtureDocument.sizeLimit else {
      throw CommandFailure(
        .failure, "it has \(member.size) bytes, more than the \(FixtureDocument.sizeLimit) that are expected at most")
    }
    var bytes = [UInt8](repeating: 0, count: member.size)
    var filled = 0
    try bytes.withUnsafeMutableBytes { buffer in
      while filled < buffer.count {
        let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
        if count == 0 { break }
        filled += count
      }
    }
    return bytes
  }

  private static func checked<Value>(
    _ file: RelativePath, _ problems: inout [DirectoryInspection.Problem], _ body: () throws -> Value?
  ) -> Value? {
    do { return try body() } catch {
      problems.append(.init(file: file.description, message: CommandFailure(describing: error).message))
      return nil
    }
  }
}

/// A member of an artifact as the source of a JSON reader.
private struct MemberSource: JSONByteSource {
  let stream: MemberStream

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int { try stream.read(into: buffer) }
}
