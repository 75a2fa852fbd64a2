/// The records of one pax extended header: `length key=value\n`, each length counting itself.
struct PaxRecords {
  private(set) var path: [UInt8]?
  private(set) var size: Int?

  init(_ bytes: [UInt8]) throws(TarHeader.Fault) {
    var seen: Set<[UInt8]> = []
    var index = 0
    while index < bytes.count {
      let (key, value, end) = try Self.record(bytes, at: index)
      guard seen.insert(Array(key)).inserted else { throw Self.fault("a key stands twice in its pax header") }
      try take(key, value)
      index = end
    }
  }

  private static func record(
    _ bytes: [UInt8], at start: Int
  ) throws(TarHeader.Fault) -> (ArraySlice<UInt8>, ArraySlice<UInt8>, Int) {
    guard let space = bytes[start...].firstIndex(of: 0x20), space > start, space - start <= 9,
      let length = decimal(bytes[start..<space]), length > space - start + 3, length <= bytes.count - start,
      bytes[start + length - 1] == 0x0A,
      let equals = bytes[(space + 1)..<(start + length)].firstIndex(of: UInt8(ascii: "="))
    else { throw fault("its pax header cannot be read") }
    return (bytes[(space + 1)..<equals], bytes[(equals + 1)..<(start + length - 1)], start + length)
  }

  private mutating func take(_ key: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) throws(TarHeader.Fault) {
    switch String(decoding: key, as: UTF8.self) {
    case "path":
      guard !value.contains(0) else {
        throw TarHeader.Fault(code: .unsafePath, path: Array(value), message: "its name contains a NUL byte")
      }
      path = Array(value)
    case "size":
      guard value.count <= 18, let number = Self.decimal(value) else {
        throw Self.fault("the size in its pax header is not a number")
      }
      size = number
    case "hdrcharset":
      guard value.elementsEqual(Array("BINARY".utf8)) || value.elementsEqual(Array("ISO-IR 10646 2000 UTF-8".utf8))
      else { throw Self.fault("its pax header uses an unknown character set") }
    case "linkpath":
      throw TarHeader.Fault(code: .forbiddenType, path: path, message: "its pax header makes it a link")
    case let name where name.hasPrefix("GNU.sparse.") || name.hasPrefix("SCHILY.realsize"):
      throw TarHeader.Fault(code: .forbiddenType, path: path, message: "its pax header makes it a sparse file")
    default:
      // Times, owners, attributes: nothing that we would restore or that changes what is read.
      break
    }
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 & 15) }
  }

  private static func fault(_ message: String) -> TarHeader.Fault {
    TarHeader.Fault(code: .badHeader, path: nil, message: message)
  }
}
