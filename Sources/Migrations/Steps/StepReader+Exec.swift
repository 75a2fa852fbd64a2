import Documents
import SystemPackage

extension StepReader {
  /// `{command: [./split.py], items: table, time-limit: 60s, files: [words.txt]}`; `messages: queue` or
  /// `objects: bucket` with `prefix: …` in the place of `items`.
  func exec(_ node: DocumentNode, _ path: String) -> StepOperation.Action? {
    let known = ["command", "items", "messages", "objects", "prefix", "time-limit", "files"]
    guard let fields = document.fields(node, path, known: known, required: ["command"]),
      let command = command(fields["command"], fields.path("command")), let records = records(fields, node)
    else { return nil }
    let limit = document.seconds(fields["time-limit"], fields.path("time-limit")) ?? 600
    guard (1...86_400).contains(limit) else {
      document.report(node.location, fields.path("time-limit"), "a time limit is 1s to 24h")
      return nil
    }
    for file in document.list(fields["files"], fields.path("files"), { name($0, $1) }) {
      files.add(file, at: fields["files"]?.location ?? node.location, isDeclared: true)
    }
    for word in command { files.add(word, at: node.location, isDeclared: word == command[0] && word.contains("/")) }
    return .exec(
      ExecOperation(
        command: command, records: records, timeLimit: .seconds(limit), directory: files.directory, inherited: inherited
      ))
  }

  /// A list of words, or a text that is one word.
  private func command(_ node: DocumentNode?, _ path: String) -> [String]? {
    guard let node else { return nil }
    if case .list = node.kind {
      let words = document.list(node, path) { document.text($0, $1) }
      if let first = words.first, !first.isEmpty { return words }
    } else if let word = document.plainText(node), !word.isEmpty {
      guard !word.contains(where: \.isWhitespace) else {
        document.report(
          node.location, path, "a command is a list of words, of which no shell takes anything apart",
          hint: "write [\(word.split(separator: " ").joined(separator: ", "))]")
        return nil
      }
      return [word]
    }
    document.expected("a program and its arguments, such as [./split.py, --strict]", node, path)
    return nil
  }

  private func records(_ fields: DocumentReader.Fields, _ node: DocumentNode) -> ExecOperation.Records? {
    let given = ["items", "messages", "objects"].filter { fields[$0] != nil }
    guard given.count == 1, let kind = given.first, let name = name(fields[kind], fields.path(kind)) else {
      document.report(
        node.location, fields.path, "what the program reads is not clear",
        hint: "give one of items: TABLE, messages: QUEUE, objects: BUCKET")
      return nil
    }
    if let prefix = fields["prefix"], kind != "objects" {
      document.report(prefix.location, fields.path("prefix"), "'prefix' goes with objects only")
    }
    switch kind {
    case "items": return .items(table: name)
    case "messages": return .messages(queue: name)
    default:
      return .objects(bucket: name, prefix: document.text(fields["prefix"], fields.path("prefix")) ?? "")
    }
  }
}
