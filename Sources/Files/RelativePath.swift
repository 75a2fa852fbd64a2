import Glibc

/// A path inside an open directory: bytes, checked once, so that it can neither leave the directory nor be misread.
///
/// Never empty, no leading, trailing or doubled slash, no "." or ".." component, no NUL byte. Equality, hashing and
/// order are those of the bytes; nothing is normalised. Names are bytes on Linux and need not be UTF-8.
package struct RelativePath: Hashable, Comparable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
  /// The path as given to the system, without a final NUL.
  package let bytes: [UInt8]

  /// Checks a path from outside.
  ///
  /// - Throws: `FilesError` with code `.invalidPath`, or `.tooLong` when one name has more than 255 bytes.
  package init(_ validating: [UInt8]) throws(FilesError) {
    if let complaint = Self.complaint(about: validating) { throw complaint }
    bytes = validating
  }

  /// Checks a path from outside given as text.
  ///
  /// - Throws: as `init(_:)` with bytes.
  package init(text: String) throws(FilesError) {
    try self.init(Array(text.utf8))
  }

  /// A path written in the program itself; a wrong one is a fault of the program and stops it at once.
  package init(stringLiteral literal: StaticString) {
    let bytes = literal.withUTF8Buffer { Array($0) }
    precondition(Self.complaint(about: bytes) == nil, "wrong relative path in the program")
    self.bytes = bytes
  }

  /// For bytes that are known to be right: names that a directory listing gave, and joins of two paths.
  init(trusted bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The names between the slashes, in order.
  package var components: [ArraySlice<UInt8>] { bytes.split(separator: slash) }

  /// How many names the path has: 1 for a file directly in the directory.
  package var depth: Int {
    var count = 1
    for byte in bytes where byte == slash { count += 1 }
    return count
  }

  /// The last name.
  package var lastComponent: RelativePath {
    guard let index = bytes.lastIndex(of: slash) else { return self }
    return RelativePath(trusted: Array(bytes[(index + 1)...]))
  }

  /// Everything before the last name; nil when there is only one.
  package var parent: RelativePath? {
    guard let index = bytes.lastIndex(of: slash) else { return nil }
    return RelativePath(trusted: Array(bytes[..<index]))
  }

  /// The path of `other` inside the directory that this path names.
  package func appending(_ other: RelativePath) -> RelativePath {
    RelativePath(trusted: bytes + [slash] + other.bytes)
  }

  /// The path of a name inside the directory that this path names.
  ///
  /// - Throws: as `init(_:)`.
  package func appending(_ name: [UInt8]) throws(FilesError) -> RelativePath {
    try appending(RelativePath(name))
  }

  /// True when the path is `other` or lies below it.
  package func isInside(_ other: RelativePath) -> Bool {
    bytes.starts(with: other.bytes) && (bytes.count == other.bytes.count || bytes[other.bytes.count] == slash)
  }

  /// Plain byte order of the whole path: "a-b" comes before "a/b" because '-' (2d) is less than '/' (2f).
  package static func < (left: RelativePath, right: RelativePath) -> Bool {
    left.bytes.withUnsafeBytes { leftBytes in
      right.bytes.withUnsafeBytes { rightBytes in
        let common = min(leftBytes.count, rightBytes.count)
        guard common > 0, let a = leftBytes.baseAddress, let b = rightBytes.baseAddress else {
          return leftBytes.count < rightBytes.count
        }
        let order = memcmp(a, b, common)
        return order == 0 ? leftBytes.count < rightBytes.count : order < 0
      }
    }
  }

  /// Escaped for display.
  package var description: String { DisplayName.escape(bytes) }

  private static func complaint(about bytes: [UInt8]) -> FilesError? {
    func refuse(_ reason: String, _ code: FilesError.Code = .invalidPath) -> FilesError {
      let shown = DisplayName.escape(bytes.prefix(200))
      return FilesError(
        code, path: shown, message: "'\(shown)' is not a path inside a directory: \(reason)",
        hint: "give names separated by single slashes, such as s3-objects/name")
    }
    if bytes.isEmpty { return refuse("it is empty") }
    if bytes.contains(0) { return refuse("it contains a NUL byte") }
    if bytes.first == slash { return refuse("it is absolute") }
    for name in bytes.split(separator: slash, omittingEmptySubsequences: false) {
      if name.isEmpty { return refuse("it has an empty name between or after slashes") }
      if name.elementsEqual([dot]) { return refuse("it has a '.' component") }
      if name.elementsEqual([dot, dot]) { return refuse("it has a '..' component") }
      if name.count > longestName { return refuse("a name has more than \(longestName) bytes", .tooLong) }
    }
    return nil
  }
}

private let slash = UInt8(ascii: "/")
private let dot = UInt8(ascii: ".")

/// The longest name that Linux file systems take, in bytes.
let longestName = 255
