import JSONBytes
import KumoState

/// Replaces values that are secret by their place.
extension ContentSearch {
  /// What is to be done with a value that is secret whatever it looks like: claims on its text.
  ///
  /// - Throws: as `claims(in:)`.
  func structuralClaims(
    in text: UnsafeRawBufferPointer, at place: SecretPlace
  ) throws(RedactionError) -> [Claim] {
    guard !text.isEmpty else { return [] }
    let value = Array(text)
    // What the detectors know in it may stand elsewhere alone: the password of a URL, a token in a header.
    if mode == .collect { _ = try claims(in: text, depth: 1) }
    switch place.form {
    case .text, .personal:
      if PseudonymForm.isRedacted(text) { return [] }
      if place.form == .text, let claims = try documentClaims(in: text, at: place) { return claims }
      let kind = place.kind ?? Self.personalKind(of: value)
      let isSearched = place.isCredential || Distinctiveness.isDistinct(setting: value)
      return [try take(0..<text.count, of: text, kind: kind, rule: place.rule, isSearched: isSearched)]
    case .base64: return try decodedClaim(value, text, at: place)
    case .symmetricKey: return try decodedClaim(value, text, at: place, keepsLength: true)
    case .asymmetricKey:
      guard let der = try? Base64Decoder.decode(value) else { return try undecodedClaim(text, at: place) }
      guard !der.isEmpty, !ThrowawayKey.isKnown(der: der) else { return [] }
      return try keyClaim(der, text, at: place, Base64Encoder.encode(ThrowawayKey(like: der).der))
    case .pem:
      guard !PseudonymForm.isRedacted(text) else { return [] }
      return try keyClaim(value, text, at: place, ThrowawayKey.pem(like: value))
    }
  }

  private static func personalKind(of value: [UInt8]) -> SecretKind {
    if value.contains(UInt8(ascii: "@")) { return .emailAddress }
    let digits = value.filter { (48...57).contains($0) }.count
    return digits >= 7 && value.count - digits <= 6 ? .phoneNumber : .custom
  }

  /// A secret in base64: what it decodes to is the secret, and its replacement is encoded again.
  private func decodedClaim(
    _ value: [UInt8], _ text: UnsafeRawBufferPointer, at place: SecretPlace, keepsLength: Bool = false
  ) throws(RedactionError) -> [Claim] {
    guard let secret = try? Base64Decoder.decode(value) else { return try undecodedClaim(text, at: place) }
    let isRedacted = secret.withUnsafeBytes { PseudonymForm.isRedacted($0) }
    guard !secret.isEmpty, !isRedacted else { return [] }
    return try secret.withBytes { (bytes) throws(RedactionError) -> [Claim] in
      var claim = try take(0..<bytes.count, of: bytes, kind: place.kind ?? .genericToken, rule: place.rule)
      if keepsLength, mode != .collect {
        claim.replacement = try pseudonyms.pseudonym(for: secret, length: secret.count)
      }
      claim.range = 0..<text.count
      if mode != .collect { claim.replacement = Base64Encoder.encode(claim.replacement) }
      return [claim]
    }
  }

  /// A secret that is not in the encoding that it has to be in: KUMO cannot read it either, and it goes as text.
  private func undecodedClaim(
    _ text: UnsafeRawBufferPointer, at place: SecretPlace
  ) throws(RedactionError) -> [Claim] {
    guard !PseudonymForm.isRedacted(text) else { return [] }
    return [try take(0..<text.count, of: text, kind: place.kind ?? .genericToken, rule: place.rule)]
  }

  private func keyClaim(
    _ secret: [UInt8], _ text: UnsafeRawBufferPointer, at place: SecretPlace, _ replacement: [UInt8]
  ) throws(RedactionError) -> [Claim] {
    try secret.withBytes { (bytes) throws(RedactionError) -> [Claim] in
      var claim = try take(0..<bytes.count, of: bytes, kind: place.kind ?? .pemPrivateKey, rule: place.rule)
      claim.range = 0..<text.count
      if mode != .collect { claim.replacement = replacement }
      return [claim]
    }
  }

  /// A secret that is a JSON document: every string and number in it goes, its keys and its shape stay, so that what
  /// reads it finds what it looks for.
  private func documentClaims(
    in text: UnsafeRawBufferPointer, at place: SecretPlace
  ) throws(RedactionError) -> [Claim]? {
    guard let root = JSONSearch.document(in: text) else { return nil }
    var claims: [Claim] = []
    try appendLeaves(of: root, name: [], in: text, at: place, to: &claims)
    return claims
  }

  private func appendLeaves(
    of node: JSONNode, name: [UInt8], in text: UnsafeRawBufferPointer, at place: SecretPlace, to claims: inout [Claim]
  ) throws(RedactionError) {
    switch node.kind {
    case .object:
      for (key, value) in node.members {
        try appendLeaves(of: value, name: key.string() ?? [], in: text, at: place, to: &claims)
      }
    case .array:
      for element in node.elements {
        try appendLeaves(of: element, name: name, in: text, at: place, to: &claims)
      }
    case .string:
      guard let value = node.string(), !value.isEmpty else { return }
      let content = (node.offset + 1)..<(node.offset + node.rawBytes.count - 1)
      let isSearched = SecretName.isOne(name) || Distinctiveness.isDistinct(setting: value)
      let source = UnsafeRawBufferPointer(rebasing: text[content])
      let kind = SecretKind(named: name) ?? place.kind ?? .genericToken
      let inner = try value.withBytes { (bytes) throws(RedactionError) -> Claim? in
        guard !PseudonymForm.isRedacted(bytes) else { return nil }
        return try take(0..<bytes.count, of: bytes, kind: kind, rule: place.rule, isSearched: isSearched)
      }
      guard var claim = inner else { return }
      claim.range = content
      if mode != .collect {
        claim.replacement = EscapeForm.encode(claim.replacement, like: source, decodedCount: value.count)
      }
      claims.append(claim)
    case .number:
      let range = node.offset..<(node.offset + node.rawBytes.count)
      guard let claim = try numberClaim(range, of: text, rule: place.rule) else { return }
      claims.append(claim)
    default: break
    }
  }

  /// A number that is secret by its place becomes 0; nil when it is that already.
  func numberClaim(
    _ range: Range<Int>, of text: UnsafeRawBufferPointer, rule: String
  ) throws(RedactionError) -> Claim? {
    guard !text[range].elementsEqual([UInt8(ascii: "0")]) else { return nil }
    var claim = try take(range, of: text, kind: .custom, rule: rule, isSearched: false)
    if mode != .collect { claim.replacement = [UInt8(ascii: "0")] }
    return claim
  }
}
