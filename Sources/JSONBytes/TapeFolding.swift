/// Tapes that hold the members of a value, and what is in those only when somebody looks.
///
/// A step that adds one attribute to each of a million items looks at their names and no further. To hold every token
/// of them takes as long as to read them.
extension JSONReader {
  /// As `capture`, but containers inside of the value's own members or elements are folded: their bytes are held, and
  /// their nodes are made each time that they are asked for (`JSONNode.opened`).
  package func captureFolded(into tape: inout JSONTape) throws(JSONError) {
    try capture(into: &tape, folding: true)
  }
}

extension JSONNode {
  /// The same value with the nodes of what it holds at hand. It is itself unless it was folded; then every look at
  /// its members or elements costs a walk over its bytes, and asking for this once costs one.
  package var opened: JSONNode {
    let node = storage.node(index)
    guard node.isFolded else { return self }
    let whole = TapeStorage(storage.offset + Int(node.start))
    withRawBytes { whole.append($0) }
    whole.addNodesOfAcceptedBytes()
    return JSONNode(storage: whole, index: 0)
  }
}

extension TapeStorage {
  /// Adds the nodes of the value that the bytes are. A reader has accepted them, so nothing is looked at twice.
  fileprivate func addNodesOfAcceptedBytes() {
    let bytes = bytes
    var place = 0
    var isAfterColon = false
    while place < bytes.count {
      let start = place
      switch bytes[place] {
      case UInt8(ascii: "\""):
        let hasEscapes = Self.goToEndOfString(&place, in: bytes)
        add(isInObject && !isAfterColon ? .key : .string, start: start, end: place, hasEscapes: hasEscapes)
        isAfterColon = false
        place += 1
        continue
      case UInt8(ascii: "{"): add(.beginObject, start: start, end: start + 1)
      case UInt8(ascii: "["): add(.beginArray, start: start, end: start + 1)
      case UInt8(ascii: "}"): add(.endObject, start: start, end: start + 1)
      case UInt8(ascii: "]"): add(.endArray, start: start, end: start + 1)
      case UInt8(ascii: ":"):
        isAfterColon = true
        place += 1
        continue
      case UInt8(ascii: ","), UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
        place += 1
        continue
      case UInt8(ascii: "t"):
        place += 3
        add(.true, start: start, end: place + 1)
      case UInt8(ascii: "f"):
        place += 4
        add(.false, start: start, end: place + 1)
      case UInt8(ascii: "n"):
        place += 3
        add(.null, start: start, end: place + 1)
      default:
        while place + 1 < bytes.count, Self.isInNumber(bytes[place + 1]) { place += 1 }
        add(.number, start: start, end: place + 1)
      }
      isAfterColon = false
      place += 1
    }
  }

  /// Goes from a string's opening quote to its closing one; says whether there are escapes between them.
  private static func goToEndOfString(_ place: inout Int, in bytes: UnsafeRawBufferPointer) -> Bool {
    var hasEscapes = false
    place += 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") {
      if bytes[place] == UInt8(ascii: "\\") {
        hasEscapes = true
        place += 1
      }
      place += 1
    }
    return hasEscapes
  }

  private static func isInNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
