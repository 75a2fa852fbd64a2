/// How a step was written.
public enum StepKind: String, Sendable, CaseIterable {
  /// Swift code, registered in a program.
  case swift
  /// A YAML or JSON document that says what to change.
  case declarative
  /// A program in any language that reads and writes records.
  case exec
  /// From one S3 layout of KUMO to another; part of this tool, no step of the user's.
  case layout
}

/// Where a step was written: a line of a document, or a line of Swift code. For messages only.
public struct StepLocation: Sendable, Hashable, CustomStringConvertible {
  /// Path as the user gave it, or `#fileID` for Swift code.
  public let file: String
  /// Counted from 1; 0 if unknown.
  public let line: Int

  /// A position in a file.
  public init(file: String, line: Int = 0) {
    self.file = file
    self.line = line
  }

  /// `file:line`, without the line when it is unknown.
  public var description: String { line == 0 ? file : "\(file):\(line)" }
}
