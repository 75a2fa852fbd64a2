import CPCRE2

/// A compiled PCRE2 pattern, which threads may share: PCRE2 never changes it after it is made.
final class ConfirmingPattern: Sendable {
  /// What one attempt may cost, in PCRE2's match limit units. A rule of ours needs a few hundred.
  static let matchLimit: UInt32 = 2_000_000

  // Read only after init; pcre2api: "The compiled pattern is a read-only data block", safe in many threads at once.
  nonisolated(unsafe) let code: OpaquePointer
  /// How many capture groups the pattern has.
  let groups: Int
  /// Whether the pattern can match the empty text.
  let matchesEmpty: Bool

  /// - Throws: `.badRule` with what PCRE2 says and where.
  init(_ pattern: String, rule: String) throws(RedactionError) {
    var number: Int32 = 0
    var offset = 0
    let bytes = Array(pattern.utf8)
    // An offset limit keeps a search inside the candidate's places; Go's `$` is the end of the text alone.
    let options = PCRE2_USE_OFFSET_LIMIT | PCRE2_DOLLAR_ENDONLY | UInt32(PCRE2_NEVER_BACKSLASH_C)
    guard let code = pcre2_compile_8(bytes, bytes.count, options, &number, &offset, nil) else {
      var text = [UInt8](repeating: 0, count: 200)
      let length = pcre2_get_error_message_8(number, &text, text.count)
      let words = String(decoding: text.prefix(max(0, Int(length))), as: UTF8.self)
      throw RedactionError(.badRule, "the pattern of rule '\(rule)' is not usable: \(words) at byte \(offset)")
    }
    self.code = code
    // Without JIT (memory that may not be executed) matching is slower and equal.
    _ = pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
    var count: UInt32 = 0
    _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groups = Int(count)
    var empty: UInt32 = 0
    _ = pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MATCHEMPTY), &empty)
    matchesEmpty = empty != 0
  }

  deinit { pcre2_code_free_8(code) }
}

/// Room for one thread's matches.
final class Matcher {
  private let data: OpaquePointer
  private let context: OpaquePointer
  private let stack: OpaquePointer?

  /// - Parameter groups: the most capture groups that any pattern has.
  /// - Throws: `.engine` when there is no memory.
  init(groups: Int) throws(RedactionError) {
    guard let data = pcre2_match_data_create_8(UInt32(groups + 1), nil) else {
      throw RedactionError(.engine, "no memory to confirm secrets in")
    }
    guard let context = pcre2_match_context_create_8(nil) else {
      pcre2_match_data_free_8(data)
      throw RedactionError(.engine, "no memory to confirm secrets in")
    }
    self.data = data
    self.context = context
    stack = pcre2_jit_stack_create_8(32 * 1024, 1024 * 1024, nil)
    if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
    _ = pcre2_set_match_limit_8(context, ConfirmingPattern.matchLimit)
    _ = pcre2_set_heap_limit_8(context, 20 * 1024)
  }

  deinit {
    if let stack { pcre2_jit_stack_free_8(stack) }
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(data)
  }

  /// How much text after the last possible beginning a match may need. Longer matches are looked for again in the whole
  /// text; PCRE2 must not look at all of it each time, because it searches far ahead for a byte that a match needs.
  private static let window = 32 * 1024

  /// The leftmost match that begins in `starts`; nil when there is none.
  ///
  /// - Returns: bounds of the match and of its group; an unset group gives the whole match.
  /// - Throws: `.matchLimit` when PCRE2 gave up, `.engine` for any other failure.
  func first(
    _ pattern: ConfirmingPattern, in bytes: UnsafeRawBufferPointer, starts: ClosedRange<Int>, group: Int,
    rule: String
  ) throws(RedactionError) -> (whole: Range<Int>, secret: Range<Int>)? {
    let subject = bytes.bindMemory(to: UInt8.self)
    guard let base = subject.baseAddress else { return nil }
    _ = pcre2_set_offset_limit_8(context, starts.upperBound)
    let near = min(subject.count, starts.upperBound + Self.window)
    var result = pcre2_match_8(pattern.code, base, near, starts.lowerBound, 0, data, context)
    if result >= 0, near < subject.count, let bounds = pcre2_get_ovector_pointer_8(data), bounds[1] >= near - 1 {
      result = pcre2_match_8(pattern.code, base, subject.count, starts.lowerBound, 0, data, context)
    }
    if result == PCRE2_ERROR_NOMATCH { return nil }
    guard result >= 0, let bounds = pcre2_get_ovector_pointer_8(data) else { throw failure(result, rule: rule) }
    // \K in a lookbehind may put the beginning after the end; such a match has no bounds to trust.
    guard bounds[0] <= bounds[1], bounds[1] <= subject.count else { throw failure(result, rule: rule) }
    let whole = Int(bounds[0])..<Int(bounds[1])
    guard group <= pattern.groups, Int(result) > group else { return (whole, whole) }
    let (low, high) = (bounds[2 * group], bounds[2 * group + 1])
    return (whole, low <= high && high <= subject.count ? Int(low)..<Int(high) : whole)
  }

  private func failure(_ number: Int32, rule: String) -> RedactionError {
    switch number {
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT:
      RedactionError(
        .matchLimit, "the pattern of rule '\(rule)' ran into its limit, so what it would find is not known",
        hint: "simplify the rule if it is yours, else report it with 'kumo-fixtures --version'")
    default:
      RedactionError(.engine, "PCRE2 failed with \(number) on rule '\(rule)'")
    }
  }
}
