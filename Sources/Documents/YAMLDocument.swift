import Yams

/// Reads a YAML text into nodes. Yams gives the tree, its positions and its styles; what a scalar means is decided by
/// ``DocumentNode/plain(_:)``, so that nothing of YAML 1.1 (`no`, `012`, `1:30`, dates) is left.
package enum YAMLDocument {
  /// The most nodes that a document may have once its aliases are written out: a few lines can ask for billions.
  package static let maximumNodes = 100_000
  /// The same for the aliases themselves, which stand in the text.
  package static let maximumDepth = 200

  /// The nodes of a YAML text. Throws `DocumentError` with the position of what is wrong.
  package static func read(_ text: String, file: String) throws(DocumentError) -> DocumentNode {
    try refuseDepth(text, file: file)
    try refuseAliasKeys(text, file: file)
    let root: Node?
    do {
      root = try Parser(yaml: text).singleRoot()
    } catch let error as YamlError {
      throw problem(error, file: file)
    } catch {
      throw DocumentError(DocumentLocation(file: file, line: 1), "no valid YAML: \(error)")
    }
    guard let root else {
      throw DocumentError(
        DocumentLocation(file: file, line: 1, column: 1), "the document is empty; expected a spec",
        hint: "see docs/spec.md"
      )
    }
    var converter = Converter(file: file)
    return try converter.convert(root, depth: 0)
  }

  /// Yams builds its tree by recursion; flow collections nest by one byte each.
  private static func refuseDepth(_ text: String, file: String) throws(DocumentError) {
    var depth = 0
    var line = 1
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
      case 0x0A: line += 1
      default: break
      }
      // Brackets inside texts count as well; no text of a spec holds hundreds that stay open.
      if depth > 400 {
        throw DocumentError(
          DocumentLocation(file: file, line: line), "more than 400 brackets are open; expected a spec")
      }
    }
  }

  /// Yams compares keys with each other, and would write out an alias that stands as a key to do so: for ever, if
  /// aliases are nested to multiply. Texts with more than a few aliases may not have one as a key.
  private static func refuseAliasKeys(_ text: String, file: String) throws(DocumentError) {
    let bytes = Array(text.utf8)
    let before: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ",")]
    var aliases = 0
    var line = 1
    var suspect: Int?
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x0A { line += 1 }
      let begins = index == 0 || before.contains(bytes[index - 1])
      if begins, bytes[index] == UInt8(ascii: "?"), index + 1 < bytes.count,
        [0x20, 0x09, 0x0A].contains(bytes[index + 1])
      {
        suspect = suspect ?? line
      }
      if begins, bytes[index] == UInt8(ascii: "*") {
        aliases += 1
        var end = index + 1
        while end < bytes.count, !before.contains(bytes[end]), bytes[end] != UInt8(ascii: "]"),
          bytes[end] != UInt8(ascii: "}")
        {
          end += 1
        }
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: ":") || bytes[end - 1] == UInt8(ascii: ":") {
          suspect = suspect ?? line
        }
      }
      index += 1
    }
    if let suspect, aliases >= 10 {
      throw DocumentError(
        DocumentLocation(file: file, line: suspect),
        "an alias or a '?' stands as a key in a document with many aliases", hint: "write keys as text")
    }
  }

  private static func problem(_ error: YamlError, file: String) -> DocumentError {
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let around = context.map { " \($0.text)" } ?? ""
      return DocumentError(
        DocumentLocation(file: file, line: mark.line, column: mark.column), "no valid YAML: \(problem)\(around)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      return DocumentError(
        DocumentLocation(file: file, line: context.mark.line, column: context.mark.column),
        "the key '\(duplicates.first ?? "")' is given twice in one map", hint: "remove one of the two")
    case .reader(let problem, let offset, _, let yaml):
      let line = offset.map { yaml.utf8.prefix($0).reduce(1) { $1 == 0x0A ? $0 + 1 : $0 } } ?? 1
      return DocumentError(DocumentLocation(file: file, line: line), "no valid YAML: \(problem)")
    default:
      return DocumentError(DocumentLocation(file: file, line: 1), "no valid YAML: \(error)")
    }
  }

  /// Walks Yams' tree, counting nodes: aliases stand in it as copies.
  private struct Converter {
    let file: String
    var nodes = 0

    mutating func convert(_ node: Node, depth: Int) throws(DocumentError) -> DocumentNode {
      let location = DocumentLocation(file: file, line: node.mark?.line ?? 0, column: node.mark?.column ?? 0)
      nodes += 1
      if nodes > YAMLDocument.maximumNodes {
        throw DocumentError(
          location, "the document has more than \(YAMLDocument.maximumNodes) values once its aliases are written out",
          hint: "put rows into a CSV or NDJSON file, or use count")
      }
      if depth > YAMLDocument.maximumDepth {
        throw DocumentError(location, "the document is nested more than \(YAMLDocument.maximumDepth) deep")
      }
      switch node {
      case .scalar(let scalar): return DocumentNode(kind: try kind(scalar, location), location: location)
      case .sequence(let sequence):
        try check(tag: sequence.tag, allowed: "tag:yaml.org,2002:seq", location)
        var elements: [DocumentNode] = []
        for element in sequence { elements.append(try convert(element, depth: depth + 1)) }
        return DocumentNode(kind: .list(elements), location: location)
      case .mapping(let mapping):
        try check(tag: mapping.tag, allowed: "tag:yaml.org,2002:map", location)
        return DocumentNode(kind: .map(try members(mapping, depth)), location: location)
      case .alias:
        throw DocumentError(location, "an alias refers to nothing")
      }
    }

    private mutating func members(_ mapping: Node.Mapping, _ depth: Int) throws(DocumentError) -> [DocumentNode.Member]
    {
      var members: [DocumentNode.Member] = []
      var seen: Set<[UInt8]> = []
      for (key, value) in mapping {
        let location = DocumentLocation(file: file, line: key.mark?.line ?? 0, column: key.mark?.column ?? 0)
        guard case .scalar(let scalar) = key else {
          throw DocumentError(location, "a key is a list or a map; expected text")
        }
        let name = Array(scalar.string.utf8)
        if scalar.style == .plain, scalar.string == "<<" {
          throw DocumentError(
            location, "merge keys (<<) are not supported: they are not part of YAML 1.2",
            hint: "write the keys out, or use an alias for the whole map")
        }
        if !seen.insert(name).inserted {
          throw DocumentError(location, "the key '\(DocumentNode.excerpt(name))' is given twice in one map")
        }
        members.append(
          DocumentNode.Member(key: name, location: location, value: try convert(value, depth: depth + 1)))
      }
      return members
    }

    private func kind(_ scalar: Node.Scalar, _ location: DocumentLocation) throws(DocumentError) -> DocumentNode.Kind {
      let bytes = Array(scalar.string.utf8)
      switch scalar.tag.rawValue {
      case "tag:yaml.org,2002:str": return .string(bytes)
      case "!": return .string(bytes)
      case "", "?": break
      case let tag:
        // Yams names the tag it would resolve a plain scalar to; only one that is written out is meant here.
        if !tag.hasPrefix("tag:yaml.org,2002:") || tag.hasSuffix(":binary") {
          throw DocumentError(
            location, "the tag '\(tag)' is not supported", hint: "for bytes in an item use {$B: base64}")
        }
      }
      return scalar.style == .plain ? DocumentNode.plain(bytes) : .string(bytes)
    }

    private func check(tag: Tag, allowed: String, _ location: DocumentLocation) throws(DocumentError) {
      let name = tag.rawValue
      if name != "", name != "?", name != "!", name != allowed {
        throw DocumentError(location, "the tag '\(name)' is not supported")
      }
    }
  }
}
