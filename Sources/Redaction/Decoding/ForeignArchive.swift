/// Archives and compressed content that are looked into and never written anew: a secret in one of them, or anything
/// that cannot be read, and the whole of it goes.
enum ForeignArchive: String, Sendable {
  case bzip2
  case xz
  case lzip
  case lz4
  case compress
  case sevenZip = "7z"
  case rar
  case cab
  case lha
  case ar
  case rpm
  /// Cannot be read here at all.
  case lzop
  /// Cannot be read here at all.
  case snappy

  /// What content is by its first bytes; nil for anything else.
  init?(_ bytes: UnsafeRawBufferPointer) {
    // Every string of a directory comes by here, and hardly any goes further.
    guard bytes.count >= 16, Self.isFirst[Int(bytes[0])] || bytes[2] == UInt8(ascii: "-") else { return nil }
    guard let found = Self.signatures.first(where: { $0.matches(bytes) }) else { return nil }
    self = found.form
  }

  private struct Signature {
    let form: ForeignArchive
    let offset: Int
    let bytes: [UInt8]

    func matches(_ content: UnsafeRawBufferPointer) -> Bool {
      content.count >= offset + bytes.count && content[offset..<(offset + bytes.count)].elementsEqual(bytes)
    }
  }

  private static let signatures: [Signature] =
    (UInt8(ascii: "1")...UInt8(ascii: "9")).map {
      // The digits of pi, with which a block begins: the three letters before them could begin a text.
      Signature(form: .bzip2, offset: 0, bytes: Array("BZh".utf8) + [$0, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59])
    } + [
      Signature(form: .xz, offset: 0, bytes: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
      Signature(form: .lzip, offset: 0, bytes: Array("LZIP".utf8) + [1]),
      Signature(form: .lz4, offset: 0, bytes: [0x04, 0x22, 0x4D, 0x18]),
      Signature(form: .compress, offset: 0, bytes: [0x1F, 0x9D]),
      Signature(form: .sevenZip, offset: 0, bytes: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]),
      Signature(form: .rar, offset: 0, bytes: Array("Rar!".utf8) + [0x1A, 0x07]),
      Signature(form: .cab, offset: 0, bytes: Array("MSCF".utf8) + [0, 0, 0, 0]),
      Signature(form: .lha, offset: 2, bytes: Array("-lh".utf8)),
      Signature(form: .ar, offset: 0, bytes: Array("!<arch>\n".utf8)),
      Signature(form: .rpm, offset: 0, bytes: [0xED, 0xAB, 0xEE, 0xDB]),
      Signature(form: .lzop, offset: 0, bytes: [0x89, 0x4C, 0x5A, 0x4F, 0x00]),
      Signature(form: .snappy, offset: 0, bytes: [0xFF, 0x06, 0x00, 0x00] + Array("sNaPpY".utf8)),
    ]
  /// The bytes that a signature begins with.
  private static let isFirst: [Bool] = {
    var table = [Bool](repeating: false, count: 256)
    for signature in signatures where signature.offset == 0 { table[Int(signature.bytes[0])] = true }
    return table
  }()
}
