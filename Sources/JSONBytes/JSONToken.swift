/// What the reader stands on.
package enum JSONToken: UInt8, Sendable {
  case beginObject, endObject, beginArray, endArray
  case key, string, number, `true`, `false`, null
  /// Before the first call of `next`, and after the value when only whitespace followed.
  case end
}
