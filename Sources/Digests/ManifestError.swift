/// Why a text is not a manifest of files inside a directory.
package struct ManifestError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong.
  package enum Reason: Sendable, Hashable {
    /// The line does not begin with 64 hexadecimal digits.
    case digest
    /// Between digest and name there are not two spaces, nor a space and an asterisk.
    case separator
    /// A backslash is followed by something other than a backslash, `n` or `r`, or by nothing.
    case escape
    /// The line ends in carriage return and line feed, as Windows writes lines.
    case carriageReturn
    /// There is no name.
    case emptyName
    /// The name begins with a slash.
    case absolute
    /// The name has an empty, "." or ".." component.
    case notInside
    /// The name contains a NUL byte.
    case nul
    /// The name was on an earlier line already.
    case duplicate(firstLine: Int)
  }

  /// The line, from 1.
  package let line: Int
  /// What is wrong with it.
  package let reason: Reason
  /// The name, when it could be read.
  package let name: [UInt8]?

  package init(line: Int, reason: Reason, name: [UInt8]? = nil) {
    self.line = line
    self.reason = reason
    self.name = name
  }

  /// One sentence with the line number, lower-case first letter, no trailing stop; the name is not in it, because it
  /// is arbitrary bytes.
  package var description: String { "line \(line): \(Self.explain(reason))" }

  private static func explain(_ reason: Reason) -> String {
    switch reason {
    case .digest: "expected 64 hexadecimal digits (a SHA-256 digest) at the beginning"
    case .separator: "expected two spaces between the digest and the name"
    case .escape: "a backslash in an escaped name must be followed by a backslash, 'n' or 'r'"
    case .carriageReturn: "the line ends in CR LF; convert the file to LF line ends (git: set '-text' for it)"
    case .emptyName: "the name is missing"
    case .absolute: "the name is absolute; names are relative to the directory of the manifest"
    case .notInside: "the name has an empty, '.' or '..' component; names stay inside the directory of the manifest"
    case .nul: "the name contains a NUL byte"
    case .duplicate(let first): "the name is on line \(first) already"
    }
  }
}

extension ManifestError.Reason {
  /// What is wrong with a name that should be a path inside a directory; nil when nothing is.
  init?(unsafeName name: [UInt8]) {
    if name.isEmpty {
      self = .emptyName
    } else if name.contains(0) {
      self = .nul
    } else if name.first == UInt8(ascii: "/") {
      self = .absolute
    } else {
      guard !Self.isInside(name) else { return nil }
      self = .notInside
    }
  }

  /// Whether no component is empty, "." or "..".
  private static func isInside(_ name: [UInt8]) -> Bool {
    var (length, dots) = (0, 0)
    for byte in name {
      if byte == UInt8(ascii: "/") {
        if length == dots, length <= 2 { return false }
        (length, dots) = (0, 0)
      } else {
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    return length != dots || length > 2
  }
}
