import Glibc
import SystemPackage

/// A KUMO server that was started for one data directory.
package final class EmulatorProcess: Sendable {
  /// Its address.
  package let endpoint: Endpoint
  /// Milliseconds from the start until it answered.
  package let startMilliseconds: Int
  private let child: ChildProcess
  private let log: FilePath

  /// Its process id.
  package var process: pid_t { child.process }

  private init(endpoint: Endpoint, child: ChildProcess, log: FilePath, startMilliseconds: Int) {
    self.endpoint = endpoint
    self.child = child
    self.log = log
    self.startMilliseconds = startMilliseconds
  }

  deinit { child.endGroup(patience: .zero) }

  /// How to start it.
  package struct Launch: Sendable {
    /// The program's file.
    package var program: FilePath
    /// Its data directory, absolute.
    package var dataDirectory: FilePath
    /// The file that takes what it prints.
    package var log: FilePath
    /// The environment that it starts from.
    package var environment: [String: String]
    /// The port; nil for a free one.
    package var port: UInt16?
    /// How long it may take until it answers.
    package var patience: Duration = .seconds(30)

    /// Describes a start.
    package init(program: FilePath, dataDirectory: FilePath, log: FilePath, environment: [String: String]) {
      self.program = program
      self.dataDirectory = dataDirectory
      self.log = log
      self.environment = environment
    }
  }

  /// Starts KUMO and waits until it answers.
  ///
  /// - Parameter isCancelled: asked while waiting.
  /// - Throws: `EmulatorError` with `.cannotStart`, `.ended` with the end of its log, `.timeout`. Nothing is left
  ///   running.
  package static func start(
    _ launch: Launch, isCancelled: () -> Bool = { false }
  ) throws(EmulatorError) -> EmulatorProcess {
    var attempts = 0
    while true {
      let port: UInt16
      if let fixed = launch.port { port = fixed } else { port = try ListeningPort.free() }
      do {
        return try attempt(launch, port: port, isCancelled: isCancelled)
      } catch {
        attempts += 1
        // The port may have been taken by somebody else since it was looked for.
        guard launch.port == nil, attempts < 5, error.code == .ended, !isCancelled(),
          tail(of: launch.log).lowercased().contains("address already in use")
        else { throw error }
      }
    }
  }

  private static func attempt(
    _ launch: Launch, port: UInt16, isCancelled: () -> Bool
  ) throws(EmulatorError) -> EmulatorProcess {
    var start = ChildProcess.Launch(launch.program, [], environment: launch.environment)
    start.environment["KUMO_DATA_DIR"] = launch.dataDirectory.string
    start.environment["KUMO_HOST"] = "127.0.0.1"
    start.environment["KUMO_PORT"] = String(port)
    start.log = launch.log
    // When this program is killed, KUMO is asked to end, and saves.
    start.deathSignal = SIGTERM
    let child = try ChildProcess(start)
    let endpoint = Endpoint(host: "127.0.0.1", port: port)
    do throws(EmulatorError) {
      let milliseconds = try Health.wait(for: endpoint, deadline: Deadline(in: launch.patience)) {
        if isCancelled() { return "stopped while KUMO was starting" }
        guard let end = child.end() else { return nil }
        return "KUMO ended while it was starting (\(words(end)))\(tail(of: launch.log))"
      }
      // Of a program that has ended already `/proc` does not tell that it holds nothing.
      guard ListeningPort.isHeld(port, by: child.process) != false, child.end() == nil else {
        _ = child.wait(deadline: Deadline(in: .seconds(5)))
        throw EmulatorError(.ended, "another server has the port \(port): address already in use")
      }
      return EmulatorProcess(endpoint: endpoint, child: child, log: launch.log, startMilliseconds: milliseconds)
    } catch {
      child.endGroup(patience: .seconds(2))
      throw error
    }
  }

  /// How it ended; nil while it runs.
  package func end() -> ChildProcess.End? { child.end() }

  /// Stops it the way that lets it save: SIGTERM, then waiting as long as saving the data may take, then force.
  ///
  /// - Parameter bytes: the size of its data directory; thirty seconds are given, and one more for every 10 MB,
  ///   because an old release writes everything only now, and base64 at that (kumo-format.md 1.3). HTTP is drained
  ///   first, which an SQS long poll can hold for 20 seconds.
  /// - Parameter isUrgent: asked meanwhile; true ends the waiting, and KUMO is killed.
  /// - Returns: how it ended, and whether it had to be killed, so that its last state may be lost.
  package func stop(
    bytes: Int64, unless isUrgent: () -> Bool = { false }
  ) -> (end: ChildProcess.End?, wasKilled: Bool) {
    if let end = child.end() {
      child.endGroup(patience: .zero)
      return (end, false)
    }
    child.send(SIGTERM)
    let end = child.wait(deadline: Deadline(in: .seconds(30 + bytes / 10_000_000)), unless: isUrgent)
    let wasKilled = child.endGroup(patience: .zero)
    return (end ?? child.wait(deadline: Deadline(in: .seconds(5))), wasKilled && end == nil)
  }

  /// Ends it at once; it saves nothing.
  package func kill() {
    child.send(SIGKILL)
    child.endGroup(patience: .zero)
  }

  private static func words(_ end: ChildProcess.End) -> String {
    switch end {
    case .exited(let code): "exit code \(code)"
    case .signalled(let number): "signal \(number)"
    }
  }

  /// The last line of its log, as the end of a message.
  private static func tail(of log: FilePath) -> String {
    guard let line = LogTail.lines(of: log, count: 1).last else { return "" }
    return ": \(line)"
  }
}
