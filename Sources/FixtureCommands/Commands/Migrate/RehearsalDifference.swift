import Differences
import Files
import JSONBytes
import SystemPackage

/// What a migration would change, by resource, shown before the copy is thrown away.
struct RehearsalDifference {
  private let difference: DirectoryDifference

  /// Compares a directory with its migrated copy; nothing that a secret could be is kept.
  init(_ original: Directory, _ copy: Directory, in context: CommandContext) throws {
    var options = DifferenceOptions()
    let cancellation = context.environment.cancellation
    options.checkCancellation = { try cancellation.check() }
    if let scratch = context.environment.variables["TMPDIR"], !scratch.isEmpty { options.scratch = FilePath(scratch) }
    do {
      difference = try compare(original, copy, options)
    } catch let error as DifferenceError {
      throw CommandFailure(describing: error, "the directory", "the migrated copy")
    }
  }

  /// Lines, each with its newline.
  var text: String { DifferenceText(isStatistic: false).render(difference) }

  /// Writes it as a JSON value.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    DifferenceJSON.write(difference, to: &json)
    json.endObject()
  }
}
