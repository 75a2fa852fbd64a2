import JSONBytes

/// Reads `sqs.json` from its beginning to its end, one record at a time (kumo-format.md 4).
///
/// Memory is the largest single record (a queue's description, a message). Events come in the order of the file: KUMO
/// writes a queue's description before its messages, a hand-edited file may not.
package struct SQSReader {
  /// Where the reader stands.
  package enum Event: Sendable, Equatable {
    /// A queue's entry begins; `queueKey` is its map key.
    case beginQueue
    /// The entry `queueKey` is no object; there is no `endQueue`.
    case noQueue(isNull: Bool)
    /// A queue's description is in `tape`, whatever kind of value it is.
    case description
    /// A message is in `tape`, its number in `messageIndex`; it may be null.
    case message
    /// A queue's `messages` is no array (null stands for none, and is what KUMO may write).
    case noMessages(isNull: Bool)
    /// The counter of sequence numbers is in `sequenceCounter`, nil when it is not an unsigned integer.
    case sequenceCounter
    /// After a queue's entry.
    case endQueue
    /// After the document; nothing but whitespace followed.
    case end
  }

  private enum State { case start, top, queues, queue, messages, finish, done }
  /// What the current record is, for `pointer`.
  private enum Place { case queue, member, message }

  /// The reader underneath.
  package let reader: JSONReader
  /// The current record: a description or a message.
  package private(set) var tape = JSONTape()
  /// Map key of the current queue, unescaped: its URL.
  package private(set) var queueKey: [UInt8] = []
  /// Number of the current message in its queue, from 0.
  package private(set) var messageIndex = -1
  /// The current queue's counter of sequence numbers.
  package private(set) var sequenceCounter: UInt64?
  /// Byte offset of the current record's value; at the end of an entry, of the entry.
  package private(set) var offset = 0
  private var entryOffset = 0
  private var state = State.start
  private var place = Place.queue
  /// The names of the top-level member and of the member of a queue as the file spells them.
  private var topName: [UInt8] = []
  private var memberName: [UInt8] = []

  /// Reads the document that `reader` is at the start of.
  package init(_ reader: JSONReader) {
    self.reader = reader
  }

  /// Goes to the next record.
  /// - Throws: the JSON reader's error, also when a record is larger than its options allow to be held.
  package mutating func next() throws(JSONError) -> Event {
    while true {
      switch state {
      case .messages:
        guard try reader.next() != .endArray else {
          state = .queue
          continue
        }
        messageIndex += 1
        place = .message
        offset = reader.tokenOffset
        try reader.capture(into: &tape)
        return .message
      case .start:
        let isObject = try reader.next() == .beginObject
        if !isObject { try reader.skipValue() }
        state = isObject ? .top : .finish
      case .top:
        try nextTopMember()
      case .queues:
        if let event = try nextQueue() { return event }
      case .queue:
        if let event = try nextQueueMember() { return event }
      case .finish:
        _ = try reader.next()
        state = .done
        return .end
      case .done:
        return .end
      }
    }
  }

  /// The place of the current record: a message, a member of a queue's entry, a queue's entry.
  package var pointer: JSONPointer {
    let entry = JSONPointer().appending(key: topName).appending(key: queueKey)
    return switch place {
    case .queue: entry
    case .member: entry.appending(key: memberName)
    case .message: entry.appending(key: memberName).appending(index: messageIndex)
    }
  }

  private mutating func nextTopMember() throws(JSONError) {
    guard try reader.next() == .key else {
      state = .finish
      return
    }
    let isQueues = try reader.keyNames("queues")
    topName = try reader.string()
    guard try reader.next() == .beginObject, isQueues else {
      try reader.skipValue()
      return
    }
    state = .queues
  }

  private mutating func nextQueue() throws(JSONError) -> Event? {
    guard try reader.next() == .key else {
      state = .top
      return nil
    }
    queueKey = try reader.string()
    place = .queue
    messageIndex = -1
    sequenceCounter = nil
    let token = try reader.next()
    offset = reader.tokenOffset
    guard token == .beginObject else {
      try reader.skipValue()
      return .noQueue(isNull: token == .null)
    }
    entryOffset = offset
    state = .queue
    return .beginQueue
  }

  private mutating func nextQueueMember() throws(JSONError) -> Event? {
    guard try reader.next() == .key else {
      state = .queues
      place = .queue
      offset = entryOffset
      return .endQueue
    }
    let isDescription = try reader.keyNames("queue")
    let isMessages = isDescription ? false : try reader.keyNames("messages")
    let isCounter = isDescription || isMessages ? false : try reader.keyNames("sequenceCounter")
    memberName = try reader.string()
    place = .member
    let token = try reader.next()
    offset = reader.tokenOffset
    if isDescription {
      try reader.capture(into: &tape)
      return .description
    }
    if isMessages, token == .beginArray {
      state = .messages
      return nil
    }
    if isCounter { sequenceCounter = token == .number ? reader.unsigned() : nil }
    try reader.skipValue()
    if isMessages { return .noMessages(isNull: token == .null) }
    return isCounter ? .sequenceCounter : nil
  }
}
