import Files
import JSONBytes
import KumoState

extension DirectoryView {
  /// Renames a bucket: its map key and `name` change, and, unless told otherwise, its ARN in other services and the
  /// target of other buckets' logging.
  ///
  /// - Throws: `StepError` when there is no such bucket or the new name is taken.
  public func renameBucket(_ name: String, to newName: String, references: ReferencePolicy = .rewrite) throws {
    let old = Array(name.utf8)
    let new = Array(newName.utf8)
    let names = try bucketNames()
    guard names.contains(old) else { throw Self.absent("bucket", old, among: names) }
    guard !names.contains(new) else {
      throw StepError(
        "there is a bucket '\(Printable.text(new))' already, so '\(Printable.text(old))' cannot be called so")
    }
    var visitor = BucketNameVisitor(old: old, new: new, policy: references)
    try rewrite(Self.bucketsFile) { source, target in
      try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
    }
    touched.merge("s3", visitor.changed.union([old, new]))
    let arn = Array("arn:aws:s3:::".utf8)
    try rewriteReferences([Reference(from: arn + old, to: arn + new, isPrefix: true)], references)
  }

  /// Gives all objects of a bucket whose keys begin with a prefix another one, with all their versions and delete
  /// markers.
  ///
  /// - Parameter merging: whether keys may begin with the new prefix already. Without it the change can be taken back
  ///   exactly.
  /// - Throws: `StepError` when there is no such bucket, the new prefix is in use, or two objects would have one key.
  public func renamePrefix(in bucket: String, from prefix: String, to newPrefix: String, merging: Bool = false) throws {
    let names = try bucketNames()
    let wanted = Array(bucket.utf8)
    guard names.contains(wanted) else { throw Self.absent("bucket", wanted, among: names) }
    var visitor = PrefixVisitor(
      bucket: wanted, old: Array(prefix.utf8), new: Array(newPrefix.utf8), isMerging: merging, view: self)
    try rewrite(Self.bucketsFile, check: { try ObjectKeyCheck.run($0) }) { source, target in
      try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
    }
    touched.merge("s3", [wanted])
  }

  /// Moves objects whose keys begin with a prefix to another bucket, giving them another prefix. Neither bucket may
  /// ever have been versioned: version ids are counted by bucket.
  ///
  /// Memory: about 500 bytes for each object that moves.
  ///
  /// - Parameter merging: whether keys of the other bucket may begin with the new prefix already.
  /// - Throws: `StepError` when a bucket is not there or versioned, the new prefix is in use, or two objects would
  ///   have one key.
  public func moveObjects(
    from bucket: String, prefix: String, to target: String, newPrefix: String, merging: Bool = false
  ) throws {
    guard bucket != target else { return try renamePrefix(in: bucket, from: prefix, to: newPrefix, merging: merging) }
    let names = try bucketNames()
    for name in [bucket, target] where !names.contains(Array(name.utf8)) {
      throw Self.absent("bucket", Array(name.utf8), among: names)
    }
    var visitor = MoveVisitor(
      source: Array(bucket.utf8), target: Array(target.utf8), old: Array(prefix.utf8), new: Array(newPrefix.utf8),
      isMerging: merging, view: self)
    // The first pass finds what moves, for the case that the target stands before the source; what it writes is
    // thrown away.
    try rewrite(Self.bucketsFile) { source, target in
      _ = try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
      return RewriteOutcome()
    }
    try visitor.finishLooking()
    try rewrite(Self.bucketsFile, check: { try ObjectKeyCheck.run($0) }) { source, target in
      try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
    }
    touched.merge("s3", [Array(bucket.utf8), Array(target.utf8)])
  }
}

/// Renames one bucket.
private struct BucketNameVisitor: S3Rewriter.Visitor {
  let old: [UInt8]
  let new: [UInt8]
  let policy: ReferencePolicy
  var changed: Set<[UInt8]> = []

  mutating func bucket(_ name: [UInt8]) throws -> RewriteVerdict {
    name == old ? .replace(key: new, value: nil) : .keep
  }

  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict {
    let folded = GoText.foldedKey(name)
    if folded == Array("name".utf8), bucket == old { return .replace(key: nil, value: JSONText.string(new)) }
    guard policy == .rewrite, folded == Array("logging".utf8), value.text("targetBucket") == old else { return .keep }
    var edit = ObjectEdit()
    edit.set(value.actualName(of: "targetBucket"), to: JSONText.string(new))
    changed.insert(bucket)
    return .replace(key: nil, value: edit.apply(to: value))
  }
}

/// The error of a prefix that keys have already.
private func prefixInUse(_ prefix: [UInt8], in bucket: [UInt8], key: [UInt8]) -> StepError {
  StepError(
    "the bucket '\(Printable.text(bucket))' has objects under '\(Printable.text(prefix))' already, such as "
      + "'\(Printable.text(key))'",
    hint: "say into-existing: true if they may mix; the step can then not be taken back by itself")
}

/// Gives keys another prefix, wherever they stand in a bucket.
private struct PrefixVisitor: S3Rewriter.Visitor {
  let bucket: [UInt8]
  let old: [UInt8]
  let new: [UInt8]
  let isMerging: Bool
  let view: DirectoryView

  private func renamed(_ key: [UInt8], in found: [UInt8]) throws(StepError) -> [UInt8]? {
    guard found == bucket, old != new else { return nil }
    if key.starts(with: old) { return new + key.dropFirst(old.count) }
    guard isMerging || !key.starts(with: new) else { throw prefixInUse(new, in: bucket, key: key) }
    return nil
  }

  mutating func object(_ entry: S3Entry, in bucket: [UInt8]) throws -> S3Verdict {
    try view.checkpoint()
    guard let key = try renamed(entry.mapKey, in: bucket) else { return .keep }
    var change = S3Change()
    change.key = key
    return .change(change)
  }

  mutating func versionList(of key: [UInt8], in bucket: [UInt8]) throws -> [UInt8]? {
    try renamed(key, in: bucket)
  }

  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict {
    guard bucket == self.bucket, KeyedSettings.contains(name) else { return .keep }
    var edit = ObjectEdit()
    for (key, _) in value.members {
      guard let key = key.string(), let new = try renamed(key, in: bucket) else { continue }
      edit.rename(key, to: new)
    }
    return edit.isEmpty ? .keep : .replace(key: nil, value: edit.apply(to: value))
  }
}

/// Moves objects from one bucket to another.
private struct MoveVisitor: S3Rewriter.Visitor {
  let source: [UInt8]
  let target: [UInt8]
  let old: [UInt8]
  let new: [UInt8]
  let isMerging: Bool
  let view: DirectoryView
  private var isLooking = true
  private var moved: [S3Addition] = []
  private var problem: StepError?

  init(source: [UInt8], target: [UInt8], old: [UInt8], new: [UInt8], isMerging: Bool, view: DirectoryView) {
    self.source = source
    self.target = target
    self.old = old
    self.new = new
    self.isMerging = isMerging
    self.view = view
  }

  /// Ends the first pass.
  mutating func finishLooking() throws(StepError) {
    if let problem { throw problem }
    moved.sort { $0.key.lexicographicallyPrecedes($1.key) }
    isLooking = false
  }

  mutating func object(_ entry: S3Entry, in bucket: [UInt8]) throws -> S3Verdict {
    try view.checkpoint()
    if bucket == target, !isMerging, entry.mapKey.starts(with: new) {
      throw prefixInUse(new, in: target, key: entry.mapKey)
    }
    guard bucket == source, entry.mapKey.starts(with: old) else { return .keep }
    guard isLooking else { return .remove }
    let key = new + entry.mapKey.dropFirst(old.count)
    var change = S3Change()
    change.key = key
    moved.append(S3Addition(key: key, content: .copy(entry, change)))
    return .keep
  }

  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) throws -> RewriteVerdict {
    guard bucket == source || bucket == target else { return .keep }
    if GoText.foldedKey(name) == Array("versioningstatus".utf8), value.string()?.isEmpty == false { refuse(bucket) }
    if !isLooking, bucket == source, KeyedSettings.contains(name) {
      var edit = ObjectEdit()
      for (key, _) in value.members {
        if let key = key.string(), key.starts(with: old) { edit.remove(key) }
      }
      if edit.isEmpty { return .keep }
      view.note(
        "\(Printable.text(name)) of objects that moved from '\(Printable.text(source))' are left out: they do not move")
      return .replace(key: nil, value: edit.apply(to: value))
    }
    return .keep
  }

  mutating func versionList(of key: [UInt8], in bucket: [UInt8]) throws -> [UInt8]? {
    if bucket == source, key.starts(with: old) { refuse(bucket) }
    return nil
  }

  mutating func additions(to bucket: [UInt8]) throws -> [S3Addition] {
    isLooking || bucket != target ? [] : moved
  }

  private mutating func refuse(_ bucket: [UInt8]) {
    problem = StepError(
      "objects cannot be moved from or to '\(Printable.text(bucket))', which is or was versioned: version ids are counted by "
        + "bucket", hint: "rename the prefix inside the bucket, or rename the bucket")
  }
}
