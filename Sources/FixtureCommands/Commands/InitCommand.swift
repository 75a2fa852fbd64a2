import ArgumentParser
import Files
import Runs
import Specs
import SystemPackage

/// `init`: what a project needs to begin with, and nothing that is there already.
package struct InitCommand: FixtureCommand, PrintsForPrograms {
  package static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Begin: write a starter spec, an empty fixtures.lock and a line of .gitignore.",
    discussion: """
      Writes fixtures/NAME.yaml (a small spec to change), fixtures.lock (pins what the spec gives) and '.kumo-data/' \
      in .gitignore (what is generated and what runs leave). Files that are there already stay as they are.

      Examples:
        kumo-fixtures init                      # named after the folder
        kumo-fixtures init --name orders
        kumo-fixtures init services/billing --name billing
      """)

  @Argument(help: "The project's folder.")
  var folder: String = "."

  @Option(name: .long, help: "Name of the fixture; the folder's name by default.")
  var name: String?

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let path = context.environment.path(folder)
    let project = try Directory.open(path)
    let name = try fixtureName(for: project)
    let spec = StarterSpec.text(name: name)
    let specPath = try RelativePath(text: "fixtures/\(name).yaml")
    if try project.status(specPath) != nil {
      throw CommandFailure(
        .refused, "'\(specPath)' is there already",
        hint: "kumo-fixtures generate \(specPath) --out .kumo-data/\(name), or choose another --name")
    }
    if try project.status("fixtures") == nil { try project.makeDirectory("fixtures", mode: 0o755) }
    try project.replace(specPath, with: spec, mode: 0o644)
    try context.result("wrote \(specPath)")
    if try project.status("fixtures.lock") == nil {
      try project.replace("fixtures.lock", with: [], mode: 0o644)
      try context.result("wrote fixtures.lock")
    }
    if try ignoreDataDirectories(in: project) { try context.result("added .kumo-data/ to .gitignore") }
    try context.message(
      "next: kumo-fixtures generate \(specPath) --out .kumo-data/\(name)", unless: common.quiet)
    return .success
  }

  /// The name that was given, or one made of the folder's; it must be one that a spec may have.
  private func fixtureName(for project: Directory) throws -> String {
    let name = self.name ?? suggestedName(project)
    do {
      let document = try SpecDocument.parse(StarterSpec.text(name: name), name: "fixture")
      _ = try document.resolve(in: ".")
    } catch {
      throw CommandFailure(
        .usage, "'\(name)' cannot be the name of a fixture",
        hint: "give one with --name: 1 to 63 lower-case letters, digits and '-'")
    }
    return name
  }

  /// The folder's last name in lower case, with '-' for everything that a name may not hold.
  private func suggestedName(_ project: Directory) -> String {
    let absolute = (try? WorkingDirectory.absolute(project.path)) ?? project.path
    let last = absolute.lastComponent.map { $0.kind == .regular ? $0.string.lowercased() : "" } ?? ""
    let words = last.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = String(words.joined(separator: "-").prefix(63))
    return name.isEmpty ? "fixture" : name
  }

  /// Adds the line where it is missing; true when it was.
  private func ignoreDataDirectories(in project: Directory) throws -> Bool {
    let line = Array(".kumo-data/".utf8)
    var text: [UInt8] = []
    if try project.status(".gitignore") != nil { text = try project.read(".gitignore", limit: 1 << 20) }
    let lines = text.split(separator: UInt8(ascii: "\n"))
    let known = [line, Array("/.kumo-data/".utf8), Array(".kumo-data".utf8), Array("/.kumo-data".utf8)]
    if lines.contains(where: { candidate in known.contains { candidate.elementsEqual($0) } }) { return false }
    if let last = text.last, last != UInt8(ascii: "\n") { text.append(UInt8(ascii: "\n")) }
    try project.replace(".gitignore", with: text + line + [UInt8(ascii: "\n")], mode: 0o644)
    return true
  }
}

/// The spec that `init` writes.
enum StarterSpec {
  static func text(name: String) -> [UInt8] {
    Array(
      """
      # What the fixture '\(name)' holds. Everything that can be said: docs/spec.md of kumo-fixtures.
      fixture: \(name)
      version: 1                     # raise it when tests need other data
      clock: 2026-01-02T03:04:05Z    # when everything was made: no test depends on today

      data:
        orders:
          count: 3
          fields:
            id: "order-${index:03}"
            customer: {$name: full}

      s3:
        buckets:
          - name: \(name)-receipts
            objects:
              - for-each: orders
                key: "receipts/${id}.json"
                body: {json: {order: "${id}", customer: "${customer}"}}

      dynamodb:
        tables:
          - name: \(name)-orders
            key: {hash: "pk:S"}
            items:
              - for-each: orders
                item: {pk: "${id}", customer: "${customer}"}

      sqs:
        queues:
          - name: \(name)-events

      """.utf8)
  }
}
