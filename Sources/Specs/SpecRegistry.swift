import Documents
import KumoState

/// The specs that a command line knows by name: those that ship with the tool, and those of a user's own package.
public struct SpecRegistry: Sendable {
  /// In the order of registration.
  public private(set) var specs: [FixtureSpec] = []

  /// A registry with these specs. Throws `SpecError`, naming both, if two have one name.
  public init(_ specs: [FixtureSpec] = []) throws(SpecError) {
    for spec in specs { try register(spec) }
  }

  /// Adds a spec. Throws `SpecError`, naming both, if there is one of that name.
  public mutating func register(_ spec: FixtureSpec) throws(SpecError) {
    if let other = specs.first(where: { $0.name.utf8.elementsEqual(spec.name.utf8) }) {
      throw SpecError(
        spec.location, "two specs are named '\(spec.name)'; the other one is at \(other.location)",
        hint: "give one of them another name")
    }
    specs.append(spec)
  }

  /// The spec of a name.
  public subscript(name: String) -> FixtureSpec? {
    specs.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// All names, in the order of registration.
  public var names: [String] { specs.map(\.name) }

  /// The name that was probably meant by an unknown one.
  public func nearest(to name: String) -> String? {
    NearestName.find(name, among: names)
  }
}
