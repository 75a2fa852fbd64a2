/// The exit codes that product.md promises.
package enum ExitStatus: Int32, Sendable, Comparable {
  /// Done, nothing found.
  case success = 0
  /// Findings: invalid, drifted, out of date.
  case findings = 1
  /// Could not do it: input missing or unreadable, disk full, locked by another process.
  case failure = 2
  /// Refused on purpose: newer format, hostile archive.
  case refused = 3
  /// Wrong usage.
  case usage = 64

  package static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}

/// Why a command stopped, ready to be shown: what was found, what it means, and what to type next.
package struct CommandFailure: Error, Sendable {
  /// The exit code.
  package var status: ExitStatus
  /// One sentence, lower case, no full stop.
  package var message: String
  /// The next step, when there is one.
  package var hint: String?
  /// More lines, such as the other errors of a spec.
  package var details: [String]

  /// Describes a failure.
  package init(_ status: ExitStatus, _ message: String, hint: String? = nil, details: [String] = []) {
    self.status = status
    self.message = message
    self.hint = hint
    self.details = details
  }
}
