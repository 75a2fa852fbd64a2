import Documents
import KumoState
import SystemPackage

/// A step that a YAML or JSON document describes (docs/steps.md).
public struct DocumentStep: MigrationStep {
  /// From the document.
  public let id: String
  /// From the document.
  public let from: Int
  /// From the document.
  public let to: Int
  /// From the document.
  public let title: String
  /// From the document; nil for every fixture.
  public let fixture: String?
  /// From the document.
  public let supersedes: [String]
  /// The document.
  public let location: StepLocation
  /// The text of the document without the lines of `id`, `from`, `to` and `title`, then a line with the digest of
  /// each file that the step's programs are made of.
  public let definition: [UInt8]
  private let up: [StepOperation]
  /// Nil when the document has none.
  private let down: [StepOperation]?

  init(_ content: StepReader.Content, location: StepLocation, definition: [UInt8]) {
    id = content.id
    from = content.from
    to = content.to
    title = content.title
    fixture = content.fixture
    supersedes = content.supersedes
    self.location = location
    self.definition = definition
    up = Self.describing(content.up, content, isUp: true)
    down = content.down.map { Self.describing($0, content, isUp: false) }
  }

  /// `.exec` when a program takes part.
  public var kind: StepKind {
    (up + (down ?? [])).contains { operation in
      if case .exec = operation.action { return true }
      return false
    } ? .exec : .declarative
  }

  /// What the operations may touch.
  public var scope: StepScope {
    (up + (down ?? [])).reduce(.nothing) { $0 + $1.scope }
  }

  /// Whether the document has a `down`, or every operation of `up` can be turned round.
  public var isReversible: Bool { down != nil || firstLoss == nil }

  /// Names the operation that loses something, and how.
  public var irreversibility: String {
    guard let loss = firstLoss else { return "" }
    return "\(loss.name) at \(loss.location) does not turn round by itself (\(loss.loss)), and there is no down:"
  }

  /// The operation that keeps the step from being taken back; nil when it can be.
  var firstLoss: StepOperation? {
    down == nil ? up.first { $0.inverse == nil } : nil
  }

  /// Runs `up`.
  public func apply(to view: DirectoryView) throws {
    try OperationRunner(view: view).run(up)
  }

  /// Runs `down`, or the operations of `up` turned round, last one first.
  public func revert(in view: DirectoryView) throws {
    if let down { return try OperationRunner(view: view).run(down) }
    guard isReversible else {
      throw StepError(
        "'\(id)' cannot be taken back: \(irreversibility)",
        hint: "write what takes the step back under down:, or restore the snapshot instead")
    }
    try OperationRunner(view: view).run(up.reversed().compactMap(\.inverse))
  }

  /// Tells programs which step they work for.
  private static func describing(
    _ operations: [StepOperation], _ content: StepReader.Content, isUp: Bool
  ) -> [StepOperation] {
    operations.map { operation in
      guard case .exec(var exec) = operation.action else { return operation }
      exec.described = [
        "STEP": content.id, "FROM": String(isUp ? content.from : content.to),
        "TO": String(isUp ? content.to : content.from), "DIRECTION": isUp ? "up" : "down",
      ]
      switch exec.records {
      case .items(let table): exec.described["TABLE"] = table
      case .messages(let queue): exec.described["QUEUE"] = queue
      case .objects(let bucket, let prefix):
        exec.described["BUCKET"] = bucket
        exec.described["PREFIX"] = prefix
      }
      return StepOperation(name: operation.name, location: operation.location, action: .exec(exec))
    }
  }
}
