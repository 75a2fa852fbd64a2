import JSONBytes

/// An object of `fixture.json` whose members are asked for by name, with errors that name them.
struct DocumentNode {
  private let node: JSONNode
  private let name: String

  init(_ node: JSONNode, name: String) {
    self.node = node
    self.name = name
  }

  func text(_ member: StaticString) throws(FixtureTreeError) -> String {
    guard let text = try optionalText(member) else { throw missing(member) }
    return text
  }

  func optionalText(_ member: StaticString) throws(FixtureTreeError) -> String? {
    guard let value = node[member], !value.isNull else { return nil }
    guard let bytes = value.string() else { throw wrong(member, "a string") }
    return String(decoding: bytes, as: UTF8.self)
  }

  func integer(_ member: StaticString) throws(FixtureTreeError) -> Int {
    guard let value = node[member] else { throw missing(member) }
    guard let number = value.int64(), let integer = Int(exactly: number), integer >= 0 else {
      throw wrong(member, "a whole number")
    }
    return integer
  }

  func optionalInteger(_ member: StaticString) throws(FixtureTreeError) -> Int? {
    guard let value = node[member], !value.isNull else { return nil }
    return try integer(member)
  }

  func optionalFlag(_ member: StaticString) throws(FixtureTreeError) -> Bool? {
    guard let value = node[member], !value.isNull else { return nil }
    guard let flag = value.bool() else { throw wrong(member, "true or false") }
    return flag
  }

  func optionalTexts(_ member: StaticString) throws(FixtureTreeError) -> [String]? {
    guard let value = node[member], !value.isNull else { return nil }
    return try texts(member)
  }

  func texts(_ member: StaticString) throws(FixtureTreeError) -> [String] {
    guard let value = node[member] else { throw missing(member) }
    guard value.kind == .array else { throw wrong(member, "a list of strings") }
    var texts: [String] = []
    for element in value.elements {
      guard let bytes = element.string() else { throw wrong(member, "a list of strings") }
      texts.append(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }

  func optionalObject(_ member: StaticString) throws(FixtureTreeError) -> DocumentNode? {
    guard let value = node[member], !value.isNull else { return nil }
    guard value.kind == .object else { throw wrong(member, "an object") }
    return DocumentNode(value, name: "\(name): '\(member)'")
  }

  func objects(_ member: StaticString) throws(FixtureTreeError) -> [DocumentNode] {
    guard let value = node[member] else { throw missing(member) }
    guard value.kind == .array else { throw wrong(member, "a list of objects") }
    var objects: [DocumentNode] = []
    for element in value.elements {
      guard element.kind == .object else { throw wrong(member, "a list of objects") }
      objects.append(DocumentNode(element, name: "\(name): '\(member)'"))
    }
    return objects
  }

  /// The members with other names, their values as they stand in the file.
  func members(besides known: Set<String>) -> [String: [UInt8]] {
    var others: [String: [UInt8]] = [:]
    for (key, value) in node.members {
      let name = String(decoding: key.string() ?? [], as: UTF8.self)
      if !known.contains(name) { others[name] = value.rawBytes }
    }
    return others
  }

  private func missing(_ member: StaticString) -> FixtureTreeError {
    guard node.kind == .object else { return FixtureTreeError(.badDocument, "\(name) is not a JSON object") }
    return FixtureTreeError(.badDocument, "\(name) has no '\(member)'")
  }

  private func wrong(_ member: StaticString, _ expected: String) -> FixtureTreeError {
    FixtureTreeError(.badDocument, "\(name): '\(member)' is not \(expected)")
  }
}
