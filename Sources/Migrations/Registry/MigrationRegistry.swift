import Digests

/// The steps that a program knows: checked once, then a value.
public struct MigrationRegistry: Sendable {
  /// A step and the digest of its definition.
  package struct Entry: Sendable {
    /// The step.
    package let step: any MigrationStep
    /// `sha256:` and 64 digits.
    package let digest: String
  }

  /// Sorted by `from`, then by fixture.
  package let entries: [Entry]

  /// Checks steps, given in any order.
  ///
  /// - Throws: `RegistryError`, naming every place that takes part: an id twice, a version that two steps begin at, a
  ///   gap, a step that leads nowhere, a superseded step that is still registered.
  public init(_ steps: [any MigrationStep]) throws(RegistryError) {
    var byID: [String: any MigrationStep] = [:]
    for step in steps {
      try Self.check(step)
      if let other = byID.updateValue(step, forKey: step.id) { throw Self.twice(step, other) }
    }
    try Self.checkSuperseded(steps, byID)
    let fixtures = Set(steps.compactMap(\.fixture))
    for fixture in fixtures.isEmpty ? [nil] : fixtures.sorted().map(Optional.some) {
      try Self.checkChain(Self.inOrder(steps.filter { $0.fixture == nil || $0.fixture == fixture }))
    }
    var entries: [Entry] = []
    for step in Self.inOrder(steps) {
      do {
        entries.append(Entry(step: step, digest: try StepDigest.of(step.definition)))
      } catch {
        throw RegistryError("the digest of '\(step.id)' cannot be made: \(error)", at: [step.location])
      }
    }
    self.entries = entries
  }

  /// The steps for a fixture, in order: each begins at the version that the one before leads to.
  package func chain(for fixture: String) -> [Entry] {
    entries.filter { $0.step.fixture == nil || $0.step.fixture == fixture }
  }

  /// The step of an id.
  package subscript(id: String) -> Entry? { entries.first { $0.step.id == id } }

  private static func inOrder(_ steps: [any MigrationStep]) -> [any MigrationStep] {
    steps.sorted { ($0.from, $0.fixture ?? "", $0.id) < ($1.from, $1.fixture ?? "", $1.id) }
  }

  private static func check(_ step: any MigrationStep) throws(RegistryError) {
    let allowed = step.id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard allowed, !step.id.isEmpty, step.id.utf8.count <= 100 else {
      throw RegistryError(
        "the step at \(step.location) has the id '\(step.id)'", hint: "use up to 100 letters, digits, '.', '_' and '-'",
        at: [step.location])
    }
    guard step.from >= 0, step.to > step.from else {
      throw RegistryError(
        "'\(step.id)' at \(step.location) goes from version \(step.from) to \(step.to)",
        hint: "a step leads to a greater version; versions are counted from 1", at: [step.location])
    }
  }

  private static func twice(_ step: any MigrationStep, _ other: any MigrationStep) -> RegistryError {
    RegistryError(
      "two steps have the id '\(step.id)': one at \(other.location), one at \(step.location)",
      hint: "give the one that was never applied anywhere another id", at: [other.location, step.location])
  }

  private static func checkSuperseded(
    _ steps: [any MigrationStep], _ byID: [String: any MigrationStep]
  ) throws(RegistryError) {
    var claimed: [String: any MigrationStep] = [:]
    for step in steps {
      for old in step.supersedes {
        if old != step.id, let standing = byID[old] {
          throw RegistryError(
            "'\(step.id)' at \(step.location) supersedes '\(old)', which is still registered at \(standing.location)",
            hint: "remove the old step: directories that had it are recognised by its id",
            at: [step.location, standing.location])
        }
        if let other = claimed.updateValue(step, forKey: old) {
          throw RegistryError(
            "'\(old)' is superseded twice: by '\(other.id)' at \(other.location) and by '\(step.id)' at \(step.location)",
            hint: "let one of them supersede it", at: [other.location, step.location])
        }
      }
    }
  }

  /// Checks that each step begins where the one before ends.
  private static func checkChain(_ steps: [any MigrationStep]) throws(RegistryError) {
    for (step, next) in zip(steps, steps.dropFirst()) where next.from != step.to {
      let places = [step.location, next.location]
      if next.from == step.from {
        throw RegistryError(
          "two steps begin at version \(step.from): '\(step.id)' at \(step.location) and '\(next.id)' at \(next.location)",
          hint: "let one follow the other: 'from: \(step.to)' for the one that was added last", at: places)
      }
      let what = next.from > step.to ? "a gap" : "an overlap"
      throw RegistryError(
        "there is \(what) between '\(step.id)' at \(step.location), which leads to version \(step.to), and "
          + "'\(next.id)' at \(next.location), which begins at version \(next.from)",
        hint: "each step begins at the version that the one before leads to", at: places)
    }
  }
}
