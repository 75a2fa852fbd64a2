/// Where a part of a spec was written: a line of a document, or a line of Swift code.
///
/// Locations never take part in equality: two specs are equal if they say the same, wherever they say it.
public struct DocumentLocation: Sendable, Hashable, CustomStringConvertible {
  /// Path as the user gave it, `#fileID` for Swift code, `-` for standard input.
  public let file: String
  /// Counted from 1; 0 if unknown.
  public let line: Int
  /// Counted from 1; 0 if unknown.
  public let column: Int

  /// A position in a file.
  public init(file: String, line: Int, column: Int = 0) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The place of a call in Swift code.
  package init(_ file: StaticString, _ line: Int) {
    self.init(file: "\(file)", line: line)
  }

  /// Always equal.
  public static func == (_: DocumentLocation, _: DocumentLocation) -> Bool { true }

  /// Adds nothing.
  public func hash(into _: inout Hasher) {}

  /// `file:line:column`, without the parts that are unknown.
  public var description: String {
    if line == 0 { return file }
    return column == 0 ? "\(file):\(line)" : "\(file):\(line):\(column)"
  }
}
