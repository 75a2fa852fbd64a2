/// Cheap looks at the current token, for callers that visit every token of a large file.
extension JSONReader {
  /// The text of the current string or key (without quotes, escapes as written) when it lies whole in the buffer; nil for
  /// one that is longer than the buffer, and for other tokens. Never reads on, so memory stays bounded. Good only until
  /// the reader is used again.
  package var wholeText: UnsafeRawBufferPointer? {
    guard token == .string || token == .key, state.pointee.flags.isDisjoint(with: [.isOpen, .isGone]) else {
      return nil
    }
    return UnsafeRawBufferPointer(tokenContent)
  }

  /// Whether the current string or key was written with escapes, as far as it has been read.
  package var textIsEscaped: Bool { state.pointee.flags.contains(.hasEscapes) }
}
