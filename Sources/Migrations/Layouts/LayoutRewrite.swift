import Digests
import Files
import JSONBytes
import KumoState

/// Writes `s3.json` and `s3-objects/` of a staged directory in another layout, in one pass.
struct LayoutRewrite {
  private static let temporary: RelativePath = ".s3.json.kumo-fixtures"
  private static let pieceSize = 192 * 1024
  private let directory: Directory
  private let layout: Layout
  private let bodies: S3BodyHasher
  private let hasEmptyBlob: Bool

  init(directory: Directory, layout: Layout) throws {
    self.directory = directory
    self.layout = layout
    bodies = try S3BodyHasher(directory)
    hasEmptyBlob = try directory.status(LayoutNames.blobs.appending(S3BodyHasher.emptyReference)) != nil
  }

  /// - Throws: `StepError` for an object whose content is not certain, the JSON reader's error, `FilesError`.
  func run(_ checkpoint: () throws -> Void) throws {
    let source = try directory.open(LayoutNames.snapshot)
    let target = try directory.create(Self.temporary)
    var writer = SpliceWriter(source: source, target: target)
    var walk = LayoutObjectWalk(source, bodies)
    try walk.run { object in
      try checkpoint()
      try convert(object, source, &writer)
    }
    try writer.finish()
    try target.setMode(source.status.mode)
    try directory.rename(Self.temporary, to: LayoutNames.snapshot)
    if !layout.hasBlobs {
      try removeBlobs(checkpoint)
    } else if layout == .portable, hasEmptyBlob {
      // Nothing names it any more: in this layout an empty object has neither reference nor blob.
      try directory.remove(LayoutNames.blobs.appending(S3BodyHasher.emptyReference))
    }
  }

  private func convert(_ object: LayoutObject, _ source: ReadableFile, _ writer: inout SpliceWriter) throws {
    let stored = try bodies.blob(object.reference)
    let form: BodyForm
    do throws(LayoutObject.Trouble) {
      form = object.settled(try object.form(in: layout, stored: stored, hasEmptyBlob: hasEmptyBlob))
    } catch {
      throw StepError(error.sentence(about: object))
    }
    if let blob = form.blob { try writeBlob(blob.digest, blob.length, of: object, source) }
    if form.changes(object) { try write(object, as: form, &writer) }
  }

  // MARK: s3.json

  private func write(_ object: LayoutObject, as form: BodyForm, _ writer: inout SpliceWriter) throws {
    var splicer = ContainerSplicer(openedAt: object.start)
    // Of a field that stands there twice KUMO takes the last; both are brought to the same.
    let hasBody = object.members.contains { $0.role == .body }
    var needsBody = form.inline != .keep && form.inline != .absent && !hasBody
    var needsReference = !form.reference.isEmpty
    for member in object.members {
      switch member.role {
      case .body where form.inline == .absent:
        try splicer.remove(member.range, in: &writer)
      case .body where form.inline != .keep:
        try splicer.enter(at: member.start, in: &writer)
        try writer.skip(member.value)
        try insertBody(form.inline, &writer)
        splicer.leave(at: member.value.upperBound)
      case .reference where form.reference.isEmpty:
        try splicer.remove(member.range, in: &writer)
      case .reference:
        needsReference = false
        try splicer.enter(at: member.start, in: &writer)
        if form.reference != object.reference {
          try writer.replace(member.value, with: Self.quoted(form.reference))
        }
        splicer.leave(at: member.value.upperBound)
      default:
        try splicer.keep(member.range, in: &writer)
        // KUMO writes the body behind the key: a body that comes back comes back to its place.
        if member.role == .key, needsBody {
          let end = member.value.upperBound
          try writer.replace(end..<end, with: Array(#","Body":"#.utf8))
          try insertBody(form.inline, &writer)
          needsBody = false
        }
      }
    }
    if needsBody {
      try splicer.append(Array(#""Body":"#.utf8), closingAt: object.end, in: &writer)
      try insertBody(form.inline, &writer)
    }
    if needsReference {
      let member = Array(#""bodyRef":"#.utf8) + Self.quoted(form.reference)
      try splicer.append(member, closingAt: object.end, in: &writer)
    }
    try splicer.close(at: object.end, in: &writer)
  }

  private func insertBody(_ body: BodyForm.Inline, _ writer: inout SpliceWriter) throws {
    guard case .blob(let name) = body else {
      return try writer.insert(Array((body == .null ? "null" : #""""#).utf8))
    }
    let blob = try directory.open(LayoutNames.blobs.appending(name))
    var encoder = Base64Encoder()
    var text: [UInt8] = [UInt8(ascii: "\"")]
    var piece = [UInt8](repeating: 0, count: Self.pieceSize)
    while true {
      let count = try piece.withUnsafeMutableBytes { try blob.read(into: $0) }
      if count == 0 { break }
      piece.withUnsafeBytes { encoder.encode(UnsafeRawBufferPointer(rebasing: $0[..<count]), into: &text) }
      try writer.insert(text)
      text.removeAll(keepingCapacity: true)
    }
    encoder.finish(into: &text)
    text.append(UInt8(ascii: "\""))
    try writer.insert(text)
  }

  private static func quoted(_ text: [UInt8]) -> [UInt8] {
    [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")]
  }

  // MARK: s3-objects

  /// Makes the blob of an inline body, unless it is there with this very content.
  private func writeBlob(
    _ digest: SHA256Digest, _ length: Int64, of object: LayoutObject, _ source: ReadableFile
  ) throws {
    let name = digest.hexBytes
    let path = try LayoutNames.blobs.appending(name)
    if try bodies.blob(name) == .content(digest, length: length) { return }
    guard let place = object.bodyValue else { return }
    if try directory.status(LayoutNames.blobs) == nil { try directory.makeDirectory(LayoutNames.blobs, mode: 0o750) }
    if try directory.status(path) != nil { try directory.remove(path) }
    let blob = BufferedWriter(try directory.create(path, mode: 0o600))
    let reader = try InlineBodySource.reader(of: source, at: place.lowerBound)
    var decoder = Base64Decoder()
    var bytes: [UInt8] = []
    try reader.streamString { piece in
      bytes.removeAll(keepingCapacity: true)
      try decoder.decode(piece, into: &bytes)
      try blob.write(bytes)
    }
    try decoder.finish()
    try blob.flush()
    bodies.remember(digest, .content(digest, length: length))
  }

  /// Removes what KUMO put into the directory of blobs, and the directory when nothing else is in it. Strangers stay: no
  /// release that reads this layout looks at them, and they are not ours.
  private func removeBlobs(_ checkpoint: () throws -> Void) throws {
    guard try directory.status(LayoutNames.blobs)?.kind == .directory else { return }
    let blobs = try directory.subdirectory(LayoutNames.blobs)
    var hasStrangers = false
    for entry in try blobs.list() {
      try checkpoint()
      switch BlobDirectoryName(entry.path.bytes) {
      case .blob where entry.kind == .file, .blobTemporary where entry.kind == .file,
        .uploadTemporary where entry.kind == .file:
        try blobs.remove(entry.path)
      default: hasStrangers = true
      }
    }
    if !hasStrangers { try directory.removeTree(LayoutNames.blobs) }
  }
}
