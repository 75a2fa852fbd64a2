/// A shell pattern over the bytes of a path: `*` and `?` stay within a name, `**` crosses slashes, `[a-c]` and `[!x]`
/// are sets of bytes, `\` takes the next byte as it is.
package struct GlobPattern: Sendable, Hashable {
  private let pattern: [UInt8]

  package init(_ pattern: [UInt8]) { self.pattern = pattern }

  /// Whether the whole path matches. Takes time in proportion to pattern times path at worst, never more.
  package func matches(_ path: [UInt8]) -> Bool {
    // Dynamic programming over the path for one pattern element after the other: no backtracking to blow up.
    var reached = [Bool](repeating: false, count: path.count + 1)
    reached[0] = true
    var index = 0
    while index < pattern.count {
      let (element, length) = element(at: index)
      index += length
      reached = step(reached, element, path)
    }
    return reached[path.count]
  }

  private enum Element {
    case byte(UInt8)
    case any
    case star(crossing: Bool)
    case set(ArraySlice<UInt8>, negated: Bool)
  }

  private func element(at index: Int) -> (Element, Int) {
    switch pattern[index] {
    case UInt8(ascii: "*"):
      var length = 1
      while index + length < pattern.count, pattern[index + length] == UInt8(ascii: "*") { length += 1 }
      return (.star(crossing: length > 1), length)
    case UInt8(ascii: "?"): return (.any, 1)
    case UInt8(ascii: "\\") where index + 1 < pattern.count: return (.byte(pattern[index + 1]), 2)
    case UInt8(ascii: "["):
      let negated = index + 1 < pattern.count && pattern[index + 1] == UInt8(ascii: "!")
      let start = index + (negated ? 2 : 1)
      guard start < pattern.count, let end = pattern[(start + 1)...].firstIndex(of: UInt8(ascii: "]")) else {
        return (.byte(pattern[index]), 1)
      }
      return (.set(pattern[start..<end], negated: negated), end - index + 1)
    default: return (.byte(pattern[index]), 1)
    }
  }

  private func step(_ reached: [Bool], _ element: Element, _ path: [UInt8]) -> [Bool] {
    var next = [Bool](repeating: false, count: path.count + 1)
    if case .star(let crossing) = element {
      var open = false
      for index in 0...path.count {
        open = open || reached[index]
        next[index] = open
        if index < path.count, !crossing, path[index] == UInt8(ascii: "/") { open = false }
      }
      return next
    }
    for index in 0..<path.count where reached[index] {
      let byte = path[index]
      switch element {
      case .byte(let wanted): next[index + 1] = byte == wanted
      case .any: next[index + 1] = byte != UInt8(ascii: "/")
      case .set(let set, let negated):
        next[index + 1] = byte != UInt8(ascii: "/") && Self.contains(set, byte) != negated
      case .star: break
      }
    }
    return next
  }

  private static func contains(_ set: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    var index = set.startIndex
    while index < set.endIndex {
      if index + 2 < set.endIndex, set[index + 1] == UInt8(ascii: "-") {
        if (set[index]...max(set[index], set[index + 2])).contains(byte) { return true }
        index += 3
      } else {
        if set[index] == byte { return true }
        index += 1
      }
    }
    return false
  }
}
