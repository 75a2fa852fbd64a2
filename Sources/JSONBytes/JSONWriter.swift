/// Writes JSON in the byte form of Go's encoding/json (kumo-format.md 7.3), or the same with two-space indentation.
///
/// Compact: one line, no spaces, `<` `>` `&` U+2028 U+2029 escaped, no final newline. The writer puts commas, colons
/// and indentation; the order and the balance of the calls are the caller's business. Output gathers in `bytes`; a
/// caller with a long document writes them out and empties them (`removeAll(keepingCapacity: true)`) whenever it
/// likes.
package struct JSONWriter: Sendable {
  /// How the output is laid out.
  package enum Style: Sendable { case compact, pretty }

  /// The output so far.
  package var bytes: [UInt8] = []
  /// How many containers are open.
  package private(set) var depth = 0

  let style: Style
  /// The next value or key is not the first in its container.
  private var needsComma = false
  /// A key was just written: its value follows on the same line.
  private var afterKey = false

  package init(style: Style = .compact) { self.style = style }

  package mutating func beginObject() { open(UInt8(ascii: "{")) }
  package mutating func endObject() { close(UInt8(ascii: "}")) }
  package mutating func beginArray() { open(UInt8(ascii: "[")) }
  package mutating func endArray() { close(UInt8(ascii: "]")) }

  /// A member's key, from unescaped bytes; its value must follow.
  package mutating func key(_ name: [UInt8]) {
    prepare()
    name.withUnsafeBytes { appendQuoted($0) }
    endKey()
  }

  /// A member's key; its value must follow.
  package mutating func key(_ name: StaticString) {
    prepare()
    name.withUTF8Buffer { appendQuoted(UnsafeRawBufferPointer($0)) }
    endKey()
  }

  /// A member's key; its value must follow.
  package mutating func key(_ name: String) { key(Array(name.utf8)) }

  /// A string, from unescaped bytes; a byte that is not UTF-8 becomes the six characters `\ufffd`, as Go (≤ 1.26)
  /// writes it.
  package mutating func string(_ text: [UInt8]) { text.withUnsafeBytes { string($0) } }
  package mutating func string(_ text: UnsafeRawBufferPointer) {
    prepare()
    appendQuoted(text)
    needsComma = true
  }
  package mutating func string(_ text: StaticString) {
    text.withUTF8Buffer { string(UnsafeRawBufferPointer($0)) }
  }
  package mutating func string(_ text: String) { string(Array(text.utf8)) }

  package mutating func int(_ value: Int64) {
    prepare()
    bytes.append(contentsOf: String(value).utf8)
    needsComma = true
  }
  package mutating func uint(_ value: UInt64) {
    prepare()
    bytes.append(contentsOf: String(value).utf8)
    needsComma = true
  }
  package mutating func bool(_ value: Bool) {
    prepare()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    needsComma = true
  }
  package mutating func null() {
    prepare()
    bytes.append(contentsOf: "null".utf8)
    needsComma = true
  }

  /// A number in Go's form of a float64: shortest digits, exponent only below 1e-6 or from 1e21 (kumo-format.md 7.3).
  /// Infinities and NaN have no JSON form and are written as `null`, as the caller should have refused them.
  package mutating func double(_ value: Double) {
    prepare()
    appendGoFloat(value, to: &bytes)
    needsComma = true
  }

  /// A value that already is JSON, copied as it is.
  package mutating func raw(_ json: [UInt8]) { json.withUnsafeBytes { raw($0) } }
  package mutating func raw(_ json: UnsafeRawBufferPointer) {
    prepare()
    bytes.append(contentsOf: json)
    needsComma = true
  }

  /// Opens a string whose content comes in pieces.
  package mutating func beginString() {
    prepare()
    bytes.append(UInt8(ascii: "\""))
  }
  /// A piece that needs no escaping: base64 or other ASCII without `"`, `\`, `<`, `>`, `&` and control characters.
  package mutating func stringPiece(_ piece: UnsafeRawBufferPointer) { bytes.append(contentsOf: piece) }
  package mutating func stringPiece(_ piece: [UInt8]) { bytes.append(contentsOf: piece) }
  /// Closes the string opened by `beginString`.
  package mutating func endString() {
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// Opens a value the caller appends to `bytes` itself, in as many pieces as it likes; `endRaw` closes it.
  package mutating func beginRaw() { prepare() }
  package mutating func endRaw() { needsComma = true }

  private mutating func open(_ bracket: UInt8) {
    prepare()
    bytes.append(bracket)
    depth += 1
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    depth -= 1
    // A container without members stays on its line: `{}`.
    if needsComma { breakLine() }
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func prepare() {
    if afterKey {
      afterKey = false
      return
    }
    if needsComma {
      bytes.append(UInt8(ascii: ","))
      needsComma = false
    }
    if depth > 0 { breakLine() }
  }

  private mutating func endKey() {
    bytes.append(UInt8(ascii: ":"))
    if style == .pretty { bytes.append(UInt8(ascii: " ")) }
    afterKey = true
    needsComma = false
  }

  private mutating func breakLine() {
    guard style == .pretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: max(0, depth) * 2))
  }

  private mutating func appendQuoted(_ text: UnsafeRawBufferPointer) { Self.appendQuoted(text, to: &bytes) }

  private static func appendQuoted(_ text: UnsafeRawBufferPointer, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    appendGoEscaped(text, to: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends a string as `string(_:)` writes it, without a writer: for many small pieces of JSON.
  package static func append(string text: [UInt8], to bytes: inout [UInt8]) {
    text.withUnsafeBytes { appendQuoted($0, to: &bytes) }
  }
}
