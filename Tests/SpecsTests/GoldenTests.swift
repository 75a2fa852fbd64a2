import SystemPackage
import Testing

@testable import Specs

/// The output of every version of every generator, for ever. A test that fails here says: this change gives users other
/// fixtures. Give the generator a new version and add a line; never change one.
@Suite("Golden outputs of the generators")
struct GoldenTests {
  /// The first values of a generator at a fixed place.
  private func values(_ generator: SpecGenerator, count: Int = 4) throws -> [String] {
    let key = try StreamKey(algorithm: generator.algorithm, seed: "golden", place: ["a", "b"])
    let clock = FixtureSpec.defaultClock
    return (0..<count).map { row in
      var stream = ByteStream(key: key, row: UInt64(row))
      let datum = generator.make(from: &stream, index: row, clock: clock)
      if case .bytes(let bytes) = datum { return "\(bytes)" }
      return datum.text.map { String(decoding: $0, as: UTF8.self) } ?? datum.kind
    }
  }

  @Test("Golden values", arguments: 0..<23)
  func goldenValues(index: Int) throws {
    let (algorithm, generator, expected) = Self.golden[index]
    #expect(generator.algorithm == algorithm)
    #expect(try values(generator) == expected)
  }

  static let golden: [(String, SpecGenerator, [String])] = [
    ("seq/1", .sequence(start: -1, step: 3, pad: 3), ["-001", "002", "005", "008"]),
    ("int/1", .integer(-5...5), ["-1", "-1", "4", "-1"]),
    (
      "int/1", .integer(Int64.min...Int64.max),
      ["-1309774614965792755", "-1454369266805327660", "7352472386874425224", "-1837818070032003808"]
    ),
    ("decimal/1", .decimal(-150...999_999, places: 2), ["9930.26", "3142.54", "4906.53", "2011.84"]),
    (
      "date/1", .date(from: .clock(offset: -86_400), to: .clock(offset: 0), format: .rfc3339),
      ["2025-12-31T01:24:47Z", "2025-12-31T09:04:38Z", "2025-12-31T13:56:04Z", "2025-12-31T20:34:22Z"]
    ),
    (
      "date/1", .date(from: .clock(offset: -8_640_000), to: .clock(offset: 0), format: .date),
      ["2025-09-28", "2025-10-30", "2025-11-20", "2025-12-17"]
    ),
    (
      "date/1", .date(from: .clock(offset: -8_640_000), to: .clock(offset: 0), format: .epoch),
      ["1759094354", "1761853457", "1763602009", "1765991720"]
    ),
    (
      "date/1", .date(from: .clock(offset: -8_640_000), to: .clock(offset: 0), format: .epochMilliseconds),
      ["1759094354000", "1761853457000", "1763602009000", "1765991720000"]
    ),
    (
      "uuid4/1", .uuid(version: 4),
      [
        "d589785d-a1d9-452c-9e01-00eb081b549f", "e3fbd347-3505-4f08-8dde-bfac94205020",
        "cbc46cfe-c58a-4861-83a3-78d4aeffd956", "03bd8e60-8a1e-467c-96d8-1140e8ce885a",
      ]
    ),
    (
      "uuid7/1", .uuid(version: 7),
      [
        "019b76da-a800-7141-83ed-05cfdc0f10fd", "019b76da-a801-7d3a-b600-866b3eaa466c",
        "019b76da-a802-719a-8e04-72b9a23e7767", "019b76da-a803-7a8e-a16f-1531da812285",
      ]
    ),
    (
      "ulid/1", .ulid,
      [
        "01KDVDNA007GWM9HW95ZJ3P4YF", "01KDVDNA01R5VVD4YQZ50VWZ74", "01KDVDNA026RACPTZ33VAGDXNP",
        "01KDVDNA0368H23M3SXZJ6AYMY",
      ]
    ),
    ("name/1", .name(.first), ["Kai", "Emeka", "Laila", "Florence"]),
    ("name/1", .name(.last), ["Mehta", "Harris", "Morgan", "Ibrahim"]),
    ("name/1", .name(.full), ["Kai Flores", "Emeka Kumar", "Laila Zimmermann", "Florence Lin"]),
    (
      "email/1", .email,
      [
        "matilda.dubois51@example.org", "arjun.costa822@example.net", "malik.zhang980@example.org",
        "kwame.gonzalez451@example.com",
      ]
    ),
    (
      "sentence/1", .sentence(words: 3...6),
      [
        "Balance letter sky valley.", "Road keep rice play river.", "Simple candle until very.",
        "Coffee season picture.",
      ]
    ),
    (
      "paragraph/1", .paragraph(sentences: 1...2),
      [
        "Steady kettle different part letter check leaf course speak letter together.",
        "Star earth arrive soon many sharp only shadow wall over paint engine.",
        "Earth empty tomorrow time morning distance also give. First taste bright play follow very quarter sheep.",
        "Supply ladder mind island learn market plain price.",
      ]
    ),
    ("word/1", .word, ["table", "cross", "measure", "below"]),
    ("city/1", .city, ["Jakarta", "Singapore", "Dhaka", "Prague"]),
    ("company/1", .company, ["Vale Analytics", "Bramble Gardens", "Cedar Logistics", "Atlas Energy"]),
    ("hex/1", .hex(digits: 7), ["4dc7c6f", "41b127f", "4c2c46d", "b9cb365"]),
    (
      "bytes/1", .bytes(count: 5),
      ["[227, 200, 104, 90, 125]", "[146, 209, 199, 116, 118]", "[110, 168, 64, 132, 28]", "[209, 141, 178, 223, 4]"]
    ),
    ("bool/1", .bool(probability: 300_000_000), ["false", "false", "true", "false"]),
  ]

  @Test("Generators with values inside")
  func composite() throws {
    let spec = FixtureSpec(name: "golden", version: 1, seed: "golden") {
      let people = DataSet("people", count: 9, fields: ["n": .sequence()])
      people
      let rows = DataSet(
        "rows", count: 6,
        fields: [
          "p": .pick(weighted: [WeightedValue("a", weight: 3), WeightedValue("b"), WeightedValue("c")]),
          "o": .optional("x", percent: 40), "l": .list(count: 0...3, of: .integer(0...9)), "r": people.row(),
          "c": people.row(.cycle),
        ])
      rows
      Queue("q") {
        Messages(forEach: rows) { row in
          Message(json: [
            "p": .field(row.p), "o": .field(row.o), "l": .field(row.l), "r": .field(row.r.n), "c": .field(row.c.n),
          ])
        }
      }
    }
    var bodies: [String] = []
    var ids: [String] = []
    try spec.resolve(in: ".").queues[0].forEachMessage {
      bodies.append(String(decoding: $0.body, as: UTF8.self))
      ids.append($0.id)
    }
    #expect(
      bodies == [
        #"{"p":"b","l":[6,5,7],"r":9,"c":1}"#, #"{"p":"c","l":[],"r":5,"c":2}"#,
        #"{"p":"a","o":"x","l":[2,3],"r":9,"c":3}"#,
        #"{"p":"c","l":[2,4,3],"r":2,"c":4}"#, #"{"p":"c","o":"x","l":[],"r":4,"c":5}"#,
        #"{"p":"c","l":[],"r":5,"c":6}"#,
      ])
    #expect(ids.prefix(2) == ["15283f10-e527-4cef-a312-bf674d0a5e01", "f433f52a-d351-4f4e-9e00-bab6c5decaa7"])
  }

  @Test("The stream itself: xoshiro256** from SHA-256 and SplitMix64")
  func stream() throws {
    let key = try StreamKey(algorithm: "bytes/1", seed: "seed", place: ["s3", "bucket"])
    var stream = ByteStream(key: key, row: 7)
    #expect(
      (0..<3).map { _ in stream.next() } == [
        17_121_239_285_775_645_763, 5_520_400_264_330_733_298, 11_594_701_432_303_110_061,
      ])
    #expect(
      ByteStream(key: key.element(2), row: 0).bytes(count: 11) == [70, 253, 76, 67, 171, 218, 184, 124, 74, 252, 105])
  }

  @Test("A stream read in pieces is the stream read at once", arguments: [0, 1, 7, 8, 9, 65_536, 65_537, 200_001])
  func pieces(count: Int) throws {
    let stream = ByteStream(key: try StreamKey(algorithm: "a", seed: "s", place: []), row: 0)
    var pieces: [UInt8] = []
    stream.forEachPiece(count: count) { pieces.append(contentsOf: $0) }
    #expect(pieces == stream.bytes(count: count))
  }

  @Test("The lists of names and words are part of the versions")
  func lists() throws {
    let lists = [
      WordLists.firstNames, WordLists.lastNames, WordLists.asciiFirstNames, WordLists.asciiLastNames, WordLists.words,
      WordLists.cities, WordLists.companyNames, WordLists.companyKinds,
    ]
    let key = try StreamKey(algorithm: "lists", seed: "", place: lists.flatMap { $0 })
    #expect(lists.map(\.count) == [173, 146, 167, 141, 357, 129, 80, 35])
    #expect(key.words.0 == 2_213_128_166_548_556_892)
  }

  @Test("Draws are even: no value of a small range is missing or doubled")
  func even() throws {
    var counts = [Int](repeating: 0, count: 7)
    let key = try StreamKey(algorithm: "int/1", seed: "even", place: [])
    for row in 0..<14_000 {
      var stream = ByteStream(key: key, row: UInt64(row))
      counts[Int(stream.next(below: 7))] += 1
    }
    // Five standard deviations around 2000.
    #expect(counts.allSatisfy { (1790...2210).contains($0) }, "\(counts)")
  }
}
