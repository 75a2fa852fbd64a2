import JSONBytes

/// Reads a JSON text into nodes.
package enum JSONDocument {
  /// Deeper nesting than any spec has; the reader of nodes is recursive.
  package static let maximumDepth = 200

  /// The nodes of a JSON text. Throws `DocumentError` with the position of the first syntax error.
  package static func read(_ bytes: [UInt8], file: String, firstLine: Int = 1) throws(DocumentError) -> DocumentNode {
    var options = JSONReader.Options()
    options.maxDepth = maximumDepth
    let reader = JSONReader(bytes: bytes, options: options)
    var positions = Positions(bytes: bytes, file: file, line: firstLine)
    do {
      _ = try reader.next()
      let node = try value(reader, &positions)
      while try reader.next() != .end {}
      return node
    } catch {
      throw DocumentError(
        DocumentLocation(file: file, line: error.line + firstLine - 1, column: error.column),
        "no valid JSON: \(error.message)")
    }
  }

  private static func value(_ reader: JSONReader, _ positions: inout Positions) throws(JSONError) -> DocumentNode {
    let location = positions.location(of: reader.tokenOffset)
    switch reader.token {
    case .null: return DocumentNode(kind: .null, location: location)
    case .true: return DocumentNode(kind: .bool(true), location: location)
    case .false: return DocumentNode(kind: .bool(false), location: location)
    case .number:
      return DocumentNode(kind: .number(try reader.withTokenBytes { Array($0) }), location: location)
    case .beginArray:
      var elements: [DocumentNode] = []
      while try reader.next() != .endArray { elements.append(try value(reader, &positions)) }
      return DocumentNode(kind: .list(elements), location: location)
    case .beginObject:
      var members: [DocumentNode.Member] = []
      while try reader.next() != .endObject {
        let key = try reader.string()
        let place = positions.location(of: reader.tokenOffset)
        _ = try reader.next()
        members.append(DocumentNode.Member(key: key, location: place, value: try value(reader, &positions)))
      }
      return DocumentNode(kind: .map(members), location: location)
    default: return DocumentNode(kind: .string(try reader.string()), location: location)
    }
  }

  /// Lines and columns of ascending offsets.
  private struct Positions {
    let bytes: [UInt8]
    let file: String
    var line: Int
    /// Characters of the line before `offset`, plus 1. Bytes that continue a character are not counted, as in YAML.
    var column = 1
    var offset = 0

    init(bytes: [UInt8], file: String, line: Int) {
      self.bytes = bytes
      self.file = file
      self.line = line
    }

    mutating func location(of target: Int) -> DocumentLocation {
      while offset < target {
        if bytes[offset] == 0x0A {
          line += 1
          column = 1
        } else if bytes[offset] & 0xC0 != 0x80 {
          column += 1
        }
        offset += 1
      }
      return DocumentLocation(file: file, line: line, column: column)
    }
  }
}
