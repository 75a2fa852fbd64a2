import Digests
import Files
import FixtureTestSupport
import KumoState
import Testing

@testable import Validation

struct EngineTests {
  @Test func linesAndColumnsOfAnyOffset() throws {
    let scratch = try TemporaryDirectory()
    // Longer than the buffer, with line ends at its edges.
    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 200_000)
    for place in [0, 65_535, 65_536, 131_072, 199_999] { bytes[place] = UInt8(ascii: "\n") }
    try scratch.write("file", bytes)
    let offsets = [0, 1, 65_535, 65_536, 65_537, 131_071, 131_073, 199_999, 200_000]
    let places = LinePlaces.find(offsets, in: try scratch.directory.open("file"))
    for offset in offsets {
      let before = bytes[..<offset]
      let line = before.count { $0 == UInt8(ascii: "\n") } + 1
      let start = (before.lastIndex(of: UInt8(ascii: "\n")) ?? -1) + 1
      #expect(places[offset] == Finding.Position(offset: offset, line: line, column: offset - start + 1))
    }
    #expect(LinePlaces.find([300_000], in: try scratch.directory.open("file")) == [:])
  }

  @Test(arguments: [1, 2, 7])
  func parallelResultsKeepTheirOrder(_ workers: Int) {
    let results = Parallel.map(count: 1000, workers: workers) { { $0 * 2 } }
    #expect(results == (0..<1000).map { $0 * 2 })
    #expect(Parallel.map(count: 0, workers: workers) { { $0 } } == [])
  }

  @Test func etagsAndVersionIDs() {
    let md5 = "9dd4e461268c8034f5c8564e155c67a6"
    #expect(S3ETag(Array("\"\(md5)-12\"".utf8)) == .multipart)
    for text in [
      "x", "\"\"", md5, "\"\(md5.uppercased())\"", "\"\(md5)-\"", "\"\(md5)-01\"", "\"\(md5)-100000\"", "\"\(md5)+1\"",
    ] {
      #expect(S3ETag(Array(text.utf8)) == .malformed, "\(text)")
    }
    #expect(S3VersionID(Array("v10".utf8)) == .number(10))
    for text in ["v", "v0", "v01", "1", "V1", "v99999999999999999999", "nul", "v1 "] {
      #expect(S3VersionID(Array(text.utf8)) == .malformed, "\(text)")
    }
  }

  @Test func bodiesLongerThanWhatIsHeldAreDigested() throws {
    let digests = try S3BodyDigests()
    let bytes = [UInt8](repeating: 7, count: 3 << 20)
    for _ in 0..<2 {
      digests.take(.begin)
      bytes.withUnsafeBytes { all in
        for start in stride(from: 0, to: all.count, by: 400_000) {
          digests.take(.bytes(UnsafeRawBufferPointer(rebasing: all[start..<min(all.count, start + 400_000)])))
        }
      }
      // md5sum and sha256sum of 3 MiB of the byte 7.
      #expect(try digests.finishMD5().hex == expectedMD5)
      #expect(try digests.finishSHA256().hex == expectedSHA256)
    }
  }

  private let expectedMD5 = "1dc9719247f1c59ffa4bd1bc78da7dd7"
  private let expectedSHA256 = "fadc8b76fb9e2447c118e8b612cb1280904241214f6b9b5b7010f445bcc3d10b"
}
