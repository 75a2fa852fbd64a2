extension [UInt8] {
  /// Gives `body` the bytes; the standard library's own call does not say what it throws.
  func withBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws(RedactionError) -> Result
  ) throws(RedactionError) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(RedactionError) -> Result in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}
