import ArgumentParser

/// A command that runs in an environment given as a value.
package protocol FixtureCommand: ParsableCommand {
  /// Does the work and says how it ended; results are written to the environment's streams.
  func run(in context: CommandContext) throws -> ExitStatus
}

extension FixtureCommand {
  /// Never used: the command line calls `run(in:)`.
  package mutating func run() throws {
    throw CleanExit.helpRequest(Self.self)
  }
}

/// Flags that every command has.
package struct CommonOptions: ParsableArguments, Sendable {
  @Flag(name: .shortAndLong, help: "Print neither progress nor messages, only results and errors.")
  package var quiet = false

  package init() {}
}
