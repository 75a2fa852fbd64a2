import Documents
import KumoState

/// A table and its items.
package struct ResolvedTable: Sendable {
  /// Name with the prefix, checked: 3-255 of a-z A-Z 0-9 _ - .
  package let name: String
  package let hashKey: KeyAttribute
  package let rangeKey: KeyAttribute?
  package let globalIndexes: [ResolvedIndex]
  package let localIndexes: [ResolvedIndex]
  package let billing: TableBilling
  package let tableClass: TableClass
  package let deletionProtection: Bool
  /// Name of the TTL attribute; nil: no TTL.
  package let timeToLive: [UInt8]?
  /// Nil: no stream.
  package let stream: StreamView?
  /// In the spec's order.
  package let tags: [ResolvedTag]
  package let created: Instant
  package let location: SpecLocation
  /// Walks the items; see `forEachItem`.
  package let items: @Sendable (_ body: (ResolvedItem) throws -> Void) throws -> Void

  /// Calls the body with each item, in the order of the spec. Throws `SpecError` for an item that lacks a key
  /// attribute or has one of the wrong type, and whatever the body throws. Equal primary keys are left to the writer.
  package func forEachItem(_ body: (ResolvedItem) throws -> Void) throws {
    try items(body)
  }
}

/// A secondary index.
package struct ResolvedIndex: Sendable {
  /// Checked: 3-255 of a-z A-Z 0-9 _ - .
  package let name: String
  package let hashKey: KeyAttribute
  package let rangeKey: KeyAttribute?
  package let projection: IndexProjection
}

/// One item.
package struct ResolvedItem: Sendable {
  /// Sorted by bytes of the name, no name twice; the same holds for every `m` below.
  package let attributes: [AttributeMember]
  package let location: SpecLocation
  /// Index of the row if the entry is repeated, for messages: an error about the item names both.
  package let row: Int?
}
