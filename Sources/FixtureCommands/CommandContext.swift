import JSONBytes
import Migrations
import Specs

/// What a running command is given: its environment, and the specs that the program was built with.
package struct CommandContext: Sendable {
  /// The world around the command.
  package var environment: CommandEnvironment
  /// Specs written in Swift, by name.
  package var specs: SpecRegistry
  /// Migration steps written in Swift.
  package var steps: [any MigrationStep]
  /// Where the folders of step documents are read.
  package var stepSource: any StepSource

  /// Puts a context together.
  package init(
    environment: CommandEnvironment, specs: SpecRegistry, steps: [any MigrationStep] = [],
    stepSource: any StepSource = StepDocuments()
  ) {
    self.environment = environment
    self.specs = specs
    self.steps = steps
    self.stepSource = stepSource
  }

  /// Writes a line of the result to standard output.
  package func result(_ line: String) throws(StreamError) {
    try environment.standardOutput.line(line)
  }

  /// Writes a result for programs to standard output.
  func result(_ json: JSONWriter) throws(StreamError) {
    try environment.standardOutput.write(json.bytes + [UInt8(ascii: "\n")])
  }

  /// Writes a message to standard error, unless the command is quiet.
  package func message(_ line: String, unless quiet: Bool) throws(StreamError) {
    if !quiet { try environment.standardError.line("kumo-fixtures: \(line)") }
  }
}
