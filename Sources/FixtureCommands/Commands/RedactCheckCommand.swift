import ArgumentParser

/// `redact check`: says where secrets are, and changes nothing.
package struct RedactCheckCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say where the secrets of a data directory are, without showing one. Exit code 1 if there is any.",
    discussion: """
      The same as 'redact PATH --check'.

      A finding names the file, the JSON pointer or byte, the encodings around the secret, the rule, and a fingerprint:
      equal secrets have equal ones, and nobody without the key can test a guess against it. Without --key-file the \
      key is another one each time.

      --baseline accepts what is known: the fingerprints that --write-baseline wrote under the same key.

      Examples:
        kumo-fixtures redact check ./kumo-data
        kumo-fixtures redact check failure.tar.zst --format sarif > secrets.sarif
        kumo-fixtures redact check ./data --key-file key --write-baseline known.json
        kumo-fixtures redact check ./data --key-file key --baseline known.json
      """)

  @Argument(help: "The data directory, or an artifact.")
  var path: String

  @OptionGroup var settings: RedactionSettings

  @OptionGroup var options: CheckOptions

  @OptionGroup var limits: LimitOptions

  @Option(name: .long, help: "Form of the findings: text, json, github or sarif.")
  var format: SecretFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if options.isGiven { try settings.requireKey() }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    try SecretSearch(
      path: path, settings: settings, options: options, limits: limits, format: format, quiet: common.quiet
    ).run(in: context)
  }
}
