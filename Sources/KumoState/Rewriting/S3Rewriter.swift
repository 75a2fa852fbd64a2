import Files
import JSONBytes

/// Writes a copy of `s3.json` in which some buckets, objects and versions are changed, in one pass and without
/// holding a body (kumo-format.md 2). What no verdict names stays identical in bytes. Blobs are files of their own
/// and the caller's to change.
package struct S3Rewriter {
  /// Is asked about buckets and objects in the order of the file.
  package protocol Visitor {
    /// A bucket begins. `.keep`, `.remove` (with all it holds) or `.replace(key:value:)` with a new map key only.
    mutating func bucket(_ name: [UInt8]) throws -> RewriteVerdict
    /// A member of the bucket that is neither `objects` nor `versions`, held whole. Anything but `.append`.
    mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict
    /// A current object.
    mutating func object(_ entry: S3Entry, in bucket: [UInt8]) throws -> S3Verdict
    /// A version; `index` is 0 for the newest. A list whose last version goes, goes as well.
    mutating func version(_ entry: S3Entry, index: Int, in bucket: [UInt8]) throws -> S3Verdict
    /// The new key of a list of versions; nil keeps it. Each version's `Key` changes with it.
    mutating func versionList(of key: [UInt8], in bucket: [UInt8]) throws -> [UInt8]?
    /// Objects to be added to a bucket, sorted by their keys; asked before its first object. Each takes its place
    /// before the first object whose key sorts after its own, as Go writes maps.
    mutating func additions(to bucket: [UInt8]) throws -> [S3Addition]
    /// Buckets to be added, whole entries.
    mutating func newBuckets() throws -> [RewriteEntry]
  }

  private static let bucketMembers: [StaticString] = ["objects", "versions"]

  private let source: ReadableFile
  private let pass: RewritePass
  private var entries = S3EntryReader()
  private var bucket: [UInt8] = []

  /// Copies `source` to `target`, asking the visitor about each record.
  ///
  /// - Throws: `JSONError` when the source is no JSON, `FilesError`, and what the visitor throws.
  package static func rewrite(
    source: ReadableFile, target: WritableFile, visitor: inout some Visitor
  ) throws -> RewriteOutcome {
    let pass = RewritePass(source: source, target: target)
    var rewriter = S3Rewriter(source: source, pass: pass)
    return try pass.run(members: ["buckets"]) { _ in try rewriter.buckets(&visitor) }
  }

  private init(source: ReadableFile, pass: RewritePass) {
    self.source = source
    self.pass = pass
  }

  private mutating func buckets(_ visitor: inout some Visitor) throws {
    try pass.entries { key in
      bucket = key
      return try visitor.bucket(key)
    } inside: {
      try members(&visitor)
    } adding: {
      try visitor.newBuckets()
    }
  }

  private mutating func members(_ visitor: inout some Visitor) throws {
    var splicer = ContainerSplicer(openedAt: pass.reader.tokenOffset)
    while try pass.reader.next() == .key {
      let start = pass.reader.tokenOffset
      let name = try pass.reader.string()
      let member = try FieldName.match(pass.reader, among: Self.bucketMembers)
      let token = try pass.reader.next()
      if let member, token == .beginObject {
        try splicer.enter(at: start, in: &pass.writer)
        if member == 0 { try objects(&visitor) } else { try versions(&visitor) }
        splicer.leave(at: pass.reader.tokenOffset + 1)
        continue
      }
      try pass.reader.capture(into: &pass.tape)
      try pass.splice(try visitor.setting(name, pass.tape.root, of: bucket), keyAt: start, in: &splicer)
    }
    try splicer.close(at: pass.reader.tokenOffset, in: &pass.writer)
  }

  private mutating func objects(_ visitor: inout some Visitor) throws {
    var splicer = ContainerSplicer(openedAt: pass.reader.tokenOffset)
    var additions = try visitor.additions(to: bucket)[...]
    while try pass.reader.next() == .key {
      let start = pass.reader.tokenOffset
      let key = try pass.reader.string()
      guard try pass.reader.next() == .beginObject else {
        try pass.keepValue(ofKeyAt: start, in: &splicer)
        continue
      }
      let entry = try entries.read(pass.reader, mapKey: key)
      let verdict = try visitor.object(entry, in: bucket)
      if case .remove = verdict {
        try splicer.remove(start..<entry.range.upperBound, in: &pass.writer)
        continue
      }
      try splicer.enter(at: start, in: &pass.writer)
      while let addition = additions.first, addition.key.lexicographicallyPrecedes(key) {
        try pass.writer.skip(start..<start)
        try insert(addition)
        try pass.writer.insert([UInt8(ascii: ",")])
        additions.removeFirst()
      }
      if case .change(let change) = verdict {
        if let newKey = change.key {
          try pass.replaceKey(start..<entry.range.lowerBound, with: newKey)
        }
        try apply(change, to: entry)
      }
      splicer.leave(at: entry.range.upperBound)
    }
    let end = pass.reader.tokenOffset
    for addition in additions {
      try splicer.append([], closingAt: end, in: &pass.writer)
      try insert(addition)
    }
    try splicer.close(at: end, in: &pass.writer)
  }

  /// Writes an object that is new in its bucket at the place reached.
  private mutating func insert(_ addition: S3Addition) throws {
    pass.noteNewKey()
    try pass.writer.insert(RewritingText.key(addition.key))
    switch addition.content {
    case .json(let json): try pass.writer.insert(json)
    case .copy(let entry, let change): try copy(entry, change)
    }
  }

  private mutating func versions(_ visitor: inout some Visitor) throws {
    var splicer = ContainerSplicer(openedAt: pass.reader.tokenOffset)
    while try pass.reader.next() == .key {
      let start = pass.reader.tokenOffset
      let key = try pass.reader.string()
      guard try pass.reader.next() == .beginArray else {
        try pass.keepValue(ofKeyAt: start, in: &splicer)
        continue
      }
      let newKey = try visitor.versionList(of: key, in: bucket)
      let list = try versionList(of: key, newKey: newKey, startsAt: start, &splicer, &visitor)
      if list.kept { splicer.leave(at: list.end) } else { try splicer.remove(start..<list.end, in: &pass.writer) }
    }
    try splicer.close(at: pass.reader.tokenOffset, in: &pass.writer)
  }

  /// Rewrites one list of versions. Nothing of it is written before a version is kept, because without one the list
  /// goes.
  private mutating func versionList(
    of key: [UInt8], newKey: [UInt8]?, startsAt start: Int, _ outer: inout ContainerSplicer,
    _ visitor: inout some Visitor
  ) throws -> (kept: Bool, end: Int) {
    let open = pass.reader.tokenOffset
    var splicer = ContainerSplicer(openedAt: open)
    var leftOut: [Range<Int>] = []
    var isKept = false
    var index = 0
    while try pass.reader.next() != .endArray {
      guard pass.reader.token == .beginObject else {
        try pass.reader.capture(into: &pass.tape)
        index += 1
        continue
      }
      let entry = try entries.read(pass.reader, mapKey: key)
      let verdict = try visitor.version(entry, index: index, in: bucket)
      index += 1
      if case .remove = verdict {
        if isKept { try splicer.remove(entry.range, in: &pass.writer) } else { leftOut.append(entry.range) }
        continue
      }
      if !isKept {
        isKept = true
        try outer.enter(at: start, in: &pass.writer)
        if let newKey { try pass.replaceKey(start..<open, with: newKey) }
        for range in leftOut { try splicer.remove(range, in: &pass.writer) }
      }
      try splicer.enter(at: entry.range.lowerBound, in: &pass.writer)
      var change = S3Change()
      if case .change(let wanted) = verdict { change = wanted }
      change.key = newKey ?? change.key
      try apply(change, to: entry)
      splicer.leave(at: entry.range.upperBound)
    }
    let end = pass.reader.tokenOffset
    if isKept { try splicer.close(at: end, in: &pass.writer) }
    // A list that was empty before stays.
    if index == 0 { try outer.enter(at: start, in: &pass.writer) }
    return (isKept || index == 0, end + 1)
  }

  // MARK: Fields

  /// Makes a change to an object at its own place.
  private mutating func apply(_ change: S3Change, to entry: S3Entry) throws {
    let end = entry.range.upperBound - 1
    for splice in Self.splices(change, of: entry) {
      if splice.isBody {
        try pass.writer.skip(splice.range)
        try insertBody(change)
      } else {
        try pass.writer.replace(splice.range, with: splice.bytes)
      }
    }
    let added = Self.added(change, to: entry)
    if !added.isEmpty { try pass.writer.replace(end..<end, with: added) }
  }

  /// Writes a copy of an object at the place reached, with a change made to it.
  private mutating func copy(_ entry: S3Entry, _ change: S3Change) throws {
    var position = entry.range.lowerBound
    for splice in Self.splices(change, of: entry) {
      try copySource(position..<splice.range.lowerBound)
      if splice.isBody { try insertBody(change) } else { try pass.writer.insert(splice.bytes) }
      position = splice.range.upperBound
    }
    let end = entry.range.upperBound - 1
    try copySource(position..<end)
    try pass.writer.insert(Self.added(change, to: entry))
    try copySource(end..<(end + 1))
  }

  private mutating func insertBody(_ change: S3Change) throws {
    try pass.writer.insert([UInt8(ascii: "\"")])
    try change.body? { piece in try pass.writer.insert(piece) }
    try pass.writer.insert([UInt8(ascii: "\"")])
  }

  private mutating func copySource(_ range: Range<Int>) throws {
    var buffer = [UInt8](repeating: 0, count: min(range.count, 256 * 1024))
    var position = range.lowerBound
    while position < range.upperBound {
      let wanted = min(buffer.count, range.upperBound - position)
      let offset = Int64(position)
      let count = try buffer.withUnsafeMutableBytes {
        try source.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]), at: offset)
      }
      guard count > 0 else {
        throw FilesError(
          .changed, path: "\(source.path)", message: "'\(source.path)' became shorter while it was read",
          hint: "stop what writes to it, and try again")
      }
      try pass.writer.insert(Array(buffer[..<count]))
      position += count
    }
  }

  private struct Splice {
    let range: Range<Int>
    var bytes: [UInt8] = []
    var isBody = false
  }

  /// The replacements of fields that the object has, in the order of the file.
  private static func splices(_ change: S3Change, of entry: S3Entry) -> [Splice] {
    var splices: [Splice] = []
    for place in entry.fields {
      if place.field == .key, let key = change.key {
        splices.append(Splice(range: place.range, bytes: RewritingText.string(key)))
      } else if place.field == .body, change.body != nil, case .inline = entry.body {
        splices.append(Splice(range: place.range, isBody: true))
      } else if let new = change.fields.last(where: { $0.field == place.field }) {
        splices.append(Splice(range: place.range, bytes: new.json))
      }
    }
    return splices
  }

  /// The members that the object does not have yet, each with its comma.
  private static func added(_ change: S3Change, to entry: S3Entry) -> [UInt8] {
    var bytes: [UInt8] = []
    for (field, json) in change.fields where entry.range(of: field) == nil {
      if !entry.isEmptyObject || !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
      bytes += field.name.withUTF8Buffer { RewritingText.key(Array($0)) } + json
    }
    return bytes
  }
}
