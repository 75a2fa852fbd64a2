/// A release of KUMO, by its number (`v25p3` is v0.25.3, `v18` is v0.18.0). Any number can be named; `known` lists
/// those whose format was read or dated (kumo-format.md 0 and 6).
package struct KumoRelease: Hashable, Sendable {
  /// First number; `Int.max` in `later`.
  package let major: Int
  /// Second number.
  package let minor: Int
  /// Third number, 0 when the user left it out.
  package let patch: Int

  /// The release `major.minor.patch`.
  package init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Whatever comes after v0.29.0: the releases that keep bodies in blobs only.
  package static let later = KumoRelease(.max, 0)
  /// Persistence was introduced.
  package static let v6 = KumoRelease(0, 6)
  /// The oldest release whose file list is known.
  package static let v7 = KumoRelease(0, 7)
  /// Read completely; a capture exists.
  package static let v18 = KumoRelease(0, 18)
  /// Bind address and port follow the environment.
  package static let v19 = KumoRelease(0, 19)
  /// Restored queues work.
  package static let v20 = KumoRelease(0, 20)
  /// Streams, SSE fields, SQS policies.
  package static let v21 = KumoRelease(0, 21)
  /// Write-through saving, tags, key validation.
  package static let v22 = KumoRelease(0, 22)
  /// KMS asymmetric keys.
  package static let v24 = KumoRelease(0, 24)
  /// Background flush; apigatewayv2.
  package static let v25 = KumoRelease(0, 25, 0)
  /// The last release that keeps bodies in s3.json only.
  package static let v25p2 = KumoRelease(0, 25, 2)
  /// The first release with blobs (beside the bodies); a capture exists.
  package static let v25p3 = KumoRelease(0, 25, 3)
  /// The first release after the last one read completely.
  package static let v26 = KumoRelease(0, 26)
  /// The last release known to write bodies and blobs.
  package static let v29 = KumoRelease(0, 29, 0)

  /// The releases whose format was read or dated, oldest first; `later` stands for everything after the last.
  package static let known: [KumoRelease] = [
    v6, v7, v18, v19, v20, v21, v22, v24, v25, v25p2, v25p3, v26,
    KumoRelease(0, 27), KumoRelease(0, 28), v29, later,
  ]

  /// Reads the text of `--target`: `v0.25.3`, `0.18`, `v0.18.0`, or `later`. Nil for anything else.
  package init?(parsing text: String) {
    var bytes = Array(text.utf8)[...]
    if bytes.elementsEqual("later".utf8) {
      self = .later
      return
    }
    if bytes.first == UInt8(ascii: "v") || bytes.first == UInt8(ascii: "V") { bytes.removeFirst() }
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var numbers: [Int] = []
    for part in parts {
      guard !part.isEmpty, part.count <= 6, part.allSatisfy({ (48...57).contains($0) }) else { return nil }
      numbers.append(part.reduce(0) { $0 * 10 + Int($1 - 48) })
    }
    self.init(numbers[0], numbers[1], numbers.count == 3 ? numbers[2] : 0)
  }

  /// Whether this release keeps any state on disk (v0.6 and newer).
  package var persists: Bool { self >= .v6 }

  /// Whether the format of exactly this release was read or dated, so that statements about it are more than a guess.
  package var isKnown: Bool { KumoRelease.known.contains(self) }

  /// The S3 layout this release writes (kumo-format.md 0).
  package var nativeLayout: Layout {
    if self <= .v25p2 { return .inline }
    return self <= .v29 ? .portable : .blobs
  }
}

extension KumoRelease: Comparable, CustomStringConvertible {
  /// Older releases first.
  package static func < (left: KumoRelease, right: KumoRelease) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  /// `v0.25.3`; `later` for everything after v0.29.0.
  package var description: String { self == .later ? "later" : "v\(major).\(minor).\(patch)" }
}

/// A run of releases, both ends included.
package struct ReleaseRange: Hashable, Sendable, CustomStringConvertible {
  /// The oldest release in the range.
  package let first: KumoRelease
  /// The newest release in the range.
  package let last: KumoRelease

  /// The releases from `first` to `last`.
  package init(_ first: KumoRelease, through last: KumoRelease = .later) {
    self.first = first
    self.last = last
  }

  /// Whether the range holds `release`.
  package func contains(_ release: KumoRelease) -> Bool { first <= release && release <= last }

  /// Whether every release of `other` is in this range.
  package func contains(_ other: ReleaseRange) -> Bool { first <= other.first && other.last <= last }

  /// `v0.25.3 to v0.29.0`, `v0.22.0 and newer`, or one release.
  package var description: String {
    if first == last { return first.description }
    return last == .later ? "\(first) and newer" : "\(first) to \(last)"
  }
}
