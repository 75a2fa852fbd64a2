/// In what two data directories differ, by resource. It holds no value that could be a secret: those are lengths only.
package struct DirectoryDifference: Sendable, Equatable {
  /// The services that differ, and those where something was ignored, in the byte order of their names.
  package var services: [ServiceDifference]
  /// How many services' files were compared.
  package var comparedServices: Int

  /// Whether nothing differs that counts.
  package var isEmpty: Bool { services.allSatisfy { $0.total.isZero } }

  /// All differences.
  package var total: ChangeCounts { services.reduce(into: ChangeCounts()) { $0.add($1.total) } }

  /// How many differences were ignored because KUMO makes them by itself.
  package var ignored: Int { services.reduce(0) { $0 + $1.ignored } }
}

/// How many resources were added, removed and changed.
package struct ChangeCounts: Sendable, Equatable {
  /// Only in the second directory.
  package var added = 0
  /// Only in the first directory.
  package var removed = 0
  /// In both, and different.
  package var changed = 0

  package init() {}

  /// Whether there are none.
  package var isZero: Bool { sum == 0 }
  /// All of them.
  package var sum: Int { added + removed + changed }

  mutating func add(_ other: ChangeCounts) {
    added += other.added
    removed += other.removed
    changed += other.changed
  }
}

/// In what one service differs.
package struct ServiceDifference: Sendable, Equatable {
  /// The counts of one kind of resource in one container.
  package struct Tally: Sendable, Equatable {
    /// The bucket, table or queue, or the member of another service's file; printable.
    package let container: String
    /// What is counted.
    package let kind: ResourceKind
    /// How many.
    package let counts: ChangeCounts
  }

  /// The service's name, or a file's name without `.json` for a service that is not known.
  package let service: String
  /// Exact numbers, sorted by container and kind.
  package let tallies: [Tally]
  /// The changes that are described, sorted by container, kind and name. Resources in a container that only one side
  /// has are counted with it and not listed.
  package let changes: [ResourceChange]
  /// How many further changes are counted only.
  package let omitted: Int
  /// How many differences were ignored because KUMO makes them by itself (kumo-format.md 7.2).
  package let ignored: Int

  /// All differences of the service.
  package var total: ChangeCounts { tallies.reduce(into: ChangeCounts()) { $0.add($1.counts) } }
}

/// One resource that differs.
package struct ResourceChange: Sendable, Equatable {
  /// How it differs.
  package enum Verb: String, Sendable {
    case added, removed, changed
  }

  /// What it is.
  package let kind: ResourceKind
  /// How it differs.
  package let verb: Verb
  /// The bucket, table, queue or member it stands in; printable. Equal to `name` for a bucket, table or queue.
  package let container: String
  /// Its name, printable; nil when the name itself could be a secret, or there is none.
  package let name: String?
  /// Bytes in the name when `name` is nil.
  package let nameLength: Int
  /// Where it begins in the first directory's file, in bytes.
  package let firstOffset: Int?
  /// Where it begins in the second directory's file, in bytes.
  package let secondOffset: Int?
  /// What it holds, for one that is added or removed, such as `12 bytes`; nil when there is nothing to say.
  package let summary: String?
  /// What differs in it, for one that is changed.
  package let fields: [FieldChange]
  /// How many further fields differ.
  package let omittedFields: Int
}

/// One place in a resource that differs.
package struct FieldChange: Sendable, Equatable {
  /// The place, such as `Metadata.color` or `items[2].price`; parts that could be a secret are lengths.
  package let path: String
  /// What the first directory has; nil for nothing.
  package let before: ShownValue?
  /// What the second directory has; nil for nothing.
  package let after: ShownValue?
}

/// A value as far as it may be shown.
package enum ShownValue: Sendable, Equatable {
  /// The value itself: shown to be harmless.
  case text(String)
  /// Only what it is and how many bytes it has, such as a string of 12 bytes.
  case hidden(type: String, length: Int)
  /// An object or array with this many entries.
  case container(type: String, count: Int)
}
