/// Scans a text of any length in bounded memory: blocks that share `SecretScanner.overlap` bytes, so that a secret,
/// with what stands before it, lies whole in one of them.
///
/// Holds one block and one overlap: 1 MiB and 128 KiB unless told otherwise.
package final class BlockScanner {
  private let session: ScanSession
  private let blockSize: Int
  private var held: [UInt8] = []
  /// Where `held` begins in the whole text.
  private var origin = 0
  /// Detections that begin before this place in the whole text have been told.
  private var told = 0

  /// - Parameter blockSize: bytes of new text in a block; at least twice the overlap is used.
  package init(_ session: ScanSession, blockSize: Int = 1 << 20) {
    self.session = session
    self.blockSize = max(blockSize, 2 * SecretScanner.overlap)
    held.reserveCapacity(self.blockSize + SecretScanner.overlap)
  }

  /// Takes the next bytes of the text.
  ///
  /// - Parameter detections: gets what can be told by now, with bounds in the whole text, in order of place.
  /// - Throws: as `SecretScanner.scan(_:into:)`.
  package func append(
    _ bytes: UnsafeRawBufferPointer, into detections: inout [Detection]
  ) throws(RedactionError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = rest.prefix(blockSize + SecretScanner.overlap - held.count)
      held.append(contentsOf: part)
      rest = rest.dropFirst(part.count)
      if held.count >= blockSize + SecretScanner.overlap { try scanBlock(last: false, into: &detections) }
    }
  }

  /// Ends the text.
  ///
  /// - Throws: as `SecretScanner.scan(_:into:)`.
  package func finish(into detections: inout [Detection]) throws(RedactionError) {
    try scanBlock(last: true, into: &detections)
    held.removeAll(keepingCapacity: true)
    (origin, told) = (0, 0)
  }

  private func scanBlock(last: Bool, into detections: inout [Detection]) throws(RedactionError) {
    var found: [Detection] = []
    try held.withUnsafeBufferPointer { (buffer) throws(RedactionError) -> Void in
      try session.scan(UnsafeRawBufferPointer(buffer), into: &found)
    }
    // What begins in the last half of the overlap may be cut off: the next block has it whole, with text before it.
    let limit = last ? Int.max : origin + held.count - SecretScanner.overlap / 2
    for detection in found.lazy.map({ $0.shifted(by: self.origin) })
    where detection.range.lowerBound >= told && detection.range.lowerBound < limit {
      detections.append(detection)
    }
    told = limit
    guard !last else { return }
    let gone = held.count - SecretScanner.overlap
    held.removeSubrange(..<gone)
    origin += gone
  }
}
