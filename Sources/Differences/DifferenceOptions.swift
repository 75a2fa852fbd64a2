import SystemPackage

/// What is compared, and how much is told.
package struct DifferenceOptions: Sendable {
  /// Compare every JSON value as it stands: what KUMO changes by itself counts too (kumo-format.md 7.2).
  package var isExact = false
  /// The services to compare, by name; nil for all.
  package var services: Set<String>?
  /// How many changes of one service are described; all are counted.
  package var changeLimit = 1000
  /// How many fields of one changed resource are described; all are counted.
  package var fieldLimit = 50
  /// Where sorted runs wait when a service has more than `runLength` resources. They hold digests and offsets only, and
  /// have no name, so that they are gone with the process.
  package var scratch: FilePath = "/tmp"
  /// Records of 56 bytes that are held and sorted at a time on each side.
  package var runLength = 131_072
  /// Asked between records; throws what ends the comparison.
  package var checkCancellation: @Sendable () throws -> Void = {}

  package init() {}
}

/// Why two directories cannot be compared.
package struct DifferenceError: Error, Sendable, CustomStringConvertible {
  /// Which of the two directories; nil when it is neither.
  package let side: Side?
  /// One sentence, lower case, no full stop.
  package let message: String
  /// The next step, when there is one.
  package let hint: String?

  package init(side: Side?, _ message: String, hint: String? = nil) {
    self.side = side
    self.message = message
    self.hint = hint
  }

  /// The message.
  package var description: String { message }
}

/// One of two directories.
package enum Side: UInt8, Sendable, CaseIterable {
  case first, second
}
