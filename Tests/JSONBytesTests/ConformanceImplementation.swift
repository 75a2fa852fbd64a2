import JSONBytes

/// A case RFC 8259 leaves to the implementation, and our decision (docs/json.md): accepted, or refused with a code.
struct Decision: Sendable {
  let document: ConformanceCase
  /// nil: accepted.
  let refused: JSONError.Code?
  /// Accepted once `loneSurrogates` is `.allow`, with this content.
  let lenient: [UInt8]?

  init(_ name: String, _ bytes: [UInt8], _ refused: JSONError.Code?, lenient: String? = nil) {
    document = ConformanceCase(name, bytes: bytes)
    self.refused = refused
    self.lenient = lenient.map { Array($0.utf8) }
  }
  init(_ name: String, _ text: String, _ refused: JSONError.Code?, lenient: String? = nil) {
    self.init(name, Array(text.utf8), refused, lenient: lenient)
  }
}

extension Conformance {
  static let decisions: [Decision] = [
    .init("number_double_huge_neg_exp", "[123.456e-789]", nil),
    .init("number_huge_exp", "[0.4e006699999999999999999999999999999999999999999999999999999999999999999]", nil),
    .init("number_neg_int_huge_exp", "[-1e+9999]", nil), .init("number_pos_double_huge_exp", "[1.5e+9999]", nil),
    .init("number_real_neg_overflow", "[-123123e100000]", nil),
    .init("number_real_pos_overflow", "[123123e100000]", nil),
    .init("number_real_underflow", "[123e-10000000]", nil),
    .init("number_too_big_neg_int", "[-123123123123123123123123123123]", nil),
    .init("number_too_big_pos_int", "[100000000000000000000]", nil),
    .init("number_very_big_negative_int", "[-237462374673276894279832749832423479823246327846]", nil),
    .init("object_key_lone_2nd_surrogate", #"{"\uDFAA":0}"#, .loneSurrogate, lenient: "\u{fffd}"),
    .init("string_1st_surrogate_but_2nd_missing", #"["\uDADA"]"#, .loneSurrogate, lenient: "\u{fffd}"),
    .init("string_1st_valid_surrogate_2nd_invalid", #"["\uD888\u1234"]"#, .loneSurrogate, lenient: "\u{fffd}\u{1234}"),
    .init(
      "string_UTF-16LE_with_BOM", [0xff, 0xfe, 0x5b, 0x00, 0x22, 0x00, 0xe9, 0x00, 0x22, 0x00, 0x5d, 0x00],
      .unexpectedCharacter),
    .init("string_UTF-8_invalid_sequence", quoted(0xe6, 0x97, 0xa5, 0xd1, 0x88, 0xfa), .invalidUTF8),
    .init("string_UTF8_surrogate_U+D800", quoted(0xed, 0xa0, 0x80), .invalidUTF8),
    .init("string_incomplete_surrogate_and_escape_valid", #"["\uD800\n"]"#, .loneSurrogate, lenient: "\u{fffd}\n"),
    .init("string_incomplete_surrogate_pair", #"["\uDd1ea"]"#, .loneSurrogate, lenient: "\u{fffd}a"),
    .init(
      "string_incomplete_surrogates_escape_valid", #"["\uD800\uD800\n"]"#, .loneSurrogate, lenient: "\u{fffd}\u{fffd}\n"
    ),
    .init("string_invalid_lonely_surrogate", #"["\ud800"]"#, .loneSurrogate, lenient: "\u{fffd}"),
    .init("string_invalid_surrogate", #"["\ud800abc"]"#, .loneSurrogate, lenient: "\u{fffd}abc"),
    .init("string_invalid_utf-8", quoted(0xff), .invalidUTF8),
    .init("string_inverted_surrogates_U+1D11E", #"["\uDd1e\uD834"]"#, .loneSurrogate, lenient: "\u{fffd}\u{fffd}"),
    .init("string_iso_latin_1", quoted(0xe9), .invalidUTF8),
    .init("string_lone_second_surrogate", #"["\uDFAA"]"#, .loneSurrogate, lenient: "\u{fffd}"),
    .init("string_lone_utf8_continuation_byte", quoted(0x81), .invalidUTF8),
    .init("string_not_in_unicode_range", quoted(0xf4, 0xbf, 0xbf, 0xbf), .invalidUTF8),
    .init("string_overlong_sequence_2_bytes", quoted(0xc0, 0xaf), .invalidUTF8),
    .init("string_overlong_sequence_6_bytes", quoted(0xfc, 0x83, 0xbf, 0xbf, 0xbf, 0xbf), .invalidUTF8),
    .init("string_overlong_sequence_6_bytes_null", quoted(0xfc, 0x80, 0x80, 0x80, 0x80, 0x80), .invalidUTF8),
    .init("string_truncated-utf-8", quoted(0xe0, 0xff), .invalidUTF8),
    .init("string_utf16BE_no_BOM", [0x00, 0x5b, 0x00, 0x22, 0x00, 0xe9, 0x00, 0x22, 0x00, 0x5d], .unexpectedCharacter),
    .init("string_utf16LE_no_BOM", [0x5b, 0x00, 0x22, 0x00, 0xe9, 0x00, 0x22, 0x00, 0x5d, 0x00], .unexpectedCharacter),
    .init(
      "structure_500_nested_arrays", String(repeating: "[", count: 500) + String(repeating: "]", count: 500), nil),
    .init("structure_UTF-8_BOM_empty_object", [0xef, 0xbb, 0xbf, 0x7b, 0x7d], .byteOrderMark),
  ]
}
