import Files
import JSONBytes
import KumoState

/// Searches a service's file from its beginning to its end, one record at a time.
///
/// Memory: the largest single record (an object, an item, a message, a log event; an entry of the file's top maps for
/// the other services), and the claims of one record.
final class ServiceFileSearch {
  /// What stands between the file's top level and the current value.
  private struct Frame {
    var key: [UInt8] = []
    var index = -1
    let isArray: Bool
    let place: ServiceStructure.Place
    /// Whether only what the screen hears can be in the records below, so that the others are passed over.
    var isFree = false
  }

  private let search: ContentSearch
  private let filePath: [UInt8]
  private let structure: ServiceStructure
  private let depths: RecordDepths
  private let consistency: Consistency
  private let file: ReadableFile
  private let loud: LoudRanges?
  private let reader: JSONReader
  private var gaps: GapCursor
  private var frames: [Frame] = []
  private var tape = JSONTape()

  /// - Parameters:
  ///   - service: nil for a file that looks like one of an unknown service.
  ///   - loud: where something may be that has no place of its own; nil for anywhere.
  ///   - gaps: records that are known to hold nothing, which are not read again.
  ///   - consistency: keeps what follows from replaced values right; shared with the other files.
  init(
    _ file: ReadableFile, path: [UInt8], service: KumoService?, search: ContentSearch, loud: LoudRanges?,
    gaps: [RecordGap], takesPersonal: Bool, consistency: Consistency
  ) {
    self.search = search
    self.file = file
    self.loud = loud
    filePath = path
    structure = ServiceStructure(service, takesPersonal: takesPersonal, policy: search.detector.policy)
    depths = RecordDepths(service?.name)
    self.consistency = consistency
    self.gaps = GapCursor(gaps)
    reader = JSONReader(source: GappedByteSource(file, gaps), options: .lenient)
  }

  /// Gives every claim of the file in ascending order.
  ///
  /// - Throws: `JSONError` when the file is no JSON, `RedactionError`, `FilesError` of the file, and what `body`
  ///   throws.
  func run(_ body: (FileClaim) throws -> Void) throws {
    _ = try next()
    try value(at: structure.root, key: nil, body)
    while let frame = frames.last {
      if frame.isFree {
        try passRecords(of: frame, body)
        continue
      }
      let token = try next()
      if token == .endObject || token == .endArray {
        frames.removeLast()
        try consistency.leave(path, body)
        continue
      }
      if frame.isArray {
        frames[frames.count - 1].index += 1
        try value(at: structure.element(of: frame.place), key: nil, body)
      } else {
        let key = try key()
        frames[frames.count - 1].key = key.text
        _ = try next()
        try value(at: structure.child(of: frame.place, key: key.text), key: key, body)
      }
    }
    _ = try next()
  }

  private func next() throws -> JSONToken {
    do {
      return try reader.next()
    } catch {
      throw reader.sourceError ?? error
    }
  }

  /// The keys from the top level to the current value; elements of arrays have empty ones.
  private var path: [[UInt8]] { frames.map(\.key) }

  /// A key where it stands in the file.
  struct Key {
    /// Unescaped.
    let text: [UInt8]
    /// Between its quotes.
    let content: Range<Int>
    /// As written.
    let raw: [UInt8]

    /// Reads a key as it stands between its quotes at an offset of the file.
    init(raw: [UInt8], at offset: Int) {
      self.raw = raw
      content = offset..<(offset + raw.count)
      text = raw.contains(UInt8(ascii: "\\")) ? raw.withUnsafeBytes { MappedText(escaped: $0).bytes } : raw
    }
  }

  private func key() throws -> Key {
    _ = gaps.move(to: reader.tokenOffset)
    return Key(raw: try reader.withTokenBytes { Array($0) }, at: reader.tokenOffset + gaps.shift + 1)
  }

  private func value(
    at place: ServiceStructure.Place, key: Key?, _ body: (FileClaim) throws -> Void
  ) throws {
    let isContainer = reader.token == .beginObject || reader.token == .beginArray
    if isContainer, depths.descends(path) {
      if let key { try emit(keyClaims(key), in: key, body) }
      enter(place)
      return
    }
    try capture()
    try search(tape.root, at: place, key: key, body)
  }

  private func enter(_ place: ServiceStructure.Place) {
    var frame = Frame(isArray: reader.token == .beginArray, place: place)
    frame.isFree =
      loud != nil && depths.isFree(place, at: frames.count, in: structure)
      && !(search.mode == .rewrite && consistency.needsEveryRecord)
    frames.append(frame)
  }

  /// Reads the innermost container to its end and takes apart the records in which something may be.
  private func passRecords(of frame: Frame, _ body: (FileClaim) throws -> Void) throws {
    var token = try next()
    while token != .endObject && token != .endArray {
      frames[frames.count - 1].index += 1 + gaps.move(to: reader.tokenOffset)
      let shift = gaps.shift
      let start = reader.tokenOffset + shift
      var keyLength: Int?
      if !frame.isArray {
        keyLength = try reader.withTokenBytes { $0.count }
        _ = try next()
      }
      let valueStart = reader.tokenOffset + shift
      try skip()
      token = try next()
      // A gap that follows is quiet, and counts from the next record on.
      let end = reader.tokenOffset + shift
      guard let loud, loud.touch(start..<end) else { continue }
      let key = try keyLength.map { length in
        try Key(raw: file.bytes(in: (start + 1)..<(start + 1 + length)), at: start + 1)
      }
      var value = try file.bytes(in: valueStart..<end)
      while let last = value.last, last <= 0x20 || last == UInt8(ascii: ",") { value.removeLast() }
      if let key { frames[frames.count - 1].key = key.text }
      let place =
        key.map { structure.child(of: frame.place, key: $0.text) } ?? structure.element(of: frame.place)
      try search(JSONTape(parsing: value, at: valueStart, options: .lenient).root, at: place, key: key, body)
    }
    frames.removeLast()
    try consistency.leave(path, body)
  }

  private func skip() throws {
    do {
      try reader.skipValue()
    } catch {
      throw reader.sourceError ?? error
    }
  }

  /// Searches a record.
  private func search(
    _ record: JSONNode, at place: ServiceStructure.Place, key: Key?, _ body: (FileClaim) throws -> Void
  ) throws {
    let origin = search.detector.policy == nil ? [] : filePath + [UInt8(ascii: "#")] + rawPointer.bytes
    var claims = try JSONSearch.claims(in: record, at: place, of: structure, search, origin: origin)
    for index in claims.indices {
      let range = claims[index].range
      claims[index].range = (range.lowerBound + record.offset)..<(range.upperBound + record.offset)
    }
    var keyed: [FileClaim] = []
    if let key { keyed = try keyClaims(key) }
    let found = try claims.map { claim in
      FileClaim(
        range: claim.range, replacement: claim.replacement, hits: claim.hits,
        pointer: search.mode == .collect ? nil : try pointer(to: claim.range.lowerBound, in: record))
    }
    let completed =
      search.mode == .collect
      ? keyed + found
      : try consistency.complete(Consistency.Record(path: path, value: record, key: key, keyed: keyed, found: found))
    for claim in completed.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) { try body(claim) }
  }

  private func capture() throws {
    _ = gaps.move(to: reader.tokenOffset)
    do {
      try reader.capture(into: &tape)
    } catch {
      throw reader.sourceError ?? error
    }
    tape.move(by: gaps.shift)
  }

  private func emit(_ claims: [FileClaim], in key: Key, _ body: (FileClaim) throws -> Void) throws {
    for claim in claims { try body(claim) }
  }

  /// The pointer of the current value, with everything that is in it.
  private var rawPointer: JSONPointer {
    var pointer = JSONPointer()
    for frame in frames {
      if frame.isArray { pointer.append(index: frame.index) } else { pointer.append(key: frame.key) }
    }
    return pointer
  }

  /// The claims on a key of a map.
  private func keyClaims(_ key: Key) throws -> [FileClaim] {
    guard let parent = frames.last, key.text.count >= 4 else { return [] }
    if search.detector.policy != nil { search.place = filePath + [UInt8(ascii: "#")] + rawPointer.bytes }
    let place = structure.keyPlace(at: parent.place)
    let found = try key.text.withBytes { (text) throws(RedactionError) -> [Claim] in
      guard let place else { return try search.claims(in: text) }
      return try search.structuralClaims(in: text, at: place)
    }
    guard !found.isEmpty else { return [] }
    let pointer = search.mode == .collect ? nil : try shown(path)
    return key.raw.withUnsafeBytes { raw in
      let mapped = MappedText(escaped: raw)
      return found.map { claim in
        let claim = search.translated(claim, by: mapped, raw, key.content.lowerBound, false, isNamed: false)
        return FileClaim(range: claim.range, replacement: claim.replacement, hits: claim.hits, pointer: pointer)
      }
    }
  }

  /// The pointer of the value of a record that holds a byte of the file, with `***` for what is secret in its keys.
  private func pointer(to offset: Int, in record: JSONNode) throws -> String {
    var steps = path
    var node = record
    descending: while true {
      switch node.kind {
      case .object:
        for (key, value) in node.members where offset < value.offset + value.withRawBytes({ $0.count }) {
          steps.append(key.string() ?? [])
          if offset < value.offset { break descending }
          node = value
          continue descending
        }
        break descending
      case .array:
        var index = 0
        for element in node.elements {
          if offset < element.offset + element.withRawBytes({ $0.count }) {
            steps.append(Array(String(index).utf8))
            node = element
            continue descending
          }
          index += 1
        }
        break descending
      default: break descending
      }
    }
    return try shown(steps)
  }

  private func shown(_ steps: [[UInt8]]) throws -> String {
    var pointer = JSONPointer()
    for (index, step) in steps.enumerated() {
      if index < frames.count, frames[index].isArray {
        pointer.append(index: frames[index].index)
      } else {
        pointer.append(key: try search.masked(step, takesAll: index < frames.count && takesKeys(index)))
      }
    }
    return pointer.description
  }

  private func takesKeys(_ index: Int) -> Bool { structure.keyPlace(at: frames[index].place) != nil }
}

extension ContentSearch {
  /// A name with `***` for everything secret in it: what may be shown.
  ///
  /// - Throws: as `claims(in:)`.
  func masked(_ name: [UInt8], takesAll: Bool = false) throws(RedactionError) -> [UInt8] {
    if takesAll { return Array("***".utf8) }
    return try name.withBytes { (text) throws(RedactionError) -> [UInt8] in
      var found = try claims(in: text)
      for index in found.indices { found[index].replacement = Array("***".utf8) }
      return found.applied(to: text)
    }
  }
}
