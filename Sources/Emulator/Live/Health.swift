/// Whether an emulator is up: `GET /health` (kumo-format.md 1.5).
package enum Health {
  /// Asks once.
  ///
  /// - Returns: milliseconds that the answer took.
  /// - Throws: `EmulatorError`; `.badResponse` when something else than KUMO listens there.
  package static func check(_ endpoint: Endpoint, deadline: Deadline) throws(EmulatorError) -> Int {
    let start = ContinuousClock.now
    let response = try HTTPResponse.fetch(HTTPRequest("GET", "/health"), from: endpoint, deadline: deadline)
    let body = try response.body(limit: 64 * 1024)
    guard response.status == 200 else {
      throw EmulatorError(
        .badResponse, "\(endpoint)/health answers \(response.status), which KUMO never does",
        hint: "another program listens there; name KUMO's address with --endpoint")
    }
    guard String(decoding: body, as: UTF8.self).contains("healthy") else {
      throw EmulatorError(.badResponse, "\(endpoint)/health does not answer as KUMO does")
    }
    return Int((ContinuousClock.now - start) / .milliseconds(1))
  }

  /// Asks until there is an answer, every 5 milliseconds.
  ///
  /// - Parameters:
  ///   - isPointless: asked between two tries; a reason ends the waiting (the process is gone).
  /// - Returns: milliseconds since the call.
  /// - Throws: the last `EmulatorError` when the deadline passes, `.ended` with the reason.
  @discardableResult
  package static func wait(
    for endpoint: Endpoint, deadline: Deadline, unless isPointless: () -> String? = { nil }
  ) throws(EmulatorError) -> Int {
    let start = ContinuousClock.now
    while true {
      do {
        _ = try check(endpoint, deadline: deadline.limited(to: .seconds(2)))
        return Int((ContinuousClock.now - start) / .milliseconds(1))
      } catch {
        if let reason = isPointless() { throw EmulatorError(.ended, reason) }
        // Another server, or a wrong address, does not become KUMO by waiting.
        if error.code == .badResponse || error.code == .badEndpoint || deadline.hasPassed { throw error }
      }
      deadline.sleep(milliseconds: 5)
    }
  }
}
