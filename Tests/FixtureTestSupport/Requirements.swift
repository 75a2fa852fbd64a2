import Testing

extension Trait where Self == ConditionTrait {
  /// Skips a test, and says so, on a machine that has not all of these programs.
  package static func needs(_ programs: String...) -> Self {
    let missing = programs.filter { Program(named: $0) == nil }
    return .enabled(if: missing.isEmpty, "NOT TRIED, because this is not installed: \(missing.joined(separator: ", "))")
  }
}
