import Digests
import Files
import JSONBytes
import KumoState

/// Finds the references that v0.25.3 to v0.29.0 write for empty objects without writing the blob (kumo-format.md 2.2).
struct EmptyObjectRepair: S3Visitor {
  /// The file, to look at the bytes around a reference.
  let file: ReadableFile
  private(set) var edits: [FileEdit] = []
  /// References that stand in the file in a way that no KUMO writes, and are left alone.
  private(set) var refused = 0

  init(file: ReadableFile) {
    self.file = file
  }

  private static let emptyDigest = Array("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".utf8)

  /// The name that the blob of an empty body would have.
  static var blobName: SHA256Digest? { SHA256Digest(hex: emptyDigest) }

  mutating func beginBucket(_ key: [UInt8]) {}
  mutating func body(_ event: S3ObjectReader.BodyEvent) {}
  mutating func object(_ object: S3StoredObject, key: [UInt8], offset: Int) { look(at: object) }
  mutating func beginVersions(of key: [UInt8], offset: Int) {}
  mutating func version(_ object: S3StoredObject, index: Int) { look(at: object) }
  mutating func endVersions() {}
  mutating func endBucket(_ bucket: S3StoredBucket) {}

  private mutating func look(at object: S3StoredObject) {
    guard object.size == 0, !object.hasBody, object.bodyRef == EmptyObjectRepair.emptyDigest else { return }
    guard let edit = removal(ofValueAt: object.offset(of: .bodyRef)) else {
      refused += 1
      return
    }
    edits.append(edit)
  }

  /// Takes out the member whose value begins at an offset, with one of the commas beside it.
  private func removal(ofValueAt value: Int) -> FileEdit? {
    let start = max(0, value - 128)
    var bytes = [UInt8](repeating: 0, count: value - start + EmptyObjectRepair.emptyDigest.count + 2 + 128)
    guard let count = try? bytes.withUnsafeMutableBytes({ try file.read(into: $0, at: Int64(start)) }) else {
      return nil
    }
    var index = value - start
    let end = index + EmptyObjectRepair.emptyDigest.count + 2
    // An escaped spelling of the digits would be longer.
    guard end <= count, bytes[index] == quote, bytes[end - 1] == quote else { return nil }
    index = before(index, in: bytes)
    guard index >= 0, bytes[index] == UInt8(ascii: ":") else { return nil }
    index = before(index, in: bytes)
    guard index > 0, bytes[index] == quote, let open = bytes[..<index].lastIndex(of: quote) else { return nil }
    let comma = before(open, in: bytes)
    guard comma >= 0 else { return nil }
    if bytes[comma] == UInt8(ascii: ",") {
      return FileEdit(offset: start + comma, count: end - comma, replacement: .nothing)
    }
    // The first member: the comma to go is the one behind it, if there is one.
    guard bytes[comma] == UInt8(ascii: "{") else { return nil }
    guard let next = bytes[end..<count].firstIndex(where: { !isSpace($0) }) else { return nil }
    let last = bytes[next] == UInt8(ascii: ",") ? next + 1 : end
    return FileEdit(offset: start + open, count: last - open, replacement: .nothing)
  }

  /// The place of the last byte before `index` that is no white space; -1 when there is none.
  private func before(_ index: Int, in bytes: [UInt8]) -> Int {
    bytes[..<index].lastIndex { !isSpace($0) } ?? -1
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
  private var quote: UInt8 { UInt8(ascii: "\"") }
}
