import Documents
import KumoState
@testable import Specs
import SystemPackage

/// Reads a document given as text and resolves it.
func resolve(_ text: String, in directory: FilePath = ".") throws -> ResolvedFixture {
  try SpecDocument.parse(Array(text.utf8), name: "test.yaml").resolve(in: directory)
}

/// The problems of a document, as they are shown: of reading it, of resolving it, or of its streams.
func problems(_ text: String, in directory: FilePath = ".") -> [String] {
  do {
    let fixture = try resolve(text, in: directory)
    for bucket in fixture.buckets { try bucket.forEachObject { _ in } }
    for table in fixture.tables { try table.forEachItem { _ in } }
    for queue in fixture.queues { try queue.forEachMessage { _ in } }
    return []
  } catch let error as SpecError {
    return error.problems.map(\.description)
  } catch {
    return ["\(error)"]
  }
}

/// A document with one table `t` (hash key `id`) whose items are given, indented by 8.
func table(_ items: String, key: String = "{hash: id}", head: String = "") -> String {
  """
  fixture: test
  version: 1
  \(head)
  dynamodb:
    tables:
      - name: t-1
        key: \(key)
        items:
  \(items.split(separator: "\n", omittingEmptySubsequences: false).map { "        " + $0 }.joined(separator: "\n"))
  """
}

extension ResolvedFixture {
  /// All items of the first table, as maps of text.
  func items() throws -> [[String: AttributeValue]] {
    var result: [[String: AttributeValue]] = []
    try tables[0].forEachItem { item in
      result.append(
        Dictionary(uniqueKeysWithValues: item.attributes.map { (String(decoding: $0.name, as: UTF8.self), $0.value) }))
    }
    return result
  }

  /// Everything that the streams give, as text, by resource: to compare what two specs make.
  func contents() throws -> [String: [String]] {
    var result: [String: [String]] = [:]
    for bucket in buckets {
      try bucket.forEachObject { result["s3 \(bucket.name)", default: []].append("\(Show($0))") }
    }
    for table in tables {
      try table.forEachItem { result["dynamodb \(table.name)", default: []].append("\($0.attributes)") }
    }
    for queue in queues {
      try queue.forEachMessage { message in
        result["sqs \(queue.name)", default: []].append(
          "\(message.id) \(message.body) \(message.attributes) \(message.sent) \(String(describing: message.group))")
      }
    }
    for secret in secrets {
      result["secret \(secret.name)"] = [secret.arnSuffix] + secret.versions.map { "\($0.id) \($0.value)" }
    }
    return result
  }
}

/// An object as text, seeded bodies by their bytes.
private struct Show: CustomStringConvertible {
  let description: String

  init(_ object: ResolvedObject) {
    var text = String(decoding: object.key, as: UTF8.self)
    for version in object.versions {
      text += " \(version.lastModified)"
      switch version.content?.body {
      case .seeded(let count, let stream)?: text += " \(stream.bytes(count: count))"
      case .bytes(let bytes)?: text += " \(bytes)"
      case .file(_, let size, let digest)?: text += " \(size) \(digest)"
      case nil: text += " deleted"
      }
    }
    description = text
  }
}

extension AttributeValue {
  /// The text of an S or N.
  var text: String {
    switch self {
    case .s(let text): "S:" + String(decoding: text, as: UTF8.self)
    case .n(let text): "N:" + String(decoding: text, as: UTF8.self)
    case .bool(let value): "BOOL:\(value)"
    case .null: "NULL"
    default: "\(self)"
    }
  }
}
