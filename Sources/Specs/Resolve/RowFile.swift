import Digests
import Documents
import Files
import SystemPackage

/// A CSV or NDJSON file of rows, read as a stream.
struct RowFile: Sendable {
  /// A row: names and values in the order of the file.
  typealias Row = [(name: [UInt8], value: JSONValue)]

  /// The longest row that is held.
  static let maximumRowBytes = 16 << 20

  let path: FilePath
  let format: FileFormat
  /// Where the spec names the file.
  let location: SpecLocation

  /// Calls the body with each row, its index from 0 and its position. Throws `SpecError` for a row that is wrong or a
  /// file that cannot be read, and whatever the body throws.
  func forEachRow(_ body: (Int, Row, SpecLocation) throws -> Void) throws {
    var input = try ByteInput(path, location: location)
    try input.skipByteOrderMark()
    switch format {
    case .csv: try readCSV(&input, body)
    case .ndjson: try readNDJSON(&input, body)
    }
  }

  /// All rows at once: for sets that rows are drawn from at random.
  func rows(limit: Int) throws(SpecError) -> [Row] {
    var result: [Row] = []
    do {
      try forEachRow { index, row, _ in
        if index >= limit {
          throw SpecError(
            location,
            "rows are drawn at random from '\(path)', which has more than \(limit) rows; such a file is held in memory",
            hint: "use for-each, which reads it row by row, or a smaller file")
        }
        result.append(row)
      }
    } catch let error as SpecError {
      throw error
    } catch {
      throw SpecError(location, "cannot read '\(path)': \(error)")
    }
    return result
  }

  private func readNDJSON(_ input: inout ByteInput, _ body: (Int, Row, SpecLocation) throws -> Void) throws {
    var index = 0
    var line: [UInt8] = []
    while true {
      let number = input.line
      line.removeAll(keepingCapacity: true)
      var byte = try input.next()
      let atEnd = byte == nil
      while let current = byte, current != 0x0A {
        line.append(current)
        if line.count > Self.maximumRowBytes { throw tooLong(number) }
        byte = try input.next()
      }
      if atEnd { return }
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let node = try JSONDocument.read(line, file: path.string, firstLine: number)
      guard case .map(let members) = node.kind else {
        throw SpecError(node.location, "a row is \(node.words); expected an object such as {\"id\": 1}")
      }
      try body(index, members.map { ($0.key, $0.value.json) }, SpecLocation(file: path.string, line: number))
      index += 1
    }
  }

  private func tooLong(_ line: Int) -> SpecError {
    SpecError(SpecLocation(file: path.string, line: line), "a row is longer than \(Self.maximumRowBytes >> 20) MiB")
  }

  /// RFC 4180: fields between commas, quoted where they hold a comma, a quote or a line end; the first row names the
  /// columns.
  private func readCSV(_ input: inout ByteInput, _ body: (Int, Row, SpecLocation) throws -> Void) throws {
    guard let header = try record(&input) else {
      throw SpecError(location, "'\(path)' is empty; expected a first row with the names of the columns")
    }
    let names = header.fields
    if let empty = names.firstIndex(of: []) {
      throw SpecError(
        SpecLocation(file: path.string, line: header.line), "column \(empty + 1) has no name in the first row")
    }
    for (position, name) in names.enumerated() where names[..<position].contains(name) {
      throw SpecError(
        SpecLocation(file: path.string, line: header.line),
        "two columns are named '\(String(decoding: name, as: UTF8.self))'")
    }
    var index = 0
    while let record = try record(&input) {
      // An empty line, at the end of the file above all, is no row.
      if record.fields == [[]], names.count > 1 { continue }
      guard record.fields.count == names.count else {
        throw SpecError(
          SpecLocation(file: path.string, line: record.line),
          "a row has \(record.fields.count) fields; the first row names \(names.count) columns")
      }
      var row: Row = []
      row.reserveCapacity(names.count)
      for (name, field) in zip(names, record.fields) {
        if String(validating: field, as: UTF8.self) == nil {
          throw SpecError(
            SpecLocation(file: path.string, line: record.line),
            "column '\(String(decoding: name, as: UTF8.self))' holds bytes that are no UTF-8",
            hint: "convert the file: iconv -f latin1 -t utf-8")
        }
        row.append((name, .string(field)))
      }
      try body(index, row, SpecLocation(file: path.string, line: record.line))
      index += 1
    }
  }

  private func record(_ input: inout ByteInput) throws -> (fields: [[UInt8]], line: Int)? {
    let start = input.line
    guard var byte = try input.next() else { return nil }
    var fields: [[UInt8]] = []
    var field: [UInt8] = []
    var size = 0
    while true {
      var ended = false
      if byte == UInt8(ascii: "\"") {
        // A quoted field: a quote inside is doubled.
        while true {
          guard let inner = try input.next() else {
            throw SpecError(SpecLocation(file: path.string, line: start), "a quoted field has no end")
          }
          if inner == UInt8(ascii: "\"") {
            guard let after = try input.next() else {
              ended = true
              break
            }
            if after != UInt8(ascii: "\"") {
              byte = after
              break
            }
          }
          field.append(inner)
          size += 1
          if size > Self.maximumRowBytes { throw tooLong(start) }
        }
        if !ended, byte != UInt8(ascii: ","), byte != 0x0A, byte != 0x0D {
          throw SpecError(
            SpecLocation(file: path.string, line: input.line),
            "something follows the closing quote of field \(fields.count + 1); a quote inside a field is written twice")
        }
      } else {
        while byte != UInt8(ascii: ","), byte != 0x0A, byte != 0x0D {
          if byte == UInt8(ascii: "\"") {
            throw SpecError(
              SpecLocation(file: path.string, line: input.line),
              "a quote stands inside field \(fields.count + 1), which does not begin with one",
              hint: "put the whole field into quotes and write quotes inside twice")
          }
          field.append(byte)
          size += 1
          if size > Self.maximumRowBytes { throw tooLong(start) }
          guard let following = try input.next() else {
            ended = true
            break
          }
          byte = following
        }
      }
      fields.append(field)
      field = []
      if ended { return (fields, start) }
      switch byte {
      case UInt8(ascii: ","):
        guard let following = try input.next() else { return (fields + [[]], start) }
        byte = following
      case 0x0D:
        guard let following = try input.next() else { return (fields, start) }
        guard following == 0x0A else {
          throw SpecError(SpecLocation(file: path.string, line: input.line), "a carriage return stands alone")
        }
        return (fields, start)
      default: return (fields, start)
      }
    }
  }
}

/// Bytes of a file, one by one, with the number of the line.
struct ByteInput {
  private let file: ReadableFile
  private let location: SpecLocation
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private var position = 0
  private var end = 0
  /// The line of the next byte, from 1.
  private(set) var line = 1

  /// Opens a file. Throws `SpecError` at the place that names it.
  init(_ path: FilePath, location: SpecLocation) throws(SpecError) {
    self.location = location
    do {
      file = try ReadableFile.open(path)
    } catch {
      throw SpecError(location, "\(error)")
    }
  }

  /// The next byte, nil at the end.
  mutating func next() throws(SpecError) -> UInt8? {
    if position == end, try !fill() { return nil }
    let byte = buffer[position]
    position += 1
    if byte == 0x0A { line += 1 }
    return byte
  }

  /// Skips EF BB BF at the beginning of the file, which spreadsheets write.
  mutating func skipByteOrderMark() throws(SpecError) {
    if position == end, try !fill() { return }
    if end - position >= 3, buffer[position] == 0xEF, buffer[position + 1] == 0xBB, buffer[position + 2] == 0xBF {
      position += 3
    }
  }

  private mutating func fill() throws(SpecError) -> Bool {
    do {
      position = 0
      end = 0
      end = try buffer.withUnsafeMutableBytes { bytes throws(FilesError) in try file.read(into: bytes) }
      return end > 0
    } catch {
      throw SpecError(location, "\(error)")
    }
  }
}

/// Size and SHA-256 of a file that a spec names.
enum FileFacts {
  static func read(_ path: FilePath, location: SpecLocation) throws(SpecError) -> (size: Int, digest: String) {
    do {
      let file = try ReadableFile.open(path)
      let hasher = try SHA256Hasher()
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
      defer { buffer.deallocate() }
      var size = 0
      while true {
        let count = try file.read(into: buffer)
        if count == 0 { break }
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[0..<count]))
        size += count
      }
      return (size, try hasher.finalize().hex)
    } catch {
      throw SpecError(location, "\(error)")
    }
  }
}
