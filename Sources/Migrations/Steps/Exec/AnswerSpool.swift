import Files
import JSONBytes

/// What a program wrote, kept in a file beside the data until all of it is there: only then is anything changed.
final class AnswerSpool {
  private static let name: RelativePath = ".answers.kumo-fixtures-rewrite"
  /// Output beyond this many times the input, and the free allowance, is a program that has lost its way.
  private static let factor: Int64 = 16
  private static let allowance: Int64 = 64 << 20
  /// The longest line.
  static let maximumLine = 64 << 20

  private let directory: Directory
  private let writer: BufferedWriter
  private var file: ReadableFile?

  init(in directory: Directory) throws(FilesError) {
    self.directory = directory
    if try directory.status(Self.name) != nil { try directory.remove(Self.name) }
    writer = BufferedWriter(try directory.create(Self.name))
  }

  func remove() {
    try? directory.remove(Self.name)
  }

  /// Takes a piece of the program's output.
  func write(_ bytes: UnsafeRawBufferPointer, answering lines: RecordLines) throws {
    try writer.write(bytes)
    guard writer.position <= lines.byteCount * Self.factor + Self.allowance else {
      throw StepError(
        "the program wrote \(writer.position) bytes for \(lines.byteCount) that it got",
        hint: "one line for each record is expected; see docs/steps.md")
    }
  }

  func finish() throws(FilesError) {
    try writer.flush()
    file = try directory.open(Self.name)
  }

  /// The lines from the beginning.
  func lines() -> Lines { Lines(file: file) }

  /// Reads lines of any length in bounded memory.
  struct Lines {
    private let file: ReadableFile?
    private var offset: Int64 = 0
    private var buffer: [UInt8] = []
    private var place = 0
    /// Number of the last line, from 1.
    private(set) var number = 0

    init(file: ReadableFile?) {
      self.file = file
    }

    /// The next line without its end; nil after the last one.
    mutating func next() throws -> [UInt8]? {
      var searched = place
      while true {
        if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
          var line = buffer[place..<end]
          if line.last == UInt8(ascii: "\r") { line.removeLast() }
          place = end + 1
          number += 1
          return Array(line)
        }
        buffer.removeFirst(place)
        searched = buffer.count
        place = 0
        guard buffer.count <= AnswerSpool.maximumLine else {
          throw StepError("line \(number + 1) of the program's output has more than \(AnswerSpool.maximumLine) bytes")
        }
        var piece = [UInt8](repeating: 0, count: 256 * 1024)
        let from = offset
        let count = try piece.withUnsafeMutableBytes { try file?.read(into: $0, at: from) ?? 0 }
        if count == 0 {
          guard !buffer.isEmpty else { return nil }
          // A last line without an end counts.
          defer { buffer = [] }
          number += 1
          return buffer
        }
        offset += Int64(count)
        buffer.append(contentsOf: piece[..<count])
      }
    }
  }
}

/// One line of a program's answer.
struct Answer {
  /// The number of the record; nil for one that is new.
  let id: Int?
  /// The record; nil for one that goes.
  let record: JSONNode?

  /// Reads a line, which is an object with `id` and the record, or with a new record alone.
  ///
  /// - Throws: `StepError` naming the line.
  init(_ line: [UInt8], number: Int, word: StaticString) throws(StepError) {
    let tape: JSONTape
    do {
      tape = try JSONTape(parsing: line)
    } catch {
      throw StepError(
        "line \(number) of the program's output is no JSON: \(error.message)",
        hint: "write one JSON object for each line, and nothing else, to standard output")
    }
    let root = tape.root
    guard root.isObject else { throw Self.malformed(number, word, "is no object") }
    for (key, _) in root.members where !key.stringEquals("id") && !key.stringEquals(word) {
      throw Self.malformed(number, word, "has the member '\(Printable.text(key.string() ?? []))'")
    }
    if let found = root["id"] {
      guard let number = found.int64() else { throw Self.malformed(number, word, "has an id that is no number") }
      id = Int(number)
    } else {
      id = nil
    }
    guard let found = root[word], !found.isNull else {
      guard id != nil else { throw Self.malformed(number, word, "has neither an id nor a record") }
      record = nil
      return
    }
    guard found.isObject else { throw Self.malformed(number, word, "has a record that is no object") }
    record = found
  }

  private static func malformed(_ number: Int, _ word: StaticString, _ what: String) -> StepError {
    StepError(
      "line \(number) of the program's output \(what)",
      hint:
        "expected {\"id\":N,\"\(word)\":{…}} with the id of the record, null instead of the record to remove it, or "
        + "{\"\(word)\":{…}} for a new one; see docs/steps.md")
  }
}
