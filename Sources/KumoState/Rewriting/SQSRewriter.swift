import Files
import JSONBytes

/// Writes a copy of `sqs.json` in which some queues and messages are changed, in one pass and in the memory of the
/// largest message (kumo-format.md 4). What no verdict names stays identical in bytes.
package struct SQSRewriter {
  /// What the visitor is asked about.
  package enum Record {
    /// A queue's entry begins. `.keep`, `.remove` (with its messages) or `.replace(key:value:)` with a new map key
    /// only.
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

  private let pass: RewritePass
  private let visit: Visitor
  private var queue: [UInt8] = []

  /// Copies `source` to `target`, asking about each record in the order of the file.
  ///
  /// - Throws: `JSONError` when the source is no JSON, `FilesError`, and what the visitor throws.
  package static func rewrite(
    source: ReadableFile, target: WritableFile, visit: Visitor
  ) throws -> RewriteOutcome {
    try withoutActuallyEscaping(visit) { visit in
      let pass = RewritePass(source: source, target: target)
      var rewriter = SQSRewriter(pass: pass, visit: visit)
      return try pass.run(members: ["queues"]) { _ in try rewriter.queues() }
    }
  }

  private mutating func queues() throws {
    try pass.entries { key in
      queue = key
      return try visit(key, .queue(key))
    } inside: {
      try entry()
    } adding: {
      queue = []
      return try additions(after: .endOfQueues)
    }
  }

  /// The inside of a queue's entry.
  private func entry() throws {
    let reader = pass.reader
    while try reader.next() == .key {
      let isDescription = try reader.keyNames("queue")
      let isMessages = isDescription ? false : try reader.keyNames("messages")
      let isCounter = isDescription || isMessages ? false : try reader.keyNames("sequenceCounter")
      let token = try reader.next()
      if isMessages, token == .beginArray {
        try messages()
      } else if isDescription || isCounter || isMessages {
        try reader.capture(into: &pass.tape)
        try member(isDescription: isDescription, isCounter: isCounter)
      } else {
        try reader.skipValue()
      }
    }
  }

  /// A description, a counter, or messages that are no array; it is in the tape.
  private func member(isDescription: Bool, isCounter: Bool) throws {
    let root = pass.tape.root
    if !isDescription, !isCounter {
      guard root.isNull else { return }
      let entries = try additions(after: .endOfMessages)
      guard !entries.isEmpty else { return }
      var array: [UInt8] = []
      for entry in entries {
        array.append(UInt8(ascii: array.isEmpty ? "[" : ","))
        array += entry.value
      }
      return try pass.writer.replace(root.range, with: array + [UInt8(ascii: "]")])
    }
    let record = isDescription ? Record.description(root) : .sequenceCounter(root.uint64())
    if case .replace(_, let value?) = try visit(queue, record) { try pass.writer.replace(root.range, with: value) }
  }

  private func messages() throws {
    let reader = pass.reader
    var splicer = ContainerSplicer(openedAt: reader.tokenOffset)
    var index = 0
    while try reader.next() != .endArray {
      let start = reader.tokenOffset
      try reader.capture(into: &pass.tape)
      let verdict = try visit(queue, .message(pass.tape.root, index: index))
      try pass.splice(verdict, keyAt: start, in: &splicer)
      index += 1
    }
    let end = reader.tokenOffset
    for entry in try additions(after: .endOfMessages) {
      try splicer.append(entry.value, closingAt: end, in: &pass.writer)
    }
    try splicer.close(at: end, in: &pass.writer)
  }

  private func additions(after record: Record) throws -> [RewriteEntry] {
    guard case .append(let entries) = try visit(queue, record) else { return [] }
    return entries
  }
}
