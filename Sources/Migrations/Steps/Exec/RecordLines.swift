import Files
import JSONBytes
import KumoState

/// The records of a directory as lines for a program, in pieces of at least 64 KiB.
///
/// A line is `{"id":N,"item":{…}}`: the record as it stands in the file, on one line. Objects come without their
/// bodies.
final class RecordLines {
  private static let pieceSize = 64 * 1024
  /// How many bytes were handed out.
  private(set) var byteCount: Int64 = 0
  private let records: ExecOperation.Records
  private let view: DirectoryView
  private var source: Source
  private var count = 0
  private var names: [[UInt8]] = []

  private enum Source {
    case tables(DynamoDBReader)
    case queues(SQSReader)
    /// Objects are few enough for their lines to be made in one go, into a file.
    case objects(ObjectLines)
    case done
  }

  init(_ records: ExecOperation.Records, view: DirectoryView) throws {
    self.records = records
    self.view = view
    switch records {
    case .items:
      source = .tables(DynamoDBReader(.rewriting(try Self.open(DirectoryView.tablesFile, view))))
    case .messages:
      source = .queues(SQSReader(.rewriting(try Self.open(DirectoryView.queuesFile, view))))
    case .objects(let bucket, let prefix):
      source = .objects(try ObjectLines(bucket: bucket, prefix: prefix, view: view))
    }
  }

  private static func open(_ name: RelativePath, _ view: DirectoryView) throws -> ReadableFile {
    guard try view.directory.status(name) != nil else {
      throw StepError(
        "there is no \(name) in the directory, so the step finds nothing to change", hint: "see: inspect DIR")
    }
    return try view.directory.open(name)
  }

  /// The next piece; nil at the end.
  ///
  /// - Throws: `StepError` when the file is no JSON, or has no such table, queue or bucket.
  func next() throws -> [UInt8]? {
    var piece: [UInt8] = []
    do {
      while piece.count < Self.pieceSize, try appendNext(to: &piece) {}
    } catch let error as JSONError {
      throw StepError(
        "line \(error.line), column \(error.column): \(error.message)",
        hint: "see what is wrong with: kumo-fixtures validate DIR")
    }
    byteCount += Int64(piece.count)
    return piece.isEmpty ? nil : piece
  }

  /// Appends the next line; false at the end.
  private func appendNext(to piece: inout [UInt8]) throws -> Bool {
    switch (source, records) {
    case (.tables(var reader), .items(let table)):
      source = .done
      while true {
        switch try reader.next() {
        case .beginTable: names.append(reader.tableName)
        case .item where reader.tableName.elementsEqual(table.utf8):
          append("item", reader.tape.root, to: &piece)
          source = .tables(reader)
          return true
        case .end:
          guard names.contains(Array(table.utf8)) else {
            throw DirectoryView.absent("table", Array(table.utf8), among: names)
          }
          return false
        default: continue
        }
      }
    case (.queues(var reader), .messages(let queue)):
      source = .done
      while true {
        switch try reader.next() {
        case .beginQueue: names.append(DirectoryView.name(ofQueueAt: reader.queueKey))
        case .message where names.last?.elementsEqual(queue.utf8) == true && reader.tape.root.isObject:
          append("message", reader.tape.root, to: &piece)
          source = .queues(reader)
          return true
        case .end:
          guard names.contains(Array(queue.utf8)) else {
            throw DirectoryView.absent("queue", Array(queue.utf8), among: names)
          }
          return false
        default: continue
        }
      }
    case (.objects(let lines), _):
      guard let line = try lines.next() else { return false }
      piece += line + [UInt8(ascii: "\n")]
      return true
    default: return false
    }
  }

  private func append(_ word: StaticString, _ record: JSONNode, to piece: inout [UInt8]) {
    Self.append(word, record.rawBytes, id: count, to: &piece)
    count += 1
  }

  static func append(_ word: StaticString, _ record: [UInt8], id: Int, to piece: inout [UInt8]) {
    piece += Array("{\"id\":\(id),\"\(word)\":".utf8)
    // Line ends stand only between tokens, never inside a text.
    for byte in record { piece.append(byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") ? 0x20 : byte) }
    piece += Array("}\n".utf8)
  }
}

/// Lines for the objects of a bucket. Memory: a few hundred bytes for each object.
final class ObjectLines {
  private var lines: [[UInt8]] = []
  private var place = 0

  init(bucket: String, prefix: String, view: DirectoryView) throws {
    var found: [[UInt8]] = []
    try view.forEachObject(in: bucket, prefix: prefix) { object in
      var line: [UInt8] = []
      RecordLines.append("object", ObjectLine.json(object), id: found.count, to: &line)
      line.removeLast()
      found.append(line)
    }
    lines = found
  }

  func next() throws -> [UInt8]? {
    guard place < lines.count else { return nil }
    place += 1
    return lines[place - 1]
  }
}

/// An object as a program sees it.
enum ObjectLine {
  static func json(_ object: StoredObject) -> [UInt8] {
    var writer = JSONWriter(style: .compact)
    writer.beginObject()
    writer.member("Key", object.keyBytes)
    writer.key("Size")
    writer.int(object.size)
    writer.member("ETag", object.entry.etag)
    writer.member("LastModified", object.entry.lastModified)
    writer.member("ContentType", object.entry.contentType)
    writer.key("Metadata")
    writer.stringMap(object.entry.metadata)
    writer.key("Tags")
    writer.stringMap(object.entry.tags)
    writer.member("VersionID", object.entry.versionID)
    writer.key("IsDeleteMarker")
    writer.bool(object.isDeleteMarker)
    writer.endObject()
    return writer.bytes
  }
}
