import Files
import FixtureTestSupport
import JSONBytes
import KumoState
import SystemPackage
import Testing

/// The files that real KUMO servers wrote, against the schema.
@Suite(.enabled(if: !Captures.dataDirectories.isEmpty, "the captured directories are not here"))
struct CaptureTests {
  @Test(arguments: Captures.dataDirectories)
  func walkWithoutDeviation(path: FilePath) throws {
    let directory = try Directory.open(path)
    var services = 0
    for service in ServiceCatalogue.all {
      let name = try RelativePath(Array(service.fileName.utf8))
      guard try directory.status(name) != nil else { continue }
      let schema = try #require(Schema(of: service))
      var walker = SchemaWalker(schema: schema)
      var found: [SchemaDeviation] = []
      try walker.walk(JSONReader(bytes: try directory.read(name, limit: 64 << 20))) { found.append($0) }
      #expect(found.isEmpty, "\(service.name): \(found)")
      services += 1
    }
    #expect(services >= 76)
  }

  /// Every time in every file is read and written back byte for byte.
  @Test(arguments: Captures.dataDirectories)
  func timesRoundTrip(path: FilePath) throws {
    let directory = try Directory.open(path)
    var times = 0
    for entry in try directory.list() where entry.kind == .file {
      let reader = JSONReader(bytes: try directory.read(entry.path, limit: 64 << 20))
      while try reader.next() != .end {
        guard reader.token == .string else { continue }
        let text = try reader.string()
        guard case .valid(let time) = GoTime.parse(text) else { continue }
        #expect(time.formatted == text)
        times += 1
      }
    }
    #expect(times > 10)
  }
}
