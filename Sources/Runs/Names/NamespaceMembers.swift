import JSONBytes

/// Which resources belong to a namespace. What a test makes carries the namespace in its name, in front (see
/// `Namespace.prefix(for:)`); nothing else is asked, so that a teardown needs no list of what was made.
///
/// | resource | belongs to `invoice-retry` when |
/// | --- | --- |
/// | bucket, table, queue | it is called `invoice-retry` (a queue: also `invoice-retry.fifo`) or begins with `invoice-retry-` |
/// | object | its bucket belongs to it, or its key begins with `invoice-retry/` |
/// | item | its table belongs to it, or a key attribute that is a string begins with `invoice-retry#` |
/// | message | see `owns(message:)` |
package struct NamespaceMembers: Sendable, Equatable {
  /// The namespace.
  package let name: String
  private let others: [NamespaceMembers]
  private let bytes: [UInt8]

  /// Names a namespace.
  ///
  /// - Parameter others: namespaces that this one is the beginning of: `invoice` has no part in what `invoice-retry`
  ///   owns.
  /// - Throws: `RunsError` with `.badNamespace` for a name that no namespace has, which could stand for too much.
  package init(_ name: String, others: [String] = []) throws(RunsError) {
    guard Self.isSound(name) else {
      throw RunsError(
        .badNamespace, "'\(name)' is no namespace: it has 3 to 40 small letters, digits and single hyphens",
        hint: "'kumo-fixtures namespace TEST' prints the namespace of a test")
    }
    self.name = name
    bytes = Array(name.utf8)
    var found: [NamespaceMembers] = []
    for other in others where other != name { found.append(try NamespaceMembers(other)) }
    self.others = found
  }

  private static func isSound(_ name: String) -> Bool {
    guard (3...Namespace.longest).contains(name.utf8.count), let first = name.utf8.first, NameWords.isLower(first),
      !name.hasSuffix("-"), !name.contains("--")
    else { return false }
    return name.utf8.allSatisfy { NameWords.isLower($0) || NameWords.isDigit($0) || $0 == UInt8(ascii: "-") }
  }

  /// Whether a bucket or a table of this name belongs to the namespace.
  package func owns(container: some Collection<UInt8>) -> Bool {
    guard container.elementsEqual(bytes) || container.starts(with: bytes + [UInt8(ascii: "-")]) else { return false }
    return !others.contains { $0.owns(container: container) }
  }

  /// Whether a queue of this name (what follows the last slash of its URL) belongs to the namespace.
  package func owns(queue: some Collection<UInt8>) -> Bool {
    let fifo = Array(".fifo".utf8)
    return owns(container: queue.suffix(5).elementsEqual(fifo) ? Array(queue.dropLast(5)) : Array(queue))
  }

  /// Whether an object of this key belongs to the namespace although its bucket does not.
  package func owns(objectKey: some Collection<UInt8>) -> Bool { objectKey.starts(with: objectPrefix) }

  /// What the keys of its objects begin with.
  package var objectPrefix: [UInt8] { bytes + [UInt8(ascii: "/")] }

  /// Whether an item with this value of a key attribute belongs to the namespace although its table does not.
  package func owns(itemKey: some Collection<UInt8>) -> Bool { itemKey.starts(with: bytes + [UInt8(ascii: "#")]) }

  /// Whether a message as `sqs.json` has it (kumo-format.md 4.2) belongs to the namespace although its queue does
  /// not: its group is the namespace or begins with it and `-`, `/` or `#`; or its attribute `namespace` is the
  /// string; or its body is a JSON object whose member `namespace` is.
  package func owns(message: JSONNode) -> Bool {
    guard message.isObject else { return false }
    if let group = message.member(folding: "MessageGroupID")?.string(), owns(group: group) { return true }
    if let attribute = message.member(folding: "MessageAttributes")?["namespace"],
      attribute.member(folding: "StringValue")?.string() == bytes
    {
      return true
    }
    guard let body = message.member(folding: "Body")?.string(), body.first == UInt8(ascii: "{"),
      let content = try? JSONTape(parsing: body).root, content.isObject
    else { return false }
    return content["namespace"]?.string() == bytes
  }

  private func owns(group: [UInt8]) -> Bool {
    guard group.starts(with: bytes) else { return false }
    if group.count == bytes.count || owns(container: group) { return true }
    return [UInt8(ascii: "/"), UInt8(ascii: "#")].contains(group[bytes.count])
  }
}
