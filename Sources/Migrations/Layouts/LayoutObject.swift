import Digests
import Files
import JSONBytes
import KumoState

/// One object, version or delete marker of `s3.json` with what concerns its body: where it is kept, and where that is
/// written.
struct LayoutObject {
  /// What a member is to a layout.
  enum Role {
    case key, body, reference, other
  }

  /// A member of the object: from the quote of its key to the end of its value.
  struct Member {
    let role: Role
    let start: Int
    let value: Range<Int>

    var range: Range<Int> { start..<value.upperBound }
  }

  /// Offset of the opening brace, and of the closing one.
  let start: Int
  var end = 0
  var members: [Member] = []
  /// The bucket, the key and, for a version, the version id: for messages.
  let bucket: [UInt8]
  var key: [UInt8] = []
  var versionID: [UInt8] = []
  var isVersion = false
  var size: Int64 = 0
  var isDeleteMarker = false
  /// `Body` as far as it holds something; nil for no member, null and the empty string.
  var inline: S3Body?
  /// `bodyRef`, empty when there is none.
  var reference: [UInt8] = []

  /// Where the base64 of the body stands.
  var bodyValue: Range<Int>? { members.last { $0.role == .body }?.value }
}

/// Walks the objects and versions of an `s3.json` in constant memory, bodies hashed and never held.
struct LayoutObjectWalk {
  private let file: ReadableFile
  private let reader: JSONReader
  private let bodies: S3BodyHasher
  private var tape = JSONTape()

  /// - Parameter bodies: hashes inline bodies.
  init(_ file: ReadableFile, _ bodies: S3BodyHasher) {
    self.file = file
    self.bodies = bodies
    reader = .rewriting(file)
  }

  /// Gives each object, in the order of the file, and then the versions of each key.
  ///
  /// - Throws: the JSON reader's error, `FilesError`, and what `visit` throws.
  mutating func run(_ visit: (LayoutObject) throws -> Void) throws {
    guard try reader.next() == .beginObject else {
      try reader.skipValue()
      _ = try reader.next()
      return
    }
    while try reader.next() == .key {
      let isBuckets = try reader.keyNames("buckets")
      guard try reader.next() == .beginObject, isBuckets else {
        try reader.skipValue()
        continue
      }
      while try reader.next() == .key {
        let bucket = try reader.string()
        guard try reader.next() == .beginObject else {
          try reader.skipValue()
          continue
        }
        try walkBucket(bucket, visit)
      }
    }
    // What follows the value is an error, and only this call finds it.
    _ = try reader.next()
  }

  private mutating func walkBucket(_ bucket: [UInt8], _ visit: (LayoutObject) throws -> Void) throws {
    while try reader.next() == .key {
      let isObjects = try reader.keyNames("objects")
      let isVersions = isObjects ? false : try reader.keyNames("versions")
      guard try reader.next() == .beginObject, isObjects || isVersions else {
        try reader.skipValue()
        continue
      }
      while try reader.next() == .key {
        let key = try reader.string()
        switch (try reader.next(), isVersions) {
        case (.beginObject, false):
          try visit(try readObject(LayoutObject(start: reader.tokenOffset, bucket: bucket, key: key)))
        case (.beginArray, true):
          while try reader.next() != .endArray {
            guard reader.token == .beginObject else {
              try reader.skipValue()
              continue
            }
            var version = LayoutObject(start: reader.tokenOffset, bucket: bucket, key: key)
            version.isVersion = true
            try visit(try readObject(version))
          }
        default: try reader.skipValue()
        }
      }
    }
  }

  private static let fields = S3ObjectField.allCases

  private mutating func readObject(_ object: LayoutObject) throws -> LayoutObject {
    var object = object
    while try reader.next() == .key {
      let start = reader.tokenOffset
      let field = try Self.field(reader)
      _ = try reader.next()
      let valueStart = reader.tokenOffset
      if field == .body {
        let measured = try bodies.measuredBody(reader)
        let value = valueStart..<(valueStart + measured.length)
        object.inline = measured.isEscaped ? try escapedBody(at: valueStart) : measured.body
        object.members.append(.init(role: .body, start: start, value: value))
        continue
      }
      try reader.capture(into: &tape)
      let value = tape.root
      var role = LayoutObject.Role.other
      switch field {
      case .key: role = .key
      case .bodyRef:
        role = .reference
        object.reference = value.string() ?? []
      case .size: object.size = value.int64() ?? 0
      case .versionID: object.versionID = value.string() ?? []
      case .isDeleteMarker: object.isDeleteMarker = value.bool() ?? false
      default: break
      }
      object.members.append(.init(role: role, start: start, value: value.range))
    }
    object.end = reader.tokenOffset
    return object
  }

  /// The field that the current key means, as Go's decoder takes it.
  private static func field(_ reader: JSONReader) throws(JSONError) -> S3ObjectField? {
    for field in fields where reader.tokenEquals(field.name) { return field }
    for field in fields where try reader.keyNames(field.name) { return field }
    return nil
  }

  private func escapedBody(at offset: Int) throws -> S3Body? {
    try bodies.inlineBody(try InlineBodySource.reader(of: file, at: offset))
  }
}

/// Reads one string of a file again.
enum InlineBodySource {
  /// A reader that stands on the string that begins at an offset.
  static func reader(of file: ReadableFile, at offset: Int) throws -> JSONReader {
    var options = JSONReader.Options()
    options.loneSurrogates = .allow
    options.bufferSize = 64 << 10
    // A bracket before it makes a document of what is only the rest of one; its end is never looked at.
    let reader = JSONReader(source: RestOfFile(file: file, offset: Int64(offset)), options: options)
    _ = try reader.next()
    _ = try reader.next()
    return reader
  }

  private struct RestOfFile: JSONByteSource {
    let file: ReadableFile
    var offset: Int64
    var isBegun = false

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
      guard isBegun else {
        buffer[0] = UInt8(ascii: "[")
        isBegun = true
        return 1
      }
      let count = try file.read(into: buffer, at: offset)
      offset += Int64(count)
      return count
    }
  }
}
