/// A tar file (POSIX ustar and pax, GNU, and the one before them all) as its records.
struct TarBody {
  /// A header and the content that belongs to it.
  struct Record {
    /// The 512 bytes of the header.
    let header: Range<Int>
    /// Without the padding.
    let content: Range<Int>
    /// With the padding, from the header on.
    let whole: Range<Int>
    /// Whether the content may become longer or shorter: a file's, whose size no other record repeats.
    let isResizable: Bool
  }

  private static let block = 512
  private static let size = 124..<136
  private static let checksum = 148..<156
  private static let type = 156

  /// In the order of the file.
  let records: [Record]
  /// Where the last record ends; behind it there is padding, or anything.
  let end: Int

  /// Whether content begins with a header.
  static func isOne(_ bytes: UnsafeRawBufferPointer) -> Bool { contentLength(in: bytes, headerAt: 0) != nil }

  /// Reads the headers; nil when there is none at the beginning.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var records: [Record] = []
    var offset = 0
    var isSizeRepeated = false
    while let length = Self.contentLength(in: bytes, headerAt: offset) {
      let content = (offset + Self.block)..<(offset + Self.block + length)
      let end = min((content.upperBound + Self.block - 1) / Self.block * Self.block, bytes.count)
      guard content.upperBound <= bytes.count else { break }
      let type = bytes[offset + Self.type]
      let isFile = type == 0 || type == UInt8(ascii: "0") || type == UInt8(ascii: "7")
      records.append(
        Record(
          header: offset..<(offset + Self.block), content: content, whole: offset..<end,
          isResizable: isFile && !isSizeRepeated))
      if type == UInt8(ascii: "x") {
        isSizeRepeated = Self.hasSize(UnsafeRawBufferPointer(rebasing: bytes[content]))
      } else if isFile {
        isSizeRepeated = false
      }
      offset = end
    }
    guard !records.isEmpty else { return nil }
    self.records = records
    end = offset
  }

  /// A record with another header and content; the size and the checksum in the header are made right.
  static func encode(header: [UInt8], content: [UInt8], isResized: Bool) -> [UInt8] {
    var header = header
    if isResized {
      let digits = Array(String(content.count, radix: 8).utf8)
      header.replaceSubrange(
        size, with: [UInt8](repeating: 0x30, count: size.count - 1 - digits.count) + digits + [0])
    }
    let digits = Array(String(sum(of: header), radix: 8).utf8)
    header.replaceSubrange(
      checksum, with: [UInt8](repeating: 0x30, count: checksum.count - 2 - digits.count) + digits + [0, 0x20])
    let padding = (block - content.count % block) % block
    return header + content + [UInt8](repeating: 0, count: padding)
  }

  /// The length of the content after a header; nil where there is no header, which its checksum tells.
  private static func contentLength(in bytes: UnsafeRawBufferPointer, headerAt offset: Int) -> Int? {
    guard offset + block <= bytes.count, bytes[offset] != 0 else { return nil }
    // Most content is no tar file: its digits say so before anything is summed up.
    guard let wanted = number(bytes, checksum, offset), let length = number(bytes, size, offset) else { return nil }
    guard sum(of: Array(bytes[offset..<(offset + block)])) == wanted else { return nil }
    return length
  }

  /// An octal number with spaces or zero bytes around it. Sizes of 8 GiB and more are written otherwise and not held
  /// here.
  private static func number(_ bytes: UnsafeRawBufferPointer, _ field: Range<Int>, _ offset: Int) -> Int? {
    let text = bytes[(offset + field.lowerBound)..<(offset + field.upperBound)]
    let digits = text.drop { $0 == 0x20 }.prefix { (0x30...0x37).contains($0) }
    guard !digits.isEmpty, text[digits.endIndex...].allSatisfy({ $0 == 0 || $0 == 0x20 }) else { return nil }
    return digits.reduce(0) { $0 << 3 | Int($1 - 0x30) }
  }

  /// The sum of a header's bytes, its own checksum read as spaces.
  private static func sum(of header: [UInt8]) -> Int {
    header.indices.reduce(0) { $0 + (checksum.contains($1) ? 0x20 : Int(header[$1])) }
  }

  /// Whether a pax record says how long the next file is.
  private static func hasSize(_ records: UnsafeRawBufferPointer) -> Bool {
    records.split(separator: UInt8(ascii: "\n")).contains { line in
      line.split(separator: UInt8(ascii: " "), maxSplits: 1).last?.starts(with: "size=".utf8) == true
    }
  }
}
