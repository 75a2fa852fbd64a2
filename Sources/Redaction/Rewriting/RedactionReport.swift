/// What a redaction did, without any secret.
package struct RedactionReport: Sendable, Equatable {
  /// How many secrets of one class were replaced in one place.
  package struct Count: Sendable, Hashable {
    /// The class.
    package let kind: SecretKind
    /// The file; `s3-objects` for all bodies together.
    package let place: String
    /// How many.
    package var count: Int
  }

  /// Replaced secrets, sorted by place and class.
  package internal(set) var counts: [Count] = []
  /// Content that was removed whole because it could not be decoded or written anew, by file and pointer.
  package internal(set) var removed: [String] = []
  /// Files that are not in the result, because they are leftovers of a crash that cannot be read.
  package internal(set) var leftOut: [String] = []
  /// Secrets too short or too plain to be looked for beyond the places where they are known to be.
  package internal(set) var plainCount = 0
  /// Files that are not as they were.
  package internal(set) var changedFiles = 0

  /// Replaced secrets in all.
  package var total: Int { counts.reduce(0) { $0 + $1.count } }

  mutating func add(_ outcome: FileOutcome) {
    for (kind, count) in outcome.counts {
      if let index = counts.firstIndex(where: { $0.kind == kind && $0.place == outcome.place }) {
        counts[index].count += count
      } else {
        counts.append(Count(kind: kind, place: outcome.place, count: count))
      }
    }
    removed += outcome.removed
    if outcome.isLeftOut { leftOut.append(outcome.place) }
    if outcome.isChanged { changedFiles += 1 }
  }

  mutating func sort() {
    counts.sort { ($0.place, $0.kind.rawValue) < ($1.place, $1.kind.rawValue) }
    removed.sort()
    leftOut.sort()
  }
}

/// What was done to one file.
struct FileOutcome: Sendable {
  let place: String
  var counts: [SecretKind: Int] = [:]
  var removed: [String] = []
  var isLeftOut = false
  var isChanged = false

  init(_ file: SourceFile) { place = file.place }

  mutating func count(_ claim: FileClaim) {
    for hit in claim.hits where hit.rule != "undecodable" { counts[hit.kind, default: 0] += 1 }
    if claim.hits.contains(where: { $0.rule == "undecodable" }) { removed.append(place + (claim.pointer ?? "")) }
  }
}
