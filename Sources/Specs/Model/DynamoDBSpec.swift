import Documents

/// A DynamoDB table.
public struct Table: Sendable, Hashable {
  package var name: String
  package var key: TableKey
  package var billing: TableBilling
  package var globalIndexes: [TableIndex]
  package var localIndexes: [TableIndex]
  package var timeToLive: String?
  package var stream: StreamView?
  package var tags: [SpecMember]
  package var deletionProtection: Bool
  package var tableClass: TableClass
  package var items: [Item]
  package var location: SpecLocation
}

/// The primary key of a table or an index.
public struct TableKey: Sendable, Hashable {
  package var hash: KeyAttribute
  package var range: KeyAttribute?

  /// A primary key.
  public init(hash: KeyAttribute, range: KeyAttribute? = nil) {
    self.hash = hash
    self.range = range
  }
}

/// A secondary index.
public struct TableIndex: Sendable, Hashable {
  package var name: String
  package var key: TableKey
  package var projection: IndexProjection
  package var location: SpecLocation
}

/// A DynamoDB item, or many of them if the entry is repeated.
public struct Item: Sendable, Hashable {
  package enum Source: Sendable, Hashable {
    case attributes([SpecMember])
    /// Path relative to the spec. `types` gives the type of columns or members; text and plain JSON otherwise.
    case file(String, FileFormat, types: [FileColumn])
  }

  package var source: Source
  package var repetition: Repetition = .once
  package var label: String?
  package var location: SpecLocation
}

/// The type of a column of an item file.
package struct FileColumn: Sendable, Hashable {
  package var name: [UInt8]
  package var type: AttributeType
}
