import Documents
import KumoState

extension StepReader {
  /// A value: plain scalars, lists and maps become S, N, BOOL, NULL, L and M; `{$N: "1.50"}` names a type. Texts may hold
  /// `${attribute}`; `$$` is one dollar.
  func value(_ node: DocumentNode, _ path: String) -> ValueTemplate? {
    switch node.kind {
    case .null: return ValueTemplate(.null)
    case .bool(let value): return ValueTemplate(.bool(value))
    case .number(let text): return number(text, node, path)
    case .string(let text): return template(text, node, path, isNumber: false)
    case .list(let elements):
      let values = elements.enumerated().compactMap { value($0.element, "\(path)[\($0.offset)]") }
      return values.count == elements.count ? compact(.list(values)) : nil
    case .map(let members):
      if let first = members.first, first.key.first == UInt8(ascii: "$"), members.count == 1 {
        return typed(first, path)
      }
      return map(members, path)
    }
  }

  private func map(_ members: [DocumentNode.Member], _ path: String) -> ValueTemplate? {
    var values: [ValueTemplate.Member] = []
    for member in members {
      guard let value = value(member.value, "\(path).\(member.keyText)") else { return nil }
      values.append(ValueTemplate.Member(name: member.key, value: value))
    }
    values.sort { $0.name.lexicographicallyPrecedes($1.name) }
    return compact(.map(values))
  }

  /// One value in memory where nothing in it is made of attributes.
  private func compact(_ template: ValueTemplate) -> ValueTemplate {
    template.constant.map { ValueTemplate($0) } ?? template
  }

  private func typed(_ member: DocumentNode.Member, _ path: String) -> ValueTemplate? {
    let path = "\(path).\(member.keyText)"
    let name = String(member.keyText.dropFirst())
    guard let type = AttributeType.allCases.first(where: { $0.name == name }) else {
      document.report(
        member.location, path, "unknown type '\(DocumentNode.excerpt(member.key))'",
        hint: "known: " + AttributeType.allCases.map { "$\($0.name)" }.joined(separator: ", "))
      return nil
    }
    switch type {
    case .string: return texts(member.value, path).map { template($0, member.value, path, isNumber: false) } ?? nil
    case .number: return texts(member.value, path).map { template($0, member.value, path, isNumber: true) } ?? nil
    case .binary: return binary(member.value, path).map { ValueTemplate(.b($0)) }
    case .stringSet:
      return set(member.value, path) { texts($0, $1) }.map { ValueTemplate(.ss($0)) }
    case .numberSet:
      return set(member.value, path) { node, path in
        guard let text = texts(node, path), check(number: text, node, path) else { return nil }
        return text
      }.map { ValueTemplate(.ns($0)) }
    case .binarySet: return set(member.value, path) { binary($0, $1) }.map { ValueTemplate(.bs($0)) }
    case .map:
      guard case .map(let members) = member.value.kind else { return wrong("a map", member.value, path) }
      return map(members, path)
    case .list:
      guard case .list = member.value.kind else { return wrong("a list", member.value, path) }
      return value(member.value, path)
    case .bool:
      return document.bool(member.value, path).map { ValueTemplate(.bool($0)) }
    case .null: return ValueTemplate(.null)
    }
  }

  private func wrong(_ what: String, _ node: DocumentNode, _ path: String) -> ValueTemplate? {
    document.expected(what, node, path)
    return nil
  }

  private func texts(_ node: DocumentNode, _ path: String) -> [UInt8]? { document.text(node, path)?.bytes }

  private func set(
    _ node: DocumentNode, _ path: String, _ read: (DocumentNode, String) -> [UInt8]?
  ) -> [[UInt8]]? {
    guard case .list(let elements) = node.kind else {
      document.expected("a list", node, path)
      return nil
    }
    let values = document.list(node, path, read)
    guard values.count == elements.count else { return nil }
    guard !values.isEmpty, Set(values).count == values.count else {
      document.report(node.location, path, "a set has at least one value, and none twice")
      return nil
    }
    return values
  }

  private func binary(_ node: DocumentNode, _ path: String) -> [UInt8]? {
    guard let text = texts(node, path) else { return nil }
    guard let bytes = try? Base64Decoder.decode(text) else {
      document.expected("base64", node, path)
      return nil
    }
    return bytes
  }

  private func number(_ text: [UInt8], _ node: DocumentNode, _ path: String) -> ValueTemplate? {
    check(number: text, node, path) ? ValueTemplate(.n(text)) : nil
  }

  private func check(number text: [UInt8], _ node: DocumentNode, _ path: String) -> Bool {
    if NumberForm.isNumber(text) { return true }
    document.expected("a number of at most 38 digits", node, path)
    return false
  }

  private func template(_ text: [UInt8], _ node: DocumentNode, _ path: String, isNumber: Bool) -> ValueTemplate? {
    guard let parts = parts(text, node, path) else { return nil }
    if parts.isEmpty { return isNumber ? number([], node, path) : ValueTemplate(.s([])) }
    guard parts.count == 1, case .literal(let text) = parts[0] else { return .text(parts, isNumber: isNumber) }
    return isNumber ? number(text, node, path) : ValueTemplate(.s(text))
  }

  /// Splits a text at its `${…}`.
  private func parts(_ text: [UInt8], _ node: DocumentNode, _ path: String) -> [ValueTemplate.TextPart]? {
    let dollar = UInt8(ascii: "$")
    var parts: [ValueTemplate.TextPart] = []
    var literal: [UInt8] = []
    var index = 0
    while index < text.count {
      let following = index + 1 < text.count ? text[index + 1] : 0
      if text[index] == dollar, following == dollar {
        literal.append(dollar)
        index += 2
      } else if text[index] == dollar, following == UInt8(ascii: "{") {
        guard let end = text[index...].firstIndex(of: UInt8(ascii: "}")), end > index + 2 else {
          document.report(
            node.location, path, "'${' has no attribute and '}' after it",
            hint: "write $${ for the two characters themselves")
          return nil
        }
        if !literal.isEmpty { parts.append(.literal(literal)) }
        literal = []
        parts.append(.attribute(Array(text[(index + 2)..<end])))
        index = end + 1
      } else {
        literal.append(text[index])
        index += 1
      }
    }
    if !literal.isEmpty { parts.append(.literal(literal)) }
    return parts
  }
}
