/// What an emulator serves, or a data directory holds, in numbers. Names are bytes.
package struct ServedState: Sendable, Equatable {
  /// Objects that can be listed, by bucket.
  package var buckets: [[UInt8]: Int] = [:]
  /// Items by table.
  package var tables: [[UInt8]: Int] = [:]
  /// Messages by queue: visible, delayed and in flight.
  package var queues: [[UInt8]: Int] = [:]

  /// Nothing.
  package init() {}

  /// One thing that is not as it should be.
  package struct Difference: Sendable, Equatable {
    /// `bucket`, `table` or `queue`.
    package let kind: String
    /// Its name, as bytes.
    package let name: [UInt8]
    /// The count in the directory; nil when it is not there at all.
    package let expected: Int?
    /// The count that is served; nil when it is not there at all.
    package let served: Int?

    /// Describes a difference.
    package init(kind: String, name: [UInt8], expected: Int?, served: Int?) {
      self.kind = kind
      self.name = name
      self.expected = expected
      self.served = served
    }
  }

  /// How what is served differs from this state, sorted by kind and name.
  package func differences(from served: ServedState) -> [Difference] {
    func compare(_ kind: String, _ expected: [[UInt8]: Int], _ served: [[UInt8]: Int]) -> [Difference] {
      let names = Set(expected.keys).union(served.keys).sorted { $0.lexicographicallyPrecedes($1) }
      return names.compactMap { name in
        expected[name] == served[name]
          ? nil : Difference(kind: kind, name: name, expected: expected[name], served: served[name])
      }
    }
    return compare("bucket", buckets, served.buckets) + compare("queue", queues, served.queues)
      + compare("table", tables, served.tables)
  }
}
