/// Patterns in the syntax of Go's regexp (RE2), as `.gitleaks.toml` has them, for engines that work on bytes.
enum GoPattern {
  /// What a pattern became.
  enum Outcome: Equatable {
    /// The same for PCRE2 and Vectorscan.
    case converted(String)
    /// Why there is none.
    case refused(String)
  }

  /// Converts what is written otherwise, and refuses what would mean something else.
  static func convert(_ pattern: String) -> Outcome {
    var result = ""
    var rest = Substring(pattern)
    var (inClass, classStart) = (false, false)
    while let character = rest.popFirst() {
      if character == "\\" {
        guard let escaped = rest.popFirst() else { return .refused("it ends in a backslash") }
        switch escape(escaped, &rest) {
        case .converted(let text): result += text
        case .refused(let why): return .refused(why)
        }
        classStart = false
        continue
      }
      guard character.isASCII else {
        // One character is several bytes: together they can be repeated, but no class of bytes can hold them.
        if inClass { return .refused("it has a character outside ASCII in a class") }
        result += "(?:\(character))"
        continue
      }
      if inClass {
        if character == "[", rest.hasPrefix(":"), let end = rest.range(of: ":]") {
          result += "[" + rest[..<end.upperBound]
          rest = rest[end.upperBound...]
          classStart = false
          continue
        }
        if character == "]", !classStart { inClass = false }
        // A bracket inside a class is itself in Go; PCRE2 takes it so too, Vectorscan wants it escaped.
        result += character == "[" ? "\\[" : String(character)
        classStart = classStart && character == "^"
      } else {
        if character == "[" { (inClass, classStart) = (true, true) }
        result.append(character)
      }
    }
    return .converted(result)
  }

  private static func escape(_ escaped: Character, _ rest: inout Substring) -> Outcome {
    switch escaped {
    case "v": return .converted("\\x0b")
    case "C": return .converted("[\\x00-\\xff]")
    case "p", "P": return .refused("it has a Unicode class (\\\(escaped)), and the search is over bytes")
    case "x":
      guard rest.first == "{", let close = rest.firstIndex(of: "}") else { return .converted("\\x") }
      let digits = rest[rest.index(after: rest.startIndex)..<close]
      guard let value = UInt32(digits, radix: 16) else { return .refused("it has a code that is no number") }
      guard value < 0x80 else { return .refused("it has a code outside ASCII, and the search is over bytes") }
      rest = rest[rest.index(after: close)...]
      return .converted("\\x\(value < 16 ? "0" : "")\(String(value, radix: 16))")
    case "1"..."7":
      // Octal in Go, a back reference in PCRE2.
      let digits = String(escaped) + rest.prefix { ("0"..."7").contains($0) }.prefix(2)
      guard digits.count > 1, let value = UInt32(digits, radix: 8), value < 0x80 else {
        return .refused("it has a back reference or a code outside ASCII")
      }
      rest = rest.dropFirst(digits.count - 1)
      return .converted("\\x\(value < 16 ? "0" : "")\(String(value, radix: 16))")
    default: return .converted("\\\(escaped)")
    }
  }
}

extension Substring {
  fileprivate func range(of needle: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(needle), let end = index(start, offsetBy: needle.count, limitedBy: endIndex) {
        return start..<end
      }
      start = index(after: start)
    }
    return nil
  }
}
