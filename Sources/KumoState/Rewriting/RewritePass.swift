import Files
import JSONBytes

/// One pass over a service's file while a copy of it is written: where it is read, where it is written, and the walk
/// over its buckets, tables or queues, which is the same for every service.
///
/// A class, because the closures of a walk go on with the same reading and writing.
final class RewritePass {
  let reader: JSONReader
  var writer: SpliceWriter
  /// The record at hand, where one is held whole.
  var tape = JSONTape()
  private(set) var outcome = RewriteOutcome()

  init(source: ReadableFile, target: WritableFile) {
    reader = .rewriting(source)
    writer = SpliceWriter(source: source, target: target)
  }

  /// Walks the whole document, which is copied except for what is spliced meanwhile.
  ///
  /// - Parameters:
  ///   - names: the top-level members that are looked at when they are objects.
  ///   - member: called on the opening brace of one of them, with its place in `names`; reads to the closing brace.
  /// - Throws: `JSONError`, `FilesError`, and what the closure throws.
  func run(members names: [StaticString], _ member: (Int) throws -> Void) throws -> RewriteOutcome {
    if try reader.next() == .beginObject {
      while try reader.next() == .key {
        let index = try FieldName.match(reader, among: names)
        if try reader.next() == .beginObject, let index { try member(index) } else { try reader.skipValue() }
      }
    } else {
      try reader.skipValue()
    }
    // What follows the value is an error, and only this call finds it.
    _ = try reader.next()
    outcome.isChanged = writer.spliceCount > 0
    try writer.finish()
    return outcome
  }

  /// Walks the buckets, tables or queues of the map that the reader stands on.
  ///
  /// - Parameters:
  ///   - ask: what becomes of the entry with this key: `.keep`, `.remove`, or `.replace` with a new key.
  ///   - inside: called on the opening brace of an entry that stays; reads to the closing one.
  ///   - adding: what is to be added after the last entry.
  func entries(
    ask: (_ key: [UInt8]) throws -> RewriteVerdict, inside: () throws -> Void, adding: () throws -> [RewriteEntry]
  ) throws {
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      let key = try reader.string()
      let start = reader.tokenOffset
      guard try reader.next() == .beginObject else {
        // No bucket, table or queue, for validation to say; it stays.
        try keepValue(ofKeyAt: start, in: &splicer)
        continue
      }
      let verdict = try ask(key)
      if case .remove = verdict {
        try reader.skipValue()
        try splicer.remove(start..<(reader.tokenOffset + 1), in: &writer)
        continue
      }
      try splicer.enter(at: start, in: &writer)
      if case .replace(let newKey?, _) = verdict { try replaceKey(start..<reader.tokenOffset, with: newKey) }
      try inside()
      splicer.leave(at: reader.tokenOffset + 1)
    }
    try close(&splicer, adding: try adding())
  }

  /// Keeps the member that the reader stands on the value of, whatever that is.
  func keepValue(ofKeyAt start: Int, in splicer: inout ContainerSplicer) throws {
    try reader.capture(into: &tape)
    try splicer.keep(start..<tape.root.range.upperBound, in: &writer)
  }

  /// Does to the member whose value is in the tape what the verdict says.
  func splice(_ verdict: RewriteVerdict, keyAt start: Int, in splicer: inout ContainerSplicer) throws {
    let record = tape.root
    let value = record.range
    let newKey: [UInt8]?
    switch verdict {
    case .keep, .append: return try splicer.keep(start..<value.upperBound, in: &writer)
    case .remove: return try splicer.remove(start..<value.upperBound, in: &writer)
    case .replace(let key, _), .edit(let key, _): newKey = key
    }
    try splicer.enter(at: start, in: &writer)
    if let newKey { try replaceKey(start..<value.lowerBound, with: newKey) }
    if case .replace(_, let newValue?) = verdict { try writer.replace(value, with: newValue) }
    if case .edit(_, let edit) = verdict { try writer.apply(edit, to: record) }
    splicer.leave(at: value.upperBound)
  }

  /// Ends the map on whose closing brace the reader stands, with members added to it.
  func close(_ splicer: inout ContainerSplicer, adding entries: [RewriteEntry] = []) throws {
    let end = reader.tokenOffset
    for entry in entries {
      try splicer.append(RewritingText.key(entry.key) + entry.value, closingAt: end, in: &writer)
      noteNewKey()
    }
    try splicer.close(at: end, in: &writer)
  }

  /// Writes another key and its colon for a range that reaches to the value.
  func replaceKey(_ range: Range<Int>, with key: [UInt8]) throws {
    try writer.replace(range, with: RewritingText.key(key))
    noteNewKey()
  }

  /// Some key is new, so two may be the same now.
  func noteNewKey() { outcome.mayCollide = true }
}
