import ArgumentParser
import Artifacts
import Files
import FixtureTree
import Redaction
import Runs
import SystemPackage

/// What is secret and under which key, for every command that looks for secrets.
struct RedactionSettings: ParsableArguments {
  @Option(name: .long, help: "A file of at least 16 random bytes: pseudonyms and fingerprints are then the same again.")
  var keyFile: String?

  @Option(name: .long, help: "A policy: what stays, what always goes, patterns of your own.")
  var policy: String?

  @Option(name: .long, help: "Rules of gitleaks to look for as well, as they are (repeatable).")
  var gitleaks: [String] = []

  @Flag(name: .long, help: "Personal data goes, too: mail addresses, telephone numbers, names of users.")
  var personal = false

  init() {}

  /// The largest key file, in bytes.
  private static let largestKey = 64 << 10

  /// The key that the user keeps, or one that nobody does.
  func key(in context: CommandContext) throws -> KeyedDigest {
    guard let keyFile else { return KeyedDigest.random() }
    let file = try ReadableFile.open(context.environment.path(keyFile), allowingPipes: true)
    let key = try file.readAll(limit: Self.largestKey)
    guard key.count >= KeyedDigest.shortestKey else {
      throw CommandFailure(
        .failure, "'\(keyFile)' has \(key.count) bytes, too few for a key",
        hint: "make one with 'head -c 32 /dev/urandom > \(keyFile)'")
    }
    return KeyedDigest(key: key)
  }

  /// The largest policy or rule file, in bytes.
  private static let largestPolicy = 4 << 20

  /// The detectors and what the user says about them.
  func detector(in context: CommandContext) throws -> ScannerDetector {
    let variables = context.environment.variables
    let cache = CacheDirectory.userDefault { variables[$0] }
    let policy = try policy(in: context)
    if policy == nil, cache == nil { return ScannerDetector(try BuiltInScanner.shared.get()) }
    let rules = try policy?.rules() ?? RuleSet.builtIn()
    return ScannerDetector(try SecretScanner(rules: rules, cache: cache), policy: policy)
  }

  /// The policy of the options together; nil when nobody said anything.
  private func policy(in context: CommandContext) throws -> RedactionPolicy? {
    guard policy != nil || !gitleaks.isEmpty || personal else { return nil }
    var result = RedactionPolicy()
    var ruleFiles: [(path: FilePath, name: String)] = []
    if let policy {
      let path = context.environment.path(policy)
      result = try RedactionPolicy.read(ReadableFile.open(path).readAll(limit: Self.largestPolicy), name: policy)
      // Rule files stand where the policy says, seen from the policy.
      ruleFiles = result.ruleFiles.map { (path.removingLastComponent().pushing(FilePath($0)), $0) }
    }
    ruleFiles += gitleaks.map { (context.environment.path($0), $0) }
    for file in ruleFiles {
      let bytes = try ReadableFile.open(file.path).readAll(limit: Self.largestPolicy)
      let rules = try GitleaksFile.read(bytes, name: file.name)
      for note in rules.notes { try context.message(note, unless: false) }
      result.add(rules)
    }
    if personal { result.personalData = Set(PersonalData.allCases) }
    return result
  }

  /// Makes sure that there is a key for what only means something under one.
  ///
  /// - Throws: `ValidationError`.
  func requireKey() throws {
    guard keyFile == nil else { return }
    throw ValidationError("a baseline holds fingerprints under a key that is kept: name it with --key-file")
  }

  /// A redaction of a directory with these settings, under the key that they name.
  func redaction(
    of source: Directory, key: KeyedDigest, progress: ProgressMeter, in context: CommandContext,
    accepting: @escaping @Sendable (RelativePath) -> Bool = { _ in true }
  ) throws -> DirectoryRedaction {
    LargeMemory.giveBack()
    var options = RedactionOptions(key: key)
    options.takesPersonal = personal
    options.accepts = accepting
    let cancellation = context.environment.cancellation
    options.progress = { bytes in
      try cancellation.check()
      progress.add(files: 1, bytes: Int(bytes))
    }
    return try DirectoryRedaction(source, detector: try detector(in: context), options: options)
  }
}

/// The built-in rules, compiled once for a process that has no cache to take them from.
enum BuiltInScanner {
  static let shared = Result { try SecretScanner(rules: RuleSet.builtIn(), cache: nil) }
}

/// Checks that nobody writes to a directory that is to be redacted.
enum RedactionSource {
  /// - Throws: `CommandFailure` with `.refused` for the directory of an active run, `.failure` for one that KUMO serves.
  static func check(_ directory: Directory, named path: String, isReplaced: Bool) throws {
    for sentinel in FixtureNames.sentinels where try directory.status(sentinel) != nil {
      guard isReplaced || sentinel == "active" else { continue }
      throw CommandFailure(
        .refused, "'\(path)' is the directory of a run ('\(sentinel)' is there)",
        hint: isReplaced
          ? "write the result elsewhere: 'kumo-fixtures redact \(path) --out DIR'"
          : "end the run first, or redact a copy: 'cp -r \(path) COPY && rm COPY/active'")
    }
    guard let server = DirectoryUsers.servers(of: directory).first else { return }
    throw CommandFailure(
      .failure, "KUMO (process \(server)) works in '\(path)': what it saves next would not be redacted",
      hint: "stop it with 'kill \(server)', then run the command again")
  }
}
