/// Finds the text of one element in XML that arrives in pieces: `<Name>…</Name>`.
///
/// KUMO writes these elements without attributes, prefixes or comments; the text of names that buckets can have needs no
/// entity to be resolved.
struct TagScanner {
  private let opening: [UInt8]
  private var matched = 0
  private var text: [UInt8]?

  init(tag: String) { opening = Array("<\(tag)>".utf8) }

  /// Takes a piece and gives the text of each element that ends in it.
  mutating func feed(_ piece: ArraySlice<UInt8>, _ found: ([UInt8]) -> Void) {
    for byte in piece {
      if text != nil {
        if byte == UInt8(ascii: "<") {
          found(text ?? [])
          text = nil
          matched = 1
        } else {
          text?.append(byte)
        }
      } else if byte == opening[matched] {
        matched += 1
        if matched == opening.count {
          text = []
          matched = 0
        }
      } else {
        matched = byte == UInt8(ascii: "<") ? 1 : 0
      }
    }
  }
}
