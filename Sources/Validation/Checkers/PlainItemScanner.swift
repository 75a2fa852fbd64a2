import Glibc
import KumoState

/// Recognises, from its bytes alone, an item as KUMO writes it that is sound and stands under its map key.
///
/// It accepts only what it fully understands: types spelt exactly, one to a value, names and keys without escapes, keys
/// of type S or N, no expiry in the past. About everything else it says nothing, and `DynamoDBItemChecker` looks at the
/// item node by node, which takes several times as long. The bytes are one JSON object that the reader has accepted.
struct PlainItemScanner {
  /// Deeper items are left to the slow way.
  private static let maxDepth = 62

  /// A type by the letters of its name, the last in the lowest byte: comparing integers is what makes the scan quick.
  private enum Code {
    static let string: UInt32 = 0x53
    static let number: UInt32 = 0x4E
    static let binary: UInt32 = 0x42
    static let map: UInt32 = 0x4D
    static let list: UInt32 = 0x4C
    static let stringSet: UInt32 = 0x5353
    static let numberSet: UInt32 = 0x4E53
    static let binarySet: UInt32 = 0x4253
    static let null: UInt32 = 0x4E55_4C4C
    static let bool: UInt32 = 0x424F_4F4C
  }

  /// The table's key attributes in the order of `KeySchema`, each with its declared type.
  private let keys: [(name: [UInt8], type: UInt32)]
  private let timeToLive: [UInt8]?
  private let now: Int64

  /// A scanner for a table; nil when its keys are not all S or N.
  init?(head: DynamoDBTableHead, declared: [AttributeType?], now: Int64) {
    guard !head.keys.isEmpty else { return nil }
    var keys: [(name: [UInt8], type: UInt32)] = []
    for (key, type) in zip(head.keys, declared) {
      guard type == .string || type == .number else { return nil }
      keys.append((key.name, type == .string ? Code.string : Code.number))
    }
    self.keys = keys
    timeToLive = head.timeToLive
    self.now = now
  }

  /// Whether the item is sound beyond doubt and its map key is `mapKey`.
  func isSound(_ item: UnsafeRawBufferPointer, under mapKey: UnsafeRawBufferPointer) -> Bool {
    withUnsafeTemporaryAllocation(of: Range<Int>.self, capacity: keys.count) { parts in
      parts.initialize(repeating: 0..<0)
      var scan = Scan(bytes: item)
      return scanItem(&scan, parts: parts) && isJoined(parts, of: item, mapKey)
    }
  }

  /// Walks the item and notes where the text of each key attribute stands, quotes included.
  private func scanItem(_ scan: inout Scan, parts: UnsafeMutableBufferPointer<Range<Int>>) -> Bool {
    guard scan.take("{") else { return false }
    if scan.take("}") { return false }
    while true {
      guard let name = scan.plainString(), scan.take(":"), let content = scan.value() else { return false }
      for index in keys.indices where scan.equals(name, keys[index].name) {
        guard content.type == keys[index].type, content.isPlain else { return false }
        parts[index] = content.range
      }
      if let timeToLive, content.type == Code.number, scan.equals(name, timeToLive) {
        let text = scan.bytes[content.range].dropFirst().dropLast()
        if let seconds = GoInteger.parse(text), seconds <= now { return false }
      }
      if scan.take(",") { continue }
      return scan.take("}")
    }
  }

  /// Whether the map key is the parts, each with its type, joined by `|`.
  private func isJoined(
    _ parts: UnsafeMutableBufferPointer<Range<Int>>, of item: UnsafeRawBufferPointer, _ mapKey: UnsafeRawBufferPointer
  ) -> Bool {
    var place = 0
    for index in keys.indices {
      let length = parts[index].count - 2
      guard length >= 0 else { return false }
      if index > 0 {
        guard place < mapKey.count, mapKey[place] == UInt8(ascii: "|") else { return false }
        place += 1
      }
      guard place + 2 + length <= mapKey.count, UInt32(mapKey[place]) == keys[index].type,
        mapKey[place + 1] == UInt8(ascii: ":")
      else { return false }
      place += 2
      if length > 0, let key = mapKey.baseAddress, let text = item.baseAddress {
        guard memcmp(key + place, text + parts[index].lowerBound + 1, length) == 0 else { return false }
      }
      place += length
    }
    return place == mapKey.count
  }

  /// A place in an item.
  private struct Scan {
    let bytes: UnsafeRawBufferPointer
    var place = 0

    /// Whether there is a backslash anywhere: without one a string ends at the next quote.
    let hasEscapes: Bool

    init(bytes: UnsafeRawBufferPointer) {
      self.bytes = bytes
      hasEscapes = bytes.baseAddress.map { memchr($0, 0x5C, bytes.count) != nil } ?? false
    }

    /// Takes a byte of the grammar; KUMO writes no space between tokens, and what has some is left to the slow way.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
      guard place < bytes.count, bytes[place] == UInt8(ascii: byte) else { return false }
      place += 1
      return true
    }

    /// Takes a string and returns its range, quotes included, and whether it has no escape.
    mutating func string() -> (range: Range<Int>, isPlain: Bool)? {
      let start = place
      guard take("\""), let base = bytes.baseAddress else { return nil }
      var isPlain = true
      while place < bytes.count, let quote = memchr(base + place, 0x22, bytes.count - place) {
        let end = UnsafeRawPointer(quote) - base
        // A backslash before the quote may escape it: step over the escape and look again.
        guard hasEscapes, let slash = memchr(base + place, 0x5C, end - place) else {
          place = end + 1
          return (start..<place, isPlain)
        }
        isPlain = false
        place = UnsafeRawPointer(slash) - base + 2
      }
      return nil
    }

    /// Takes a string without escapes and returns its range, quotes included.
    mutating func plainString() -> Range<Int>? {
      guard let found = string(), found.isPlain else { return nil }
      return found.range
    }

    /// Whether a string (its range includes the quotes) is `text`.
    func equals(_ range: Range<Int>, _ text: [UInt8]) -> Bool {
      guard range.count == text.count + 2, let base = bytes.baseAddress else { return false }
      return text.withUnsafeBytes {
        $0.baseAddress.map { memcmp(base + range.lowerBound + 1, $0, text.count) == 0 } ?? true
      }
    }

    /// Takes an attribute value and all it holds; tells its type and, for a string, the range of its text.
    mutating func value() -> (type: UInt32, range: Range<Int>, isPlain: Bool)? {
      guard let type = openValue() else { return nil }
      switch type {
      case Code.string, Code.number, Code.binary:
        guard let text = string(), type != Code.number || isNumber(text), take("}") else { return nil }
        return (type, text.range, text.isPlain)
      default:
        guard rest(of: type) else { return nil }
        return (type, place..<place, false)
      }
    }

    /// Takes `{"TYPE":`.
    private mutating func openValue() -> UInt32? {
      guard take("{"), let name = plainString(), take(":") else { return nil }
      var packed: UInt32 = 0
      guard name.count <= 6 else { return nil }
      for index in name.dropFirst().dropLast() { packed = packed << 8 | UInt32(bytes[index]) }
      return packed
    }

    /// Takes what follows `{"TYPE":`, to the closing brace; nested values are taken without recursion.
    private mutating func rest(of first: UInt32) -> Bool {
      // One bit for each open container, 1 for a map; the lowest is the innermost.
      var maps: UInt64 = 0
      var depth = 0
      var type = first
      while true {
        // At a content. Either it opens a container that is not empty, and the next value comes, or it ends a value.
        if type == Code.map || type == Code.list {
          guard take(type == Code.map ? "{" : "["), depth < PlainItemScanner.maxDepth else { return false }
          if !take(type == Code.map ? "}" : "]") {
            maps = maps << 1 | (type == Code.map ? 1 : 0)
            depth += 1
            guard let next = nextValue(isMap: type == Code.map) else { return false }
            type = next
            continue
          }
        } else if !plainContent(of: type) {
          return false
        }
        // A value ended: close it, and every container that ends with it.
        while true {
          guard take("}") else { return false }
          if depth == 0 { return true }
          let isMap = maps & 1 == 1
          if take(",") {
            guard let next = nextValue(isMap: isMap) else { return false }
            type = next
            break
          }
          guard take(isMap ? "}" : "]") else { return false }
          maps >>= 1
          depth -= 1
        }
      }
    }

    private mutating func nextValue(isMap: Bool) -> UInt32? {
      if isMap { guard string() != nil, take(":") else { return nil } }
      return openValue()
    }

    /// Takes a content that holds no values.
    private mutating func plainContent(of type: UInt32) -> Bool {
      switch type {
      case Code.string, Code.binary: return string() != nil
      case Code.number: return number()
      case Code.bool, Code.null: return word("true") || word("false")
      case Code.stringSet, Code.numberSet, Code.binarySet:
        guard take("[") else { return false }
        if take("]") { return true }
        while type == Code.numberSet ? number() : string() != nil {
          if take("]") { return true }
          guard take(",") else { return false }
        }
        return false
      default: return false
      }
    }

    /// Takes a string that is a number.
    private mutating func number() -> Bool { string().map { isNumber($0) } ?? false }

    private func isNumber(_ text: (range: Range<Int>, isPlain: Bool)) -> Bool {
      text.isPlain
        && NumberForm.isNumber(
          UnsafeRawBufferPointer(rebasing: bytes[(text.range.lowerBound + 1)..<(text.range.upperBound - 1)]))
    }

    private mutating func word(_ text: StaticString) -> Bool {
      guard place + text.utf8CodeUnitCount <= bytes.count, let base = bytes.baseAddress,
        memcmp(base + place, text.utf8Start, text.utf8CodeUnitCount) == 0
      else { return false }
      place += text.utf8CodeUnitCount
      return true
    }
  }
}
