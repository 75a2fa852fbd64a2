/// Text that may refer to the row at hand, the seed or the clock. In a document: `order-${index:05}`; in Swift: an
/// interpolated string, where `${` has no meaning.
public struct SpecText: Sendable, Hashable, ExpressibleByStringInterpolation {
  package enum Part: Sendable, Hashable {
    /// Bytes, because Swift strings would merge canonically equal texts.
    case literal([UInt8])
    case reference(SpecReference)
  }

  /// No two literals in a row, no empty literal.
  package var parts: [Part] = []

  /// Text without references.
  public init(_ text: String) {
    append(literal: Array(text.utf8))
  }

  init(bytes: [UInt8]) {
    append(literal: bytes)
  }

  init() {}

  /// Text without references.
  public init(stringLiteral text: String) {
    self.init(text)
  }

  /// An interpolated string.
  public init(stringInterpolation: StringInterpolation) {
    self = stringInterpolation.text
  }

  /// Collects the parts of an interpolated string.
  public struct StringInterpolation: StringInterpolationProtocol {
    var text = SpecText()

    /// Called by the compiler.
    public init(literalCapacity _: Int, interpolationCount _: Int) {}

    /// A literal part.
    public mutating func appendLiteral(_ literal: String) {
      text.append(literal: Array(literal.utf8))
    }

    /// A reference, such as `row.index` or `row.id`.
    public mutating func appendInterpolation(_ reference: SpecReference) {
      text.parts.append(.reference(reference))
    }

    /// A whole number, padded with zeros to a width: `\(row.index, pad: 5)`.
    public mutating func appendInterpolation(_ reference: SpecReference, pad: Int) {
      var reference = reference
      reference.pad = pad
      text.parts.append(.reference(reference))
    }

    /// A value known now.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      text.append(literal: Array(value.description.utf8))
    }
  }

  mutating func append(literal: [UInt8]) {
    if literal.isEmpty { return }
    if case .literal(let before)? = parts.last {
      parts[parts.count - 1] = .literal(before + literal)
    } else {
      parts.append(.literal(literal))
    }
  }

  /// The text if it refers to nothing.
  package var constant: [UInt8]? {
    switch (parts.count, parts.first) {
    case (0, _): []
    case (1, .literal(let bytes)?): bytes
    default: nil
    }
  }

  /// The text as a document would write it: `$` as `$$`, references as `${…}`.
  package var source: String { String(decoding: sourceBytes, as: UTF8.self) }

  /// The text as a document would write it, as bytes.
  package var sourceBytes: [UInt8] {
    var bytes: [UInt8] = []
    for part in parts {
      switch part {
      case .literal(let literal):
        for byte in literal {
          bytes.append(byte)
          if byte == UInt8(ascii: "$") { bytes.append(byte) }
        }
      case .reference(let reference): bytes.append(contentsOf: reference.source.utf8)
      }
    }
    return bytes
  }
}

/// A name for a value that is known only when a row is written: `${index}`, `${id}`, `${orders.customer.email}`.
@dynamicMemberLookup
public struct SpecReference: Sendable, Hashable {
  /// The names between the dots.
  package var path: [String]
  /// Zeros in front up to this many digits; 0: none.
  package var pad = 0

  init(path: [String]) {
    self.path = path
  }

  /// A field of the row that this refers to.
  public subscript(dynamicMember name: String) -> SpecReference { self[name] }

  /// A field of the row that this refers to, for names that are no Swift names.
  public subscript(name: String) -> SpecReference {
    SpecReference(path: path + [name])
  }

  /// Names with a meaning of their own, which no field can have.
  package static let reserved = [
    "index", "seed", "clock", "fixture", "version", "namespace", "name-prefix", "key-prefix",
  ]

  /// The spec's seed.
  public static let seed = SpecReference(path: ["seed"])
  /// The spec's clock as RFC 3339.
  public static let clock = SpecReference(path: ["clock"])
  /// The namespace, empty if there is none.
  public static let namespace = SpecReference(path: ["namespace"])
  /// What the namespace puts in front of names of resources, empty if nothing.
  public static let namePrefix = SpecReference(path: ["name-prefix"])
  /// What the namespace puts in front of object keys, empty if nothing.
  public static let keyPrefix = SpecReference(path: ["key-prefix"])

  /// `${a.b:05}`.
  package var source: String {
    "${" + path.joined(separator: ".") + (pad > 0 ? ":0\(pad)" : "") + "}"
  }
}

/// The row that a repeated entry is written for: `row.index` is its number from 0, everything else a field of its
/// data set.
@dynamicMemberLookup
public struct SpecRow: Sendable {
  /// A field of the row.
  public subscript(dynamicMember name: String) -> SpecReference { self[name] }

  /// A field of the row, for names that are no Swift names.
  public subscript(name: String) -> SpecReference { SpecReference(path: [name]) }
}
