/// What a sensitive place can hold (kumo-format.md 5).
package enum SensitiveClass: UInt8, Sendable, CaseIterable {
  /// S: a secret or credential.
  case secret = 83
  /// K: private key material.
  case keyMaterial = 75
  /// P: personal data.
  case personal = 80
  /// C: free content that can hold anything.
  case content = 67
  /// R: only the name or ARN of a secret kept elsewhere.
  case reference = 82
}

/// One pattern of the catalogue: where in a service's file something sensitive stands.
package struct SensitivePath: Hashable, Sendable {
  /// One step of a path.
  package enum Step: Hashable, Sendable {
    /// The field of this name, compared without regard to case, as KUMO reads it.
    case field([UInt8])
    /// The value under any key of a map.
    case anyKey
    /// Any element of an array.
    case anyElement
  }

  /// The service's name.
  package let service: String
  /// The way from the file's top level to the value, or to the map whose keys are sensitive.
  package let steps: [Step]
  /// The map's keys are sensitive, not its values.
  package let isKey: Bool
  /// Everything below the value is sensitive, too.
  package let includesSubtree: Bool
  /// What stands there.
  package let sensitivity: SensitiveClass
  /// What must be kept consistent when the value is replaced; nil when nothing depends on it.
  package let consistency: String?
}

/// The catalogue of sensitive places in KUMO's files.
package enum SensitivePaths {
  /// Every pattern, in the order of kumo-format.md 5.1.
  package static let all: [SensitivePath] = {
    let text = UnsafeBufferPointer(start: SensitiveText.lines.utf8Start, count: SensitiveText.lines.utf8CodeUnitCount)
    return text.split(separator: UInt8(ascii: "\n")).flatMap { line in
      let columns = line.split(separator: UInt8(ascii: " "), maxSplits: 3)
      guard columns.count >= 3, let sensitivity = columns[2].first.flatMap(SensitiveClass.init) else {
        return [SensitivePath]()
      }
      let note = columns.count == 4 ? String(decoding: columns[3], as: UTF8.self) : nil
      return SensitivePattern.alternatives(of: Array(columns[1])).map { pattern in
        SensitivePath(
          service: String(decoding: columns[0], as: UTF8.self), pattern: pattern, sensitivity: sensitivity,
          consistency: note)
      }
    }
  }()

  /// The patterns of one service.
  package static func paths(of service: KumoService) -> [SensitivePath] {
    all.filter { $0.service == service.name }
  }

  /// Whether a field's name suggests a secret although no pattern names it: the fallback for fields of releases not
  /// read yet (kumo-format.md 5.2). ASCII case is ignored.
  package static func hasSensitiveName(_ name: some Collection<UInt8>) -> Bool {
    let folded = GoText.foldedKey(name)
    return telling.contains { word in
      folded.indices.contains { start in matches(word, in: folded[start...]) }
    }
  }

  /// The words of the fallback; `?` stands for at most one byte of any kind.
  package static let telling: [[UInt8]] = [
    "secret", "passw", "token", "credential", "private?key", "api?key", "authorization", "keymaterial", "passphrase",
    "connection?string",
  ].map { Array($0.utf8) }

  private static func matches(_ word: [UInt8], in text: ArraySlice<UInt8>) -> Bool {
    guard let gap = word.firstIndex(of: UInt8(ascii: "?")) else { return text.starts(with: word) }
    guard text.starts(with: word[..<gap]) else { return false }
    let rest = text.dropFirst(gap)
    return rest.starts(with: word[(gap + 1)...]) || rest.dropFirst().starts(with: word[(gap + 1)...])
  }
}

/// The text form of a path in the catalogue.
enum SensitivePattern {
  /// The pattern once for each choice of its `(a|b)` groups.
  static func alternatives(of pattern: [UInt8]) -> [[UInt8]] {
    guard let open = pattern.firstIndex(of: UInt8(ascii: "(")),
      let close = pattern[open...].firstIndex(of: UInt8(ascii: ")"))
    else { return [pattern] }
    let choices: [ArraySlice<UInt8>] = pattern[(open + 1)..<close].split(separator: UInt8(ascii: "|"))
    return choices.flatMap { (choice: ArraySlice<UInt8>) -> [[UInt8]] in
      var chosen = Array(pattern[..<open])
      chosen += choice
      chosen += pattern[(close + 1)...]
      return alternatives(of: chosen)
    }
  }
}

extension SensitivePath {
  fileprivate init(service: String, pattern: [UInt8], sensitivity: SensitiveClass, consistency: String?) {
    var rest = pattern[...]
    let isSubtree = rest.suffix(2).elementsEqual("**".utf8)
    if isSubtree { rest.removeLast(2) }
    let isKey = rest.suffix(5).elementsEqual("{key}".utf8)
    if isKey { rest.removeLast(5) }
    var steps: [Step] = []
    while let byte = rest.first {
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
        steps.append(byte == UInt8(ascii: "{") ? .anyKey : .anyElement)
        rest.removeFirst(2)
      } else {
        if byte == UInt8(ascii: ".") { rest.removeFirst() }
        let end =
          rest.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
          ?? rest.endIndex
        steps.append(.field(Array(rest[..<end])))
        rest = rest[end...]
      }
    }
    self.init(
      service: service, steps: steps, isKey: isKey, includesSubtree: isSubtree, sensitivity: sensitivity,
      consistency: consistency)
  }
}
