/// Reads the nodes of a document into the model, collecting everything that is wrong. Each function reports what it
/// does not understand and gives nil or a default, so that one problem never hides another.
package final class DocumentReader {
  /// What was found so far, in the order of the document.
  package var problems: [DocumentProblem] = []

  /// A reader that found nothing yet.
  package init() {}

  /// The members of a map whose keys are known.
  package struct Fields {
    package let path: String
    package let location: DocumentLocation
    fileprivate let members: [DocumentNode.Member]

    /// The value of a key; nil if it is not there or null.
    package subscript(name: String) -> DocumentNode? {
      guard let member = members.first(where: { $0.key == Array(name.utf8) }) else { return nil }
      if case .null = member.value.kind { return nil }
      return member.value
    }

    /// The document path of a key.
    package func path(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
  }

  package func report(_ location: DocumentLocation, _ path: String, _ message: String, hint: String? = nil) {
    problems.append(DocumentProblem(location: location, path: path, message: message, hint: hint))
  }

  package func expected(_ what: String, _ node: DocumentNode, _ path: String, hint: String? = nil) {
    report(node.location, path, "found \(node.words); expected \(what)", hint: hint)
  }

  /// A map with known keys. Unknown keys are reported with the nearest known one; so are required ones that are
  /// missing.
  package func fields(_ node: DocumentNode, _ path: String, known: [String], required: [String] = []) -> Fields? {
    guard case .map(let members) = node.kind else {
      expected("a map with \(known.joined(separator: ", "))", node, path)
      return nil
    }
    for member in members where !known.contains(where: { member.key == Array($0.utf8) }) {
      report(
        member.location, path, "unknown key '\(DocumentNode.excerpt(member.key))'",
        hint: NearestName.hint(for: member.keyText, among: known))
    }
    let fields = Fields(path: path, location: node.location, members: members)
    var complete = true
    for name in required where fields[name] == nil {
      report(node.location, path, "'\(name)' is missing")
      complete = false
    }
    return complete ? fields : nil
  }

  /// Text as it stands; a number keeps its digits.
  package func text(_ node: DocumentNode?, _ path: String) -> String? {
    guard let node else { return nil }
    switch node.kind {
    case .string(let text), .number(let text): return String(decoding: text, as: UTF8.self)
    case .bool, .null: expected("text", node, path, hint: "put it into quotes")
    case .list, .map: expected("text", node, path)
    }
    return nil
  }

  /// A whole number.
  package func integer(_ node: DocumentNode?, _ path: String) -> Int? {
    guard let node else { return nil }
    if case .number(let text) = node.kind, let value = Int(String(decoding: text, as: UTF8.self)) { return value }
    expected("a whole number", node, path)
    return nil
  }

  /// True or false.
  package func bool(_ node: DocumentNode?, _ path: String) -> Bool? {
    guard let node else { return nil }
    if case .bool(let value) = node.kind { return value }
    expected("true or false", node, path)
    return nil
  }

  /// A number of seconds, plain or with a unit: `30`, `90s`, `5m`, `12h`, `4d`.
  package func seconds(_ node: DocumentNode?, _ path: String) -> Int? {
    guard let node else { return nil }
    if let text = plainText(node), let value = DurationText.seconds(text) { return Int(value) }
    expected("a duration such as 30, 90s, 5m, 12h or 4d", node, path)
    return nil
  }

  /// A number of bytes, plain or with a unit: `4096`, `4KiB`, `1MiB`, `2GiB`; `kB`, `MB`, `GB` count in thousands.
  package func size(_ node: DocumentNode?, _ path: String) -> Int64? {
    guard let node else { return nil }
    if let text = plainText(node), let value = ByteSizeText.bytes(text) { return value }
    expected("a number of bytes such as 512, 4KiB or 1MiB", node, path)
    return nil
  }

  /// One of a few words.
  package func choice<Value: RawRepresentable & CaseIterable>(_ node: DocumentNode?, _ path: String) -> Value?
  where Value.RawValue == String {
    guard let node else { return nil }
    if let text = plainText(node) {
      if let value = Value(rawValue: text) { return value }
      report(
        node.location, path, "found \(node.words); expected \(Value.allCases.map(\.rawValue).joined(separator: ", "))",
        hint: NearestName.find(text, among: Value.allCases.map(\.rawValue)).map { "did you mean '\($0)'?" })
    } else {
      expected(Value.allCases.map(\.rawValue).joined(separator: ", "), node, path)
    }
    return nil
  }

  /// A list, each element read with its path.
  package func list<Element>(_ node: DocumentNode?, _ path: String, _ read: (DocumentNode, String) -> Element?)
    -> [Element]
  {
    guard let node else { return [] }
    guard case .list(let elements) = node.kind else {
      expected("a list", node, path)
      return []
    }
    return elements.enumerated().compactMap { read($0.element, "\(path)[\($0.offset)]") }
  }

  /// A range: `5..12`, `5`, or `{min: 5, max: 12}`.
  package func range(_ node: DocumentNode?, _ path: String, unit: (String) -> Int64? = { Int64($0) }) -> ClosedRange<
    Int64
  >? {
    guard let node else { return nil }
    var bounds: (Int64?, Int64?) = (nil, nil)
    if case .map = node.kind {
      guard let fields = fields(node, path, known: ["min", "max"], required: ["min", "max"]) else { return nil }
      bounds = (
        fields["min"].flatMap { plainText($0) }.flatMap(unit), fields["max"].flatMap { plainText($0) }.flatMap(unit)
      )
    } else if let text = plainText(node) {
      let parts = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      bounds = (unit(parts[0]), unit(parts[parts.count - 1]))
    }
    guard let lower = bounds.0, let upper = bounds.1 else {
      expected("a range such as 5..12, or {min: 5, max: 12}", node, path)
      return nil
    }
    if lower > upper {
      report(node.location, path, "the range ends before it begins: \(lower) is more than \(upper)")
      return nil
    }
    return lower...upper
  }

  /// The text of a scalar that is text or a number.
  package func plainText(_ node: DocumentNode) -> String? {
    switch node.kind {
    case .string(let text), .number(let text): String(decoding: text, as: UTF8.self)
    default: nil
    }
  }
}
