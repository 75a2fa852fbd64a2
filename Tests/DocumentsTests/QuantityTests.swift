import Documents
import Testing

@Suite("Numbers, sizes and durations")
struct QuantityTests {
  @Test(
    "Numbers that JSON can write",
    arguments: [
      ("0", 1), ("-0", 1), ("1.50", 2), ("100", 1), ("1e9", 1), ("0.001", 1), ("12.030", 4),
    ])
  func numbers(text: String, digits: Int) {
    #expect(NumberText(Array(text.utf8))?.significantDigits == digits)
  }

  @Test("What is no number", arguments: ["", "-", "01", "1.", ".5", "+1", "1e", "0x1", "1_0", " 1", "NaN", "1e9999"])
  func noNumbers(text: String) {
    #expect(NumberText(Array(text.utf8)) == nil)
  }

  @Test(
    "Sizes and durations",
    arguments: [
      ("4KiB", 4096), ("1MB", 1_000_000), ("0", 0), ("12B", 12), ("4 KiB", nil), ("-1", nil), ("9999999999GiB", nil),
    ])
  func sizes(text: String, expected: Int64?) {
    #expect(ByteSizeText.bytes(text) == expected)
  }

  @Test(
    "Durations",
    arguments: [("30", 30), ("2m", 120), ("1h", 3600), ("4d", 345_600), ("x", nil), ("m", nil), ("1.5h", nil)])
  func durations(text: String, expected: Int64?) {
    #expect(DurationText.seconds(text) == expected)
  }
}
