extension Rule {
  /// Rules about the files of a data directory as such.
  static let files: [Rule] = [
    .fileUnreadable, .fileKind, .jsonSyntax, .jsonDuplicateKey, .leftoverFile, .unknownFile, .mixedLayout,
    .targetLayout,
  ]

  /// Files and folders can be read, and written where KUMO must.
  public static let fileUnreadable = Rule(
    "file-unreadable", .error, "every file can be read by the user that runs KUMO",
    consequence: "KUMO starts the service empty without a word and at shutdown cannot save",
    fix: "chmod or chown the file for the user that runs KUMO (uid 10000 in its container)",
    source: "1.2, 1.3, 7.1 B13")

  /// Only regular files and folders belong here.
  public static let fileKind = Rule(
    "file-kind", .error, "a data directory holds regular files and the folder s3-objects only",
    consequence:
      "KUMO cannot read a service file that is a folder, follows links out of the directory, and replaces them at the first save",
    fix: "replace the entry by a regular file or remove it", source: "1.1, 1.2, 7.1 B10")

  /// A file is one strict JSON document.
  public static let jsonSyntax = Rule(
    "json-syntax", .error,
    "a service file is one JSON document in UTF-8 without a byte order mark and with nothing after it",
    consequence:
      "KUMO starts the service empty without a word, and at shutdown overwrites the file with that emptiness",
    fix: "restore the file from an artifact, or generate the fixture again", source: "1.2, 7.1 B6",
    example: .init(file: "kms.json", broken: #"{"keys":{},"aliases":{}"#, sound: #"{"keys":{},"aliases":{}}"#))

  /// No object names a member twice.
  public static let jsonDuplicateKey = Rule(
    "json-duplicate-key", .error, "no JSON object has two members of one name",
    consequence: "KUMO keeps the last one and drops the others without a word",
    fix: "keep one of the members", source: "1.2",
    example: .init(
      file: "kms.json", broken: #"{"keys":{},"aliases":{},"keys":{}}"#, sound: #"{"keys":{},"aliases":{}}"#))

  /// Leftovers of an interrupted save.
  public static let leftoverFile = Rule(
    "leftover-file", .warning, "no temporary file of an interrupted save is left",
    consequence: "harmless to KUMO, which overwrites or removes it; the save that it belongs to was lost",
    fix: "remove it, or run 'kumo-fixtures validate --fix'", source: "1.1, 7.1 D23", isFixable: true)

  /// Files that KUMO does not know.
  public static let unknownFile = Rule(
    "unknown-file", .warning, "every file is one that KUMO or kumo-fixtures knows",
    consequence: "KUMO ignores it; a misspelt service name means that the service starts empty",
    fix: "rename it to the service's file name, or move it elsewhere", source: "1.1, 7.1 D23")

  /// All objects are stored the same way.
  public static let mixedLayout = Rule(
    "layout-mixed", .warning, "all S3 objects are stored in one layout",
    consequence: "no release of KUMO writes such a directory; which bodies load depends on the release",
    fix: "generate the fixture again, or migrate it to one layout", source: "2.2, 2.3")

  /// The target release can load the layout.
  public static let targetLayout = Rule(
    "target-layout", .error, "the target release loads the layout that the S3 objects are stored in",
    consequence:
      "the release lists the objects and serves them without their bodies, and the next shutdown makes that permanent",
    fix: "generate with --layout portable, which every release loads", source: "2.3")
}
