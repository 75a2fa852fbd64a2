import ArgumentParser

/// `kumo-fixtures` itself.
package struct RootCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "kumo-fixtures",
    abstract: "Fixtures for integration tests against KUMO, the AWS emulator: generate, verify, keep.",
    discussion: """
      A fixture is a data directory of KUMO (KUMO_DATA_DIR) made from a spec, with fixture.json and \
      manifest-sha256.txt in it.

      Start here:
        kumo-fixtures generate tour --out .kumo-data/tour
        kumo-fixtures validate .kumo-data/tour
        kumo-fixtures inspect .kumo-data/tour

      Exit codes: 0 done, nothing found; 1 findings; 2 could not do it; 3 refused on purpose; 64 wrong usage.
      """,
    version: ToolVersion.current,
    subcommands: [
      InitCommand.self, GenerateCommand.self, AdoptCommand.self, ValidateCommand.self, InspectCommand.self,
      DiffCommand.self,
      PackCommand.self, RedactCommand.self, VerifyCommand.self, UnpackCommand.self, ListCommand.self,
      MigrateCommand.self,
      RunCommand.self, RunsCommand.self, HealthCommand.self, NamespaceCommand.self,
      DoctorCommand.self,
    ])

  package init() {}
}
