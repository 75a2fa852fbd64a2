/// One thing that is wrong in a spec.
public struct DocumentProblem: Sendable, Hashable, CustomStringConvertible {
  /// Where it stands.
  public let location: DocumentLocation
  /// Which part of the spec, for example `s3.buckets[0].name`; empty if the whole.
  public let path: String
  /// What was found and what was expected.
  public let message: String
  /// What to write instead, if that can be said.
  public let hint: String?

  /// A problem at a place of a spec.
  public init(location: DocumentLocation, path: String = "", message: String, hint: String? = nil) {
    self.location = location
    self.path = path
    self.message = message
    self.hint = hint
  }

  /// `file:line:column: path: message (hint)`.
  public var description: String {
    let place = path.isEmpty ? "" : "\(path): "
    return "\(location): \(place)\(message)" + (hint.map { " (\($0))" } ?? "")
  }

  /// Problems differ if they stand at different places, although locations themselves compare equal.
  public static func == (a: DocumentProblem, b: DocumentProblem) -> Bool {
    a.description == b.description
  }

  /// Over the text, as equality.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(description)
  }
}

/// Everything that is wrong in a spec, in the order in which it was found.
public struct DocumentError: Error, Sendable, CustomStringConvertible {
  /// At least one.
  public let problems: [DocumentProblem]

  /// An error with these problems.
  public init(_ problems: [DocumentProblem]) {
    self.problems = problems
  }

  /// An error with one problem.
  public init(_ location: DocumentLocation, path: String = "", _ message: String, hint: String? = nil) {
    self.init([DocumentProblem(location: location, path: path, message: message, hint: hint)])
  }

  /// One line for each problem.
  public var description: String {
    problems.map(\.description).joined(separator: "\n")
  }
}
