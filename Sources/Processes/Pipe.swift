import CLinux
import Glibc
import SystemPackage

/// One end or both of a pipe, closed when it goes away.
final class PipeEnd {
  private(set) var number: Int32

  init(_ number: Int32) {
    self.number = number
  }

  deinit { close() }

  var isOpen: Bool { number >= 0 }

  func close() {
    if number >= 0 { _ = Glibc.close(number) }
    number = -1
  }

  /// A new pipe whose `ours` end does not block.
  static func make(oursWrites: Bool) throws(ProcessError) -> (ours: PipeEnd, theirs: PipeEnd) {
    var ends: [Int32] = [-1, -1]
    guard cl_pipe(&ends) == 0 else {
      throw ProcessError("cannot make a pipe: \(Errno(rawValue: errno).description.lowercased())")
    }
    let ours = PipeEnd(oursWrites ? ends[1] : ends[0])
    let theirs = PipeEnd(oursWrites ? ends[0] : ends[1])
    let flags = fcntl(ours.number, F_GETFL)
    guard flags >= 0, fcntl(ours.number, F_SETFL, flags | O_NONBLOCK) == 0 else {
      throw ProcessError("cannot set up a pipe: \(Errno(rawValue: errno).description.lowercased())")
    }
    return (ours, theirs)
  }

  /// Writes what the pipe takes now: nil when its reader is gone, 0 when it is full.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int? {
    // A signal would end the whole tool; it is sent to the thread that writes, and taken back there.
    var pipeSignal = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipeSignal)
    sigaddset(&pipeSignal, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipeSignal, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    while true {
      let count = Glibc.write(number, bytes.baseAddress, bytes.count)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: return 0
      default:
        var none = timespec()
        _ = sigtimedwait(&pipeSignal, nil, &none)
        return nil
      }
    }
  }

  /// Reads what is there now: nil at the end, 0 when there is nothing yet.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      let count = Glibc.read(number, buffer.baseAddress, buffer.count)
      if count > 0 { return count }
      if count == 0 { return nil }
      if errno == EAGAIN { return 0 }
      if errno != EINTR { return nil }
    }
  }
}
