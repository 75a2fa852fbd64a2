import ArgumentParser
import Dispatch
import Glibc
import Migrations
import Redaction
import Specs
import SystemPackage

/// The whole command line of kumo-fixtures, for a program that brings its own specs.
///
/// ```swift
/// import FixtureCommands
///
/// CommandLineTool.main(specs: [shop, tour])
/// ```
public enum CommandLineTool {
  /// Runs the process's own command line and ends the process with the documented exit code.
  ///
  /// - Parameters:
  ///   - specs: the specs that commands know by name; two of one name end the process with an error naming both.
  ///   - steps: the migration steps that `migrate` knows besides those of a folder.
  public static func main(specs: [FixtureSpec], steps: [any MigrationStep] = []) -> Never {
    CrashSilence.begin()
    // A reader that has gone is reported by write(2) as EPIPE instead of killing us before staged files are removed.
    signal(SIGPIPE, SIG_IGN)
    let cancellation = Cancellation()
    let sources = cancellation.catchSignals()
    var environment = CommandEnvironment(
      arguments: Array(CommandLine.arguments.dropFirst()),
      workingDirectory: FilePath("."),
      variables: ProcessVariables.current(),
      standardOutput: ProcessOutput.standardOutput,
      standardError: ProcessOutput.standardError,
      standardInput: ProcessInput(),
      now: { Int64(time(nil)) },
      cancellation: cancellation,
      program: program())
    environment.ownsProcess = true
    let status = run(specs: specs, steps: steps, in: environment)
    withExtendedLifetime(sources) {}
    if let number = cancellation.signal, status != ExitStatus.success.rawValue {
      // Everything is cleaned up: now die of the signal, so that a shell or a CI runner sees what happened.
      signal(number, SIG_DFL)
      // Dispatch reads signals from a descriptor, for which it has blocked them.
      var one = sigset_t()
      sigemptyset(&one)
      sigaddset(&one, number)
      pthread_sigmask(SIG_UNBLOCK, &one, nil)
      raise(number)
      // Whoever started us may have blocked the signal.
      exit(128 + number)
    }
    exit(status)
  }

  /// The file of this process's program.
  private static func program() -> FilePath? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return FilePath(platformString: path)
  }

  /// Runs a command line with the specs of a program and returns the exit code.
  package static func run(
    specs: [FixtureSpec], steps: [any MigrationStep] = [], in environment: CommandEnvironment
  ) -> Int32 {
    do {
      return run(in: CommandContext(environment: environment, specs: try SpecRegistry(specs), steps: steps))
    } catch {
      let failure = CommandFailure(describing: error)
      try? environment.standardError.write(failure.text)
      return failure.status.rawValue
    }
  }

  /// Runs a command line in a given environment and returns the exit code.
  package static func run(in context: CommandContext) -> Int32 {
    let variables = context.environment.variables
    let mask = SecretMask(cache: CacheDirectory.userDefault { variables[$0] })
    var context = context
    context.environment.standardError = MaskedOutput(base: context.environment.standardError, mask: mask)
    return run(in: context, mask)
  }

  private static func run(in context: CommandContext, _ mask: SecretMask) -> Int32 {
    do {
      return try parseAndRun(in: context, mask).rawValue
    } catch let exit as CommandExit {
      return exit.code
    } catch let error as StreamError where error.isBrokenPipe {
      return ExitStatus.success.rawValue
    } catch {
      let failure = CommandFailure(describing: error)
      try? context.environment.standardError.write(failure.text)
      return failure.status.rawValue
    }
  }

  private static func parseAndRun(in context: CommandContext, _ mask: SecretMask) throws -> ExitStatus {
    var parsed: any ParsableCommand
    do {
      parsed = try RootCommand.parseAsRoot(context.environment.arguments)
      if !(parsed is any FixtureCommand) {
        // Help, completion scripts and the bare root command belong to the argument parser.
        try parsed.run()
        return .success
      }
    } catch {
      return try report(error, in: context)
    }
    guard let command = parsed as? any FixtureCommand else { return .usage }
    var context = context
    if !(command is any PrintsForPrograms) {
      context.environment.standardOutput = MaskedOutput(base: context.environment.standardOutput, mask: mask)
    }
    do {
      return try command.run(in: context)
    } catch let error as ValidationError {
      return try report(error, in: context)
    }
  }

  /// Prints what the argument parser has to say: help and completions are results, everything else is wrong usage.
  private static func report(_ error: any Error, in context: CommandContext) throws -> ExitStatus {
    let text = RootCommand.fullMessage(for: error)
    if RootCommand.exitCode(for: error) == .success {
      try context.environment.standardOutput.line(text)
      return .success
    }
    try context.environment.standardError.line(text)
    return .usage
  }
}
