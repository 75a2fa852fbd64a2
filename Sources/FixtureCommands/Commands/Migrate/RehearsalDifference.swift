import Differences
import Files
import JSONBytes
import SystemPackage

/// What a migration would change, by resource, shown before the copy is thrown away.
struct RehearsalDifference {
  private let difference: DirectoryDifference
  private let isStatistic: Bool

  /// Compares a directory with its migrated copy; nothing that a secret could be is kept.
  ///
  /// - Parameter isStatistic: counts only.
  init(_ original: Directory, _ copy: Directory, isStatistic: Bool, in context: CommandContext) throws {
    self.isStatistic = isStatistic
    var options = DifferenceOptions()
    if isStatistic { options.changeLimit = 0 }
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
  var text: String { DifferenceText(isStatistic: isStatistic).render(difference) }

  /// Writes it as a JSON value.
  func write(to json: inout JSONWriter) {
    json.beginObject()
    DifferenceJSON.write(difference, to: &json)
    json.endObject()
  }
}
