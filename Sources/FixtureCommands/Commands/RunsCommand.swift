import ArgumentParser

/// `runs`: private directories for jobs.
package struct RunsCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Give every job a private data directory, and take it away safely.",
    discussion: """
      A run is a directory below .kumo-data/runs with a sentinel: 'active' while it may be in use, 'draining' while it \
      is torn down, 'deletable' while it is deleted.

      Examples:
        eval "$(kumo-fixtures runs prepare --from .kumo-data/shop --print export)"
        kumo-fixtures runs status
        kumo-fixtures runs teardown
        kumo-fixtures runs gc --older-than 3600
      """,
    subcommands: [RunsPrepareCommand.self, RunsStatusCommand.self, RunsTeardownCommand.self, RunsCollectCommand.self])

  package init() {}
}
