import Documents
import KumoState

extension DocumentReader {
  /// Text that may hold `${…}`.
  func template(_ node: DocumentNode?, _ path: String) -> SpecText? {
    guard let node else { return nil }
    switch node.kind {
    case .string(let text), .number(let text): return template(text, node.location, path)
    case .bool, .null: expected("text", node, path, hint: "put it into quotes")
    case .list, .map: expected("text", node, path)
    }
    return nil
  }

  /// Reads the `${…}` of a text. `$$` is one dollar; a dollar before anything else is itself.
  func template(_ bytes: [UInt8], _ location: SpecLocation, _ path: String) -> SpecText {
    let dollar = UInt8(ascii: "$")
    var text = SpecText()
    var literal: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let following = index + 1 < bytes.count ? bytes[index + 1] : 0
      if bytes[index] == dollar, following == dollar {
        literal.append(dollar)
        index += 2
      } else if bytes[index] == dollar, following == UInt8(ascii: "{") {
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
          report(location, path, "'${' has no '}'", hint: "write $${ for the two characters themselves")
          return SpecText(bytes: bytes)
        }
        let name = Array(bytes[(index + 2)..<end])
        if let reference = reference(name) {
          text.append(literal: literal)
          literal = []
          text.parts.append(.reference(reference))
        } else {
          report(
            location, path,
            "'${\(DocumentNode.excerpt(name))}' is not a reference; expected ${index}, ${field} or ${set.field}",
            hint: "write $${\(DocumentNode.excerpt(name))} for the characters themselves")
        }
        index = end + 1
      } else {
        literal.append(bytes[index])
        index += 1
      }
    }
    text.append(literal: literal)
    return text
  }

  /// `name.name:05`.
  func reference(_ bytes: [UInt8]) -> SpecReference? {
    let halves = bytes.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    let names = halves[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isName = { (byte: UInt8) in
      byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ")
        || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
    guard names.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isName) }) else { return nil }
    var reference = SpecReference(path: names.map { String(decoding: $0, as: UTF8.self) })
    if halves.count == 2 {
      let format = String(decoding: halves[1], as: UTF8.self)
      guard format.utf8.first == UInt8(ascii: "0"), let width = Int(format), (1...18).contains(width) else {
        return nil
      }
      reference.pad = width
    }
    return reference
  }

  /// A value. One-key maps whose key begins with `$` are generators or, in items, types.
  func value(_ node: DocumentNode, _ path: String) -> SpecValue {
    switch node.kind {
    case .null: return .null
    case .bool(let value): return .bool(value)
    case .number(let text): return .number(String(decoding: text, as: UTF8.self))
    case .string(let text): return .text(template(text, node.location, path))
    case .list(let elements):
      return .list(elements.enumerated().map { value($0.element, "\(path)[\($0.offset)]") })
    case .map(let members):
      if let first = members.first(where: { Self.isDirective($0.key) }) {
        if members.count == 1 { return directive(first, path) }
        report(
          first.location, path, "'\(first.keyText)' stands beside other keys; a generator is a map of its own",
          hint: "write $\(first.keyText) for a key that begins with a dollar")
        return .null
      }
      return .map(members.map { member(name: $0, path) })
    }
  }

  /// Named values: attributes, tags, metadata, settings.
  func members(_ node: DocumentNode?, _ path: String) -> [SpecMember] {
    guard let node else { return [] }
    guard case .map(let members) = node.kind else {
      expected("a map of names and values", node, path)
      return []
    }
    return members.map { member(name: $0, path) }
  }

  private func member(name member: DocumentNode.Member, _ path: String) -> SpecMember {
    // `$$name` is the name `$name`.
    let key = member.key.starts(with: "$$".utf8) ? Array(member.key.dropFirst()) : member.key
    return SpecMember(bytes: key, value(member.value, "\(path).\(member.keyText)"))
  }

  private static func isDirective(_ key: [UInt8]) -> Bool {
    key.count > 1 && key[0] == UInt8(ascii: "$") && key[1] != UInt8(ascii: "$")
  }

  private func directive(_ member: DocumentNode.Member, _ path: String) -> SpecValue {
    let name = String(decoding: member.key.dropFirst(), as: UTF8.self)
    let inner = "\(path).\(member.keyText)"
    if let type = AttributeType(rawValue: name) {
      if type == .map, case .map = member.value.kind { return .typed(type, .map(members(member.value, inner))) }
      let typed = typed(type, member.value, inner)
      // Bytes say themselves that they are a B.
      if type == .binary, case .bytes = typed { return typed }
      return .typed(type, typed)
    }
    switch name {
    case "literal": return Self.literal(member.value)
    case "template": return template(member.value, inner).map { .text($0) } ?? .null
    default: break
    }
    if let generator = Self.generators[name] {
      return generator(self)(member.value, inner).map { .generated($0) } ?? .null
    }
    let known = Self.generators.keys.sorted() + AttributeType.allCases.map(\.rawValue) + ["literal", "template"]
    report(
      member.location, path, "unknown generator '\(DocumentNode.excerpt(member.key))'",
      hint: NearestName.find(name, among: known).map { "did you mean '$\($0)'?" }
        ?? "known: " + known.map { "$" + $0 }.joined(separator: ", "))
    return .null
  }

  /// The value of `{$S: …}` and its like: numbers may be given as text, text as a number.
  private func typed(_ type: AttributeType, _ node: DocumentNode, _ path: String) -> SpecValue {
    switch (type, node.kind) {
    case (.string, .number(let text)): .text(SpecText(bytes: text))
    case (.binary, .string(let text)):
      binary(text, node, path)
    case (.binarySet, .list(let elements)):
      .list(elements.enumerated().map { typed(.binary, $0.element, "\(path)[\($0.offset)]") })
    case (.stringSet, .list(let elements)):
      .list(elements.enumerated().map { typed(.string, $0.element, "\(path)[\($0.offset)]") })
    default: value(node, path)
    }
  }

  /// Base64, checked here if it holds no reference.
  private func binary(_ text: [UInt8], _ node: DocumentNode, _ path: String) -> SpecValue {
    let template = template(text, node.location, path)
    guard let constant = template.constant else { return .text(template) }
    if let bytes = Base64.decode(constant) { return .bytes(bytes) }
    expected("base64 with its padding", node, path)
    return .null
  }

  /// A value in which nothing is a generator or a template.
  private static func literal(_ node: DocumentNode) -> SpecValue {
    switch node.kind {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let text): .number(String(decoding: text, as: UTF8.self))
    case .string(let text): .text(SpecText(bytes: text))
    case .list(let elements): .list(elements.map(literal))
    case .map(let members): .map(members.map { SpecMember(bytes: $0.key, literal($0.value)) })
    }
  }
}
