import Files
import JSONBytes
import KumoState

/// Where records begin in a large service's file, now and then, so that it is read once from its beginning to its end:
/// later readings pass over the stretches in which nothing is heard.
///
/// Memory: 24 bytes for every 16 KiB of records.
struct RecordOutline: Sendable {
  /// A record's first byte, and how many records stand before it in its container.
  private struct Mark {
    let offset: Int
    let index: Int
  }

  /// How far two marks are apart, at least.
  private static let spacing = 16 << 10

  private var marks: [Mark] = []

  /// Notes a record of a container in which only what the screen hears can be.
  mutating func note(recordAt offset: Int, index: Int) {
    guard index == 0 || marks.last.map({ offset - $0.offset >= Self.spacing }) ?? true else { return }
    marks.append(Mark(offset: offset, index: index))
  }

  /// The stretches of whole records, with the comma behind each, in which nothing may be; in order.
  func gaps(_ loud: LoudRanges) -> [RecordGap] {
    var gaps: [RecordGap] = []
    for (mark, next) in zip(marks, marks.dropFirst()) where next.index > 0 {
      guard !loud.touch(mark.offset..<next.offset) else { continue }
      let count = next.index - mark.index
      if let last = gaps.last, last.range.upperBound == mark.offset, mark.index > 0 {
        gaps[gaps.count - 1] = RecordGap(range: last.range.lowerBound..<next.offset, count: last.count + count)
      } else {
        gaps.append(RecordGap(range: mark.offset..<next.offset, count: count))
      }
    }
    return gaps
  }
}

/// Reads a service's file and notes where its records begin.
struct RecordOutliner {
  private let reader: JSONReader
  private let structure: ServiceStructure
  private let depths: RecordDepths
  private var outline = RecordOutline()

  init(_ file: ReadableFile, service: KumoService?, structure: ServiceStructure) {
    reader = JSONReader(source: FileByteSource(file), options: .lenient)
    self.structure = structure
    depths = RecordDepths(service?.name)
  }

  /// Reads the file.
  ///
  /// - Throws: `JSONError` when it is no JSON; `FilesError`.
  mutating func run() throws -> RecordOutline {
    do {
      _ = try reader.next()
      try value(at: structure.root, path: [])
      _ = try reader.next()
    } catch {
      throw reader.sourceError ?? error
    }
    return outline
  }

  private mutating func value(at place: ServiceStructure.Place, path: [[UInt8]]) throws(JSONError) {
    let isArray = reader.token == .beginArray
    guard isArray || reader.token == .beginObject, depths.descends(path) else { return try reader.skipValue() }
    if depths.isFree(place, at: path.count, in: structure) { return try records() }
    while true {
      let token = try reader.next()
      if token == .endObject || token == .endArray { return }
      if isArray {
        try value(at: structure.element(of: place), path: path + [[]])
      } else {
        let key = try ServiceFileSearch.Key(raw: reader.withTokenBytes { Array($0) }, at: 0).text
        _ = try reader.next()
        try value(at: structure.child(of: place, key: key), path: path + [key])
      }
    }
  }

  private mutating func records() throws(JSONError) {
    var index = 0
    while true {
      let token = try reader.next()
      if token == .endObject || token == .endArray { return }
      outline.note(recordAt: reader.tokenOffset, index: index)
      try reader.skipValue()
      index += 1
    }
  }
}
