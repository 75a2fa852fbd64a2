/// What a directory shows of the release that wrote it: KUMO writes every field it knows, so both a field that is there
/// and one that is missing narrow the range (kumo-format.md 2.1, 3.1, 4.1 and 6).
package struct WriterEvidence: Sendable, Equatable {
  /// The oldest release that can have written everything seen so far.
  package private(set) var first = KumoRelease.v6
  /// The newest release that would have written nothing more.
  package private(set) var last = KumoRelease.later

  /// Nothing seen yet.
  package init() {}

  /// The releases that can have written it; nil when none can: the directory was made by hand or by another tool.
  package var releases: ReleaseRange? { first <= last ? ReleaseRange(first, through: last) : nil }

  /// Something that only releases with `feature` write.
  package mutating func sees(_ feature: ReleaseFeature) { narrow(to: feature.releases) }

  /// A field that a release with `feature` always writes.
  package mutating func looks(for feature: ReleaseFeature, present: Bool) {
    guard !present else { return sees(feature) }
    if let before = KumoRelease.known.last(where: { $0 < feature.releases.first && $0.persists }) {
      last = min(last, before)
    } else if let after = KumoRelease.known.first(where: { feature.releases.last < $0 }) {
      // A field that the first releases had and later ones dropped.
      first = max(first, after)
    }
  }

  /// Only these releases write it.
  package mutating func narrow(to range: ReleaseRange) {
    first = max(first, range.first)
    last = min(last, range.last)
  }

  /// Adds what another file shows.
  package mutating func combine(_ other: WriterEvidence) {
    first = max(first, other.first)
    last = min(last, other.last)
  }
}
