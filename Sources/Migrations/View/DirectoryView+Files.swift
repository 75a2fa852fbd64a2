import Documents
import Files
import JSONBytes
import KumoState
import SystemPackage

extension DirectoryView {
  static let tablesFile: RelativePath = "dynamodb.json"
  static let queuesFile: RelativePath = "sqs.json"
  static let bucketsFile: RelativePath = "s3.json"

  /// Puts a rewritten copy of a file into its place, with the same mode, unless no byte differs.
  ///
  /// - Parameters:
  ///   - check: looks at the new file before it takes the place of the old one, when two entries may have one key now.
  /// - Throws: what the closures throw, `FilesError`, and `StepError` when the file is absent or no JSON.
  func rewrite(
    _ name: RelativePath, check: (ReadableFile) throws -> Void = { _ in },
    _ body: (ReadableFile, WritableFile) throws -> RewriteOutcome
  ) throws {
    guard let status = try directory.status(name) else { throw Self.missing(name) }
    let source = try directory.open(name)
    let temporary = try RelativePath(Array(".\(name).kumo-fixtures-rewrite".utf8))
    if try directory.status(temporary) != nil { try directory.remove(temporary) }
    let target = try directory.create(temporary)
    do {
      let outcome = try readingJSON(name) { try body(source, target) }
      if outcome.mayCollide { try check(try directory.open(temporary)) }
      guard outcome.isChanged else { return try directory.remove(temporary) }
      try target.setMode(status.mode)
      try directory.rename(temporary, to: name)
    } catch {
      try? directory.remove(temporary)
      throw error
    }
  }

  /// Reads a file of a service from its beginning.
  ///
  /// - Throws: what the closure throws, `FilesError`, and `StepError` when the file is absent or no JSON.
  func read<Result>(_ name: RelativePath, _ body: (JSONReader) throws -> Result) throws -> Result {
    guard try directory.status(name) != nil else { throw Self.missing(name) }
    let reader = JSONReader.rewriting(try directory.open(name))
    return try readingJSON(name) { try body(reader) }
  }

  private func readingJSON<Result>(_ name: RelativePath, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as JSONError {
      throw StepError(
        "\(name), line \(error.line), column \(error.column): \(error.message)",
        hint: "see what is wrong with: kumo-fixtures validate DIR")
    }
  }

  private static func missing(_ name: RelativePath) -> StepError {
    StepError("there is no \(name) in the directory, so the step finds nothing to change", hint: "see: inspect DIR")
  }

  /// The error of a name that is not there.
  static func absent(_ what: String, _ name: [UInt8], among names: [[UInt8]]) -> StepError {
    let candidates = names.map { Printable.text($0) }
    let near = NearestName.find(Printable.text(name), among: candidates)
    return StepError(
      "there is no \(what) '\(Printable.text(name))'; there are: \(Printable.list(names))",
      hint: near.map { "did you mean '\($0)'?" } ?? "see: inspect DIR")
  }
}
