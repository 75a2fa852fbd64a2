import Digests
import Files
import JSONBytes
import KumoState

/// Brings a data directory from whatever S3 layout its objects show to another one, object by object (kumo-format.md
/// 2.3 and 6). There is no marker in any file: what an object is, it shows itself, so that mixed directories need
/// nothing special.
///
/// Only `s3.json` and `s3-objects/` change, and in `s3.json` only `Body` and `bodyRef`: a directory of KUMO's own
/// form that goes from inline to blobs and back is the same, byte for byte. Memory: two buffers of 256 KiB, the
/// members of one object, and while it looks, about 100 bytes for each blob that an object names; bodies stream.
package struct LayoutConversion: Sendable {
  /// What is in the way of one object.
  package struct Obstacle: Sendable, Equatable, CustomStringConvertible {
    /// The object and what is wrong, in one sentence without a full stop.
    package let description: String
  }

  /// What a conversion does.
  package struct Work: Sendable, Equatable {
    /// Objects, versions and delete markers that were looked at.
    package var objects = 0
    /// Those whose entry in `s3.json` changes.
    package var changed = 0
    /// Blobs that are written.
    package var blobsWritten = 0
    /// Bytes of those blobs.
    package var bytesWritten: Int64 = 0
    /// Blobs that are removed, because no release that needs the target layout looks at them.
    package var blobsRemoved = 0
    /// Blobs that no object names. They stay where the target has blobs (KUMO removes them at its next save), and go
    /// with the others where it has none.
    package var unreferenced = 0
    /// References to the empty blob that are removed: v0.25.3 to v0.29.0 write them without the blob, and later
    /// releases answer 500 for such an object.
    package var emptyReferences = 0

    /// Whether nothing is to be done.
    package var isNothing: Bool { changed == 0 && blobsWritten == 0 && blobsRemoved == 0 }

    package init() {}
  }

  /// The layout that it leads to.
  package let layout: Layout
  /// What the objects show now.
  package let found: DetectedLayout
  /// What is done.
  package let work: Work
  /// What would be lost when the release that was asked for saves the directory.
  package let losses: [LayoutLoss]
  /// The first hundred objects that stand in the way; when there is one, `apply` refuses.
  package let obstacles: [Obstacle]
  /// How many objects stand in the way.
  package let obstacleCount: Int

  /// Looks at everything that will be read or written, and changes nothing.
  ///
  /// - Parameters:
  ///   - directory: the data directory.
  ///   - layout: what to bring it to.
  ///   - target: the release that is to load the result, for `losses`; nil for the oldest that the downgrade is for, which
  ///     is v0.18.0 for `inline`, and none for the others.
  ///   - checkpoint: called for each object; throws to stop.
  /// - Throws: the JSON reader's error when `s3.json` is no JSON, `FilesError`, and what `checkpoint` throws.
  package init(
    directory: Directory, to layout: Layout, target: KumoRelease? = nil, checkpoint: () throws -> Void = {}
  ) throws {
    self.layout = layout
    var survey = try LayoutSurvey(directory, layout)
    try survey.run(checkpoint)
    found = survey.counts.layout
    work = survey.work
    obstacles = survey.obstacles
    obstacleCount = survey.obstacleCount
    let release = target ?? (layout == .inline ? .v18 : nil)
    losses = try release.map { try ReleaseLosses.find(in: directory, for: $0, checkpoint: checkpoint) } ?? []
  }

  /// Does it.
  ///
  /// - Parameters:
  ///   - staged: a copy that nobody else uses; after an error it is to be thrown away.
  ///   - checkpoint: called for each object; throws to stop.
  /// - Throws: `StepError` when something stands in the way, the JSON reader's error, `FilesError`, and what
  ///   `checkpoint` throws.
  package func apply(in staged: Directory, checkpoint: () throws -> Void = {}) throws {
    if let first = obstacles.first {
      let more = obstacleCount > 1 ? ", and \(obstacleCount - 1) more" : ""
      throw StepError(
        "\(first)\(more)",
        hint: "restore what is missing from a snapshot or an artifact, or delete the object; "
          + "'kumo-fixtures validate' names every one")
    }
    guard !work.isNothing else { return }
    try LayoutRewrite(directory: staged, layout: layout).run(checkpoint)
  }
}

/// The names that a conversion uses.
enum LayoutNames {
  static let snapshot: RelativePath = "s3.json"
  static let blobs: RelativePath = "s3-objects"
}

/// Looks at every object of a directory before anything is written.
private struct LayoutSurvey {
  private let directory: Directory
  private let layout: Layout
  private let bodies: S3BodyHasher
  private let hasEmptyBlob: Bool
  private(set) var work = LayoutConversion.Work()
  private(set) var counts = DetectedLayout.Counts()
  private(set) var obstacles: [LayoutConversion.Obstacle] = []
  private(set) var obstacleCount = 0
  /// The blobs that objects name: 32 bytes for each, to know those that none names.
  private var named: Set<[UInt8]> = []
  private var written: Set<[UInt8]> = []

  init(_ directory: Directory, _ layout: Layout) throws {
    self.directory = directory
    self.layout = layout
    bodies = try S3BodyHasher(directory)
    hasEmptyBlob = try Self.hasEmptyBlob(directory)
  }

  static func hasEmptyBlob(_ directory: Directory) throws(FilesError) -> Bool {
    try directory.status(LayoutNames.blobs.appending(S3BodyHasher.emptyReference)) != nil
  }

  mutating func run(_ checkpoint: () throws -> Void) throws {
    guard try directory.status(LayoutNames.snapshot) != nil else { return }
    let file = try directory.open(LayoutNames.snapshot)
    var walk = LayoutObjectWalk(file, bodies)
    try walk.run { object in
      try checkpoint()
      try look(at: object)
    }
    try countBlobs()
  }

  private mutating func look(at object: LayoutObject) throws {
    work.objects += 1
    counts.add(size: object.size, hasBody: object.inline != nil, hasReference: !object.reference.isEmpty)
    let stored = try bodies.blob(object.reference)
    if BlobDirectoryName.isDigest(object.reference) { named.insert(object.reference.digestBytes) }
    do throws(LayoutObject.Trouble) {
      let form = object.settled(try object.form(in: layout, stored: stored, hasEmptyBlob: hasEmptyBlob))
      if form.changes(object) { work.changed += 1 }
      if !object.reference.isEmpty, form.reference.isEmpty, object.inline == nil, stored == .empty {
        work.emptyReferences += 1
      }
      if let blob = form.blob { try note(blob) }
    } catch {
      obstacleCount += 1
      if obstacles.count < 100 { obstacles.append(.init(description: error.sentence(about: object))) }
    }
  }

  private mutating func note(_ blob: (digest: SHA256Digest, length: Int64)) throws(LayoutObject.Trouble) {
    let name = blob.digest.hexBytes
    named.insert(blob.digest.bytes)
    // Whatever is there under the name and is not the content is replaced by the body.
    if let there = try? bodies.blob(name), there == .content(blob.digest, length: blob.length) { return }
    if written.insert(blob.digest.bytes).inserted {
      work.blobsWritten += 1
      work.bytesWritten += blob.length
    }
  }

  private mutating func countBlobs() throws(FilesError) {
    guard try directory.status(LayoutNames.blobs)?.kind == .directory else { return }
    for entry in try directory.subdirectory(LayoutNames.blobs).list() where entry.kind == .file {
      switch BlobDirectoryName(entry.path.bytes) {
      case .blob:
        let isEmptyBlob = entry.path.bytes == S3BodyHasher.emptyReference
        if !layout.hasBlobs || (layout == .portable && isEmptyBlob) { work.blobsRemoved += 1 }
        if !named.contains(entry.path.bytes.digestBytes) { work.unreferenced += 1 }
      case .blobTemporary, .uploadTemporary, .miscasedBlob, .foreign: continue
      }
    }
  }
}

extension [UInt8] {
  /// The 32 bytes that 64 hexadecimal digits stand for; the text itself when it is something else.
  fileprivate var digestBytes: [UInt8] { Hex.decode(self) ?? self }
}

extension LayoutObject.Trouble {
  /// What it means to the user.
  func sentence(about object: LayoutObject) -> String {
    var name = "object \(DisplayName.escape(object.bucket + [UInt8(ascii: "/")] + object.key))"
    if object.isVersion { name = "version \(DisplayName.escape(object.versionID)) of \(name)" }
    switch self {
    case .missingBlob: return "\(name) has its body in a blob that is not there: s3-objects/\(object.shownReference)"
    case .damagedBlob:
      return "\(name) has its body in a blob whose content is not what its name says: "
        + "s3-objects/\(object.shownReference)"
    case .badReference: return "\(name) has a bodyRef that is no SHA-256"
    case .badBody: return "\(name) has a Body that is no base64"
    case .contradiction: return "\(name) has a Body and a bodyRef that are two different contents"
    case .lostBody: return "\(name) has a Size of \(object.size) bytes, but neither Body nor bodyRef"
    }
  }
}

extension LayoutObject {
  fileprivate var shownReference: String { DisplayName.escape(reference.prefix(64)) }
}
