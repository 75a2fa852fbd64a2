/// What a difference is about.
package enum ResourceKind: UInt16, Sendable, CaseIterable, Comparable {
  /// A bucket's settings.
  case bucket
  /// A current object, by bucket and key.
  case object
  /// A version or delete marker, by bucket, key and version id.
  case version
  /// The order of the versions of one key.
  case versionOrder
  /// A table's description.
  case table
  /// The tags of a table, by its ARN.
  case tableTags
  /// An item, by table and map key.
  case item
  /// A queue's attributes.
  case queue
  /// A message, by queue and message id.
  case message
  /// The order of the messages of one queue.
  case messageOrder
  /// An entry of a map at the top of another service's file.
  case entry
  /// An element of an array at the top of another service's file.
  case element
  /// Any other value at the top of another service's file.
  case value

  /// The word for one of them.
  package var noun: String {
    switch self {
    case .bucket: "bucket"
    case .object: "object"
    case .version: "version"
    case .versionOrder: "order of versions"
    case .table: "table"
    case .tableTags: "tags of table"
    case .item: "item"
    case .queue: "queue"
    case .message: "message"
    case .messageOrder: "order of messages"
    case .entry: "entry"
    case .element: "element"
    case .value: "value"
    }
  }

  /// The word for several of them.
  package var plural: String {
    switch self {
    case .versionOrder: "orders of versions"
    case .tableTags: "tags of tables"
    case .messageOrder: "orders of messages"
    case .entry: "entries"
    default: noun + "s"
    }
  }

  /// Whether it holds other resources, which are folded into it when only one side has it.
  var isContainer: Bool { self == .bucket || self == .table || self == .queue }

  /// Whether a second one of the same identity in a file replaces the first, as KUMO reads it: members of a map. What
  /// stands in an array may stand there twice.
  var isMember: Bool {
    switch self {
    case .version, .message, .element: false
    default: true
    }
  }

  package static func < (left: ResourceKind, right: ResourceKind) -> Bool { left.rawValue < right.rawValue }
}
