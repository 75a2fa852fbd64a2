import KumoState

/// Something that a release of KUMO does not read, and therefore drops at its next save (kumo-format.md 6).
package struct LayoutLoss: Sendable, Equatable, CustomStringConvertible {
  /// The service.
  package let service: String
  /// The field, such as `buckets{}.policy`; `{}` stands for any key and `[]` for any element. Empty for the whole file.
  package let path: String
  /// In how many places it holds something.
  package let count: Int
  /// Whether the release is known to lack it; for releases between those that were read it may have it already.
  package let isCertain: Bool
  /// What happens to it.
  package let consequence: String

  /// One line for people.
  package var description: String {
    let place = path.isEmpty ? service : "\(service) \(path)"
    let times = count == 1 ? "" : " (\(count) places)"
    return "\(place)\(times): \(consequence)"
  }
}
