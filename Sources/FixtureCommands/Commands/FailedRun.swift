import ArgumentParser
import Files
import Harness
import SystemPackage

/// Makes of a failed run an artifact that may leave this machine: redacted, and packed with its logs.
struct FailedRun {
  /// The folder of such artifacts.
  let folder: FilePath
  let context: CommandContext

  /// Packs the directory of a run whose KUMO has stopped.
  ///
  /// - Returns: the artifact; nil when this program cannot redact.
  /// - Throws: `HarnessProblem` with the reason; then nothing was written.
  func pack(_ failure: Harness.Failure) throws -> FilePath? {
    do {
      _ = try Directory.create(folder, mode: 0o755, intermediates: true)
      let target = folder.appending("\(failure.run).tar.zst")
      let arguments = [
        failure.directory.string, "--out", target.string, "--refresh-manifest", "--redact", "--quiet",
      ]
      guard let command = try? PackCommand.parse(arguments) else { return nil }
      var context = context
      // The result is one line of the run's own.
      context.environment.standardOutput = SilentOutput()
      _ = try command.run(in: context)
      return target
    } catch {
      let failure = CommandFailure(describing: error)
      throw HarnessProblem(failure.message, hint: failure.hint, details: failure.details)
    }
  }
}

/// Takes text and shows it to nobody.
private struct SilentOutput: OutputStream {
  var isTerminal: Bool { false }
  var columns: Int? { nil }
  func write(_ bytes: [UInt8]) throws(StreamError) {}
}
