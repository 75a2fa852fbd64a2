import Digests

/// Half of a SHA-256: enough to tell apart what is in two directories (two of a million equal by accident: 1 in 10²⁶).
struct HalfDigest: Hashable, Comparable, Sendable {
  let high: UInt64
  let low: UInt64

  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  init(_ digest: SHA256Digest) {
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in digest.bytes.prefix(16).enumerated() {
      if index < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
    }
    self.init(high: words.0, low: words.1)
  }

  static func < (left: HalfDigest, right: HalfDigest) -> Bool {
    left.high != right.high ? left.high < right.high : left.low < right.low
  }
}

/// What is kept of one resource while two files are compared: 56 bytes without padding, whatever its size.
struct ResourceRecord: Sendable {
  /// Set for what KUMO makes by itself when it is missing: ignored when only one side has it.
  static let isSeeded: UInt16 = 1

  /// Digest of what it is and where it belongs.
  let key: HalfDigest
  /// Digest of its content.
  let value: HalfDigest
  /// Digest of the content that is ignored; 0 when there is none.
  let noise: UInt64
  /// Where it can be read again.
  let offset: Int64
  /// The number of its container among those of its file.
  let container: Int32
  let kindNumber: UInt16
  let flags: UInt16

  init(
    kind: ResourceKind, key: HalfDigest, value: HalfDigest, noise: UInt64, offset: Int, container: Int32, flags: UInt16
  ) {
    self.key = key
    self.value = value
    self.noise = noise
    self.offset = Int64(offset)
    self.container = container
    self.kindNumber = kind.rawValue
    self.flags = flags
  }

  var kind: ResourceKind { ResourceKind(rawValue: kindNumber) ?? .value }
  var isSeeded: Bool { flags & Self.isSeeded != 0 }

  static func precedes(_ left: ResourceRecord, _ right: ResourceRecord) -> Bool {
    if left.key != right.key { return left.key < right.key }
    if left.value != right.value { return left.value < right.value }
    return left.offset < right.offset
  }
}
