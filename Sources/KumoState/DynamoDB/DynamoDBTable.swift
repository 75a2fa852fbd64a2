import JSONBytes

/// A table of `dynamodb.json` without its items (kumo-format.md 3.1).
package struct DynamoDBTable: Sendable, Equatable {
  /// One element of a key schema with the type that `AttributeDefinitions` gives it.
  package struct KeyAttribute: Sendable, Equatable {
    /// The attribute's name.
    package var name: [UInt8]
    /// `S`, `N` or `B`.
    package var type: KeyType

    /// Names a key attribute.
    package init(name: [UInt8], type: KeyType) {
      self.name = name
      self.type = type
    }
  }

  /// The types that a key attribute can have.
  package enum KeyType: String, Sendable, Equatable, CaseIterable {
    /// String.
    case string = "S"
    /// Number.
    case number = "N"
    /// Binary.
    case binary = "B"
  }

  /// Which attributes an index shows.
  package enum Projection: Sendable, Equatable {
    /// All of them.
    case all
    /// Only the keys of table and index.
    case keysOnly
    /// The keys and these.
    case include([[UInt8]])
  }

  /// A secondary index. It stores nothing: KUMO's queries scan the items.
  package struct Index: Sendable, Equatable {
    /// The index's name.
    package var name: [UInt8]
    /// Hash key, then range key if there is one.
    package var keys: [KeyAttribute]
    /// What the index shows.
    package var projection: Projection

    /// Describes an index.
    package init(name: [UInt8], keys: [KeyAttribute], projection: Projection) {
      self.name = name
      self.keys = keys
      self.projection = projection
    }
  }

  /// Capacity units of a `PROVISIONED` table.
  package struct Throughput: Sendable, Equatable {
    /// Units to read.
    package var read: Int64
    /// Units to write.
    package var write: Int64

    /// Describes a throughput.
    package init(read: Int64, write: Int64) {
      self.read = read
      self.write = write
    }
  }

  /// What a table's stream carries.
  package enum StreamView: String, Sendable, Equatable, CaseIterable {
    /// Only the keys.
    case keysOnly = "KEYS_ONLY"
    /// The item after the change.
    case newImage = "NEW_IMAGE"
    /// The item before the change.
    case oldImage = "OLD_IMAGE"
    /// Both.
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
  }

  /// The table's name.
  package var name: [UInt8]
  /// Hash key, then range key if there is one.
  package var keys: [KeyAttribute]
  /// Global secondary indexes.
  package var globalIndexes: [Index] = []
  /// Local secondary indexes.
  package var localIndexes: [Index] = []
  /// The throughput of a `PROVISIONED` table; nil for `PAY_PER_REQUEST`.
  package var provisioned: Throughput?
  /// The attribute that holds an item's expiry, when TTL is on.
  package var timeToLiveAttribute: [UInt8]?
  /// What the stream carries, when there is one.
  package var stream: StreamView?
  /// Whether the table refuses to be deleted.
  package var deletionProtection = false
  /// The table class when it is not `STANDARD`. Only releases newer than v0.29.0 read it (kumo-format.md 3.1).
  package var tableClass: [UInt8]?
  /// When the table was made.
  package var created: GoTime
  /// The region in the table's ARN.
  package var region: [UInt8]

  /// Describes a table; everything that has a default is a variable.
  package init(name: [UInt8], keys: [KeyAttribute], created: GoTime, region: [UInt8]) {
    self.name = name
    self.keys = keys
    self.created = created
    self.region = region
  }

  /// `arn:aws:dynamodb:<region>:000000000000:table/<name>`.
  package var arn: [UInt8] { Array("arn:aws:dynamodb:".utf8) + region + Array(":000000000000:table/".utf8) + name }
}

extension DynamoDBTable {
  /// Writes the `table` object with every field that v0.25.3 writes, in its order.
  ///
  /// - Parameter itemCount: the `ItemCount` that KUMO refreshes only on DescribeTable; the true count is written.
  package func write(to writer: inout JSONWriter, itemCount: Int) {
    writer.beginObject()
    writer.member("Name", name)
    writer.key("KeySchema")
    Self.writeKeySchema(keys, to: &writer)
    writer.key("AttributeDefinitions")
    writeAttributeDefinitions(to: &writer)
    writer.key("ProvisionedThroughput")
    writeThroughput(to: &writer)
    writer.key("GlobalSecondaryIndexes")
    writeIndexes(globalIndexes, throughput: provisioned != nil, to: &writer)
    writer.key("LocalSecondaryIndexes")
    writeIndexes(localIndexes, throughput: false, to: &writer)
    writer.member("CreationDateTime", created.formatted)
    writer.member("TableStatus", "ACTIVE")
    writer.key("ItemCount")
    writer.int(Int64(itemCount))
    writer.key("TableSizeBytes")
    writer.int(0)
    writer.member("TableARN", arn)
    writer.member("BillingMode", provisioned == nil ? "PAY_PER_REQUEST" : "PROVISIONED")
    writer.key("DeletionProtection")
    writer.bool(deletionProtection)
    writer.member("TTLAttributeName", timeToLiveAttribute ?? [])
    writer.key("TTLEnabled")
    writer.bool(timeToLiveAttribute != nil)
    writer.key("StreamEnabled")
    writer.bool(stream != nil)
    writer.member("StreamViewType", Array((stream?.rawValue ?? "").utf8))
    writer.member("LatestStreamArn", stream == nil ? [] : streamARN)
    if let tableClass {
      writer.member("TableClass", tableClass)
      writer.member("TableClassUpdatedAt", created.formatted)
    }
    writer.endObject()
  }

  /// TableARN + `/stream/` + creation time with milliseconds (kumo-format.md 3.1).
  private var streamARN: [UInt8] { arn + Array("/stream/".utf8) + streamLabel }

  /// The creation time as a stream ARN ends with it: `2026-01-02T03:04:05.000`, whole seconds.
  private var streamLabel: [UInt8] { created.inUTC.formatted.prefix(19) + Array(".000".utf8) }

  private static func writeKeySchema(_ keys: [KeyAttribute], to writer: inout JSONWriter) {
    writer.beginArray()
    for (index, key) in keys.enumerated() {
      writer.beginObject()
      writer.member("AttributeName", key.name)
      writer.member("KeyType", index == 0 ? "HASH" : "RANGE")
      writer.endObject()
    }
    writer.endArray()
  }

  /// Every attribute that a key names, once, in order of first use: v0.22 and later refuse every item call otherwise.
  private func writeAttributeDefinitions(to writer: inout JSONWriter) {
    var written: [[UInt8]] = []
    writer.beginArray()
    for key in keys + globalIndexes.flatMap(\.keys) + localIndexes.flatMap(\.keys) where !written.contains(key.name) {
      written.append(key.name)
      writer.beginObject()
      writer.member("AttributeName", key.name)
      writer.member("AttributeType", Array(key.type.rawValue.utf8))
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeThroughput(to writer: inout JSONWriter) {
    guard let provisioned else { return writer.null() }
    writer.beginObject()
    writer.key("ReadCapacityUnits")
    writer.int(provisioned.read)
    writer.key("WriteCapacityUnits")
    writer.int(provisioned.write)
    writer.endObject()
  }

  private func writeIndexes(_ indexes: [Index], throughput: Bool, to writer: inout JSONWriter) {
    guard !indexes.isEmpty else { return writer.null() }
    writer.beginArray()
    for index in indexes {
      writer.beginObject()
      writer.member("IndexName", index.name)
      writer.key("KeySchema")
      Self.writeKeySchema(index.keys, to: &writer)
      writer.key("Projection")
      writer.beginObject()
      switch index.projection {
      case .all: writer.member("ProjectionType", "ALL")
      case .keysOnly: writer.member("ProjectionType", "KEYS_ONLY")
      case .include(let names):
        writer.member("ProjectionType", "INCLUDE")
        writer.key("NonKeyAttributes")
        writer.beginArray()
        for name in names { writer.string(name) }
        writer.endArray()
      }
      writer.endObject()
      if throughput {
        writer.key("ProvisionedThroughput")
        writeThroughput(to: &writer)
      }
      writer.endObject()
    }
    writer.endArray()
  }
}
