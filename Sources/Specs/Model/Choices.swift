/// What a namespace is put in front of.
public enum NamespaceMode: String, Sendable, Hashable, CaseIterable {
  /// Names of resources: `NS-orders`. Keys stay as they are.
  case names
  /// Keys inside shared resources: object keys `NS/…`, string hash keys and message groups `NS#…`. Names stay.
  case keys
}

/// Versioning of a bucket.
public enum BucketVersioning: String, Sendable, Hashable, CaseIterable {
  /// Never switched on.
  case disabled
  /// On.
  case enabled
  /// Was on. Versions but the last were written before it was suspended, the last one after.
  case suspended
}

/// Type of a key attribute.
public enum KeyType: String, Sendable, Hashable, CaseIterable {
  /// Text.
  case string = "S"
  /// A number.
  case number = "N"
  /// Bytes.
  case binary = "B"
}

/// A key attribute of a table or an index.
public struct KeyAttribute: Sendable, Hashable {
  /// Name of the attribute.
  public let name: String
  /// Its type.
  public let type: KeyType

  /// A key attribute.
  public init(_ name: String, _ type: KeyType) {
    self.name = name
    self.type = type
  }

  /// A text attribute.
  public static func string(_ name: String) -> KeyAttribute { KeyAttribute(name, .string) }
  /// A number attribute.
  public static func number(_ name: String) -> KeyAttribute { KeyAttribute(name, .number) }
  /// A binary attribute.
  public static func binary(_ name: String) -> KeyAttribute { KeyAttribute(name, .binary) }

  /// Names compare by bytes.
  public static func == (a: KeyAttribute, b: KeyAttribute) -> Bool {
    a.type == b.type && a.name.utf8.elementsEqual(b.name.utf8)
  }

  /// Over the bytes of the name.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(Array(name.utf8))
    hasher.combine(type)
  }
}

/// Billing mode of a table.
public enum TableBilling: Sendable, Hashable {
  /// PAY_PER_REQUEST.
  case onDemand
  /// PROVISIONED, with capacity units.
  case provisioned(read: Int, write: Int)
}

/// Storage class of a table.
public enum TableClass: String, Sendable, Hashable, CaseIterable {
  /// STANDARD.
  case standard
  /// STANDARD_INFREQUENT_ACCESS.
  case infrequentAccess = "infrequent-access"
}

/// What a table's stream shows.
public enum StreamView: String, Sendable, Hashable, CaseIterable {
  /// KEYS_ONLY.
  case keysOnly = "keys-only"
  /// NEW_IMAGE.
  case newImage = "new-image"
  /// OLD_IMAGE.
  case oldImage = "old-image"
  /// NEW_AND_OLD_IMAGES.
  case newAndOldImages = "new-and-old-images"
}

/// Which attributes an index holds.
public enum IndexProjection: Sendable, Hashable {
  /// ALL.
  case all
  /// KEYS_ONLY.
  case keysOnly
  /// INCLUDE, with the names of the further attributes.
  case include([String])
}

/// Type of an SSM parameter.
public enum ParameterType: String, Sendable, Hashable, CaseIterable {
  /// One text.
  case string = "String"
  /// Texts with commas between.
  case stringList = "StringList"
  /// A secret text. KUMO stores it in clear (kumo-format.md 5.1).
  case secureString = "SecureString"
}
