import ArgumentParser

/// `redact`: removes secrets from a data directory, or says where they are.
package struct RedactCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Remove every secret from a data directory, and leave it one that KUMO loads.",
    discussion: """
      Secret is what stands where KUMO keeps secrets, whatever it looks like, and what looks like a credential, \
      wherever it stands and however it is encoded there. Each is replaced by a pseudonym, equal ones by equal ones; \
      digests, sizes, names and keys that follow from them are made right. The result is searched again before it \
      appears.

      Examples:
        kumo-fixtures redact ./kumo-data --out ./clean
        kumo-fixtures redact ./kumo-data --check --format github
        kumo-fixtures redact explain ./kumo-data ssm.json /parameters/~1app~1key/Value
      """,
    subcommands: [RedactApplyCommand.self, RedactCheckCommand.self, RedactExplainCommand.self],
    defaultSubcommand: RedactApplyCommand.self)

  package init() {}
}
