import FixtureTestSupport
import JSONBytes
import Testing

/// Damaged documents never stop the program, never hang, and are read the same whatever the buffer.
@Suite struct MutationTests {
  private func damaged(_ bytes: [UInt8], _ random: inout FixedRandom) -> [UInt8] {
    var copy = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) where !copy.isEmpty {
      let place = Int.random(in: 0..<copy.count, using: &random)
      let special: [UInt8] = [
        0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x3a, 0x00, 0x80, 0xed, 0xff, 0x20, 0x75, 0x30, 0x2d,
      ]
      switch Int.random(in: 0..<5, using: &random) {
      case 0: copy[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      case 1: copy[place] = special.randomElement(using: &random) ?? 0
      case 2: copy.insert(special.randomElement(using: &random) ?? 0, at: place)
      case 3: copy.removeSubrange(place..<min(copy.count, place + Int.random(in: 1...9, using: &random)))
      default: copy.removeSubrange(place...)
      }
    }
    return copy
  }

  private func outcome(_ reader: JSONReader) -> (count: Int, error: JSONError?) {
    var count = 0
    do throws(JSONError) {
      while try reader.next() != .end { count += 1 }
      return (count, nil)
    } catch {
      return (count, error)
    }
  }

  @Test(arguments: 0..<4)
  func damageIsFoundTheSameWay(seed: UInt64) throws {
    var random = FixedRandom(seed)
    // Small files first and slices of large ones: a slice is damage, too.
    let captured = CaptureFile.all.map { Array($0.bytes.prefix(3000)) }.filter { $0.count > 20 }
    if captured.isEmpty { print("captures are not there: damaging the made-up document only") }
    let documents = captured + Array(repeating: Array(JSONReaderTests.mixed.prefix(4000)), count: 20)
    for _ in 0..<60 {
      let document = damaged(documents.randomElement(using: &random) ?? [], &random)
      let whole = outcome(JSONReader(bytes: document))
      for feeding in [Feeding(bufferSize: 256), Feeding(step: 5, bufferSize: 300)] {
        let other = outcome(feeding.reader(document))
        #expect(other.error == whole.error, "seed \(seed), \(feeding)")
        // A string longer than the buffer is a token before its fault is reached.
        #expect((whole.count...(whole.count + (other.error == nil ? 0 : 1))).contains(other.count))
      }
      let skipping = JSONReader(bytes: document)
      let skipped: JSONError? = {
        do throws(JSONError) {
          _ = try skipping.next()
          try skipping.skipValue()
          _ = try skipping.next()
          return nil
        } catch {
          return error
        }
      }()
      #expect(skipped == whole.error)
      #expect((try? JSONTape(parsing: document)) == nil || whole.error == nil)
    }
  }
}
