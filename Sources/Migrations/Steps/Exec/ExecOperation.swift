import Glibc
import Documents
import Files
import KumoState
import Processes
import SystemPackage

/// An operation that a program of the user's does: it reads records as NDJSON and writes them back (docs/steps.md).
struct ExecOperation: Sendable {
  /// Which records the program gets.
  enum Records: Sendable, Equatable {
    case items(table: String)
    case messages(queue: String)
    case objects(bucket: String, prefix: String)

    /// The word for one of them, which is the member's name in a line.
    var word: StaticString {
      switch self {
      case .items: "item"
      case .messages: "message"
      case .objects: "object"
      }
    }
  }

  /// What was asked for, without what the place of the document adds.
  let command: [String]
  let records: Records
  /// How long it may take.
  let timeLimit: Duration
  /// Where the document stands: the program's working directory.
  let directory: FilePath
  /// The variables of this tool that the program gets, `PATH` and `HOME`.
  let inherited: [String: String]
  /// The variables that say what is to be done.
  var described: [String: String] = [:]

  var scope: StepScope {
    switch records {
    case .items(let table): .tables(table)
    case .messages(let queue): .queues(queue)
    case .objects(let bucket, _): .buckets(bucket)
    }
  }

  /// Runs the program over all records, then makes the changes that it asked for.
  ///
  /// - Throws: `StepError` when it cannot be started, fails, takes too long or does not answer as docs/steps.md says.
  func run(on view: DirectoryView) throws {
    let spool = try AnswerSpool(in: view.directory)
    defer { spool.remove() }
    let lines = try RecordLines(records, view: view)
    let result: (end: PipedProgram.End, errors: [UInt8])
    do {
      result = try program(view).run(input: { try lines.next() }, output: { try spool.write($0, answering: lines) })
    } catch let error as ProcessError {
      throw StepError(error.message, hint: error.hint)
    }
    try spool.finish()
    let said = Self.lines(result.errors)
    switch result.end {
    case .exited(0): break
    case .exited(let code): throw failed("ended with exit code \(code)", said)
    case .signalled(let signal): throw failed("was ended by signal \(signal)", said)
    case .stopped:
      try view.checkpoint()
      throw failed("did not end within \(timeLimit.components.seconds) s", said, hint: "set time-limit: in the step")
    }
    for line in said { view.note("\(name): \(line)") }
    try RecordChanges(records, answers: spool, view: view, name: name).make()
  }

  private var name: String { command.first ?? "" }

  private func program(_ view: DirectoryView) throws(StepError) -> PipedProgram {
    var environment = inherited
    environment["LANG"] = "C"
    for (name, value) in described { environment["KUMO_FIXTURES_\(name)"] = value }
    var program = PipedProgram(
      try executable(), Array(command.dropFirst()), environment: environment, directory: directory)
    let own = ContinuousClock.now + timeLimit
    program.deadline = view.control.deadline.map { min($0, own) } ?? own
    program.isCancelled = view.control.isCancelled
    return program
  }

  /// The program's file: relative to the document when its name has a slash, otherwise the first one in `PATH`.
  private func executable() throws(StepError) -> FilePath {
    let name = self.name
    if name.contains("/") { return directory.pushing(FilePath(name)) }
    for folder in (inherited["PATH"] ?? "").split(separator: ":") where !folder.isEmpty {
      let candidate = FilePath(String(folder)).appending(name)
      if access(candidate.string, X_OK) == 0 { return candidate }
    }
    throw StepError(
      "there is no program '\(name)' in PATH",
      hint: "install it, or write ./\(name) for a program beside the step document")
  }

  private func failed(_ what: String, _ said: [String], hint: String? = nil) -> StepError {
    let last = said.suffix(5).joined(separator: " | ")
    let tail = said.isEmpty ? "" : ": \(last)"
    return StepError("'\(name)' \(what)\(tail)", hint: hint)
  }

  /// The last lines of what a program wrote to standard error, safe to print.
  private static func lines(_ errors: [UInt8]) -> [String] {
    errors.split(separator: UInt8(ascii: "\n")).suffix(20).map { DisplayName.escape($0.prefix(400)) }
  }
}
