import Glibc
import Synchronization

/// Shows how far long work has come: redrawn on a terminal, one line a second elsewhere, nothing when quiet.
///
/// Nothing is shown for work that takes less than a second.
final class ProgressMeter: Sendable {
  private struct State {
    var files = 0
    var bytes: Int64 = 0
    var totalBytes: Int64?
    var lastShown: Int64
    var shown = false
  }

  private let title: String
  private let output: any OutputStream
  private let isQuiet: Bool
  private let started: Int64
  private let state: Mutex<State>

  init(_ title: String, in environment: CommandEnvironment, quiet: Bool, totalBytes: Int64? = nil) {
    self.title = title
    self.output = environment.standardError
    self.isQuiet = quiet
    self.started = Self.milliseconds()
    self.state = Mutex(State(totalBytes: totalBytes, lastShown: started))
  }

  /// Counts work that was done. May be called from any thread.
  func add(files: Int = 0, bytes: Int = 0) {
    guard !isQuiet else { return }
    state.withLock { state in
      state.files += files
      state.bytes += Int64(bytes)
      showNowAndThen(&state)
    }
  }

  /// Says how much has been done of how much, for work that counts by itself. May be called from any thread.
  func set(files: Int, bytes: Int64, totalBytes: Int64) {
    guard !isQuiet else { return }
    state.withLock { state in
      state.files = files
      state.bytes = bytes
      state.totalBytes = totalBytes
      showNowAndThen(&state)
    }
  }

  /// Clears the line on a terminal.
  func finish() {
    state.withLock { state in
      if state.shown, output.isTerminal { try? output.write("\r\u{1B}[K") }
      state.shown = false
    }
  }

  private func showNowAndThen(_ state: inout State) {
    let now = Self.milliseconds()
    guard now - state.lastShown >= (output.isTerminal && state.shown ? 200 : 1000) else { return }
    state.lastShown = now
    state.shown = true
    show(state, at: now)
  }

  private func show(_ state: State, at now: Int64) {
    let line = Self.line(
      title: title, files: state.files, bytes: state.bytes, totalBytes: state.totalBytes,
      milliseconds: now - started)
    // A terminal that cannot be written to is no reason to stop the work.
    if output.isTerminal {
      try? output.write("\r" + line.prefix((output.columns ?? 80) - 1) + "\u{1B}[K")
    } else {
      try? output.line("kumo-fixtures: " + line)
    }
  }

  /// The text of the line, a pure function of the numbers.
  static func line(title: String, files: Int, bytes: Int64, totalBytes: Int64?, milliseconds: Int64) -> String {
    var parts = [title]
    if files > 0 { parts.append(files == 1 ? "1 entry" : "\(files) entries") }
    if bytes > 0 {
      let total = totalBytes.map { " of \(ByteCount.text($0))" } ?? ""
      parts.append(ByteCount.text(bytes) + total)
      if milliseconds > 0 {
        let rate = bytes * 1000 / milliseconds
        parts.append("\(ByteCount.text(rate))/s")
        if let totalBytes, rate > 0, totalBytes > bytes { parts.append("\((totalBytes - bytes) / rate + 1) s left") }
      }
    }
    return parts.joined(separator: ", ")
  }

  private static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}
