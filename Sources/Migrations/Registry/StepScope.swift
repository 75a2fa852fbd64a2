/// What a step declares to touch. After the step everything outside must be the same, byte for byte, or the step is
/// refused.
///
/// ```swift
/// let scope: StepScope = .tables("customers") + .queues("customer-changes")
/// ```
/// A step that renames something names both: `.tables("old", "new")`.
public struct StepScope: Sendable, Equatable {
  /// What of one service's file may change.
  public enum Part: Sendable, Equatable {
    /// All of it; with `s3`, the bodies in `s3-objects/` too.
    case whole
    /// The entries of these names (as UTF-8): buckets, tables or queues.
    case entries(Set<[UInt8]>)
  }

  /// True for a step that may touch every service.
  public let isEverything: Bool
  /// By the name of the service's file without `.json` (`s3`, `dynamodb`, `sqs`, `sns`, …); not asked when
  /// `isEverything`.
  public let parts: [String: Part]

  private init(isEverything: Bool, parts: [String: Part]) {
    self.isEverything = isEverything
    self.parts = parts
  }

  /// Every file of every service.
  public static let everything = StepScope(isEverything: true, parts: [:])
  /// No data at all: a step that only records that something happened elsewhere.
  public static let nothing = StepScope(isEverything: false, parts: [:])

  /// These buckets: their entries in `s3.json`, and bodies in `s3-objects/`.
  public static func buckets(_ names: String...) -> StepScope { entries(of: "s3", names) }

  /// These tables: their entries in `dynamodb.json`, with description, items and tags.
  public static func tables(_ names: String...) -> StepScope { entries(of: "dynamodb", names) }

  /// These queues: their entries in `sqs.json`, with attributes and messages.
  public static func queues(_ names: String...) -> StepScope { entries(of: "sqs", names) }

  /// Entries by name: of `s3` (buckets), `dynamodb` (tables) or `sqs` (queues).
  public static func entries(of service: String, _ names: [String]) -> StepScope {
    StepScope(isEverything: false, parts: [service: .entries(Set(names.map { Array($0.utf8) }))])
  }

  /// The whole file of a service, by the name of its file without `.json`.
  public static func service(_ name: String) -> StepScope {
    StepScope(isEverything: false, parts: [name: .whole])
  }

  /// Both.
  public static func + (left: StepScope, right: StepScope) -> StepScope {
    if left.isEverything || right.isEverything { return .everything }
    let parts = left.parts.merging(right.parts) { first, second in
      guard case .entries(let some) = first, case .entries(let more) = second else { return .whole }
      return .entries(some.union(more))
    }
    return StepScope(isEverything: false, parts: parts)
  }

  /// What of a service may change; nil for nothing.
  public func part(of service: String) -> Part? {
    isEverything ? .whole : parts[service]
  }

  /// Whether an entry (a bucket, a table, a queue) of a service may change.
  package func includes(_ name: [UInt8], of service: String) -> Bool {
    switch part(of: service) {
    case nil: false
    case .whole: true
    case .entries(let names): names.contains(name)
    }
  }
}
