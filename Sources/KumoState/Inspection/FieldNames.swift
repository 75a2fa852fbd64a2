import JSONBytes

extension JSONReader {
  /// Whether the current key names the struct field `name`, as Go's decoder decides it: case does not matter
  /// (kumo-format.md 1.2). Names of entries (buckets, tables, items) are exact: compare those with `tokenEquals`.
  package func keyNames(_ name: StaticString) throws(JSONError) -> Bool {
    if tokenEquals(name) { return true }
    let couldFold = try withTokenBytes { raw in
      raw.count == name.utf8CodeUnitCount
        ? zip(raw, UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)).allSatisfy {
          $0 == $1 || $0 | 0x20 == $1 | 0x20
        }
        : raw.contains { $0 == UInt8(ascii: "\\") || $0 >= 0x80 }
    }
    guard couldFold else { return false }
    let expected = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return GoText.foldedKey(try string()) == GoText.foldedASCII(Array(expected))
  }
}
