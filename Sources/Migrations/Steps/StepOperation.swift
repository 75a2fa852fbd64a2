import Documents
import KumoState

/// One entry of `up:` or `down:` in a step document.
struct StepOperation: Sendable {
  /// What it does.
  enum Action: Sendable {
    case items(ItemOperation)
    case renameTable(from: String, to: String, ReferencePolicy)
    case rekeyTable(String, from: [KeyAttribute], to: [KeyAttribute])
    case renameQueue(from: String, to: String, ReferencePolicy)
    case changeQueue(String, to: QueueChange, from: QueueChange, isExact: Bool)
    case removeMessages(String)
    case renameBucket(from: String, to: String, ReferencePolicy)
    case renamePrefix(bucket: String, from: String, to: String, merging: Bool)
    case moveObjects(MoveObjects)
    case addMetadata(bucket: String, prefix: String, [NamedText])
    case setMetadata(bucket: String, prefix: String, [NamedText])
    case removeMetadata(bucket: String, prefix: String, [[UInt8]])
    case removeObjects(bucket: String, prefix: String)
    case exec(ExecOperation)
  }

  /// Objects that move from one bucket to another.
  struct MoveObjects: Sendable, Equatable {
    let bucket: String
    let prefix: String
    let newBucket: String
    let newPrefix: String
    let merging: Bool
  }

  /// The word that stands in the document.
  let name: String
  /// Where it stands.
  let location: DocumentLocation
  let action: Action

  /// What it may touch. Rewriting references may touch the settings of any bucket and the files of the referring
  /// services.
  var scope: StepScope {
    switch action {
    case .items(let operation): .tables(String(decoding: operation.table, as: UTF8.self))
    case .renameTable(let old, let new, let policy): .tables(old, new) + Self.references(policy)
    case .rekeyTable(let table, _, _): .tables(table)
    // Other queues' redrive names the queue.
    case .renameQueue(_, _, let policy): .service("sqs") + Self.references(policy)
    case .changeQueue(let queue, _, _, _), .removeMessages(let queue): .queues(queue)
    case .renameBucket(let old, let new, let policy):
      policy == .rewrite ? .service("s3") + Self.references(policy) : .buckets(old, new)
    case .renamePrefix(let bucket, _, _, _), .addMetadata(let bucket, _, _), .setMetadata(let bucket, _, _),
      .removeMetadata(let bucket, _, _), .removeObjects(let bucket, _):
      .buckets(bucket)
    case .moveObjects(let move): .buckets(move.bucket, move.newBucket)
    case .exec(let operation): operation.scope
    }
  }

  private static func references(_ policy: ReferencePolicy) -> StepScope {
    guard policy == .rewrite else { return .nothing }
    return DirectoryView.referringServices.reduce(.service("s3")) { $0 + .service($1) }
  }

  /// The operation that takes this one back exactly; nil when something is lost or cannot be told any more.
  var inverse: StepOperation? {
    let inverse: Action?
    switch action {
    case .items(let operation): inverse = operation.inverse.map { .items($0) }
    case .renameTable(let old, let new, let policy): inverse = .renameTable(from: new, to: old, policy)
    case .rekeyTable(let table, let old, let new): inverse = .rekeyTable(table, from: new, to: old)
    case .renameQueue(let old, let new, let policy): inverse = .renameQueue(from: new, to: old, policy)
    case .changeQueue(let queue, let new, let old, let isExact):
      inverse = isExact ? .changeQueue(queue, to: old, from: new, isExact: true) : nil
    case .renameBucket(let old, let new, let policy): inverse = .renameBucket(from: new, to: old, policy)
    case .renamePrefix(let bucket, let old, let new, let merging):
      inverse = merging ? nil : .renamePrefix(bucket: bucket, from: new, to: old, merging: false)
    case .moveObjects(let move):
      let back = MoveObjects(
        bucket: move.newBucket, prefix: move.newPrefix, newBucket: move.bucket, newPrefix: move.prefix, merging: false)
      inverse = move.merging ? nil : .moveObjects(back)
    case .addMetadata(let bucket, let prefix, let texts):
      inverse = .removeMetadata(bucket: bucket, prefix: prefix, texts.map(\.name))
    case .setMetadata, .removeMetadata, .removeObjects, .removeMessages, .exec: inverse = nil
    }
    return inverse.map { StepOperation(name: name, location: location, action: $0) }
  }

  /// Why there is no inverse.
  var loss: String {
    switch action {
    case .items(let operation):
      switch operation.action {
      case .remove, .removeItem: "what it removes is gone"
      case .set: "what it replaces is gone"
      case .retype(_, _, _, .keep), .retype(_, _, _, .remove):
        "items that it passes over cannot be told from the others"
      case .add, .rename, .copy, .retype: "its where: looks at the attribute that changes"
      }
    case .changeQueue: "it does not say what the attributes were; write {from: …, to: …}"
    case .renamePrefix, .moveObjects: "with into-existing, moved objects cannot be told from the others"
    case .setMetadata, .removeMetadata: "what it replaces or removes is gone"
    case .removeObjects, .removeMessages: "what it removes is gone"
    case .exec: "what a program does, only a program can take back"
    case .renameTable, .rekeyTable, .renameQueue, .renameBucket, .addMetadata: ""
    }
  }
}
