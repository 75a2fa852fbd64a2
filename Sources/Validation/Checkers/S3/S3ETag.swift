import Digests

/// What the text of an `ETag` says (kumo-format.md 2.2).
enum S3ETag: Equatable {
  /// Nothing at all: a delete marker's.
  case empty
  /// `"<32 hex>"`: the MD5 of the body.
  case simple
  /// `"<32 hex>-<parts>"`: cannot be checked against the body.
  case multipart
  /// Neither.
  case malformed

  /// Reads every object's ETag, so that it works on bytes in place.
  init(_ text: [UInt8]) {
    self = text.withUnsafeBufferPointer { S3ETag.form(of: $0) }
  }

  private static func form(of text: UnsafeBufferPointer<UInt8>) -> S3ETag {
    let quote = UInt8(ascii: "\"")
    if text.isEmpty { return .empty }
    guard text.count >= 34, text[0] == quote, text[text.count - 1] == quote else { return .malformed }
    for index in 1...32 where !isDigit(text[index]) && !(97...102).contains(text[index]) { return .malformed }
    if text.count == 34 { return .simple }
    // A hyphen, and a number of parts from 1 to 99,999 without leading zeros.
    guard text[33] == UInt8(ascii: "-"), (36...40).contains(text.count), text[34] != UInt8(ascii: "0") else {
      return .malformed
    }
    for index in 34..<(text.count - 1) where !isDigit(text[index]) { return .malformed }
    return .multipart
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// Whether a simple ETag is this digest in quotes.
  static func isSimple(_ text: [UInt8], of digest: MD5Digest) -> Bool {
    let digits = digest.hexBytes
    return text.count == digits.count + 2 && digits.indices.allSatisfy { text[$0 + 1] == digits[$0] }
  }

  /// Whether it has the form of a multipart upload's.
  var isMultipart: Bool { self == .multipart }
}

/// What the text of a `VersionID` says (kumo-format.md 2.2).
enum S3VersionID: Equatable {
  /// Empty: written while versioning was off.
  case none
  /// `v<number>`.
  case number(UInt64)
  /// The word `null`: written while versioning was suspended.
  case null
  /// None of these.
  case malformed

  init(_ text: [UInt8]) {
    if text.isEmpty {
      self = .none
    } else if text.elementsEqual("null".utf8) {
      self = .null
    } else if text.first == UInt8(ascii: "v"), text.count > 1, text[1] != UInt8(ascii: "0"),
      text.dropFirst().allSatisfy({ (48...57).contains($0) }),
      let number = UInt64(String(decoding: text.dropFirst(), as: UTF8.self))
    {
      self = .number(number)
    } else {
      self = .malformed
    }
  }
}
