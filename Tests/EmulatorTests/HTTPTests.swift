import Emulator
import FixtureTestSupport
import Glibc
import SystemPackage
import Testing

/// A server that sends exactly the bytes of a file to everybody and then closes: a real process behind a real socket.
final class CannedServer {
  private let program: RunningProgram
  let endpoint: Endpoint

  /// - Parameter pause: seconds before the second half of the answer is sent.
  init(_ answer: String, host: String = "127.0.0.1", pause: Double = 0) throws {
    let python = try #require(Program(named: "python3"))
    let script = """
      import socket, sys, time
      answer = sys.stdin.buffer.read()
      family = socket.AF_INET6 if ':' in '\(host)' else socket.AF_INET
      server = socket.socket(family, socket.SOCK_STREAM)
      server.bind(('\(host)', 0)); server.listen(8)
      print(server.getsockname()[1], flush=True)
      while True:
          peer, _ = server.accept()
          peer.recv(65536)
          half = len(answer) // 2
          peer.sendall(answer[:half]); time.sleep(\(pause)); peer.sendall(answer[half:]); peer.close()
      """
    program = try python.start(["-c", script], input: Array(answer.utf8))
    var port: UInt16?
    let deadline = Deadline(in: .seconds(120))
    while port == nil, !deadline.hasPassed {
      port = UInt16(try program.outputSoFar().split(separator: "\n").first.map(String.init) ?? "")
      deadline.sleep(milliseconds: 5)
    }
    endpoint = Endpoint(host: host, port: try #require(port))
  }

  deinit {
    program.send(SIGKILL)
    _ = try? program.wait()
  }
}

@Suite(.needs("python3")) struct HTTPTests {
  private func get(_ server: CannedServer, _ timeout: Duration = .seconds(120)) throws -> (Int, String) {
    let response = try HTTPResponse.fetch(
      HTTPRequest("GET", "/"), from: server.endpoint, deadline: Deadline(in: timeout))
    return (response.status, String(decoding: try response.body(), as: UTF8.self))
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 200, "hello"),
    ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 404, ""),
    ("HTTP/1.1 200 OK\r\n\r\nto the end", 200, "to the end"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nA;x=y\r\n, world!!!\r\n0\r\nT: x\r\n\r\n",
      200, "hello, world!!!"
    ),
    ("HTTP/1.1 200 OK\r\ntransfer-encoding:  Chunked\r\n\r\n0\r\n\r\n", 200, ""),
    ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
    ("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhim", 200, "hi"),
  ])
  func readsEveryFraming(answer: String, status: Int, body: String) throws {
    let (gotStatus, gotBody) = try get(CannedServer(answer, pause: 0.01))
    #expect(gotStatus == status)
    #expect(gotBody == body)
  }

  @Test(arguments: [
    "", "nonsense\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
  ])
  func refusesBrokenAnswers(answer: String) throws {
    let server = try CannedServer(answer)
    let error = try #require(throws: EmulatorError.self) { try get(server) }
    // A server that closes without reading everything may also reset the connection.
    #expect(error.code == .badResponse || error.code == .unreachable)
  }

  /// Whether this machine has an address of its own in IPv6.
  private static let hasIPv6: Bool = {
    let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_addr = in6addr_loopback
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
      }
    }
  }()

  @Test(.enabled(if: hasIPv6, "this machine has no IPv6")) func speaksIPv6() throws {
    let server = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", host: "::1")
    #expect(try get(server).1 == "hi")
  }

  @Test func doesNotWaitBeyondTheDeadline() throws {
    let server = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", pause: 3600)
    let error = try #require(throws: EmulatorError.self) { try get(server, .milliseconds(100)) }
    #expect(error.code == .timeout)
  }

  @Test func saysThatNobodyAnswers() throws {
    // Nobody listens there; a port that is free now may be another test's in a moment.
    let endpoint = Endpoint(host: "127.0.0.1", port: 1)
    let error = try #require(throws: EmulatorError.self) {
      try Health.wait(for: endpoint, deadline: Deadline(in: .milliseconds(60)))
    }
    #expect(error.code == .unreachable)
    let ended = try #require(throws: EmulatorError.self) {
      try Health.wait(for: endpoint, deadline: Deadline(in: .seconds(60))) { "it is gone" }
    }
    #expect(ended == EmulatorError(.ended, "it is gone"))
  }

  @Test func tellsKumoFromOtherServers() throws {
    let other = try CannedServer("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
    let error = try #require(throws: EmulatorError.self) {
      try Health.wait(for: other.endpoint, deadline: Deadline(in: .seconds(60)))
    }
    #expect(error.code == .badResponse)
    let kumo = try CannedServer("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{\"status\":\"healthy\"}")
    try Health.wait(for: kumo.endpoint, deadline: Deadline(in: .seconds(120)))
  }

  @Test(arguments: [
    ("http://127.0.0.1:4566", "127.0.0.1", 4566), ("localhost:80/", "localhost", 80), ("kumo", "kumo", 4566),
    ("http://[::1]:9", "::1", 9), ("[::1]", "::1", 4566), ("HTTP://x:1", "x", 1),
  ])
  func readsAddresses(text: String, host: String, port: UInt16) throws {
    #expect(try Endpoint(parsing: text) == Endpoint(host: host, port: port))
  }

  @Test(arguments: [
    "", "https://x", "http://x:0", "x:99999", "x:y", "http://a@b:1", "http://x/y", "[::1", "a b", "[::1]9",
  ])
  func refusesAddresses(text: String) {
    let error = #expect(throws: EmulatorError.self) { try Endpoint(parsing: text) }
    #expect(error?.code == .badEndpoint)
  }

  @Test func encodesPathsByBytes() {
    #expect(HTTPRequest.encode(Array("a-b.c_d~/é".utf8)) == "a-b.c_d~%2F%C3%A9")
  }
}
