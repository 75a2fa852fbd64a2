import KumoState
import Testing

@Suite struct ItemKeyTests {
  static let cases: [([ItemKeyValue?], String)] = [
    ([.string(Array("u|1".utf8)), .number(Array("10".utf8))], "S:u|1|N:10"),
    ([.number(Array("1.50".utf8))], "N:1.50"),
    ([.string(Array("a|S:b".utf8)), .string(Array("c".utf8))], "S:a|S:b|S:c"),
    ([.string(Array("a".utf8)), .string(Array("b|S:c".utf8))], "S:a|S:b|S:c"),
    ([nil, .string(Array("b".utf8))], "S:b"),
    ([.string([])], "S:"),
    ([.binary(Array("é".utf8))], "B:é"),
    ([nil], ""), ([], ""),
  ]

  @Test(arguments: cases)
  func joinsPartsInSchemaOrder(values: [ItemKeyValue?], key: String) {
    let made = ItemKey(values)
    #expect(made.bytes == Array(key.utf8))
    #expect(made.isPersistable)
  }

  @Test func binaryKeysLoseEachBadByte() {
    let made = ItemKey([.binary([0xE2, 0x82, 0x00, 0xFF]), .string(Array("x".utf8))])
    #expect(made.bytes == Array("B:\u{FFFD}\u{FFFD}\u{0}\u{FFFD}|S:x".utf8))
    #expect(made.trouble == .invalidUTF8)
  }

  @Test func otherTypesCannotBePredicted() {
    #expect(ItemKey([.other]).trouble == .unpredictable)
  }

  /// Byte strings and whether Go's `utf8.Valid` holds for them.
  @Test(
    arguments: [
      ([0xC2, 0x80], true), ([0xC1, 0x80], false), ([0xE0, 0xA0, 0x80], true), ([0xE0, 0x9F, 0x80], false),
      ([0xED, 0x9F, 0xBF], true), ([0xED, 0xA0, 0x80], false), ([0xF0, 0x90, 0x80, 0x80], true),
      ([0xF0, 0x8F, 0x80, 0x80], false), ([0xF4, 0x8F, 0xBF, 0xBF], true), ([0xF4, 0x90, 0x80, 0x80], false),
      ([0xE2, 0x82], false), ([0xF5, 0x80, 0x80, 0x80], false), ([0x80], false), ([0xE2, 0x82, 0x41], false),
    ] as [([UInt8], Bool)])
  func utf8ValidityIsGos(bytes: [UInt8], valid: Bool) {
    #expect((GoText.replacingInvalidUTF8(in: bytes) == nil) == valid)
  }

  @Test(arguments: [("Status", "status"), ("\u{17F}tatu\u{17F}", "status"), ("\u{212A}ey", "key"), ("É", "É")])
  func keysFoldAsGosDecoder(key: String, folded: String) {
    #expect(GoText.foldedKey(Array(key.utf8)) == Array(folded.utf8))
  }
}
