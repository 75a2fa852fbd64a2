import CScan
import FixtureTestSupport
import Testing

/// The SIMD index and its scalar twin are the same function.
@Suite struct StructuralIndexTests {
  struct Outcome: Equatable {
    var entries: [UInt32]
    var carries: [UInt64]
    var invalid: UInt64
  }

  /// The forms this machine has.
  private let forms = [CSCAN_SCALAR, CSCAN_AVX2].filter { $0.rawValue <= cscan_best_form().rawValue }

  /// Indexes `bytes` (a multiple of 64) in calls of one block each or all at once.
  private func run(_ bytes: [UInt8], oneByOne: Bool, _ form: cscan_form) -> Outcome {
    let headroom = Int(CSCAN_HEADROOM)
    let padded = [UInt8](repeating: 0, count: headroom) + bytes
    var out = [UInt32](repeating: 0, count: bytes.count + Int(CSCAN_SLACK))
    var state = cscan_state()
    var entries: [UInt32] = []
    let blocks = bytes.count / 64
    padded.withUnsafeBufferPointer { input in
      out.withUnsafeMutableBufferPointer { output in
        guard let base = input.baseAddress, let room = output.baseAddress else { return }
        for call in 0..<(oneByOne ? blocks : 1) where state.invalid == 0 {
          let count = cscan_index_by(form, base, headroom + call * 64, oneByOne ? 1 : blocks, room, &state)
          entries += output[..<count]
        }
      }
    }
    let carries = state.invalid != 0 ? [] : [state.in_string, state.escaped, state.bare]
    return Outcome(entries: entries, carries: carries, invalid: state.invalid)
  }

  private func check(_ bytes: [UInt8], _ note: @autoclosure () -> String) {
    let reference = run(bytes, oneByOne: true, CSCAN_SCALAR)
    for form in forms {
      #expect(run(bytes, oneByOne: true, form) == reference, "form \(form.rawValue), \(note())")
      #expect(run(bytes, oneByOne: false, form) == reference, "form \(form.rawValue), \(note())")
    }
  }

  @Test(arguments: 0..<8)
  func agreeOnRandomInput(seed: UInt64) {
    var random = FixedRandom(seed)
    let alphabets: [[UInt8]] = [
      Array(0...255), Array("\\\\\"\"{}[]:, \n\ta1-".utf8), Array("\\\"".utf8),
      [0x20, 0x1a, 0x0c, 0x00, 0x2c, 0x3a, 0x22],
      Array("\"é日😀 x".utf8), [0xf0, 0x90, 0x80, 0x80, 0xe2, 0x82, 0xac, 0x41, 0x22, 0xc3],
    ]
    for round in 0..<120 {
      let alphabet = alphabets[round % alphabets.count]
      let bytes = (0..<(64 * Int.random(in: 1...4, using: &random))).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      check(bytes, "seed \(seed), round \(round)")
    }
  }

  /// Every sequence of up to four bytes near the limits of UTF-8, across the boundary of two blocks.
  @Test func agreeOnEveryEdgeOfUTF8() {
    let edges: [UInt8] = [
      0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5,
    ]
    for first in edges {
      for second in edges {
        for third in edges {
          var bytes = [UInt8](repeating: 0x61, count: 128)
          let place = 60 + Int(first ^ second ^ third) % 5
          bytes.replaceSubrange(place..<(place + 4), with: [first, second, third, 0x80])
          check(bytes, "\(first) \(second) \(third) at \(place)")
        }
      }
    }
  }

  @Test func agreeOnTheCaptures() {
    for file in CaptureFile.all.prefix(40) {
      let padding = [UInt8](repeating: 0x20, count: 64 - file.bytes.count % 64)
      let bytes = file.bytes + padding
      check(bytes, file.name)
      #expect(run(bytes, oneByOne: false, CSCAN_SCALAR).invalid == 0, "\(file.name)")
    }
  }

  @Test func entriesOfAnExample() {
    let text = Array(#"{"a\"b":[1, true,"\u00e9"]} "#.utf8)
    let bytes = text + [UInt8](repeating: 0x20, count: 64 - text.count)
    let entries = run(bytes, oneByOne: false, cscan_best_form()).entries
    #expect(entries.map { Int($0) - Int(CSCAN_HEADROOM) } == [0, 1, 3, 6, 7, 8, 9, 10, 12, 16, 17, 18, 24, 25, 26])
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func lines(length: Int) {
    var random = FixedRandom(UInt64(length))
    let bytes: [UInt8] = (0..<length).map { _ in [0x0a, 0x61, 0x0d].randomElement(using: &random) ?? 0 }
    var last = -1
    let count = bytes.withUnsafeBufferPointer { buffer -> Int in
      guard let base = buffer.baseAddress else { return 0 }
      var found = 0
      let count = cscan_lines(base, length, &found)
      if count > 0 { last = found }
      return count
    }
    #expect(count == bytes.filter { $0 == 0x0a }.count)
    #expect(last == bytes.lastIndex(of: 0x0a) ?? -1)
  }
}
