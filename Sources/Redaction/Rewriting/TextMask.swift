/// Makes a text fit to be shown: what a detector finds in it, in any encoding, becomes `***`.
package enum TextMask {
  /// The text without secrets. Quotes and line ends stay, so that a document stays one.
  ///
  /// - Throws: as the detectors do; then the text must not be shown.
  package static func masked(_ text: [UInt8], detector: any SecretDetecting) throws(RedactionError) -> [UInt8] {
    let search = try ContentSearch(
      .report, detector: detector, vault: SecretVault(), known: nil, pseudonyms: Pseudonyms(key: .random()))
    return try text.withBytes { (bytes) throws(RedactionError) -> [UInt8] in
      // As it is: what looks like a document or an archive is text here, too.
      var claims = try search.claims(in: bytes, isFixed: true)
      for index in claims.indices { claims[index].replacement = mask(bytes[claims[index].range]) }
      return claims.applied(to: bytes)
    }
  }

  private static func mask(_ secret: Slice<UnsafeRawBufferPointer>) -> [UInt8] {
    var result: [UInt8] = []
    var isMasked = false
    for byte in secret {
      let isFrame = byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      if isFrame { result.append(byte) } else if !isMasked { result += Array("***".utf8) }
      isMasked = !isFrame
    }
    return result
  }
}
