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
