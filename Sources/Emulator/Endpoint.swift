/// The address of an emulator: plain HTTP on a host and a port.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  /// A name, an IPv4 address, or an IPv6 address without brackets.
  package let host: String
  /// 1 to 65535.
  package let port: UInt16

  /// Names an address.
  package init(host: String, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// Reads `http://host:port`, `host:port`, `http://[::1]:4566`; without a port it is KUMO's own, 4566.
  ///
  /// - Throws: `EmulatorError` with `.badEndpoint`, also for https and for an address with a path.
  package init(parsing text: String) throws(EmulatorError) {
    func bad(_ reason: String) -> EmulatorError {
      EmulatorError(
        .badEndpoint, "'\(text)' is no address of an emulator: \(reason)", hint: "write it as http://127.0.0.1:4566")
    }
    var rest = text[...]
    if let scheme = rest.firstRange(of: "://") {
      guard rest[..<scheme.lowerBound].lowercased() == "http" else { throw bad("only http is spoken here") }
      rest = rest[scheme.upperBound...]
    }
    if rest.hasSuffix("/") { rest = rest.dropLast() }
    guard rest.allSatisfy({ $0.isASCII && !$0.isWhitespace && !"/@?#".contains($0) }) else {
      throw bad("it has more than a host and a port")
    }
    let hasBrackets = rest.first == "["
    var portText: Substring = "4566"
    if hasBrackets {
      guard let end = rest.firstIndex(of: "]") else { throw bad("the bracket is not closed") }
      let after = rest[rest.index(after: end)...]
      guard after.isEmpty || after.first == ":" else { throw bad("after the bracket comes ':' and a port") }
      if !after.isEmpty { portText = after.dropFirst() }
      rest = rest[..<end].dropFirst()
    } else if let colon = rest.firstIndex(of: ":") {
      portText = rest[rest.index(after: colon)...]
      rest = rest[..<colon]
    }
    guard !rest.isEmpty else { throw bad("the host is missing") }
    guard let port = UInt16(portText), port > 0 else { throw bad("'\(portText)' is no port") }
    self.init(host: String(rest), port: port)
  }

  /// `host:port` as a Host header wants it.
  package var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

  /// `http://host:port`.
  package var description: String { "http://\(authority)" }
}
