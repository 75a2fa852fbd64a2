import JSONBytes

/// One place in a service's file that is not what KUMO's types say.
package struct SchemaDeviation: Sendable, CustomStringConvertible {
  /// What kind of deviation.
  package enum Kind: String, Sendable, CaseIterable {
    /// Another JSON type than the field's: KUMO skips the value (or stops, see `stopsDecoding`).
    case wrongType = "wrong-type"
    /// An integer with a fraction or an exponent.
    case fraction
    /// A number outside the range of the field's type, or a negative one for an unsigned field.
    case range
    /// A string that Go does not read as a time.
    case time
    /// Something Go reads although it is not the proper form: a time with a comma, a byte field as an array.
    case unusual
    /// A time that KUMO reads but can never save again.
    case unwritableTime = "unwritable-time"
    /// A string that is not padded standard base64.
    case base64
    /// A `bodyRef` that is not 64 lower-case hex digits.
    case digest
    /// A `null` where KUMO later follows a nil pointer or writes into a nil map: a map value or array element that
    /// should be an object, or a field marked as dangerous.
    case null
    /// A key of no field: KUMO ignores it and drops it at the next save.
    case unknownKey = "unknown-key"
    /// A key that only matches a field without regard to case: KUMO reads it and writes it in its own case.
    case foldedKey = "folded-key"
    /// A second key of one object that means the same field: the last one counts.
    case repeatedField = "repeated-field"
    /// A map key that is not an int32 number, where KUMO's map has such keys.
    case mapKey = "map-key"
    /// An epoch number in a field KUMO only reads as a string (kumo-format.md 5.3).
    case unreadableEpoch = "unreadable-epoch"
  }

  /// What kind of deviation.
  package let kind: Kind
  /// Absolute byte offset of the value, or of the key for kinds about keys.
  package let offset: Int
  /// Line of `offset`, from 1.
  package let line: Int
  /// Column of `offset` in bytes, from 1.
  package let column: Int
  /// Where it is.
  package let pointer: JSONPointer
  /// What the schema asks for, in words.
  package let expected: String
  /// What stands there, in words; never the value itself, which may be a secret.
  package let found: String
  /// Index of the schema's node for the value; -1 for unknown keys.
  package let node: Int
  /// Whether Go up to 1.26 stops decoding the whole file here: the enclosing top-level entry and everything after it is
  /// lost (kumo-format.md 1.2).
  package let stopsDecoding: Bool

  /// Whether KUMO reads the file as if this were not there.
  package var isHarmless: Bool {
    switch kind {
    case .unusual, .unknownKey, .foldedKey: true
    default: false
    }
  }

  /// `expected …, found … at line 1, column 5 (/buckets/a)`.
  package var description: String {
    "expected \(expected), found \(found) at line \(line), column \(column) (\(pointer))"
  }
}
