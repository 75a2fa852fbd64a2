/// A request as KUMO takes it: unsigned, because KUMO checks no signature.
package struct HTTPRequest: Sendable {
  /// `GET`, `POST`, …
  package var method: String
  /// Path and query, percent-encoded.
  package var target: String
  /// Further headers.
  package var headers: [(name: String, value: String)] = []
  /// The body.
  package var body: [UInt8] = []

  /// A request without a body.
  package init(_ method: String, _ target: String) {
    self.method = method
    self.target = target
  }

  /// A call of a JSON protocol: `X-Amz-Target: DynamoDB_20120810.Scan`.
  package init(action: String, body: [UInt8]) {
    self.init("POST", "/")
    headers = [(name: "X-Amz-Target", value: action), (name: "Content-Type", value: "application/x-amz-json-1.0")]
    self.body = body
  }

  func bytes(for endpoint: Endpoint) -> [UInt8] {
    var head = "\(method) \(target) HTTP/1.1\r\nHost: \(endpoint.authority)\r\nConnection: close\r\n"
    for header in headers { head += "\(header.name): \(header.value)\r\n" }
    head += "Content-Length: \(body.count)\r\n\r\n"
    return Array(head.utf8) + body
  }

  /// Encodes one part of a path: everything but unreserved characters of RFC 3986.
  package static func encode(_ part: [UInt8]) -> String {
    var text = ""
    let digits = Array("0123456789ABCDEF")
    for byte in part {
      switch byte {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e: text.append(Character(Unicode.Scalar(byte)))
      default: text += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
    return text
  }
}
