import Files
import JSONBytes
import KumoState
import Runs

/// Writes copies of the services' files without what belongs to a namespace.
struct NamespaceRemoval {
  let members: NamespaceMembers
  let survey: NamespaceSurvey

  /// Writes `s3.json`.
  ///
  /// - Returns: the blobs that nothing refers to any more.
  func s3(_ source: ReadableFile, to target: WritableFile) throws -> Set<[UInt8]> {
    var visitor = ObjectRemoval(members: members, unused: survey.blobs)
    _ = try S3Rewriter.rewrite(source: source, target: target, visitor: &visitor)
    return visitor.unused
  }

  /// Writes `dynamodb.json`.
  func dynamoDB(_ source: ReadableFile, to target: WritableFile) throws {
    _ = try DynamoDBRewriter.rewrite(source: source, target: target) { table, record in
      switch record {
      case .table(let name): return members.owns(container: name) ? .remove : .keep
      case .item(let item, _): return survey.owns(item, of: table, members) ? .remove : .keep
      case .tags(_, let arn):
        // arn:aws:dynamodb:<region>:<account>:table/<name>
        guard let slash = arn.lastIndex(of: UInt8(ascii: "/")) else { return .keep }
        return members.owns(container: arn[(slash + 1)...]) ? .remove : .keep
      case .description, .endOfItems, .endOfTables: return .keep
      }
    }
  }

  /// Writes `sqs.json`. A queue that others need as their dead-letter queue stays, empty.
  func sqs(_ source: ReadableFile, to target: WritableFile) throws {
    _ = try SQSRewriter.rewrite(source: source, target: target) { url, record in
      switch record {
      case .queue(let url):
        let name = NamespaceSurvey.name(ofQueue: url)
        return members.owns(queue: name) && survey.neededQueues[name] == nil ? .remove : .keep
      case .message(let message, _):
        let isOwn = members.owns(queue: NamespaceSurvey.name(ofQueue: url)) || members.owns(message: message)
        return isOwn ? .remove : .keep
      default: return .keep
      }
    }
  }
}

/// Takes buckets, objects and what is kept by object key out of `s3.json`.
private struct ObjectRemoval: S3Rewriter.Visitor {
  let members: NamespaceMembers
  /// Blobs of what goes that nothing which stays refers to, so far.
  var unused: Set<[UInt8]>

  mutating func bucket(_ name: [UInt8]) -> RewriteVerdict { members.owns(container: name) ? .remove : .keep }

  /// `objectAcls` and `objectRestores` are maps by object key (kumo-format.md 2.1).
  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) -> RewriteVerdict {
    guard value.isObject, name.elementsEqual("objectAcls".utf8) || name.elementsEqual("objectRestores".utf8) else {
      return .keep
    }
    var edit = ObjectEdit()
    for (key, _) in value.members {
      guard let key = key.string(), members.owns(objectKey: key) else { continue }
      edit.remove(key)
    }
    return edit.isEmpty ? .keep : .replace(key: nil, value: edit.apply(to: value))
  }

  mutating func object(_ entry: S3Entry, in bucket: [UInt8]) -> S3Verdict { verdict(entry) }

  mutating func version(_ entry: S3Entry, index: Int, in bucket: [UInt8]) -> S3Verdict { verdict(entry) }

  private mutating func verdict(_ entry: S3Entry) -> S3Verdict {
    if members.owns(objectKey: entry.mapKey) { return .remove }
    if !entry.bodyRef.isEmpty { unused.remove(entry.bodyRef) }
    return .keep
  }

  mutating func versionList(of key: [UInt8], in bucket: [UInt8]) -> [UInt8]? { nil }
  mutating func additions(to bucket: [UInt8]) -> [S3Addition] { [] }
  mutating func newBuckets() -> [RewriteEntry] { [] }
}
