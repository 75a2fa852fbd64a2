/// The types of everything one service keeps in its file.
package struct Schema: Sendable {
  /// The service.
  package let service: KumoService
  /// All nodes; `root` is the file's top level.
  package let nodes: [SchemaNode]
  /// All fields; each structure owns a run of them.
  package let fields: [SchemaField]
  /// Index of the file's top-level node, always a structure.
  package let root: Int

  /// The schema of a service: reads the compact text of `SchemaText`, a matter of microseconds. Nil only if the text
  /// lacks the service.
  package init?(of service: KumoService) {
    for entry in SchemaText.all where Schema.bytes(of: entry.service).elementsEqual(service.name.utf8) {
      var parser = SchemaParser(text: Schema.bytes(of: entry.text))
      guard let root = parser.parse() else { return nil }
      self.service = service
      self.root = root
      nodes = parser.nodes
      fields = parser.fields
      return
    }
    return nil
  }

  /// The field of structure `node` with exactly this name, or else the one Go takes for it: names are compared without
  /// regard to case.
  package func field(named name: some Collection<UInt8>, of node: Int) -> Int? {
    let candidates = nodes[node].fields
    if let exact = candidates.first(where: { fields[$0].name.elementsEqual(name) }) { return exact }
    let folded = GoText.foldedKey(name)
    return candidates.first { folded == GoText.foldedKey(fields[$0].name) }
  }

  /// The field of structure `node` with exactly this name.
  package func field(exactly name: String, of node: Int) -> SchemaField? {
    nodes[node].fields.first { fields[$0].name.elementsEqual(name.utf8) }.map { fields[$0] }
  }

  private static func bytes(of text: StaticString) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }
}
