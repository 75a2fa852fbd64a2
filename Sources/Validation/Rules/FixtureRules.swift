extension Rule {
  /// Rules about `fixture.json` and the manifest.
  static let fixture: [Rule] = [
    .fixtureDocument, .fixtureFormat, .fixtureIncomplete, .manifestFormat, .manifestMissing, .manifestExtra,
    .manifestChanged, .fixtureVersion, .specDigest,
  ]

  /// Fixture.json can be read.
  public static let fixtureDocument = Rule(
    "fixture-document", .error, "fixture.json can be read",
    consequence:
      "no command of kumo-fixtures knows what the directory is; KUMO does not care",
    fix: "restore it, or run 'kumo-fixtures adopt' on the directory", source: "product.md")

  /// Fixture.json has a format that this tool knows.
  public static let fixtureFormat = Rule(
    "fixture-newer", .error, "fixture.json has a format that this tool knows",
    consequence:
      "this tool reads the directory and refuses to change it",
    fix: "use the newer kumo-fixtures that wrote it", source: "product.md")

  /// Fixture.json and manifest-sha256.txt come together.
  public static let fixtureIncomplete = Rule(
    "fixture-incomplete", .error, "fixture.json and manifest-sha256.txt come together",
    consequence:
      "changes of the directory cannot be noticed",
    fix: "run 'kumo-fixtures adopt' on the directory if its content is what you want", source: "product.md")

  /// The manifest has the form of sha256sum, sorted, each file once.
  public static let manifestFormat = Rule(
    "manifest-format", .error, "the manifest has the form of sha256sum, sorted, each file once",
    consequence:
      "the directory cannot be verified",
    fix: "restore the manifest, or run 'kumo-fixtures adopt --force' if the content is what you want",
    source: "product.md")

  /// Every file of the manifest is there.
  public static let manifestMissing = Rule(
    "manifest-missing", .error, "every file of the manifest is there",
    consequence:
      "what the file held is lost",
    fix: "restore the file from an artifact, or generate the fixture again", source: "product.md")

  /// Every file is in the manifest.
  public static let manifestExtra = Rule(
    "manifest-extra", .error, "every file is in the manifest",
    consequence:
      "the directory is not the fixture that was reviewed",
    fix: "remove the file, or run 'kumo-fixtures adopt --force' if it belongs here", source: "product.md")

  /// Every file has the SHA-256 of the manifest.
  public static let manifestChanged = Rule(
    "manifest-changed", .error, "every file has the SHA-256 of the manifest",
    consequence:
      "the directory is not the fixture that was reviewed",
    fix: "restore the file, or run 'kumo-fixtures adopt --force' if the change is wanted", source: "product.md")

  /// The fixture has the version that the spec says.
  public static let fixtureVersion = Rule(
    "fixture-version", .error, "the fixture has the version that the spec says",
    consequence:
      "tests meet data of another version than they were written for",
    fix: "generate the fixture again, or migrate it", source: "product.md")

  /// The fixture was generated from the spec as it is now.
  public static let specDigest = Rule(
    "spec-digest", .error, "the fixture was generated from the spec as it is now",
    consequence:
      "the fixture does not hold what the spec says",
    fix: "run 'kumo-fixtures generate'", source: "product.md")
}
