import JSONBytes

/// Matches member names as Go's decoder does: by bytes, else without regard to case (kumo-format.md 1.2).
enum FieldName {
  /// The index of the first of `names` that the reader's current key means, or nil.
  static func match(_ reader: JSONReader, among names: [StaticString]) throws(JSONError) -> Int? {
    if let exact = names.firstIndex(where: { reader.tokenEquals($0) }) { return exact }
    // Almost every key is exact, so that the slow way is only for hand-written files and unknown fields.
    let folded = GoText.foldedKey(try reader.string())
    return names.firstIndex { name in
      name.withUTF8Buffer { bytes in
        bytes.count == folded.count && zip(bytes, folded).allSatisfy { lower($0) == $1 }
      }
    }
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (65...90).contains(byte) ? byte | 0x20 : byte }
}
