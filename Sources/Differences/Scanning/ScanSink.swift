import Digests
import Files
import JSONBytes
import KumoState
import SystemPackage

/// What one file holds, as records, and the names of its containers.
struct ScannedFile: Sendable {
  /// The file, to be read again at the offsets of the records; nil when there is none.
  var file: ReadableFile?
  var records: SortedRecords
  /// Buckets, tables, queues, or the members of another service's file, in the order of the file.
  var containers: [[UInt8]]
}

/// Takes the resources of one file.
struct ScanSink {
  private var sorter: RecordSorter
  private let hasher: SHA256Hasher
  private(set) var containers: [[UInt8]] = []
  private let check: @Sendable () throws -> Void
  private var untilCheck = 0
  private var identity = CanonicalBytes()

  init(_ options: DifferenceOptions) throws(DigestError) {
    sorter = RecordSorter(scratch: options.scratch, runLength: options.runLength)
    hasher = try SHA256Hasher()
    check = options.checkCancellation
  }

  /// Begins a container; what follows is in it.
  mutating func beginContainer(_ name: [UInt8]) { containers.append(name) }

  /// The number of the current container.
  var container: Int { containers.count - 1 }

  /// Adds a resource of the current container.
  ///
  /// - Parameters:
  ///   - name: tells it from others of its kind in the container.
  ///   - part: tells it from others of that name.
  ///   - content: equal for equal resources.
  ///   - noise: what differs without counting.
  ///   - offset: where it can be read again: the quote of a member's key, the first byte of an element.
  mutating func add(
    _ kind: ResourceKind, name: [UInt8] = [], part: [UInt8] = [], content: [UInt8], noise: [UInt8] = [], at offset: Int,
    isSeeded: Bool = false
  ) throws {
    try add(kind, name: name, part: part, value: digest(content), noise: noise, at: offset, isSeeded: isSeeded)
  }

  /// The same with a digest that the caller made.
  mutating func add(
    _ kind: ResourceKind, name: [UInt8] = [], part: [UInt8] = [], value: HalfDigest, noise: [UInt8] = [],
    at offset: Int, isSeeded: Bool = false
  ) throws {
    if untilCheck == 0 {
      try check()
      untilCheck = 1024
    }
    untilCheck -= 1
    identity.removeAll()
    identity.append(count: Int(kind.rawValue))
    identity.append(name: containers.last ?? [])
    identity.append(name: name)
    identity.append(name: part)
    try sorter.append(
      ResourceRecord(
        kind: kind, key: digest(identity.bytes), value: value, noise: noise.isEmpty ? 0 : digest(noise).high | 1,
        offset: offset, container: Int32(clamping: container), flags: isSeeded ? ResourceRecord.isSeeded : 0))
  }

  /// Adds a member that KUMO knows nothing of: it counts only when every value does.
  mutating func addStranger(
    _ name: [UInt8], at offset: Int, _ reader: JSONReader, _ tape: inout JSONTape, isExact: Bool
  ) throws {
    try reader.capture(into: &tape)
    var content = CanonicalBytes()
    content.append(asJSON: tape.root)
    beginContainer(name)
    try add(
      .value, content: isExact ? content.bytes : [], noise: isExact ? [] : content.bytes, at: offset,
      isSeeded: !isExact)
  }

  /// Adds what kind of value stands somewhere, where KUMO makes no difference.
  mutating func addShape(_ token: JSONToken, of name: [UInt8], at offset: Int) throws {
    beginContainer(name)
    try add(.value, content: [token.rawValue], at: offset)
  }

  func digest(_ bytes: [UInt8]) throws(DigestError) -> HalfDigest {
    hasher.update(bytes)
    return HalfDigest(try hasher.finalize())
  }

  /// Everything that was added.
  consuming func finish(_ file: ReadableFile?) -> ScannedFile {
    let containers = self.containers
    return ScannedFile(file: file, records: sorter.sorted(), containers: containers)
  }
}

/// The order of things with names, as a digest: the first half is that of the names as a set, the second of their
/// order.
struct OrderDigest {
  private var names: UInt64 = 0
  private var sequence: UInt64 = 0
  private(set) var count = 0

  mutating func append(_ name: HalfDigest) {
    names &+= name.high
    // Folded into one value step by step, so that nothing grows with the length of the list.
    sequence = (sequence ^ name.low) &* 0x9e37_79b9_7f4a_7c15
    sequence ^= sequence >> 29
    count += 1
  }

  var digest: HalfDigest { HalfDigest(high: names, low: sequence) }
}

extension JSONReader {
  /// Walks the members of the object that the reader stands on; `body` finds the reader on the value's first token and
  /// leaves it on the last. Anything but an object is passed over.
  func forEachMember(_ body: (_ key: [UInt8], _ keyOffset: Int) throws -> Void) throws {
    guard token == .beginObject else { return try skipValue() }
    while try next() == .key {
      let key = try string()
      let offset = tokenOffset
      _ = try next()
      try body(key, offset)
    }
  }

  /// Walks the elements of the array that the reader stands on, in the same way.
  func forEachElement(_ body: (_ offset: Int) throws -> Void) throws {
    guard token == .beginArray else { return try skipValue() }
    while try next() != .endArray { try body(tokenOffset) }
  }
}
