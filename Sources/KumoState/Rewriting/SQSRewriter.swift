import Files
import JSONBytes

/// Writes a copy of `sqs.json` in which some queues and messages are changed, in one pass and in the memory of the largest
/// message (kumo-format.md 4). What no verdict names stays identical in bytes.
package struct SQSRewriter {
  /// What the visitor is asked about.
  package enum Record {
    /// A queue's entry begins. `.keep`, `.remove` (with its messages) or `.replace(key:value:)` with a new map key only.
    case queue([UInt8])
    /// The queue's description. `.keep` or `.replace` with a new value.
    case description(JSONNode)
    /// A message; it may be null. `.keep`, `.remove` or `.replace` with a new value.
    case message(JSONNode, index: Int)
    /// After the last message, also where `messages` is null: `.append` adds messages (their keys are not used).
    case endOfMessages
    /// The counter of sequence numbers, nil when it is no unsigned integer. `.keep` or `.replace` with a new value.
    case sequenceCounter(UInt64?)
    /// After the last queue: `.append` adds queues, whole entries.
    case endOfQueues
  }

  /// Is asked about a record; gets the map key of the record's queue (empty after the last one).
  package typealias Visitor = (_ queue: [UInt8], _ record: Record) throws -> RewriteVerdict

  private let reader: JSONReader
  private let visit: Visitor
  private var writer: SpliceWriter
  private var tape = JSONTape()
  private var queue: [UInt8] = []
  private var outcome = RewriteOutcome()

  /// Copies `source` to `target`, asking about each record in the order of the file.
  ///
  /// - Throws: `JSONError` when the source is no JSON, `FilesError`, and what the visitor throws.
  package static func rewrite(
    source: ReadableFile, target: WritableFile, visit: Visitor
  ) throws -> RewriteOutcome {
    try withoutActuallyEscaping(visit) { visit in
      var rewriter = SQSRewriter(
        reader: .rewriting(source), visit: visit, writer: SpliceWriter(source: source, target: target))
      try rewriter.run()
      return rewriter.outcome
    }
  }

  private init(reader: JSONReader, visit: @escaping Visitor, writer: SpliceWriter) {
    self.reader = reader
    self.visit = visit
    self.writer = writer
  }

  private mutating func run() throws {
    if try reader.next() == .beginObject {
      while try reader.next() == .key {
        let isQueues = try reader.keyNames("queues")
        if try reader.next() == .beginObject, isQueues { try queues() } else { try reader.skipValue() }
      }
    } else {
      try reader.skipValue()
    }
    // What follows the value is an error, and only this call finds it.
    _ = try reader.next()
    outcome.isChanged = writer.spliceCount > 0
    try writer.finish()
  }

  private mutating func queues() throws {
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    while try reader.next() == .key {
      queue = try reader.string()
      let start = reader.tokenOffset
      guard try reader.next() == .beginObject else {
        // No queue, for validation to say; it stays.
        try reader.capture(into: &tape)
        try splicer.keep(start..<tape.root.range.upperBound, in: &writer)
        continue
      }
      let verdict = try visit(queue, .queue(queue))
      if case .remove = verdict {
        try reader.skipValue()
        try splicer.remove(start..<(reader.tokenOffset + 1), in: &writer)
        continue
      }
      try splicer.enter(at: start, in: &writer)
      if case .replace(let key?, _) = verdict {
        try writer.replace(start..<reader.tokenOffset, with: RewritingText.key(key))
        outcome.mayCollide = true
      }
      try entry()
      splicer.leave(at: reader.tokenOffset + 1)
    }
    queue = []
    try append(to: &splicer, after: .endOfQueues) { RewritingText.key($0.key) + $0.value }
  }

  /// The inside of a queue's entry.
  private mutating func entry() throws {
    while try reader.next() == .key {
      let isDescription = try reader.keyNames("queue")
      let isMessages = isDescription ? false : try reader.keyNames("messages")
      let isCounter = isDescription || isMessages ? false : try reader.keyNames("sequenceCounter")
      let token = try reader.next()
      if isMessages, token == .beginArray {
        try messages()
      } else if isDescription || isCounter || isMessages {
        try reader.capture(into: &tape)
        try member(isDescription: isDescription, isCounter: isCounter)
      } else {
        try reader.skipValue()
      }
    }
  }

  /// A description, a counter, or messages that are no array; it is in the tape.
  private mutating func member(isDescription: Bool, isCounter: Bool) throws {
    let root = tape.root
    if !isDescription, !isCounter {
      guard root.isNull, case .append(let entries) = try visit(queue, .endOfMessages), !entries.isEmpty else { return }
      var array: [UInt8] = []
      for entry in entries {
        array.append(UInt8(ascii: array.isEmpty ? "[" : ","))
        array += entry.value
      }
      return try writer.replace(root.range, with: array + [UInt8(ascii: "]")])
    }
    let record = isDescription ? Record.description(root) : .sequenceCounter(root.uint64())
    if case .replace(_, let value?) = try visit(queue, record) { try writer.replace(root.range, with: value) }
  }

  private mutating func messages() throws {
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    var index = 0
    while try reader.next() != .endArray {
      try reader.capture(into: &tape)
      let range = tape.root.range
      switch try visit(queue, .message(tape.root, index: index)) {
      case .remove: try splicer.remove(range, in: &writer)
      case .replace(_, let value?):
        try splicer.enter(at: range.lowerBound, in: &writer)
        try writer.replace(range, with: value)
        splicer.leave(at: range.upperBound)
      default: try splicer.keep(range, in: &writer)
      }
      index += 1
    }
    try append(to: &splicer, after: .endOfMessages) { $0.value }
  }

  private mutating func append(
    to splicer: inout ContainerSplicer, after record: Record, _ text: (RewriteEntry) -> [UInt8]
  ) throws {
    let end = reader.tokenOffset
    if case .append(let entries) = try visit(queue, record) {
      for entry in entries { try splicer.append(text(entry), closingAt: end, in: &writer) }
      outcome.mayCollide = outcome.mayCollide || (queue.isEmpty && !entries.isEmpty)
    }
    try splicer.close(at: end, in: &writer)
  }
}
