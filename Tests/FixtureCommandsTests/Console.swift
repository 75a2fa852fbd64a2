import Files
import FixtureCommands
import FixtureSpecs
import FixtureTestSupport
import Migrations
import Specs
import Synchronization
import SystemPackage

/// A stream that remembers what was written.
final class MemoryOutput: FixtureCommands.OutputStream {
  private let bytes = Mutex<[UInt8]>([])

  var isTerminal: Bool { false }
  var columns: Int? { nil }
  func write(_ more: [UInt8]) throws(StreamError) { bytes.withLock { $0 += more } }
  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}

/// Standard input with a given content.
struct MemoryInput: FixtureCommands.InputStream {
  var bytes: [UInt8] = []
  func readAll(limit: Int) throws(StreamError) -> [UInt8] { bytes }
}

/// What a command line did.
struct CommandOutcome {
  var status: Int32
  var output: String
  var errors: String
}

/// Runs a real command line in-process, in a folder of its own.
struct Console {
  let folder: TemporaryDirectory
  /// Migration steps in code.
  var steps: [any MigrationStep] = []
  /// The environment of the command line.
  var variables: [String: String] = [:]

  init() throws { folder = try TemporaryDirectory() }

  /// - Parameter inMemory: whether the folder is in memory where the system has such a place: for what waits for its
  ///   disk often.
  init(inMemory: Bool) throws {
    let memory: FilePath = "/dev/shm"
    let isThere = inMemory && (try? Directory.open(memory)) != nil
    folder = try TemporaryDirectory(in: isThere ? memory : nil)
  }

  /// Runs `kumo-fixtures` with these arguments.
  func run(_ arguments: String..., input: String = "", now: Int64 = 1_800_000_000) -> CommandOutcome {
    run(arguments, input: input, now: now)
  }

  /// Runs `kumo-fixtures` with these arguments.
  func run(_ arguments: [String], input: String = "", now: Int64 = 1_800_000_000) -> CommandOutcome {
    let output = MemoryOutput()
    let errors = MemoryOutput()
    let environment = CommandEnvironment(
      arguments: arguments, workingDirectory: folder.path, variables: variables, standardOutput: output,
      standardError: errors, standardInput: MemoryInput(bytes: Array(input.utf8)), now: { now })
    let status = CommandLineTool.run(specs: builtInSpecs, steps: steps, in: environment)
    return CommandOutcome(status: status, output: output.text, errors: errors.text)
  }

  /// Copies a captured directory into the folder.
  func copy(_ capture: FilePath, as name: String) throws {
    try folder.makeDirectory(name)
    let copy = try Directory.open(folder.path(name))
    try Directory.open(capture).copyTree(to: copy)
    // The captures may be read-only, which KUMO's own directories never are.
    for entry in try copy.walk() {
      try folder.setMode("\(name)/\(entry.path)", entry.kind == .directory ? 0o750 : 0o600)
    }
  }
}
