import Files
import JSONBytes
import KumoState

/// Checks the attribute values of items at every depth (kumo-format.md 3.3).
///
/// Values can be nested thousands of levels deep: the walk keeps its own stack instead of calling itself.
struct DynamoDBValueChecker {
  /// A map or list that is being walked.
  private enum Level {
    case members(JSONNode.Members)
    case elements(JSONNode.Elements)
  }

  private var levels: [Level] = []

  /// Checks every attribute of an item.
  mutating func check(item: JSONNode, in reader: DynamoDBReader, into findings: inout FindingCollector) {
    guard item.isObject else { return }
    levels.removeAll(keepingCapacity: true)
    for (_, value) in item.members {
      check(value, isNested: false, item: item, in: reader, into: &findings)
      while let value = nextNested() {
        check(value, isNested: true, item: item, in: reader, into: &findings)
      }
    }
  }

  private mutating func nextNested() -> JSONNode? {
    while let level = levels.popLast() {
      switch level {
      case .members(var members):
        guard let (_, value) = members.next() else { continue }
        levels.append(.members(members))
        return value
      case .elements(var elements):
        guard let value = elements.next() else { continue }
        levels.append(.elements(elements))
        return value
      }
    }
    return nil
  }

  /// Checks one value, and puts what is inside it on the stack.
  private mutating func check(
    _ value: JSONNode, isNested: Bool, item: JSONNode, in reader: DynamoDBReader,
    into findings: inout FindingCollector
  ) {
    guard value.isObject else {
      guard value.isNull else { return }
      if isNested {
        report(.dynamoDBNullAttribute, value, "a map or list holds null where a value belongs", item, reader, &findings)
      } else {
        report(.dynamoDBAttributeType, value, "the attribute is null: it has no type", item, reader, &findings)
      }
      return
    }
    var first: AttributeType?
    var second: AttributeType?
    // A member that is null is one that KUMO does not set.
    for (key, content) in value.members where !content.isNull {
      guard let type = AttributeType(key: key) else { continue }
      if first == nil { first = type } else { second = type }
      checkNumbers(type, content, item, reader, &findings)
      if type == .map, content.isObject {
        levels.append(.members(content.members))
      } else if type == .list, content.isArray {
        levels.append(.elements(content.elements))
      }
    }
    if let first, let second {
      let what = "the value has two types, \(first.name) and \(second.name)"
      report(.dynamoDBAttributeType, value, what, item, reader, &findings)
    } else if first == nil {
      report(.dynamoDBAttributeType, value, "the value has no type", item, reader, &findings)
    }
  }

  /// Reports text that is no number where a number or a set of them is.
  private func checkNumbers(
    _ type: AttributeType, _ content: JSONNode, _ item: JSONNode, _ reader: DynamoDBReader,
    _ findings: inout FindingCollector
  ) {
    guard type == .number || type == .numberSet else { return }
    for text in type == .number ? [content] : Array(content.elements) {
      guard let bytes = text.string(), !NumberForm.isNumber(bytes) else { continue }
      report(.dynamoDBNumber, text, "the text is no number that DynamoDB takes", item, reader, &findings)
    }
  }

  private func report(
    _ rule: Rule, _ value: JSONNode, _ what: String, _ item: JSONNode, _ reader: DynamoDBReader,
    _ findings: inout FindingCollector
  ) {
    findings.add(
      rule, at: value.offset, pointer: reader.pointer.appending(item.pointer(toOffset: value.offset)), what)
  }
}
