import Files
import JSONBytes
import KumoState

extension DirectoryRedaction {
  /// What the catalogue says about a place, in words; nil for a pointer that is none or a file of no service.
  package func describe(pointer: [UInt8], in file: RelativePath) -> String? {
    guard case .service(let service) = DataDirectoryName(file.bytes), let parsed = try? JSONPointer(parsing: pointer)
    else { return nil }
    let tree = SensitiveTree(of: service)
    var position: SensitiveTree.Position? = tree.root
    for step in parsed.tokens {
      guard let here = position else { break }
      let element = step.allSatisfy { (48...57).contains($0) } ? tree.element(of: here) : nil
      position = element ?? tree.child(of: here, key: step)
    }
    guard let path = position.flatMap({ tree.path(at: $0) }) else {
      return "nothing; the value is searched by its form, and by its name where the name is the user's"
    }
    let note = path.consistency.map { " (kept right: \($0))" } ?? ""
    return Self.words(for: path.sensitivity) + note
  }

  /// The bytes of the value at a pointer with its key; nil where there is none.
  ///
  /// - Throws: `FilesError`, `JSONError`.
  package func range(at pointer: [UInt8], in file: RelativePath) throws -> Range<Int>? {
    guard let pointer = try? JSONPointer(parsing: pointer) else { return nil }
    let reader = JSONReader(source: FileByteSource(try source.open(file)), options: .lenient)
    do {
      _ = try reader.next()
      var start = reader.tokenOffset
      for step in pointer.tokens {
        guard let found = try Self.enter(step, reader) else { return nil }
        start = found
      }
      try reader.skipValue()
      _ = try reader.next()
      return start..<max(start + 1, reader.tokenOffset)
    } catch {
      throw reader.sourceError ?? error
    }
  }

  /// Goes on to the member or element of the current container; where it begins.
  private static func enter(_ step: [UInt8], _ reader: JSONReader) throws(JSONError) -> Int? {
    switch reader.token {
    case .beginObject:
      while try reader.next() == .key {
        let start = reader.tokenOffset
        let isWanted = try reader.string() == step
        _ = try reader.next()
        if isWanted { return start }
        try reader.skipValue()
      }
    case .beginArray:
      guard var left = Int(String(decoding: step, as: UTF8.self)) else { return nil }
      while try reader.next() != .endArray {
        if left == 0 { return reader.tokenOffset }
        left -= 1
        try reader.skipValue()
      }
    default: break
    }
    return nil
  }

  private static func words(for sensitivity: SensitiveClass) -> String {
    switch sensitivity {
    case .secret: "a secret or credential; it goes whatever it looks like"
    case .keyMaterial: "private key material; it goes whatever it looks like"
    case .personal: "personal data; it goes with --personal, and is searched by its form otherwise"
    case .content: "free content; it is searched by its form, through every encoding"
    case .reference: "only the name of something kept elsewhere; it is searched by its form"
    }
  }
}
