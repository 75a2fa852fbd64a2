import ArgumentParser

/// `migrate`: everything about steps from one version of a fixture to the next.
package struct MigrateCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Bring a directory from last month to this month's version: plan, rehearse, apply, roll back.",
    discussion: """
      Steps are Swift code, YAML documents or programs (docs/migrations.md). A migration is built beside the directory \
      and swapped in once, with its record in fixture.json: killed at any instant, the old state stands there or the \
      new one.

      Examples:
        kumo-fixtures migrate status .kumo-data/shop --steps migrations
        kumo-fixtures migrate rehearse .kumo-data/shop --steps migrations
        kumo-fixtures migrate apply .kumo-data/shop --steps migrations
        kumo-fixtures migrate rollback .kumo-data/shop --steps migrations
      """,
    subcommands: [
      MigrateStatusCommand.self, MigratePlanCommand.self, MigrateApplyCommand.self, MigrateRehearseCommand.self,
      MigrateRollbackCommand.self, MigrateResumeCommand.self, MigrateDiscardCommand.self, MigrateEnsureCommand.self,
      MigrateSlimCommand.self, MigrateSnapshotsCommand.self, MigrateSumCommand.self,
    ])

  package init() {}
}
