/// What a step changed through its view, by service: names of buckets, tables or queues. Files of which the view
/// changes references have no names.
package struct TouchedEntries: Sendable, Equatable {
  /// By the name of the service's file without `.json`.
  package private(set) var services: [String: Set<[UInt8]>] = [:]

  mutating func merge(_ service: String, _ names: some Sequence<[UInt8]>) {
    services[service, default: []].formUnion(names)
  }
}
