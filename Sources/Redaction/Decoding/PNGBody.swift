import CZlib

/// A PNG image (W3C PNG 3) as its chunks: texts are in them, and each has a checksum.
struct PNGBody {
  /// One chunk.
  struct Chunk {
    /// Length, type, data and checksum.
    let whole: Range<Int>
    /// Its four letters.
    let type: [UInt8]
    /// Only the data.
    let data: Range<Int>
    /// Where compressed text begins in the data.
    let compressedText: Int?

    /// Whether it holds nothing but compressed pixels.
    var isPixels: Bool { type.elementsEqual("IDAT".utf8) || type.elementsEqual("fdAT".utf8) }
  }

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// In the order of the file.
  let chunks: [Chunk]
  /// Where the last chunk ends; what follows is not the image's.
  let end: Int

  /// Whether content is a PNG image by its first bytes.
  static func isOne(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count >= 20 && bytes[0] == signature[0] && bytes.starts(with: signature)
  }

  /// Reads the chunks; nil for anything that is no PNG image.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard Self.isOne(bytes) else { return nil }
    var chunks: [Chunk] = []
    var offset = Self.signature.count
    while offset + 12 <= bytes.count {
      let length = Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      guard offset + 12 + length <= bytes.count else { break }
      let data = (offset + 8)..<(offset + 8 + length)
      let type = Array(bytes[(offset + 4)..<(offset + 8)])
      let content = UnsafeRawBufferPointer(rebasing: bytes[data])
      chunks.append(
        Chunk(
          whole: offset..<(data.upperBound + 4), type: type, data: data,
          compressedText: Self.compressedText(in: content, of: type)))
      offset = data.upperBound + 4
    }
    self.chunks = chunks
    end = offset
  }

  /// A chunk with its length and checksum.
  static func encode(type: [UInt8], data: [UInt8]) -> [UInt8] {
    let checksum = (type + data).withUnsafeBufferPointer { crc32(0, $0.baseAddress, UInt32($0.count)) }
    return bigEndian(UInt32(data.count)) + type + data + bigEndian(UInt32(checksum))
  }

  private static func bigEndian(_ number: UInt32) -> [UInt8] { withUnsafeBytes(of: number.bigEndian) { Array($0) } }

  private static func compressedText(in data: UnsafeRawBufferPointer, of type: [UInt8]) -> Int? {
    guard let keyword = data.firstIndex(of: 0) else { return nil }
    // A keyword, the method 0, the text.
    if type.elementsEqual("zTXt".utf8) { return keyword + 2 <= data.count ? keyword + 2 : nil }
    // A keyword, whether the text is compressed, the method 0, a language, the keyword in it, the text.
    guard type.elementsEqual("iTXt".utf8), keyword + 2 < data.count, data[keyword + 1] == 1,
      let language = data[(keyword + 3)...].firstIndex(of: 0), let name = data[(language + 1)...].firstIndex(of: 0)
    else { return nil }
    return name + 1
  }
}
