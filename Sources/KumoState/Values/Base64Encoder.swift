/// Encodes bytes piece by piece as standard padded base64 without line breaks, the form of every `[]byte` field
/// (kumo-format.md 7.3). Up to two bytes are carried from piece to piece.
package struct Base64Encoder: Sendable {
  private var carried: [UInt8] = []

  /// An encoder at the start of a value.
  package init() {}

  /// Characters of the whole encoding of `count` bytes.
  package static func encodedCount(of count: Int) -> Int { (count + 2) / 3 * 4 }

  /// Appends the characters of every group of three bytes that `piece` completes.
  package mutating func encode(_ piece: UnsafeRawBufferPointer, into output: inout [UInt8]) {
    var rest = piece
    if !carried.isEmpty {
      while carried.count < 3, let byte = rest.first {
        carried.append(byte)
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst())
      }
      guard carried.count == 3 else { return }
      carried.withUnsafeBytes { Base64Encoder.append(groups: 1, of: $0, to: &output) }
      carried.removeAll(keepingCapacity: true)
    }
    let groups = rest.count / 3
    Base64Encoder.append(groups: groups, of: rest, to: &output)
    carried.append(contentsOf: rest.dropFirst(groups * 3))
  }

  /// Appends the last group, padded, and makes the encoder ready for another value.
  package mutating func finish(into output: inout [UInt8]) {
    output.append(contentsOf: Base64Tables.padded(carried))
    carried.removeAll(keepingCapacity: true)
  }

  /// The encoding of a whole value.
  package static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var encoder = Base64Encoder()
    var text: [UInt8] = []
    text.reserveCapacity(encodedCount(of: bytes.count))
    bytes.withUnsafeBytes { encoder.encode($0, into: &text) }
    encoder.finish(into: &text)
    return text
  }

  /// Encodes in blocks: each block is written into uninitialised memory once and appended once.
  private static func append(groups: Int, of bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    guard groups > 0, let start = bytes.baseAddress else { return }
    output.reserveCapacity(output.count + groups * 4)
    withUnsafeTemporaryAllocation(byteCount: min(groups, blockGroups) * 4, alignment: 8) { block in
      guard let room = block.baseAddress else { return }
      var done = 0
      while done < groups {
        let count = min(groups - done, blockGroups)
        Base64Tables.encode(groups: count, from: start + done * 3, into: room)
        output.append(contentsOf: UnsafeRawBufferPointer(start: room, count: count * 4))
        done += count
      }
    }
  }

  private static let blockGroups = 4_096
}
