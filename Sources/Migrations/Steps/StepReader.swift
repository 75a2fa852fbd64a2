import Documents
import KumoState

/// Reads the nodes of a step document, collecting everything that is wrong in it.
struct StepReader {
  /// What a document says.
  struct Content {
    var id: String
    var from: Int
    var to: Int
    var title: String
    var fixture: String?
    var supersedes: [String]
    var up: [StepOperation]
    /// Nil when the document has no `down`.
    var down: [StepOperation]?
  }

  static let keys = ["id", "from", "to", "title", "fixture", "supersedes", "up", "down"]
  let document: DocumentReader
  let files: StepFiles
  /// What programs get of the environment of this tool.
  let inherited: [String: String]

  /// The content of a document; nil when something is wrong, which then is in `document.problems`.
  func content(_ root: DocumentNode) -> Content? {
    guard
      let fields = document.fields(root, "", known: Self.keys, required: ["id", "from", "to", "title", "up"]),
      let id = document.text(fields["id"], "id"), let from = document.integer(fields["from"], "from"),
      let to = document.integer(fields["to"], "to"), let title = document.text(fields["title"], "title")
    else { return nil }
    let up = operations(fields["up"], "up")
    if fields["up"] != nil, up.isEmpty, document.problems.isEmpty {
      document.report(root.location, "up", "there is no operation", hint: "see docs/steps.md")
    }
    let supersedes = document.list(fields["supersedes"], "supersedes") { document.text($0, $1) }
    let down = fields["down"].map { operations($0, "down") }
    return Content(
      id: id, from: from, to: to, title: title, fixture: document.text(fields["fixture"], "fixture"),
      supersedes: supersedes, up: up, down: down)
  }

  private func operations(_ node: DocumentNode?, _ path: String) -> [StepOperation] {
    document.list(node, path) { operation($0, $1) }
  }

  private func operation(_ node: DocumentNode, _ path: String) -> StepOperation? {
    guard case .map(let members) = node.kind, let member = members.first, members.count == 1 else {
      document.expected("one operation, such as {rename-table: {from: old, to: new}}", node, path)
      return nil
    }
    let name = member.keyText
    guard let read = Self.operations[name] else {
      document.report(
        member.location, path, "unknown operation '\(DocumentNode.excerpt(member.key))'",
        hint: NearestName.hint(for: name, among: Self.operations.keys.sorted()))
      return nil
    }
    guard let action = read(self)(member.value, "\(path).\(name)") else { return nil }
    return StepOperation(name: name, location: member.location, action: action)
  }

  /// The operations by the word that stands in the document.
  private static let operations: [String: @Sendable (StepReader) -> (DocumentNode, String) -> StepOperation.Action?] = [
    "add-attribute": { reader in { reader.addAttribute($0, $1, isReplacing: false) } },
    "set-attribute": { reader in { reader.addAttribute($0, $1, isReplacing: true) } },
    "remove-attribute": { $0.removeAttribute },
    "rename-attribute": { reader in { reader.moveAttribute($0, $1, isCopy: false) } },
    "copy-attribute": { reader in { reader.moveAttribute($0, $1, isCopy: true) } },
    "retype-attribute": { $0.retypeAttribute },
    "remove-items": { $0.removeItems },
    "rename-table": { reader in
      { node, path in reader.names(node, path).map { .renameTable(from: $0.0, to: $0.1, $0.2) } }
    },
    "rekey-table": { $0.rekeyTable },
    "rename-queue": { reader in
      { node, path in reader.names(node, path).map { .renameQueue(from: $0.0, to: $0.1, $0.2) } }
    },
    "change-queue": { $0.changeQueue },
    "remove-messages": { $0.removeMessages },
    "rename-bucket": { reader in
      { node, path in reader.names(node, path).map { .renameBucket(from: $0.0, to: $0.1, $0.2) } }
    },
    "rename-prefix": { $0.renamePrefix },
    "move-objects": { $0.moveObjects },
    "add-metadata": { reader in { reader.metadata($0, $1, isReplacing: false) } },
    "set-metadata": { reader in { reader.metadata($0, $1, isReplacing: true) } },
    "remove-metadata": { $0.removeMetadata },
    "remove-objects": { $0.removeObjects },
    "exec": { $0.exec },
  ]

  /// `{from: …, to: …, references: rewrite | keep}`.
  private func names(_ node: DocumentNode, _ path: String) -> (String, String, ReferencePolicy)? {
    guard let fields = document.fields(node, path, known: ["from", "to", "references"], required: ["from", "to"]),
      let old = name(fields["from"], fields.path("from")), let new = name(fields["to"], fields.path("to"))
    else { return nil }
    let policy: ReferencePolicy? = document.choice(fields["references"], fields.path("references"))
    guard old != new else {
      document.report(node.location, path, "both names are '\(old)'")
      return nil
    }
    return (old, new, policy ?? .rewrite)
  }

  /// A text that is not empty.
  func name(_ node: DocumentNode?, _ path: String) -> String? {
    guard let node, let text = document.text(node, path) else { return nil }
    guard !text.isEmpty else {
      document.expected("a name", node, path)
      return nil
    }
    return text
  }
}
