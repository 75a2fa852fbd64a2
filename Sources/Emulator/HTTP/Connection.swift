import Glibc
import SystemPackage

/// A TCP connection whose every step has a deadline.
final class Connection {
  private let descriptor: Int32
  private let endpoint: Endpoint

  private init(descriptor: Int32, endpoint: Endpoint) {
    self.descriptor = descriptor
    self.endpoint = endpoint
  }

  deinit { close(descriptor) }

  /// Connects to the first address of the host that answers.
  ///
  /// - Throws: `EmulatorError` with `.unreachable`, `.timeout`, or `.badEndpoint` for a host that nobody knows.
  static func open(_ endpoint: Endpoint, deadline: Deadline) throws(EmulatorError) -> Connection {
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_NUMERICSERV
    var list: UnsafeMutablePointer<addrinfo>?
    let code = getaddrinfo(endpoint.host, String(endpoint.port), &hints, &list)
    guard code == 0, let list else {
      throw EmulatorError(
        .badEndpoint, "the host '\(endpoint.host)' is not known: \(String(cString: gai_strerror(code)))")
    }
    defer { freeaddrinfo(list) }
    var failure = Errno.connectionRefused
    var address: UnsafeMutablePointer<addrinfo>? = list
    while let current = address {
      switch attempt(current.pointee, deadline: deadline) {
      case .success(let descriptor): return Connection(descriptor: descriptor, endpoint: endpoint)
      case .failure(let errno): failure = errno
      }
      address = current.pointee.ai_next
    }
    if failure == .timedOut { throw Self.late(endpoint, "to accept a connection") }
    throw EmulatorError(
      .unreachable, "nobody answers at \(endpoint): \(failure.description.lowercased())",
      hint: "start KUMO, or name its address with --endpoint")
  }

  private static func attempt(_ address: addrinfo, deadline: Deadline) -> Result<Int32, Errno> {
    let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let descriptor = socket(address.ai_family, address.ai_socktype | flags, address.ai_protocol)
    guard descriptor >= 0 else { return .failure(Errno(rawValue: errno)) }
    var failure = Errno(rawValue: 0)
    if connect(descriptor, address.ai_addr, address.ai_addrlen) != 0 {
      failure = Errno(rawValue: errno)
      if failure == .nowInProgress {
        failure = Self.wait(descriptor, Int16(POLLOUT), deadline) ? Self.pendingError(descriptor) : .timedOut
      }
    }
    if failure.rawValue == 0 { return .success(descriptor) }
    close(descriptor)
    return .failure(failure)
  }

  private static func pendingError(_ descriptor: Int32) -> Errno {
    var code: Int32 = 0
    var size = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
    return Errno(rawValue: code)
  }

  /// Waits until the descriptor can be used; false when the deadline passes first.
  private static func wait(_ descriptor: Int32, _ events: Int16, _ deadline: Deadline) -> Bool {
    while true {
      var entry = pollfd(fd: descriptor, events: events, revents: 0)
      let count = poll(&entry, 1, deadline.milliseconds)
      if count > 0 { return true }
      if count == 0 || errno != EINTR { return false }
    }
  }

  /// Sends all bytes.
  ///
  /// - Throws: `EmulatorError` with `.unreachable` or `.timeout`.
  func write(_ bytes: [UInt8], deadline: Deadline) throws(EmulatorError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else {
        try recover("to take the request", Int16(POLLOUT), deadline)
      }
    }
  }

  /// Reads what there is; 0 at the end.
  ///
  /// - Throws: `EmulatorError` with `.unreachable` or `.timeout`.
  func read(into buffer: UnsafeMutableRawBufferPointer, deadline: Deadline) throws(EmulatorError) -> Int {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
      if count >= 0 { return count }
      try recover("to answer", Int16(POLLIN), deadline)
    }
  }

  /// The next bytes, at most so many; empty at the end.
  ///
  /// - Throws: as `read(into:deadline:)`.
  func read(atMost count: Int, deadline: Deadline) throws(EmulatorError) -> [UInt8] {
    var piece = [UInt8](repeating: 0, count: count)
    let got = try piece.withUnsafeMutableBufferPointer { (bytes) throws(EmulatorError) -> Int in
      try read(into: UnsafeMutableRawBufferPointer(bytes), deadline: deadline)
    }
    piece.removeLast(count - got)
    return piece
  }

  /// Waits where the call would have waited; throws what cannot be cured by waiting.
  private func recover(_ what: String, _ events: Int16, _ deadline: Deadline) throws(EmulatorError) {
    let failure = Errno(rawValue: errno)
    if failure == .interrupted { return }
    guard failure == .wouldBlock else {
      throw EmulatorError(
        .unreachable, "\(endpoint) cut the connection: \(failure.description.lowercased())",
        hint: "see the emulator's log; KUMO cuts connections when a handler panics")
    }
    guard Self.wait(descriptor, events, deadline) else { throw Self.late(endpoint, what) }
  }

  private static func late(_ endpoint: Endpoint, _ what: String) -> EmulatorError {
    EmulatorError(.timeout, "\(endpoint) took too long \(what)", hint: "allow more time with --timeout")
  }
}
