import Artifacts
import Digests
import Files
import FixtureTestSupport
import SystemPackage
import Testing

/// A scratch place with a data directory `source` in it.
struct Scratch {
  let place: TemporaryDirectory

  init() throws {
    place = try TemporaryDirectory()
    try place.makeDirectory("source")
  }

  func write(_ path: String, _ text: String) throws { try place.write("source/\(path)", text) }
  func write(_ path: String, _ bytes: [UInt8]) throws { try place.write("source/\(path)", bytes) }

  var source: Directory { get throws { try Directory.open(place.path("source")) } }

  /// Packs `source` (or another directory) into a file of this place.
  @discardableResult
  func pack(
    _ name: String = "out.tar.zst", from other: FilePath? = nil, _ change: (inout PackOptions) -> Void = { _ in }
  ) throws -> PackReport {
    var options = PackOptions(compression: try #require(Compression(fileName: name)), workers: 2)
    change(&options)
    let directory = try other.map { try Directory.open($0) } ?? source
    return try ArtifactWriter.pack(directory, to: place.path(name), options)
  }

  func open(_ name: String = "out.tar.zst") throws -> ArtifactFile { try ArtifactFile.open(place.path(name)) }

  func verify(_ name: String = "out.tar.zst", workers: Int = 2) throws -> VerifyReport {
    try ArtifactVerifier.verify(open(name), ReadOptions(workers: workers))
  }

  @discardableResult
  func unpack(
    _ name: String = "out.tar.zst", to target: String = "target", workers: Int = 2,
    _ change: (inout UnpackOptions) -> Void = { _ in }
  ) throws -> UnpackReport {
    var options = UnpackOptions(read: ReadOptions(workers: workers))
    change(&options)
    return try ArtifactExtractor.unpack(open(name), to: place.path(target), options)
  }

  /// What a directory holds, by path: content of files, nil for directories. Modes are not part of it.
  func content(_ path: String) throws -> [String: [UInt8]?] { try Self.content(Directory.open(place.path(path))) }

  static func content(_ directory: Directory) throws -> [String: [UInt8]?] {
    var result: [String: [UInt8]?] = [:]
    for entry in try directory.walk() {
      let bytes = entry.kind == .file ? try read(directory.open(entry.path)) : nil
      result.updateValue(bytes, forKey: entry.path.description)
    }
    return result
  }

  /// Content of a large file, made fast: the same noise again and again, each time with another number before it.
  static func large(_ count: Int) -> [UInt8] {
    var noise: [UInt8] = []
    for index in 0..<8191 {
      withUnsafeBytes(of: (UInt64(index) &+ 1) &* 0x9E37_79B9_7F4A_7C15) { noise += $0.reversed() }
    }
    var result: [UInt8] = []
    result.reserveCapacity(count + noise.count)
    while result.count < count {
      withUnsafeBytes(of: UInt64(result.count)) { result += $0 }
      result += noise
    }
    result.removeLast(result.count - count)
    return result
  }

  /// All bytes of a file; in a debug build much faster than a read into a growing array.
  static func read(_ file: ReadableFile) throws -> [UInt8] {
    try Array(unsafeUninitializedCapacity: Int(file.size)) { buffer, count in
      while count < buffer.count {
        let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[count...]))
        let got = try file.read(into: room)
        if got == 0 { break }
        count += got
      }
    }
  }

  /// The names that stand in this place besides those given: what was left behind.
  func leftovers(_ expected: [String]) throws -> [String] {
    try place.list().filter { !expected.contains($0) }
  }
}

/// Builds tar archives block by block, also such as no tool would write.
struct TarBuilder {
  var bytes: [UInt8] = []

  /// A header with a right checksum, and its content padded to blocks.
  mutating func add(
    _ name: String, _ content: [UInt8] = [], type: Character = "0", mode: Int = 0o644, size: Int? = nil,
    linkName: String = "", gnu: Bool = false, patch: (inout [UInt8]) -> Void = { _ in }
  ) {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: [UInt8], _ offset: Int) { block.replaceSubrange(offset..<(offset + text.count), with: text) }
    func octal(_ value: Int, _ width: Int) -> [UInt8] {
      let digits = Array(String(value, radix: 8).utf8)
      return [UInt8](repeating: 0x30, count: width - digits.count) + digits
    }
    put(Array(name.utf8.prefix(100)), 0)
    put(octal(mode, 7), 100)
    put(octal(0, 7), 108)
    put(octal(0, 7), 116)
    put(octal(size ?? content.count, 11), 124)
    put(octal(0, 11), 136)
    put(Array(String(type).utf8), 156)
    put(Array(linkName.utf8), 157)
    put(gnu ? Array("ustar  \0".utf8) : Array("ustar\u{0}00".utf8), 257)
    patch(&block)
    put([UInt8](repeating: 0x20, count: 8), 148)
    put(octal(block.reduce(0) { $0 + Int($1) }, 6) + [0, 0x20], 148)
    bytes += block + content + [UInt8](repeating: 0, count: -content.count & 511)
  }

  /// A pax header for the member that follows.
  mutating func addPax(_ records: [(String, String)]) {
    var text: [UInt8] = []
    for (key, value) in records {
      let rest = " \(key)=\(value)\n"
      var length = rest.utf8.count + 1
      while "\(length)".utf8.count + rest.utf8.count != length { length += 1 }
      text += Array("\(length)\(rest)".utf8)
    }
    add("PaxHeader", text, type: "x")
  }

  /// The two blocks that end an archive.
  mutating func end() { bytes += [UInt8](repeating: 0, count: 1024) }

  /// A manifest of these files as first member.
  mutating func addManifest(_ files: [(String, [UInt8])]) throws {
    let entries = try files.map { Manifest.Entry(digest: try SHA256Hasher.hash(of: $0.1), name: Array($0.0.utf8)) }
    add("manifest-sha256.txt", try Manifest(entries).serialise())
  }
}

extension [UInt8] {
  init(_ text: String) { self = Array(text.utf8) }
}
