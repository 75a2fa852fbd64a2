import JSONBytes
import KumoState

/// Finds the attributes in which two items differ. Values are never shown: an item can hold anything (kumo-format.md
/// 5).
struct AttributeComparison {
  private(set) var fields: [FieldChange] = []
  private(set) var omitted = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Compares two items, or the content of two `M` values.
  mutating func compareItems(_ a: JSONNode, _ b: JSONNode, at path: FieldPath = FieldPath()) {
    var names: [[UInt8]] = []
    var (left, right): ([[UInt8]: JSONNode], [[UInt8]: JSONNode]) = ([:], [:])
    for (key, value) in a.members {
      let name = key.string() ?? []
      if left.updateValue(value, forKey: name) == nil { names.append(name) }
    }
    for (key, value) in b.members {
      let name = key.string() ?? []
      if right.updateValue(value, forKey: name) == nil, left[name] == nil { names.append(name) }
    }
    for name in names { compare(left[name], right[name], at: path.key(name, isSecret: false)) }
  }

  private mutating func compare(_ a: JSONNode?, _ b: JSONNode?, at path: FieldPath) {
    if let a, let b {
      guard bytes(of: a) != bytes(of: b) else { return }
      let (left, right) = (value(of: a), value(of: b))
      if left?.type == right?.type, let left, let right {
        if left.type == .map, left.content.isObject, right.content.isObject {
          return compareItems(left.content, right.content, at: path)
        }
        if left.type == .list, left.content.isArray, right.content.isArray {
          return compareLists(left.content, right.content, at: path)
        }
      }
    }
    guard fields.count < limit else {
      omitted += 1
      return
    }
    fields.append(FieldChange(path: path.text, before: a.map(show), after: b.map(show)))
  }

  private mutating func compareLists(_ a: JSONNode, _ b: JSONNode, at path: FieldPath) {
    let (left, right) = (Array(a.elements), Array(b.elements))
    for index in 0..<max(left.count, right.count) {
      compare(
        index < left.count ? left[index] : nil, index < right.count ? right[index] : nil, at: path.index(index))
    }
  }

  private func bytes(of node: JSONNode) -> [UInt8] {
    var bytes = CanonicalBytes()
    bytes.append(attribute: node)
    return bytes.bytes
  }

  private func value(of node: JSONNode) -> (type: AttributeType, content: JSONNode)? {
    for (key, content) in node.members where !content.isNull {
      if let type = AttributeType(key: key) { return (type, content) }
    }
    return nil
  }

  private func show(_ node: JSONNode) -> ShownValue {
    guard let (type, content) = value(of: node) else { return .text("no type") }
    switch type {
    case .string, .number: return .hidden(type: type.name, length: content.string()?.count ?? 0)
    case .binary:
      let text = content.string() ?? []
      return .hidden(type: type.name, length: (try? Base64Decoder.decode(text).count) ?? text.count)
    case .bool: return .text(content.bool() == true ? "true" : "false")
    case .null: return .text("NULL")
    default: return .container(type: type.name, count: content.count)
    }
  }
}
