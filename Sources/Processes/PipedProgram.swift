import CLinux
import Glibc
import SystemPackage

/// Runs a program that reads its standard input and writes its standard output, both as streams: neither side can
/// wait for the other for ever, and nothing is held but a piece.
package struct PipedProgram {
  /// How a program ended.
  package enum End: Sendable, Equatable {
    /// With an exit code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)
    /// It was ended because its time was over, or because somebody asked.
    case stopped
  }

  /// The program's file.
  package var program: FilePath
  /// Its arguments, without its name.
  package var arguments: [String]
  /// Its whole environment.
  package var environment: [String: String]
  /// Where it runs.
  package var directory: FilePath
  /// When it is ended by force; nil for no limit.
  package var deadline: ContinuousClock.Instant?
  /// Asked again and again; true ends the program.
  package var isCancelled: () -> Bool = { false }
  /// How many bytes of standard error are kept, the last ones.
  package var errorLimit = 64 * 1024

  /// Describes a run.
  package init(_ program: FilePath, _ arguments: [String], environment: [String: String], directory: FilePath) {
    self.program = program
    self.arguments = arguments
    self.environment = environment
    self.directory = directory
  }

  /// Runs it to its end. Everything that it started ends with it.
  ///
  /// - Parameters:
  ///   - input: the next piece for its standard input; nil at the end. It is not asked for more than the program takes.
  ///   - output: gets pieces of its standard output.
  /// - Returns: how it ended, and the end of what it wrote to standard error.
  /// - Throws: `ProcessError` when it cannot be started; what the closures throw, and then the program is ended.
  package func run(
    input: () throws -> [UInt8]?, output: (UnsafeRawBufferPointer) throws -> Void
  ) throws -> (end: End, errors: [UInt8]) {
    let stdin = try PipeEnd.make(oursWrites: true)
    let stdout = try PipeEnd.make(oursWrites: false)
    let stderr = try PipeEnd.make(oursWrites: false)
    let process = try start(stdin.theirs.number, stdout.theirs.number, stderr.theirs.number)
    for end in [stdin.theirs, stdout.theirs, stderr.theirs] { end.close() }
    var exchange = Exchange(input: stdin.ours, output: stdout.ours, error: stderr.ours, errorLimit: errorLimit)
    var end: End?
    defer {
      // Whatever it left behind goes with it.
      _ = kill(-process, SIGKILL)
      if end == nil || end == .stopped { Self.waitForEnd(process) }
    }
    var quiet = 0
    while !exchange.isOver {
      let isStopped = isCancelled() || deadline.map { ContinuousClock.now > $0 } ?? false
      if isStopped {
        end = .stopped
        return (.stopped, exchange.errors)
      }
      let isBusy = try exchange.step(input: input, output: output, patience: 50)
      if end == nil { end = Self.ended(process) }
      // A grandchild that keeps the pipes open does not keep us.
      quiet = isBusy || end == nil ? 0 : quiet + 1
      if quiet > 4 { break }
    }
    while end == nil {
      if isCancelled() || deadline.map({ ContinuousClock.now > $0 }) ?? false {
        end = .stopped
        break
      }
      end = Self.ended(process)
      if end == nil { usleep(1_000) }
    }
    return (end ?? .stopped, exchange.errors)
  }

  private func start(_ input: Int32, _ output: Int32, _ error: Int32) throws(ProcessError) -> pid_t {
    var child: pid_t = 0
    let variables = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let number = CStrings.with([program.string] + arguments) { argv in
      CStrings.with(variables) { envp in
        directory.string.withCString { directory in
          var options = cl_spawn_options()
          options.directory = directory
          options.input = input
          options.output = output
          options.error = error
          options.new_group = 1
          // When this tool is killed, a program that waits for its input would wait for ever.
          options.death_signal = SIGKILL
          return cl_spawn(program.string, argv, envp, &options, &child)
        }
      }
    }
    guard number == 0 else {
      throw ProcessError(
        "cannot start '\(program)': \(Errno(rawValue: number).description.lowercased())",
        hint: "name an executable file (chmod +x), or the interpreter before it")
    }
    return child
  }

  private static func ended(_ process: pid_t) -> End? {
    var code: Int32 = 0
    var signal: Int32 = 0
    switch cl_reap(process, &code, &signal) {
    case 0: return nil
    case 1: return signal == 0 ? .exited(code) : .signalled(signal)
    default: return .exited(-1)
    }
  }

  private static func waitForEnd(_ process: pid_t) {
    for _ in 0..<5_000 {
      if ended(process) != nil { return }
      usleep(1_000)
    }
  }
}

/// What flows between the tool and a program.
private struct Exchange {
  private let input: PipeEnd
  private let output: PipeEnd
  private let error: PipeEnd
  private let errorLimit: Int
  private var pending: [UInt8] = []
  private var written = 0
  private var buffer = [UInt8](repeating: 0, count: 64 * 1024)
  private(set) var errors: [UInt8] = []

  init(input: PipeEnd, output: PipeEnd, error: PipeEnd, errorLimit: Int) {
    self.input = input
    self.output = output
    self.error = error
    self.errorLimit = errorLimit
  }

  /// Whether the program has closed its output and its errors.
  var isOver: Bool { !output.isOpen && !error.isOpen }

  /// Waits until something can flow, and lets it. Returns false when nothing did.
  mutating func step(
    input next: () throws -> [UInt8]?, output sink: (UnsafeRawBufferPointer) throws -> Void, patience: Int32
  ) throws -> Bool {
    if input.isOpen, written == pending.count {
      if let piece = try next() {
        pending = piece
        written = 0
      } else {
        input.close()
      }
    }
    // Closed ends have the number -1, which poll passes over.
    var waits = [
      pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: output.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: error.number, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waits, 3, patience) > 0 else { return false }
    if waits[0].revents != 0 { write() }
    if waits[1].revents != 0 { try read(sink) }
    if waits[2].revents != 0 { readErrors() }
    return true
  }

  private mutating func write() {
    let start = written
    let count = pending.withUnsafeBytes { input.write(UnsafeRawBufferPointer(rebasing: $0[start...])) }
    // A program may stop reading; whether that was right, its answers show.
    guard let count else { return input.close() }
    written += count
  }

  private mutating func read(_ sink: (UnsafeRawBufferPointer) throws -> Void) throws {
    let count = buffer.withUnsafeMutableBytes { output.read(into: $0) }
    guard let count else { return output.close() }
    try buffer.withUnsafeBytes { try sink(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
  }

  private mutating func readErrors() {
    let count = buffer.withUnsafeMutableBytes { error.read(into: $0) }
    guard let count else { return error.close() }
    errors.append(contentsOf: buffer[..<count])
    if errors.count > errorLimit * 2 { errors.removeFirst(errors.count - errorLimit) }
  }
}
