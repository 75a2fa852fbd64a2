import ArgumentParser
import Digests
import Files
import FixtureTree
import KumoState
import SystemPackage

/// `inspect`: what is in a data directory.
package struct InspectCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Show what is in a data directory, service by service.",
    discussion: """
      Buckets with objects, versions and bytes, tables with items, queues with messages, the number of entries of every
      other service, the S3 layout, the releases of KUMO that load it, and the fixture's name, version and ledger. Names
      are shown, values never. Exit code 1 if a file cannot be read.

      Examples:
        kumo-fixtures inspect .kumo-data/shop
        kumo-fixtures inspect ./kumo-data --format json
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let directory = try open(context.environment.path(path))
    let inspected = InspectedDirectory(directory)
    switch format {
    case .text: try context.environment.standardOutput.write(InspectionText.render(inspected, of: path))
    case .json: try context.environment.standardOutput.write(InspectionJSON.render(inspected, of: path))
    }
    return inspected.problems.isEmpty ? .success : .findings
  }

  private func open(_ target: FilePath) throws(CommandFailure) -> Directory {
    do {
      return try Directory.open(target)
    } catch {
      guard error.code == .notDirectory else { throw CommandFailure(describing: error) }
      throw CommandFailure(
        .failure, error.message,
        hint:
          "if it is an artifact, 'kumo-fixtures list \(path)' shows its members, and 'kumo-fixtures unpack' opens it")
    }
  }
}

/// A directory's content together with what its own `fixture.json` says.
struct InspectedDirectory {
  let content: DirectoryInspection
  let document: FixtureDocument?
  let treeDigest: SHA256Digest?
  let problems: [DirectoryInspection.Problem]

  init(_ directory: Directory) {
    content = DirectoryInspection(directory)
    var problems = content.problems
    var document: FixtureDocument?
    var treeDigest: SHA256Digest?
    do {
      document = try FixtureDocument.read(from: directory)
    } catch {
      problems.append(
        .init(file: FixtureNames.document.description, message: CommandFailure(describing: error).message))
    }
    do {
      treeDigest = try TreeManifest.read(from: directory)?.treeDigest
    } catch {
      problems.append(
        .init(file: FixtureNames.manifest.description, message: CommandFailure(describing: error).message))
    }
    self.document = document
    self.treeDigest = treeDigest
    self.problems = problems
  }
}
