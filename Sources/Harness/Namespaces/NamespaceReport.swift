import Files

/// What became of a namespace's resources, or would become of them.
package struct NamespaceReport: Sendable, Equatable {
  /// The part of one bucket, table or queue that belongs to the namespace.
  package struct Resource: Sendable, Equatable {
    /// What it is.
    package enum Kind: String, Sendable, CaseIterable {
      /// A bucket with its objects, versions and delete markers.
      case bucket
      /// A table with its items.
      case table
      /// A queue with its messages.
      case queue

      /// What it holds, in words.
      package var contents: String {
        switch self {
        case .bucket: "objects"
        case .table: "items"
        case .queue: "messages"
        }
      }
    }

    /// What it is.
    package var kind: Kind
    /// Its name, as bytes; of a queue, what follows the last slash of its URL.
    package var name: [UInt8]
    /// Whether it belongs to the namespace itself; otherwise only some of its contents do.
    package var isWhole: Bool
    /// What of its contents belonged to the namespace when the first teardown began. Of an object, versions and delete
    /// markers count.
    package var count: Int
    /// How much of that is still there.
    package var remaining: Int
    /// Whether it was to go and is still there itself.
    package var stands: Bool

    /// Describes a part.
    package init(kind: Kind, name: [UInt8], isWhole: Bool, count: Int, remaining: Int? = nil, stands: Bool? = nil) {
      self.kind = kind
      self.name = name
      self.isWhole = isWhole
      self.count = count
      self.remaining = remaining ?? count
      self.stands = stands ?? isWhole
    }

    /// Whether something is left of it that was to go.
    package var isLeft: Bool { remaining > 0 || stands }
  }

  /// One thing that could not be done.
  package struct Failure: Sendable, Equatable {
    /// What it is about, printable: `bucket 'receipts'`, a path.
    package var subject: String
    /// What went wrong.
    package var message: String

    /// Describes a failure.
    package init(subject: String, message: String) {
      self.subject = subject
      self.message = message
    }

    /// A queue that was emptied and not deleted: without it KUMO throws away what another one's receivers could not work on
    /// (kumo-format.md 4.2).
    static func queue(_ name: [UInt8], isNeededBy other: [UInt8]) -> Failure {
      Failure(
        subject: "queue '\(DisplayName.escape(name))'",
        message: "it stays, empty: it is the dead-letter queue of '\(DisplayName.escape(other))', which stays")
    }
  }

  /// The namespace.
  package var namespace: String
  /// The directory or the address.
  package var place: String
  /// Whether this is only a plan.
  package var isDryRun = false
  /// Whether an earlier teardown had begun.
  package var isResumed = false
  /// What belonged to the namespace, sorted by kind and name.
  package var resources: [Resource] = []
  /// Files of bodies that nothing refers to any more (stopped directories only).
  package var blobs = 0
  /// What could not be done.
  package var failures: [Failure] = []

  /// Begins a report.
  package init(namespace: String, place: String) {
    self.namespace = namespace
    self.place = place
  }

  /// How many resources and contents there were.
  package var total: Int { resources.reduce(0) { $0 + $1.count + ($1.isWhole ? 1 : 0) } }
  /// How many of them are left.
  package var remaining: Int { resources.reduce(0) { $0 + $1.remaining + ($1.stands ? 1 : 0) } }
  /// Whether nothing is left.
  package var isComplete: Bool { !isDryRun && failures.isEmpty && remaining == 0 }

  /// Adds what an earlier, interrupted teardown had found: its counts stand, unless there is more now.
  mutating func merge(_ earlier: [Resource]) {
    isResumed = true
    for old in earlier {
      if let index = resources.firstIndex(where: { $0.kind == old.kind && $0.name == old.name }) {
        resources[index].count = max(resources[index].count, old.count)
        resources[index].isWhole = resources[index].isWhole || old.isWhole
      } else {
        resources.append(
          Resource(kind: old.kind, name: old.name, isWhole: old.isWhole, count: old.count, remaining: 0, stands: false))
      }
    }
    sort()
  }

  mutating func sort() {
    resources.sort {
      $0.kind == $1.kind ? $0.name.lexicographicallyPrecedes($1.name) : $0.kind.rank < $1.kind.rank
    }
  }
}

extension NamespaceReport.Resource.Kind {
  /// The order in which resources are deleted.
  fileprivate var rank: Int {
    switch self {
    case .bucket: 0
    case .table: 1
    case .queue: 2
    }
  }
}
