import JSONBytes

/// Calls of an emulator's API as KUMO takes them. The signature is one in form only: KUMO looks at none, and others
/// tell by it which service is meant.
package struct LiveCalls: Sendable {
  /// The address.
  package let endpoint: Endpoint
  /// By when everything must be answered; nil when each call has its own time.
  let deadline: Deadline?
  /// How long one call may take.
  let patience: Duration

  /// Calls that must all be answered by a deadline.
  package init(_ endpoint: Endpoint, deadline: Deadline) {
    self.endpoint = endpoint
    self.deadline = deadline
    patience = .seconds(3600)
  }

  /// Calls that may each take so long.
  package init(_ endpoint: Endpoint, patience: Duration = .seconds(60)) {
    self.endpoint = endpoint
    deadline = nil
    self.patience = patience
  }

  private var next: Deadline { deadline ?? Deadline(in: patience) }

  /// Sends a request.
  ///
  /// - Throws: `EmulatorError`; `.badResponse` with the server's own code for a status that is not expected.
  package func send(
    _ request: HTTPRequest, service: StaticString, accepting statuses: Set<Int> = [200]
  ) throws(EmulatorError) -> HTTPResponse {
    var request = request
    request.headers.append(
      (
        name: "Authorization",
        value: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/\(service)/aws4_request, "
          + "SignedHeaders=host;x-amz-date, Signature=0"
      ))
    request.headers.append((name: "X-Amz-Date", value: "20260101T000000Z"))
    let response = try HTTPResponse.fetch(request, from: endpoint, deadline: next)
    guard !statuses.contains(response.status) else { return response }
    let body = (try? response.body(limit: 64 * 1024)) ?? []
    let target = request.headers.first { $0.name == "X-Amz-Target" }?.value
    let what = target ?? "\(request.method) \(request.target)"
    let code = Self.code(in: body)
    throw EmulatorError(
      .badResponse, "\(endpoint) answers \(response.status)\(code.map { " \($0)" } ?? "") to \(what)", serverCode: code)
  }

  /// Calls an action of a JSON protocol.
  ///
  /// - Throws: `EmulatorError`.
  package func call(_ action: String, _ body: [UInt8]) throws(EmulatorError) -> JSONNode {
    let response = try send(HTTPRequest(action: action, body: body), service: Self.service(of: action))
    let bytes = try response.body()
    do {
      return try JSONTape(parsing: bytes.isEmpty ? Array("{}".utf8) : bytes).root
    } catch {
      throw unexpected(action)
    }
  }

  /// Calls an action of a JSON protocol whose answer is read as it comes.
  func stream(_ action: String, _ body: [UInt8]) throws(EmulatorError) -> HTTPResponse {
    try send(HTTPRequest(action: action, body: body), service: Self.service(of: action))
  }

  func unexpected(_ what: String) -> EmulatorError {
    EmulatorError(.badResponse, "\(endpoint) does not answer \(what) as KUMO does")
  }

  private static func service(of action: String) -> StaticString {
    action.hasPrefix("DynamoDB") ? "dynamodb" : "sqs"
  }

  /// The code of an error: `<Code>…</Code>` of S3, `__type` of the JSON protocols without what stands before `#`.
  private static func code(in body: [UInt8]) -> String? {
    var found: [UInt8]?
    if body.first == UInt8(ascii: "{") {
      let type = (try? JSONTape(parsing: body).root)?["__type"]?.string()
      found = type.map { Array($0.suffix(while: { $0 != UInt8(ascii: "#") })) }
    } else {
      var scanner = XMLScanner()
      scanner.feed(body[...]) { if case .close(Array("Code".utf8), let text) = $0 { found = text } }
    }
    guard let found, found.count < 200, found.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    return String(decoding: found, as: UTF8.self)
  }
}

extension [UInt8] {
  /// The last bytes for which this holds.
  fileprivate func suffix(while isWanted: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    var start = endIndex
    while start > startIndex, isWanted(self[start - 1]) { start -= 1 }
    return self[start...]
  }
}
