import Digests
import JSONBytes
import KumoState

/// Bytes without ambiguity: every piece says what it is and how long.
struct CanonicalBytes: Sendable {
  /// What comes next. The numbers mean something during one run only.
  enum Tag: UInt8 {
    case null, yes, no, number, text, time, bytes, array, object, attribute, untyped, state
  }

  private(set) var bytes: [UInt8] = []

  init() {}

  mutating func removeAll() { bytes.removeAll(keepingCapacity: true) }

  mutating func append(_ tag: Tag) { bytes.append(tag.rawValue) }

  mutating func append(_ tag: Tag, _ content: some Collection<UInt8>) {
    bytes.append(tag.rawValue)
    append(count: content.count)
    bytes.append(contentsOf: content)
  }

  mutating func append(_ tag: Tag, count: Int) {
    bytes.append(tag.rawValue)
    append(count: count)
  }

  mutating func append(name: some Collection<UInt8>) {
    append(count: name.count)
    bytes.append(contentsOf: name)
  }

  mutating func append(raw: [UInt8]) { bytes.append(contentsOf: raw) }

  mutating func append(count: Int) {
    var rest = UInt64(count)
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Members in the order of their names; of several of one name the last, as KUMO reads them.
  mutating func append(members: [(name: [UInt8], content: [UInt8])]) {
    var members = members
    if zip(members, members.dropFirst()).contains(where: { !$0.name.lexicographicallyPrecedes($1.name) }) {
      var last: [[UInt8]: [UInt8]] = [:]
      for member in members { last[member.name] = member.content }
      members = last.map { ($0.key, $0.value) }.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    }
    append(.object, count: members.count)
    for member in members {
      append(name: member.name)
      append(raw: member.content)
    }
  }
}

extension CanonicalBytes {
  /// A value as JSON, with nothing assumed about it: only the order of members and the way numbers and escapes are
  /// written do not count.
  mutating func append(asJSON node: JSONNode) {
    switch node.kind {
    case .null: append(.null)
    case .true: append(.yes)
    case .false: append(.no)
    case .number: append(number: node)
    case .string: append(.text, node.string() ?? [])
    case .array:
      append(.array, count: node.count)
      for element in node.elements { append(asJSON: element) }
    case .object:
      var members: [(name: [UInt8], content: [UInt8])] = []
      members.reserveCapacity(node.count)
      for (key, value) in node.members {
        var content = CanonicalBytes()
        content.append(asJSON: value)
        members.append((key.string() ?? [], content.bytes))
      }
      append(members: members)
    }
  }

  /// A number: integers by their digits, others by the nearest double, so that `1e3`, `1000.0` and `1000` are one.
  mutating func append(number node: JSONNode) {
    let text = node.rawBytes
    let isInteger = !text.contains { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }
    guard !isInteger, let value = node.double() else { return append(.number, text) }
    if value.rounded() == value, abs(value) < 9e15 {
      append(.number, Array(String(Int64(value)).utf8))
    } else {
      append(.number, Array("\(value)".utf8))
    }
  }
}

extension CanonicalBytes {
  /// The body of an S3 object.
  mutating func append(_ body: S3Body) {
    switch body {
    case .empty: append(.null)
    case .content(let digest, let length):
      append(.bytes, digest.bytes)
      append(count: Int(length))
    case .missing(let reference): append(.text, reference)
    case .unreadable: append(.untyped)
    }
  }
}
