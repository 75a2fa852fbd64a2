/// What the reader stands on.
///
/// Public like `JSONReader`, for the reason given there.
public enum JSONToken: UInt8, Sendable {
  case beginObject, endObject, beginArray, endArray
  case key, string, number, `true`, `false`, null
  /// Before the first call of `next`, and after the value when only whitespace followed.
  case end

  /// Written out because the compiler's own is a call into this module, and this is asked once per token.
  @inlinable
  @inline(__always)
  public static func == (left: JSONToken, right: JSONToken) -> Bool {
    unsafeBitCast(left, to: UInt8.self) == unsafeBitCast(right, to: UInt8.self)
  }

  /// Likewise.
  @inlinable
  @inline(__always)
  public static func != (left: JSONToken, right: JSONToken) -> Bool { !(left == right) }
}
