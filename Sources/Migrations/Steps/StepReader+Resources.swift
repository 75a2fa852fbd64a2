import Documents
import KumoState

extension StepReader {
  // MARK: Tables

  /// `{table: …, from: {hash: id}, to: {hash: tenant, range: {name: id, type: S}}}`.
  func rekeyTable(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    let keys = ["table", "from", "to"]
    guard let fields = document.fields(node, path, known: keys, required: keys),
      let table = name(fields["table"], fields.path("table")), let old = key(fields["from"], fields.path("from")),
      let new = key(fields["to"], fields.path("to"))
    else { return nil }
    return .rekeyTable(table, from: old, to: new)
  }

  private func key(_ node: DocumentNode?, _ path: String) -> [KeyAttribute]? {
    guard let node, let fields = document.fields(node, path, known: ["hash", "range"], required: ["hash"]),
      let hash = keyAttribute(fields["hash"], fields.path("hash"))
    else { return nil }
    guard let range = fields["range"] else { return [hash] }
    return keyAttribute(range, fields.path("range")).map { [hash, $0] }
  }

  /// A name, which is that of a text, or `{name: …, type: S | N | B}`.
  private func keyAttribute(_ node: DocumentNode?, _ path: String) -> KeyAttribute? {
    guard let node else { return nil }
    guard case .map = node.kind else { return name(node, path).map { KeyAttribute($0) } }
    guard let fields = document.fields(node, path, known: ["name", "type"], required: ["name"]),
      let name = name(fields["name"], fields.path("name"))
    else { return nil }
    let type: KeyAttribute.KeyType? = document.choice(fields["type"], fields.path("type"))
    return KeyAttribute(name, type ?? .string)
  }

  // MARK: Queues

  private static let queueKeys = [
    "visibility-timeout", "message-retention-period", "delay-seconds", "max-message-size", "receive-wait-time",
    "content-based-deduplication", "redrive",
  ]

  /// `{queue: …, visibility-timeout: 60, redrive: {from: off, to: {queue: dead, max-receive-count: 5}}}`.
  func changeQueue(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    guard let fields = document.fields(node, path, known: ["queue"] + Self.queueKeys, required: ["queue"]),
      let queue = name(fields["queue"], fields.path("queue"))
    else { return nil }
    var old = QueueChange()
    var new = QueueChange()
    var isExact = true
    for key in Self.queueKeys {
      guard let value = fields[key] else { continue }
      let path = fields.path(key)
      var from: DocumentNode?
      var to: DocumentNode? = value
      if case .map(let members) = value.kind, members.contains(where: { $0.keyText == "to" }) {
        guard let both = document.fields(value, path, known: ["from", "to"], required: ["from", "to"]) else { continue }
        from = both["from"]
        to = both["to"]
      }
      set(key, to, path, &new)
      if let from { set(key, from, "\(path).from", &old) } else { isExact = false }
    }
    guard new != QueueChange() else {
      document.report(
        node.location, path, "there is no attribute to change", hint: "known: " + Self.queueKeys.joined(separator: ", ")
      )
      return nil
    }
    return .changeQueue(queue, to: new, from: old, isExact: isExact)
  }

  private func set(_ key: String, _ node: DocumentNode?, _ path: String, _ change: inout QueueChange) {
    switch key {
    case "visibility-timeout": change.visibilityTimeout = bounded(document.seconds(node, path), 0...43_200, node, path)
    case "message-retention-period":
      change.messageRetentionPeriod = bounded(document.seconds(node, path), 60...1_209_600, node, path)
    case "delay-seconds": change.delaySeconds = bounded(document.seconds(node, path), 0...900, node, path)
    case "max-message-size":
      change.maxMessageSize = bounded(document.size(node, path).map { Int($0) }, 1024...1_048_576, node, path)
    case "receive-wait-time": change.receiveWaitTimeSeconds = bounded(document.seconds(node, path), 0...20, node, path)
    case "content-based-deduplication": change.contentBasedDeduplication = document.bool(node, path)
    default: change.redrive = redrive(node, path)
    }
  }

  private func bounded(_ value: Int?, _ range: ClosedRange<Int>, _ node: DocumentNode?, _ path: String) -> Int? {
    guard let value, let node else { return nil }
    guard range.contains(value) else {
      document.expected("\(range.lowerBound) to \(range.upperBound), as SQS takes it", node, path)
      return nil
    }
    return value
  }

  /// `off`, or `{queue: …, max-receive-count: …}`.
  private func redrive(_ node: DocumentNode?, _ path: String) -> QueueChange.Redrive? {
    guard let node else { return nil }
    if document.plainText(node) == "off" { return .off }
    guard case .map = node.kind else {
      document.expected("off, or {queue: NAME, max-receive-count: N}", node, path)
      return nil
    }
    let keys = ["queue", "max-receive-count"]
    guard let fields = document.fields(node, path, known: keys, required: keys),
      let queue = name(fields["queue"], fields.path("queue")),
      let count = bounded(
        document.integer(fields["max-receive-count"], fields.path("max-receive-count")), 1...1000,
        fields["max-receive-count"], fields.path("max-receive-count"))
    else { return nil }
    return .to(queue: queue, maxReceiveCount: count)
  }

  /// `{queue: …}`.
  func removeMessages(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    guard let fields = document.fields(node, path, known: ["queue"], required: ["queue"]) else { return nil }
    return name(fields["queue"], fields.path("queue")).map { .removeMessages($0) }
  }

  // MARK: Buckets

  /// `{bucket: …, from: …, to: …, into-existing: false}`.
  func renamePrefix(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    let keys = ["bucket", "from", "to"]
    guard let fields = document.fields(node, path, known: keys + ["into-existing"], required: keys),
      let bucket = name(fields["bucket"], fields.path("bucket")),
      let old = document.text(fields["from"], fields.path("from")),
      let new = document.text(fields["to"], fields.path("to"))
    else { return nil }
    let merging = document.bool(fields["into-existing"], fields.path("into-existing")) ?? false
    return .renamePrefix(bucket: bucket, from: old, to: new, merging: merging)
  }

  /// `{bucket: …, prefix: …, to-bucket: …, to-prefix: …, into-existing: false}`; the prefix stays unless another is
  /// given.
  func moveObjects(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    let known = ["bucket", "prefix", "to-bucket", "to-prefix", "into-existing"]
    guard let fields = document.fields(node, path, known: known, required: ["bucket", "to-bucket"]),
      let bucket = name(fields["bucket"], fields.path("bucket")),
      let target = name(fields["to-bucket"], fields.path("to-bucket"))
    else { return nil }
    let prefix = document.text(fields["prefix"], fields.path("prefix")) ?? ""
    let newPrefix = document.text(fields["to-prefix"], fields.path("to-prefix")) ?? prefix
    let merging = document.bool(fields["into-existing"], fields.path("into-existing")) ?? false
    guard bucket != target else {
      document.report(node.location, path, "both buckets are '\(bucket)'", hint: "use rename-prefix inside a bucket")
      return nil
    }
    return .moveObjects(
      StepOperation.MoveObjects(
        bucket: bucket, prefix: prefix, newBucket: target, newPrefix: newPrefix, merging: merging))
  }

  /// `{bucket: …, prefix: …, metadata: {name: text}}`.
  func metadata(_ node: DocumentNode, _ path: String, isReplacing: Bool) -> StepOperation.Action? {
    guard
      let fields = document.fields(
        node, path, known: ["bucket", "prefix", "metadata"], required: ["bucket", "metadata"]),
      let bucket = name(fields["bucket"], fields.path("bucket")), let metadata = fields["metadata"]
    else { return nil }
    let prefix = document.text(fields["prefix"], fields.path("prefix")) ?? ""
    guard case .map(let members) = metadata.kind, !members.isEmpty else {
      document.expected("a map of names and texts", metadata, fields.path("metadata"))
      return nil
    }
    var texts: [NamedText] = []
    for member in members {
      let place = "\(fields.path("metadata")).\(member.keyText)"
      // KUMO keeps names in lower case, without x-amz-meta- (kumo-format.md 2.2).
      guard member.key == GoText.foldedASCII(member.key), !member.keyText.hasPrefix("x-amz-meta-") else {
        document.report(member.location, place, "metadata names are lower case and without x-amz-meta-")
        continue
      }
      if let text = document.text(member.value, place) { texts.append(NamedText(name: member.key, value: text.bytes)) }
    }
    return isReplacing
      ? .setMetadata(bucket: bucket, prefix: prefix, texts) : .addMetadata(bucket: bucket, prefix: prefix, texts)
  }

  /// `{bucket: …, prefix: …, names: […]}`.
  func removeMetadata(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    guard
      let fields = document.fields(node, path, known: ["bucket", "prefix", "names"], required: ["bucket", "names"]),
      let bucket = name(fields["bucket"], fields.path("bucket"))
    else { return nil }
    let names = document.list(fields["names"], fields.path("names")) { name($0, $1)?.bytes }
    let prefix = document.text(fields["prefix"], fields.path("prefix")) ?? ""
    return .removeMetadata(bucket: bucket, prefix: prefix, names)
  }

  /// `{bucket: …, prefix: …}`.
  func removeObjects(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    guard let fields = document.fields(node, path, known: ["bucket", "prefix"], required: ["bucket", "prefix"]),
      let bucket = name(fields["bucket"], fields.path("bucket")),
      let prefix = document.text(fields["prefix"], fields.path("prefix"))
    else { return nil }
    return .removeObjects(bucket: bucket, prefix: prefix)
  }
}
