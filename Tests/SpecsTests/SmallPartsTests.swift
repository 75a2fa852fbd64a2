import KumoState
@testable import Specs
import Testing

@Suite("Small parts: instants, base64, decimals, names")
struct SmallPartsTests {
  @Test(
    "Instants",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-01-02T03:04:05Z", 1_767_323_045), ("2026-01-02", 1_767_312_000),
      ("2024-02-29T23:59:59+01:00", 1_709_247_599), ("0001-01-01T00:00:00Z", -62_135_596_800),
      ("9999-12-31T23:59:59Z", 253_402_300_799), ("1969-12-31T23:59:59Z", -1),
    ])
  func instants(text: String, seconds: Int64) throws {
    let instant = try #require(Instant(text))
    #expect(instant.seconds == seconds)
    #expect(Instant(instant.description) == instant)
  }

  @Test(
    "What is no instant",
    arguments: [
      "2026-13-01", "2025-02-29", "2026-01-02T24:00:00Z", "2026-01-02T03:04:05", "2026-01-02T03:04:05.5Z", "2026-1-2",
      "",
      "2026-01-02T03:04:05+1:00", "0000-01-01", "0001-01-01T00:00:00+01:00", "2026-01-02 03:04:05Z",
    ])
  func noInstants(text: String) {
    #expect(Instant(text) == nil)
  }

  @Test("Base64", arguments: [[], [0], [0, 255], [1, 2, 3], [255, 254, 253, 252]] as [[UInt8]])
  func base64(bytes: [UInt8]) {
    #expect(Base64.decode(Base64.encode(bytes)) == bytes)
  }

  @Test("What is no base64", arguments: ["A", "AA", "AA=", "AAA", "A=A=", "A-==", "AAAA="])
  func noBase64(text: String) {
    #expect(Base64.decode(Array(text.utf8)) == nil)
  }

  @Test(
    "Decimals",
    arguments: [
      (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (1990, 2, "19.90"), (-1990, 2, "-19.90"), (7, 0, "7"),
      (1, 18, "0.000000000000000001"),
    ] as [(Int64, Int, String)])
  func decimals(unscaled: Int64, places: Int, text: String) {
    #expect(String(decoding: SpecGenerator.decimal(unscaled, places: places), as: UTF8.self) == text)
    #expect(Decimal(text)?.unscaled(places: places) == unscaled)
  }

  @Test(
    "Decimals lose their last zeros as numbers",
    arguments: [("19.90", "19.9"), ("19.00", "19"), ("0.00", "0"), ("-0.00", "0"), ("100", "100")])
  func trimmed(text: String, expected: String) {
    #expect(String(decoding: Datum.trimmed(Array(text.utf8)), as: UTF8.self) == expected)
  }
}
