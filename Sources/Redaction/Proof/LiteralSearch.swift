/// Finds any of many byte strings of at least 8 bytes, in one pass whose speed hardly depends on how many there are: a
/// hash of each 8 bytes asks a bitmap, and only what is set there is compared.
///
/// Memory: 128 KiB, the strings, and about 50 bytes for each.
struct LiteralSearch: Sendable {
  /// The shortest string that is taken.
  static let shortest = 8
  /// The strings, longest first among those with equal beginnings.
  let literals: [[UInt8]]
  private let places: [UInt64: [Int32]]
  private let bitmap: [UInt64]
  /// As `bitmap`, for the five bytes at each of the first four places of a string: looking at every fourth place of a
  /// text then meets each string once.
  private let sparse: [UInt64]

  /// Takes what is long enough; the rest is left out.
  init(_ candidates: some Sequence<[UInt8]>) {
    literals = candidates.filter { $0.count >= Self.shortest }
    least = literals.map(\.count).min()
    var places: [UInt64: [Int32]] = [:]
    var bitmap = [UInt64](repeating: 0, count: 1 << 13)
    var sparse = bitmap
    for (index, literal) in literals.enumerated() {
      let head = literal.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
      for shift in 0..<UInt64(4) {
        let slot = Self.slot(UInt64(littleEndian: head) >> (8 * shift) & Self.fiveBytes)
        sparse[slot >> 6] |= 1 << UInt64(slot & 63)
      }
      places[head, default: []].append(Int32(index))
      let slot = Self.slot(head)
      bitmap[slot >> 6] |= 1 << UInt64(slot & 63)
    }
    let all = literals
    self.places = places.mapValues { $0.sorted { all[Int($0)].count > all[Int($1)].count } }
    self.bitmap = bitmap
    self.sparse = sparse
  }

  /// The length of the shortest string; nil when there is none.
  let least: Int?

  /// Whether there is nothing to look for.
  var isEmpty: Bool { literals.isEmpty }

  /// Each place where a string stands, from the beginning; of those that begin at one place the longest, and none that
  /// begins inside the one before.
  func matches(in text: UnsafeRawBufferPointer, _ body: (_ literal: Int, Range<Int>) -> Void) {
    guard !isEmpty, text.count >= Self.shortest, let base = text.baseAddress else { return }
    bitmap.withUnsafeBufferPointer { bitmap in
      let last = text.count - Self.shortest
      var index = 0
      while index <= last {
        let head = (base + index).loadUnaligned(as: UInt64.self)
        let slot = Self.slot(head)
        guard bitmap[slot >> 6] >> UInt64(slot & 63) & 1 == 1, let found = match(head, at: index, in: text) else {
          index += 1
          continue
        }
        body(found, index..<(index + literals[found].count))
        index += literals[found].count
      }
    }
  }

  /// Each place at which the first eight bytes of a string stand, in no order and perhaps twice.
  func heads(in text: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    guard !isEmpty, text.count >= Self.shortest, let base = text.baseAddress else { return }
    let last = text.count - Self.shortest
    func check(_ place: Int) {
      guard place >= 0, place <= last, places[(base + place).loadUnaligned(as: UInt64.self)] != nil else { return }
      body(place)
    }
    sparse.withUnsafeBufferPointer { sparse in
      for index in stride(from: 0, through: last, by: 4) {
        let slot = Self.slot(UInt64(littleEndian: (base + index).loadUnaligned(as: UInt64.self)) & Self.fiveBytes)
        guard sparse[slot >> 6] >> UInt64(slot & 63) & 1 == 1 else { continue }
        for shift in 0..<4 { check(index - shift) }
      }
    }
    // Behind the last place that has eight bytes.
    for place in (last - 3)...last { check(place) }
  }

  /// Whether any of the strings stands there.
  func isFound(in text: UnsafeRawBufferPointer) -> Bool {
    var found = false
    matches(in: text) { _, _ in found = true }
    return found
  }

  private func match(_ head: UInt64, at index: Int, in text: UnsafeRawBufferPointer) -> Int? {
    guard let candidates = places[head] else { return nil }
    for candidate in candidates {
      let literal = literals[Int(candidate)]
      guard index + literal.count <= text.count else { continue }
      if text[index..<(index + literal.count)].elementsEqual(literal) { return Int(candidate) }
    }
    return nil
  }

  private static let fiveBytes: UInt64 = 0xFF_FFFF_FFFF

  @inline(__always)
  private static func slot(_ head: UInt64) -> Int { Int((head &* 0x9E37_79B9_7F4A_7C15) >> 45) }
}
