import Files
import Specs
import SystemPackage

/// Finds the spec that an argument names: a document, standard input, or a spec in code.
struct SpecSource {
  /// Spec documents above this are refused: they are read whole (large data belongs into the files that a spec names).
  static let sizeLimit = 64 * 1024 * 1024

  let context: CommandContext

  /// Loads a spec and resolves it.
  ///
  /// - Parameters:
  ///   - argument: `-`, the name of a spec in code, or a path.
  ///   - namespace: in place of the spec's own, when it is given.
  func resolve(_ argument: String, namespace: String? = nil) throws -> ResolvedFixture {
    var (spec, directory) = try load(argument)
    if let namespace { spec.namespace = namespace }
    return try spec.resolve(in: directory)
  }

  /// The spec, and the folder that paths in it start from.
  private func load(_ argument: String) throws -> (FixtureSpec, FilePath) {
    let here = context.environment.workingDirectory
    if argument == "-" {
      let bytes = try context.environment.standardInput.readAll(limit: Self.sizeLimit)
      return (try SpecDocument.parse(bytes, name: "-"), here)
    }
    if let spec = context.specs[argument] { return (spec, here) }
    let path = context.environment.path(argument)
    let file: ReadableFile
    do {
      file = try ReadableFile.open(path, allowingPipes: true)
    } catch  where error.code == .notFound {
      throw unknown(argument)
    }
    let bytes = try file.readAll(limit: Self.sizeLimit)
    return (try SpecDocument.parse(bytes, name: argument), Self.folder(of: path))
  }

  private func unknown(_ argument: String) -> CommandFailure {
    let names = context.specs.names
    let known =
      names.isEmpty ? "this program has no specs in code" : "the specs in code are \(names.joined(separator: ", "))"
    let nearest = context.specs.nearest(to: argument).map { "did you mean '\($0)'? " } ?? ""
    return CommandFailure(
      .failure, "there is no spec '\(argument)': no file has this name, and \(known)",
      hint: "\(nearest)name a YAML or JSON document, a spec in code, or '-' for standard input")
  }

  private static func folder(of path: FilePath) -> FilePath {
    let folder = path.removingLastComponent()
    return folder.isEmpty ? "." : folder
  }
}
