import JSONBytes

/// An answer whose body is read as it comes: by its length, in chunks, or to the end of the connection (RFC 9112).
package final class HTTPResponse {
  /// 200 and so on.
  package let status: Int
  /// Header fields, names in lower case.
  package let headers: [(name: String, value: String)]
  private let connection: Connection
  private let deadline: Deadline
  private let endpoint: Endpoint
  private var buffer: [UInt8]
  private var position: Int
  private var framing: Framing

  private enum Framing {
    case length(Int)
    /// Bytes that are left of the present chunk; nil before its size line.
    case chunk(Int?)
    case toEnd
    case done
  }

  private static let bufferSize = 64 * 1024
  private static let headLimit = 64 * 1024

  /// Sends a request and reads the head of the answer.
  ///
  /// - Throws: `EmulatorError`.
  package static func fetch(
    _ request: HTTPRequest, from endpoint: Endpoint, deadline: Deadline
  ) throws(EmulatorError) -> HTTPResponse {
    let connection = try Connection.open(endpoint, deadline: deadline)
    try connection.write(request.bytes(for: endpoint), deadline: deadline)
    var buffer: [UInt8] = []
    var end: Int?
    while end == nil {
      let piece = try connection.read(atMost: bufferSize, deadline: deadline)
      guard !piece.isEmpty, buffer.count < headLimit else { throw bad(endpoint, "its head does not end") }
      let start = max(0, buffer.count - 3)
      buffer += piece
      end = headEnd(in: buffer, from: start)
    }
    return try HTTPResponse(connection, endpoint, deadline, buffer, end ?? 0, isHead: request.method == "HEAD")
  }

  private init(
    _ connection: Connection, _ endpoint: Endpoint, _ deadline: Deadline, _ buffer: [UInt8], _ end: Int, isHead: Bool
  ) throws(EmulatorError) {
    let lines = String(decoding: buffer[..<end], as: UTF8.self).split(separator: "\r\n")
    let first = (lines.first ?? "").split(separator: " ", maxSplits: 2)
    guard first.count >= 2, first[0].hasPrefix("HTTP/1."), let status = Int(first[1]) else {
      throw Self.bad(endpoint, "it does not begin as HTTP/1.1")
    }
    self.status = status
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...]
      return (name: line[..<colon].lowercased(), value: String(value.drop { $0 == " " || $0 == "\t" }))
    }
    self.connection = connection
    self.endpoint = endpoint
    self.deadline = deadline
    self.buffer = buffer
    position = end
    if isHead || status == 204 || status == 304 {
      framing = .done
    } else if headers.contains(where: { $0.name == "transfer-encoding" && $0.value.lowercased().hasSuffix("chunked") })
    {
      framing = .chunk(nil)
    } else if let length = headers.first(where: { $0.name == "content-length" }) {
      guard let count = Int(length.value), count >= 0 else { throw Self.bad(endpoint, "its length is no number") }
      framing = .length(count)
    } else {
      framing = .toEnd
    }
  }

  /// The next piece of the body; empty at its end.
  ///
  /// - Throws: `EmulatorError` with `.badResponse` when the connection ends before the body does.
  package func next() throws(EmulatorError) -> ArraySlice<UInt8> {
    switch framing {
    case .done: return []
    case .toEnd:
      if try fill() { return take(.max) }
      framing = .done
      return []
    case .length(let left):
      guard left > 0 else { return [] }
      guard try fill() else { throw cut() }
      let piece = take(left)
      framing = .length(left - piece.count)
      return piece
    case .chunk(let left):
      if let left, left > 0 {
        guard try fill() else { throw cut() }
        let piece = take(left)
        framing = .chunk(left - piece.count)
        return piece
      }
      if left != nil { _ = try line() }
      let size = try line().prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
      guard let count = Int(String(decoding: size, as: UTF8.self), radix: 16), count >= 0 else {
        throw Self.bad(endpoint, "a chunk has no size")
      }
      if count == 0 {
        while try !line().isEmpty {}
        framing = .done
        return []
      }
      framing = .chunk(count)
      return try next()
    }
  }

  /// The whole body.
  ///
  /// - Throws: `EmulatorError`, also when the body is larger than the limit in bytes.
  package func body(limit: Int = 64 << 20) throws(EmulatorError) -> [UInt8] {
    var body: [UInt8] = []
    while true {
      let piece = try next()
      if piece.isEmpty { return body }
      body += piece
      if body.count > limit { throw Self.bad(endpoint, "its body has more than \(limit) bytes") }
    }
  }

  /// Makes sure that at least one byte is there; false at the end of the connection.
  private func fill() throws(EmulatorError) -> Bool {
    if position < buffer.count { return true }
    buffer = try connection.read(atMost: Self.bufferSize, deadline: deadline)
    position = 0
    return !buffer.isEmpty
  }

  private func take(_ limit: Int) -> ArraySlice<UInt8> {
    let end = position + min(limit, buffer.count - position)
    defer { position = end }
    return buffer[position..<end]
  }

  /// A line of the framing, without its end.
  private func line() throws(EmulatorError) -> [UInt8] {
    var line: [UInt8] = []
    while true {
      guard try fill() else { throw cut() }
      let byte = buffer[position]
      position += 1
      if byte == UInt8(ascii: "\n") { break }
      line.append(byte)
      if line.count > 8192 { throw Self.bad(endpoint, "a line of its framing is too long") }
    }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }

  private static func headEnd(in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= 4 else { return nil }
    for index in start...(bytes.count - 4)
    where bytes[index] == 13 && bytes[index + 1] == 10 && bytes[index + 2] == 13 && bytes[index + 3] == 10 {
      return index + 4
    }
    return nil
  }

  private func cut() -> EmulatorError {
    EmulatorError(
      .badResponse, "\(endpoint) ended its answer in the middle",
      hint: "KUMO does that for a body that it cannot read from its data directory; run 'kumo-fixtures validate' on it")
  }

  private static func bad(_ endpoint: Endpoint, _ reason: String) -> EmulatorError {
    EmulatorError(.badResponse, "\(endpoint) does not answer as an HTTP server: \(reason)")
  }
}

/// A body as a source for the JSON reader.
struct HTTPBodySource: JSONByteSource {
  let response: HTTPResponse
  private var rest: ArraySlice<UInt8> = []

  init(_ response: HTTPResponse) { self.response = response }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if rest.isEmpty { rest = try response.next() }
    let piece = rest.prefix(buffer.count)
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}
