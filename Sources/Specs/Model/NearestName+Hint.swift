import KumoState

extension NearestName {
  /// The name that was probably meant.
  static func find(_ name: String, among candidates: [String]) -> String? {
    find(Array(name.utf8), among: candidates)
  }

  /// `did you mean 'x'?`, or the list of what is allowed if nothing is near.
  static func hint(for name: String, among candidates: [String]) -> String? {
    if let nearest = find(name, among: candidates) { return "did you mean '\(nearest)'?" }
    if candidates.isEmpty { return nil }
    return "known: " + candidates.prefix(40).joined(separator: ", ")
  }
}
