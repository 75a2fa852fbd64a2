import Files
import Glibc
import SystemPackage

/// Runs another program and waits for it: the built tool itself, sha256sum, python3.
///
/// Output goes to files, so that a program that prints much cannot block; the environment is exactly what is given.
package struct Program: Sendable {
  /// How a program ended.
  package struct Result: Sendable {
    /// The exit code; nil when a signal ended it.
    package let exitCode: Int32?
    /// The signal that ended it, SIGKILL after a time-out.
    package let signal: Int32?
    /// What it wrote to standard output.
    package let output: [UInt8]
    /// What it wrote to standard error.
    package let errors: [UInt8]

    /// Standard output as text.
    package var text: String { String(decoding: output, as: UTF8.self) }
    /// Standard error as text.
    package var errorText: String { String(decoding: errors, as: UTF8.self) }
  }

  /// How long a program may take on a slow and busy machine.
  package static let patience: Duration = .seconds(600)

  /// The program's file.
  package let path: FilePath

  package init(_ path: FilePath) {
    self.path = path
  }

  /// Finds a program in the directories of PATH; nil when it is not installed.
  package init?(named name: String) {
    let places = (TemporaryDirectory.variable("PATH") ?? "/usr/bin:/bin").split(separator: ":")
    guard let place = places.first(where: { access("\($0)/\(name)", X_OK) == 0 }) else { return nil }
    path = FilePath("\(place)/\(name)")
  }

  /// An executable of this package, built beside the running test bundle; nil when it has not been built.
  package static func built(_ name: String) -> Program? {
    var places: [FilePath] = CommandLine.arguments.prefix(1).map { FilePath($0).removingLastComponent() }
    if let own = realpath("/proc/self/exe", nil) {
      places.append(FilePath(platformString: own).removingLastComponent())
      free(own)
    }
    // The test process may be Swift's own helper; its arguments then name the bundle.
    places += CommandLine.arguments.filter { $0.hasSuffix(".xctest") }.map { FilePath($0).removingLastComponent() }
    places.append(Captures.packageRoot.pushing(".build/debug"))
    return places.map { Program($0.appending(name)) }.first { access($0.path.string, X_OK) == 0 }
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: without the program's own name.
  ///   - environment: all of it; PATH is added when it is missing.
  ///   - directory: the working directory; the test process's own by default.
  ///   - input: standard input.
  ///   - timeout: after which it is killed with its children.
  package func run(
    _ arguments: [String] = [], environment: [String: String] = [:], in directory: FilePath? = nil,
    input: [UInt8] = [], timeout: Duration = Program.patience
  ) throws -> Result {
    let running = try start(arguments, environment: environment, in: directory, input: input)
    return try running.wait(timeout: timeout)
  }

  /// Starts the program and does not wait.
  package func start(
    _ arguments: [String] = [], environment: [String: String] = [:], in directory: FilePath? = nil,
    input: [UInt8] = []
  ) throws -> RunningProgram {
    let scratch = try TemporaryDirectory()
    try scratch.write("in", input)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, scratch.path("in").string, O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, scratch.path("out").string, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, scratch.path("err").string, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A process group of its own: a time-out then ends its children as well. Signals as a shell in the foreground
    // leaves them: what was started in the background ignores SIGINT, and would hand that down.
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    posix_spawnattr_setpgroup(&attributes, 0)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var process: pid_t = 0
    var variables = environment
    variables["PATH"] = environment["PATH"] ?? TemporaryDirectory.variable("PATH") ?? "/usr/bin:/bin"
    // Glibc's own action for this is hidden from Swift; `env` replaces itself by the program, so the id stays the same.
    let detour = directory.map { ["/usr/bin/env", "--chdir=\($0.string)"] } ?? []
    let command = detour + [path.string] + arguments
    let status = withCStrings(command) { argv in
      withCStrings(variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }) { envp in
        posix_spawn(&process, command[0], &actions, &attributes, argv, envp)
      }
    }
    guard status == 0 else { throw Errno(rawValue: status) }
    return RunningProgram(process: process, scratch: scratch)
  }

  private func withCStrings<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}

/// A program that was started.
package struct RunningProgram: Sendable {
  /// Its process id.
  package let process: pid_t
  /// Holds its input and output.
  let scratch: TemporaryDirectory

  /// Sends it a signal.
  package func send(_ signal: Int32) {
    kill(process, signal)
  }

  /// Whether it has ended; it is still to be waited for.
  package var hasEnded: Bool {
    var information = siginfo_t()
    // Nothing is said about a child that still runs.
    guard waitid(P_PID, id_t(process), &information, WEXITED | WNOHANG | WNOWAIT) == 0 else { return true }
    return information.si_signo == SIGCHLD
  }

  /// What it has written to standard output so far.
  package func outputSoFar() throws -> String { try scratch.text("out") }

  /// Waits for its end, and kills it when that takes too long.
  package func wait(timeout: Duration = Program.patience) throws -> Program.Result {
    let deadline = ContinuousClock.now + timeout
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { break }
      if ended < 0, errno != EINTR { throw Errno(rawValue: errno) }
      if ContinuousClock.now > deadline {
        kill(-process, SIGKILL)
        waitpid(process, &status, 0)
        break
      }
      usleep(2000)
    }
    // The macros of <sys/wait.h>, which Swift does not import: low seven bits the signal, next byte the exit code.
    let signal = status & 0x7f
    return Program.Result(
      exitCode: signal == 0 ? (status >> 8) & 0xff : nil, signal: signal == 0 ? nil : signal,
      output: try scratch.read("out"), errors: try scratch.read("err"))
  }
}
