import Files
import JSONBytes

extension RedactionError.Code {
  /// A file cannot be read as what it must be, so that what is secret in it cannot be told.
  package static let unreadable = RedactionError.Code("unreadable")
  /// The directory changed while it was read, or two things in it that must be equal are not.
  package static let changed = RedactionError.Code("changed")
  /// The proof found something in the result; nothing was written.
  package static let unproven = RedactionError.Code("unproven")
  /// The directory is one that must not be redacted as it stands.
  package static let refused = RedactionError.Code("refused")
}

extension RedactionError {
  /// A service's file cannot be read as one.
  init(unreadable path: RelativePath, _ error: JSONError) {
    let place = "line \(error.line), column \(error.column)"
    guard error.code == .tooLong else {
      self.init(
        .unreadable, "'\(path)' is not valid JSON (\(place)), so what is secret in it cannot be told",
        hint: "remove it (KUMO starts the service empty either way), or restore it from an artifact")
      return
    }
    self.init(
      .unreadable, "'\(path)' has a record that is too long to be held and searched (\(place): \(error.message))",
      hint: path == "s3.json"
        ? "bring the bodies out of it first, on a copy: 'kumo-fixtures migrate apply COPY --layout blobs'" : nil)
  }
}
