import Files
import JSONBytes
import KumoState

/// Finds maps that are null or absent where KUMO needs an object.
struct MapRepair {
  /// The maps that entries of a top-level map need, and what is written when one is absent.
  struct Needed {
    let name: StaticString
    let member: FileEdit.StaticText
    let lastMember: FileEdit.StaticText
  }

  private static let buckets = [
    Needed(name: "objects", member: .objectsMember, lastMember: .lastObjectsMember),
    Needed(name: "versions", member: .versionsMember, lastMember: .lastVersionsMember),
  ]
  private static let tables = [Needed(name: "items", member: .itemsMember, lastMember: .lastItemsMember)]

  /// The edits for one service's file, in any order; nothing for services without such maps.
  ///
  /// - Throws: the reader's error for a file that is no JSON; there is nothing to repair in it.
  static func edits(for service: KumoService, _ reader: JSONReader) throws(JSONError) -> [FileEdit] {
    switch service.name {
    case "s3": return try inEntries(of: "buckets", reader, buckets)
    case "dynamodb": return try inEntries(of: "tables", reader, tables)
    default: return try atTop(reader, seeded: seededMaps(of: service))
    }
  }

  /// The top-level maps that KUMO seeds after the load (kumo-format.md 7.1 A3).
  private static func seededMaps(of service: KumoService) -> [[UInt8]] {
    guard let schema = Schema(of: service) else { return [] }
    return schema.nodes[schema.root].fields.map { schema.fields[$0] }.filter(\.dangerousNull).map(\.name)
  }

  private static func atTop(_ reader: JSONReader, seeded: [[UInt8]]) throws(JSONError) -> [FileEdit] {
    guard !seeded.isEmpty, try reader.next() == .beginObject else { return [] }
    var edits: [FileEdit] = []
    while try reader.next() == .key {
      let key = GoText.foldedKey(try reader.string())
      if try reader.next() == .null, seeded.contains(where: { GoText.foldedKey($0) == key }) {
        edits.append(FileEdit(offset: reader.tokenOffset, count: 4, replacement: .emptyMap))
      }
      try reader.skipValue()
    }
    return edits
  }

  private static func inEntries(
    of map: StaticString, _ reader: JSONReader, _ needed: [Needed]
  ) throws(JSONError) -> [FileEdit] {
    var edits: [FileEdit] = []
    guard try reader.next() == .beginObject else { return [] }
    while try reader.next() == .key {
      let isMap = matches(try reader.string(), map)
      guard try reader.next() == .beginObject, isMap else {
        try reader.skipValue()
        continue
      }
      while try reader.next() == .key {
        if try reader.next() == .beginObject { try entry(reader, needed, &edits) } else { try reader.skipValue() }
      }
    }
    return edits
  }

  private static func entry(
    _ reader: JSONReader, _ needed: [Needed], _ edits: inout [FileEdit]
  ) throws(JSONError) {
    let start = reader.tokenOffset
    var missing = needed.map { _ in true }
    var isEmpty = true
    while try reader.next() == .key {
      isEmpty = false
      let key = try reader.string()
      let index = needed.firstIndex { matches(key, $0.name) }
      if let index { missing[index] = false }
      if try reader.next() == .null, index != nil {
        edits.append(FileEdit(offset: reader.tokenOffset, count: 4, replacement: .emptyMap))
      }
      try reader.skipValue()
    }
    for (index, map) in needed.enumerated() where missing[index] {
      // Behind the opening brace; a comma follows unless nothing else does.
      let isLast = isEmpty && !missing[(index + 1)...].contains(true)
      edits.append(FileEdit(offset: start + 1, count: 0, replacement: isLast ? map.lastMember : map.member))
    }
  }

  private static func matches(_ key: [UInt8], _ name: StaticString) -> Bool {
    name.withUTF8Buffer { GoText.foldedKey(key) == GoText.foldedKey($0) }
  }
}
