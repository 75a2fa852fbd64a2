/// The type of one place in a service's JSON, as KUMO's Go code declares it.
package struct SchemaNode: Hashable, Sendable {
  /// What a value must be.
  package enum Kind: UInt8, Sendable, CaseIterable {
    /// An object with fixed fields.
    case structure
    /// An object with any keys; all values are alike.
    case map
    /// An object whose keys are int32 numbers in decimal.
    case numberedMap
    case array
    case string
    /// A string of 64 lower-case hex digits (a SHA-256), or empty.
    case digest
    case bool
    /// `int` and `int64`.
    case int64
    case int32
    case uint64
    /// `float64`.
    case float
    /// `time.Time`: an RFC 3339 string.
    case time
    /// A number of seconds since 1970, with fraction; written and read so (ecs, emrserverless, pipes).
    case epochNumber
    /// Written as a number, read only as an RFC 3339 string: what KUMO wrote itself, it cannot read back
    /// (kumo-format.md 5.3).
    case unreadableEpoch
    /// `[]byte`: a base64 string.
    case bytes
    /// Anything.
    case any
  }

  /// What a value must be.
  package let kind: Kind
  /// Whether KUMO's Go type has its own decoder (S3 objects, attribute values): an error inside it stops the decoding
  /// of the file in Go up to 1.26 (kumo-format.md 1.2). Times are counted too.
  package let hasOwnDecoder: Bool
  /// Index of the node of every element or value; -1 unless `kind` is a map or an array.
  package internal(set) var element: Int
  /// Indices of a structure's fields in `Schema.fields`, in the order KUMO writes them.
  package internal(set) var fields: Range<Int>

  /// Whether the value is a JSON object or array.
  package var isContainer: Bool { kind.rawValue <= Kind.array.rawValue }
  /// Whether the value is a JSON object.
  package var isObject: Bool { kind.rawValue <= Kind.numberedMap.rawValue }
}

/// One field of a structure.
package struct SchemaField: Hashable, Sendable {
  /// In which of the releases read the field exists.
  package enum Presence: Sendable {
    /// In v0.18 and v0.25.3 alike (or the whole file is newer than v0.18).
    case always
    /// In v0.18, no longer in v0.25.3.
    case gone
    /// Not in v0.18, but in v0.25.3.
    case added
    /// Only seen in upstream sources newer than v0.25.3.
    case newest
  }

  /// The name KUMO writes.
  package let name: [UInt8]
  /// Index of the field's node.
  package let node: Int
  /// Left out when empty.
  package let omitsEmpty: Bool
  /// A `null` here makes KUMO crash or fail later (kumo-format.md 1.2, 3.3, 4.2, 7.1).
  package let dangerousNull: Bool
  /// Which releases have it.
  package let presence: Presence
}
