/// One 512-byte header block, read strictly: what two readers could take for different things is refused.
///
/// Fields and offsets: POSIX.1-2017 pax, "ustar Interchange Format". GNU's magic is accepted for members that need none
/// of GNU's extensions, because GNU tar writes it by default.
struct TarHeader {
  enum Kind { case file, directory, paxRecords }

  let kind: Kind
  let path: [UInt8]
  let size: Int
  let mode: Int

  /// Why a block is not an acceptable header.
  struct Fault: Error {
    let code: ArtifactFinding.Code
    let path: [UInt8]?
    let message: String
  }

  init(_ block: UnsafeRawBufferPointer) throws(Fault) {
    let isGNU = Self.equals(block, 257, [0x75, 0x73, 0x74, 0x61, 0x72, 0x20, 0x20, 0])
    guard isGNU || Self.equals(block, 257, [0x75, 0x73, 0x74, 0x61, 0x72, 0, 0x30, 0x30]) else {
      throw Fault(code: .badHeader, path: nil, message: "this is not a ustar header")
    }
    try Self.checkSum(block)
    path = try Self.path(block, isGNU: isGNU)
    let found = path
    do {
      size = try Self.number(block, 124, 12, allowBinary: true)
      mode = try Self.number(block, 100, 8, allowBinary: false)
      // Not used, but a block whose numbers are not numbers is not a header.
      for field in [(108, 8), (116, 8), (136, 12)] { _ = try Self.number(block, field.0, field.1, allowBinary: true) }
    } catch { throw Fault(code: .badHeader, path: found, message: error.message) }
    kind = try Self.kind(block[156], path: found)
  }

  private static func kind(_ flag: UInt8, path: [UInt8]) throws(Fault) -> Kind {
    switch flag {
    case UInt8(ascii: "0"), 0: return .file
    case UInt8(ascii: "5"): return .directory
    case UInt8(ascii: "x"): return .paxRecords
    default: break
    }
    let what: String
    switch flag {
    case UInt8(ascii: "1"): what = "a hard link"
    case UInt8(ascii: "2"): what = "a symbolic link"
    case UInt8(ascii: "3"): what = "a character device"
    case UInt8(ascii: "4"): what = "a block device"
    case UInt8(ascii: "6"): what = "a FIFO"
    case UInt8(ascii: "7"): what = "a contiguous file"
    case UInt8(ascii: "S"): what = "a sparse file"
    case UInt8(ascii: "L"), UInt8(ascii: "K"): what = "a GNU long name, where `tar --format=pax` writes a pax header,"
    case UInt8(ascii: "g"): what = "a global pax header"
    default: what = "a member of an unknown type"
    }
    throw Fault(code: .forbiddenType, path: path, message: "\(what) has no place in an artifact")
  }

  private static func path(_ block: UnsafeRawBufferPointer, isGNU: Bool) throws(Fault) -> [UInt8] {
    let name = try text(block, 0, 100)
    // GNU keeps other things where ustar has the prefix.
    guard !isGNU else {
      guard block.part(345..<500).isZero else {
        throw Fault(code: .badHeader, path: name, message: "it uses a GNU extension that artifacts do not have")
      }
      return name
    }
    let prefix = try text(block, 345, 155)
    return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
  }

  /// A text field up to its first NUL; anything but NULs behind that would be seen by some readers only.
  private static func text(_ block: UnsafeRawBufferPointer, _ start: Int, _ length: Int) throws(Fault) -> [UInt8] {
    let field = block.part(start..<(start + length))
    let end = field.firstIndex(of: 0) ?? field.endIndex
    let text = Array(field[..<end])
    guard field.part(end..<length).isZero else {
      throw Fault(code: .unsafePath, path: text, message: "its name contains a NUL byte")
    }
    return text
  }

  /// Octal digits with leading spaces, ended by NULs or spaces; or GNU's binary form.
  private static func number(
    _ block: UnsafeRawBufferPointer, _ start: Int, _ length: Int, allowBinary: Bool
  ) throws(Fault) -> Int {
    let fault = Fault(code: .badHeader, path: nil, message: "a number in its header cannot be read")
    if block[start] & 0x80 != 0 {
      guard allowBinary, block[start] == 0x80 else { throw fault }
      var value = 0
      for byte in block[(start + 1)..<(start + length)] {
        guard value < 1 << 54 else { throw fault }
        value = value << 8 | Int(byte)
      }
      return value
    }
    var index = start
    let end = start + length
    while index < end, block[index] == 0x20 { index += 1 }
    var value = 0
    while index < end, (0x30...0x37).contains(block[index]) {
      value = value << 3 | Int(block[index] & 7)
      index += 1
    }
    guard block[index..<end].allSatisfy({ $0 == 0 || $0 == 0x20 }) else { throw fault }
    return value
  }

  private static func checkSum(_ block: UnsafeRawBufferPointer) throws(Fault) {
    var sum = 8 * 0x20
    for index in 0..<TarBlock.size where index < 148 || index >= 156 { sum += Int(block[index]) }
    // Six digits, NUL, space: what every writer of the last thirty years puts there.
    var stated = 0
    var isWellFormed = block[154] == 0 && block[155] == 0x20
    for index in 148..<154 {
      isWellFormed = isWellFormed && (0x30...0x37).contains(block[index])
      stated = stated << 3 | Int(block[index] & 7)
    }
    guard isWellFormed, stated == sum else {
      throw Fault(code: .damaged, path: nil, message: "the checksum of a tar header is wrong")
    }
  }

  private static func equals(_ block: UnsafeRawBufferPointer, _ start: Int, _ bytes: [UInt8]) -> Bool {
    block[start..<(start + bytes.count)].elementsEqual(bytes)
  }
}

/// Sizes that every reader and writer of tar shares.
enum TarBlock {
  /// Bytes of a block.
  static let size = 512
  /// An archive ends with two blocks of zeros. We write these and nothing more.
  static let endSize = 1024

  /// Zeros that follow `size` bytes of data.
  static func padding(_ size: Int) -> Int { -size & (TarBlock.size - 1) }
}
