/// What is wrong with a fixture's own files.
package struct FixtureTreeError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The class of a problem.
  package enum Code: Sendable, Equatable {
    /// `fixture.json` is not what it should be.
    case badDocument
    /// `fixture.json` has a format that this tool does not know.
    case newerDocument
    /// The manifest is not what it should be.
    case badManifest
    /// The lock file is not what it should be.
    case badLock
  }

  /// The class of the problem.
  package let code: Code
  /// One sentence, lower-case first letter, no trailing stop.
  package let message: String
  /// The line of the file where it shows, from 1, when it is known.
  package let line: Int?

  /// Describes a problem.
  package init(_ code: Code, _ message: String, line: Int? = nil) {
    self.code = code
    self.message = message
    self.line = line
  }

  /// The message.
  package var description: String { message }
}
