import JSONBytes

extension JSONReader {
  /// Whether the current key names the struct field `name`, as Go's decoder decides it: case does not matter
  /// (kumo-format.md 1.2). Names of entries (buckets, tables, items) are exact: compare those with `tokenEquals`.
  package func keyNames(_ name: StaticString) throws(JSONError) -> Bool {
    if tokenEquals(name) { return true }
    let couldFold = try withTokenBytes { (raw: UnsafeRawBufferPointer) -> Bool in
      Self.couldFold(raw, to: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    }
    guard couldFold else { return false }
    let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return GoText.foldedKey(try string()) == GoText.foldedASCII(Array(expected))
  }

  /// Whether raw text can fold to an ASCII name: the same letters in any case, or something that needs a closer look.
  private static func couldFold(_ raw: UnsafeRawBufferPointer, to name: UnsafeBufferPointer<UInt8>) -> Bool {
    guard raw.count == name.count else { return raw.contains { $0 == UInt8(ascii: "\\") || $0 >= 0x80 } }
    for index in 0..<raw.count where raw[index] | 0x20 != name[index] | 0x20 { return false }
    return true
  }
}
