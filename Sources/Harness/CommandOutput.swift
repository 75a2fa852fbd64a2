import CLinux
import Files
import Glibc
import SystemPackage

/// Passes on what a command writes to where it would have gone by itself, and keeps it with the run's logs, where it
/// is found after a failure.
///
/// Only for streams that are no terminals: on a terminal a program shows colours and asks questions, which a pipe
/// would take from it. Standard output and error that lead to one place keep the order of what is written.
final class CommandOutput {
  /// How much is kept; the rest is passed on all the same.
  static let longest = 64 << 20

  /// The descriptors that the command is to have as standard output and error; -1 for this process's own.
  private(set) var given: (output: Int32, error: Int32) = (-1, -1)
  private var streams: [(source: Int32, target: Int32)] = []
  private let log: WritableFile
  private var kept = 0

  /// Prepares to read what a command writes.
  ///
  /// - Parameter log: takes it, too.
  init(_ log: WritableFile) {
    self.log = log
    let isOneStream = Self.isPassable(1) && Self.isPassable(2) && Self.areOne(1, 2)
    if Self.isPassable(1) { given.output = pipe(to: 1) }
    if isOneStream { given.error = given.output } else if Self.isPassable(2) { given.error = pipe(to: 2) }
  }

  deinit {
    closeGiven()
    for stream in streams { close(stream.source) }
  }

  private static func isPassable(_ descriptor: Int32) -> Bool {
    fcntl(descriptor, F_GETFD) >= 0 && isatty(descriptor) == 0
  }

  private static func areOne(_ first: Int32, _ second: Int32) -> Bool {
    var one = stat()
    var other = stat()
    return fstat(first, &one) == 0 && fstat(second, &other) == 0 && one.st_dev == other.st_dev
      && one.st_ino == other.st_ino
  }

  private func pipe(to target: Int32) -> Int32 {
    var ends: [Int32] = [-1, -1]
    // Without one more pipe the command writes where it would have written without us.
    guard cl_pipe(&ends) == 0 else { return -1 }
    streams.append((source: ends[0], target: target))
    return ends[1]
  }

  /// Closes the command's ends in this process: to be called when it has started.
  func closeGiven() {
    if given.output >= 0 { close(given.output) }
    if given.error >= 0, given.error != given.output { close(given.error) }
    given = (-1, -1)
  }

  /// Passes on what is there, as far as whoever reads our own output takes it. Never waits.
  func pump() {
    for index in streams.indices.reversed() {
      // A while at most, so that a command that writes without an end keeps nobody from seeing a signal.
      for _ in 0..<256 {
        guard let isOpen = step(streams[index]) else { break }
        guard !isOpen else { continue }
        close(streams[index].source)
        streams.remove(at: index)
        break
      }
    }
  }

  /// Passes on the rest, until everybody who can write is gone or the patience is at its end.
  func finish(patience: Duration, unless isUrgent: () -> Bool) {
    let deadline = ContinuousClock.now + patience
    pump()
    while !streams.isEmpty, ContinuousClock.now < deadline, !isUrgent() {
      usleep(1_000)
      pump()
    }
  }

  /// One piece, no longer than what a pipe that is ready takes without waiting.
  ///
  /// - Returns: nil when nothing can flow now, false at the end.
  private func step(_ stream: (source: Int32, target: Int32)) -> Bool? {
    var waits = [
      pollfd(fd: stream.source, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stream.target, events: Int16(POLLOUT), revents: 0),
    ]
    guard poll(&waits, 2, 0) == 2 else { return nil }
    var piece = [UInt8](repeating: 0, count: Int(PIPE_BUF))
    let count = read(stream.source, &piece, piece.count)
    guard count != 0 else { return false }
    guard count > 0 else { return errno == EINTR ? true : false }
    piece.removeLast(piece.count - count)
    keep(piece)
    // Nobody reads any more: the command is to notice as it would have without us.
    return FileDescriptor(rawValue: stream.target).writeCompletely(piece)
  }

  private func keep(_ piece: [UInt8]) {
    guard kept < Self.longest else { return }
    kept += piece.count
    // A full disk is no reason to stop the command.
    try? log.write(piece)
    if kept >= Self.longest { try? log.write(Array("\n[the rest was not kept]\n".utf8)) }
  }
}

extension FileDescriptor {
  /// Whether all bytes could be written.
  fileprivate func writeCompletely(_ bytes: [UInt8]) -> Bool {
    (try? writeAll(bytes)) != nil
  }
}
