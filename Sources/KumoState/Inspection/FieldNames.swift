import JSONBytes

extension JSONReader {
  /// Whether the current key names the struct field `name`, as Go's decoder decides it: case does not matter
  /// (kumo-format.md 1.2). Names of entries (buckets, tables, items) are exact: compare those with `tokenEquals`.
  /// - Throws: the error of a key that is too long to be held.
  package func keyNames(_ name: StaticString) throws(JSONError) -> Bool {
    try FieldName.match(self, among: [name]) != nil
  }
}
