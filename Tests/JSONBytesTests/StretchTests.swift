import CScan
import FixtureTestSupport
import Testing

/// The search for stretches of base64's alphabets: its SIMD form and its scalar twin are the same function.
@Suite struct StretchTests {
  private struct Outcome: Equatable {
    var stretches: [UInt32]
    var seen: UInt32
  }

  private func run(_ bytes: [UInt8], _ form: cscan_form) -> Outcome {
    var out = [UInt32](repeating: 0, count: bytes.count / 8 + 2)
    var seen: UInt32 = 0
    let count = cscan_stretches_by(form, bytes, bytes.count, &out, &seen)
    return Outcome(stretches: Array(out[..<(2 * count)]), seen: seen)
  }

  @Test func bothFormsAgree() {
    guard cscan_best_form() == CSCAN_AVX2 else { return }
    var random = FixedRandom(5)
    let letters = Array("ABCabc019+/-_ \\%\n\"zZ@[`{".utf8)
    for round in 0..<3000 {
      let others = 1 + Int(random.next() % 40)
      let bytes = (0..<Int(random.next() % 400)).map { _ in
        random.next() % UInt64(others) == 0
          ? UInt8(truncatingIfNeeded: random.next()) : letters[Int(random.next() % UInt64(letters.count))]
      }
      #expect(run(bytes, CSCAN_SCALAR) == run(bytes, CSCAN_AVX2), "round \(round): \(bytes)")
    }
  }

  @Test func stretchesAreWhole() {
    let long = [UInt8](repeating: UInt8(ascii: "a"), count: 300)
    for form in [CSCAN_SCALAR, cscan_best_form()] {
      #expect(run(long, form).stretches == [0, 300])
      #expect(run([0x20] + long + [0x25, 0x5C, 0], form) == Outcome(stretches: [1, 301], seen: 7))
      #expect(run(Array(long[..<15]), form).stretches.isEmpty)
      #expect(run(Array(long[..<16]), form).stretches == [0, 16])
    }
  }

  @Test func headsOfStreamsAreFoundAnywhere() {
    let heads: [[UInt8]] = [
      [0x1F, 0x8B], [0x28, 0xB5], [0x50, 0x4B], [0x50, 0x2A], [0x78, 0x01], [0x78, 0x5E], [0x78, 0x9C], [0x78, 0xDA],
    ]
    for form in [CSCAN_SCALAR, cscan_best_form()] {
      for head in heads {
        for place in 0..<98 {
          var bytes = [UInt8](repeating: 0x78, count: 100)
          #expect(cscan_stream_head_by(form, bytes, 100) == 100)
          bytes.replaceSubrange(place..<(place + 2), with: head)
          #expect(cscan_stream_head_by(form, bytes, 100) == place)
          #expect(cscan_stream_head_by(form, bytes, place + 1) == place + 1)
        }
      }
    }
  }

  @Test func decodesBothAlphabets() {
    var out = [UInt8](repeating: 0, count: 16)
    // `_` and `/` are one digit; the last letter alone makes no byte.
    #expect(cscan_base64(Array("aGk_/z8=\nIQ".utf8), 11, &out) == 6)
    #expect(Array(out[..<6]) == [0x68, 0x69, 0x3F, 0xFF, 0x3F, 0x08])
    #expect(cscan_hex(Array("0aFfx".utf8), 4, &out) == 2 && out[1] == 0xFF)
    #expect(cscan_hex(Array("0aFfx".utf8), 5, &out) == 0)
  }
}
