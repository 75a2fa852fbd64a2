import CLinux
import Glibc
import Processes
import Synchronization
import SystemPackage

/// A program that was started and is waited for. It leads a process group of its own, so that it can be ended
/// together with everything it started, unless it shares this process's terminal.
package final class ChildProcess: Sendable {
  /// How a program ended.
  package enum End: Sendable, Equatable {
    /// With an exit code.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)

    /// What a shell would give as exit code: 128 and the number for a signal.
    package var code: Int32 {
      switch self {
      case .exited(let code): code
      case .signalled(let number): 128 + number
      }
    }
  }

  /// What to start and how.
  package struct Launch: Sendable {
    /// The program's file.
    package var program: FilePath
    /// Its arguments, without its name.
    package var arguments: [String]
    /// Its whole environment.
    package var environment: [String: String]
    /// Where its standard output and error go; nil for the caller's own.
    package var log: FilePath?
    /// Without a log: the descriptors of its standard output and error; -1 for the caller's own.
    package var streams: (output: Int32, error: Int32) = (-1, -1)
    /// Whether it stays in this process's group when standard input is a terminal: it can read from there, and Ctrl-C
    /// and Ctrl-Z reach both.
    package var sharesTerminal = false
    /// The signal that it gets when the thread that started it ends.
    package var deathSignal: Int32 = 0

    /// Describes a start.
    package init(_ program: FilePath, _ arguments: [String], environment: [String: String]) {
      self.program = program
      self.arguments = arguments
      self.environment = environment
    }
  }

  /// The process id, also that of its group when it leads one.
  package let process: pid_t
  /// Whether it is in this process's group, so that the terminal sends its signals to it, too.
  package let sharesTerminal: Bool
  private let ended = Mutex<End?>(nil)

  /// Starts a program.
  ///
  /// - Throws: `EmulatorError` with `.cannotStart`.
  package init(_ launch: Launch) throws(EmulatorError) {
    func failed(_ number: Int32) -> EmulatorError {
      EmulatorError(
        .cannotStart, "cannot start '\(launch.program)': \(Errno(rawValue: number).description.lowercased())",
        hint: "name an executable file")
    }
    var output: Int32 = -1
    if let log = launch.log {
      output = open(log.string, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard output >= 0 else { throw failed(errno) }
    }
    defer { if output >= 0 { close(output) } }
    var input: Int32 = -1
    if launch.log != nil { input = open("/dev/null", O_RDONLY | O_CLOEXEC) }
    defer { if input >= 0 { close(input) } }
    sharesTerminal = launch.sharesTerminal && isatty(0) == 1
    let leadsGroup = !sharesTerminal
    let words = [launch.program.string] + launch.arguments
    let variables = launch.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var child: pid_t = 0
    let number = CStrings.with(words) { argv in
      CStrings.with(variables) { envp in
        var options = cl_spawn_options()
        options.input = input
        options.output = launch.log == nil ? launch.streams.output : output
        options.error = launch.log == nil ? launch.streams.error : output
        options.new_group = leadsGroup ? 1 : 0
        options.death_signal = launch.deathSignal
        return cl_spawn(launch.program.string, argv, envp, &options, &child)
      }
    }
    guard number == 0 else { throw failed(number) }
    process = child
  }

  /// How it ended; nil while it runs. Never waits.
  package func end() -> End? {
    ended.withLock { ended in
      if ended != nil { return ended }
      var code: Int32 = 0
      var signal: Int32 = 0
      switch cl_reap(process, &code, &signal) {
      case 0: return nil
      case 1: ended = signal == 0 ? .exited(code) : .signalled(signal)
      // Somebody else has waited for it: how it ended is lost.
      default: ended = .exited(-1)
      }
      return ended
    }
  }

  /// Waits until it has ended.
  ///
  /// - Parameter deadline: nil for no limit.
  /// - Parameter isPointless: asked every few milliseconds; true ends the waiting.
  package func wait(deadline: Deadline? = nil, unless isPointless: () -> Bool = { false }) -> End? {
    var pause: UInt32 = 200
    while true {
      if let end = end() { return end }
      if deadline?.hasPassed == true || isPointless() { return nil }
      usleep(pause)
      pause = min(pause * 2, 5_000)
    }
  }

  /// Sends a signal to it and everything in its group. Nothing happens when all of them are gone.
  package func send(_ signal: Int32) {
    guard !sharesTerminal else {
      // Once it was waited for, its number may be another process's.
      ended.withLock { if $0 == nil { _ = kill(process, signal) } }
      return
    }
    // After the leader was waited for, its number still names the group as long as a member lives, and no new process
    // gets it; when the group is empty the call fails.
    _ = kill(-process, signal)
  }

  /// Whether anything in its group still lives; without a group of its own, whether it does itself.
  package var isGroupAlive: Bool { sharesTerminal ? end() == nil : kill(-process, 0) == 0 || errno == EPERM }

  /// Ends the whole group: a request first, then by force. Without a group of its own only the process itself.
  ///
  /// - Parameters:
  ///   - patience: how long to wait after the request.
  ///   - isUrgent: asked meanwhile; true ends the patience.
  /// - Returns: whether force was needed.
  @discardableResult
  package func endGroup(patience: Duration, unless isUrgent: () -> Bool = { false }) -> Bool {
    guard groupIsLeft(for: .zero) else { return false }
    send(SIGTERM)
    guard groupIsLeft(for: patience, unless: isUrgent) else { return false }
    send(SIGKILL)
    _ = groupIsLeft(for: .seconds(5))
    return true
  }

  private func groupIsLeft(for patience: Duration, unless isUrgent: () -> Bool = { false }) -> Bool {
    let deadline = Deadline(in: patience)
    while true {
      // A zombie counts as a member until it is waited for.
      _ = end()
      if !isGroupAlive { return false }
      if deadline.hasPassed || isUrgent() { return true }
      usleep(2_000)
    }
  }
}
