import Digests

/// What the text of an `ETag` says (kumo-format.md 2.2).
enum S3ETag: Equatable {
  /// Nothing at all: a delete marker's.
  case empty
  /// `"<32 hex>"`: the MD5 of the body.
  case simple(MD5Digest)
  /// `"<32 hex>-<parts>"`: cannot be checked against the body.
  case multipart
  /// Neither.
  case malformed

  init(_ text: [UInt8]) {
    let quote = UInt8(ascii: "\"")
    guard !text.isEmpty else {
      self = .empty
      return
    }
    guard text.count >= 34, text.first == quote, text.last == quote else {
      self = .malformed
      return
    }
    let inner = text.dropFirst().dropLast()
    let digits = inner.prefix(32)
    guard digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }), let digest = MD5Digest(hex: digits)
    else {
      self = .malformed
      return
    }
    let rest = inner.dropFirst(32)
    if rest.isEmpty {
      self = .simple(digest)
    } else {
      let parts = rest.dropFirst()
      let isNumber = parts.first.map { (49...57).contains($0) } ?? false
      let isMultipart =
        rest.first == UInt8(ascii: "-") && isNumber && parts.count <= 5 && parts.allSatisfy { (48...57).contains($0) }
      self = isMultipart ? .multipart : .malformed
    }
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
