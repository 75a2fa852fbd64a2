/// Finds the secrets in content of any kind, through every encoding, and says what to put in their place.
///
/// One for each thread. The same bytes always give the same answer within one redaction, which is what keeps copies
/// equal.
final class ContentSearch {
  /// What is wanted.
  enum Mode: Sendable {
    /// Only to gather what is secret.
    case collect
    /// Replacements.
    case rewrite
    /// Findings with fingerprints.
    case report
  }

  /// How deep encodings are followed.
  static let maximumDepth = 8

  let mode: Mode
  let vault: SecretVault
  let detector: any SecretDetecting
  let known: KnownSecrets?
  let pseudonyms: Pseudonyms
  /// Tells where nothing is; nil where everything must be taken apart.
  let screen: ContentScreen?
  /// Where the bytes stand, as `PathPattern` wants it: kept up to date where there is a policy.
  var place: [UInt8] = []
  private let judge: PolicyJudge?
  private var detections: [Detection] = []

  /// - Parameters:
  ///   - known: the secrets gathered before; nil while they are gathered.
  ///   - isSurveyed: whether it is known already where anything but the known secrets may be.
  /// - Throws: `.engine`.
  init(
    _ mode: Mode, detector: any SecretDetecting, vault: SecretVault, known: KnownSecrets?, pseudonyms: Pseudonyms,
    isSurveyed: Bool = false
  ) throws(RedactionError) {
    judge = try detector.judge()
    screen = try detector.screenSession().map {
      ContentScreen($0, known: known?.search, isSurveyed: isSurveyed)
    }
    self.mode = mode
    self.detector = detector
    self.vault = vault
    self.known = known
    self.pseudonyms = pseudonyms
  }

  /// Everything secret in the bytes, in order and apart.
  ///
  /// - Parameters:
  ///   - found: what the detectors found in the bytes already; nil to ask them here.
  ///   - depth: encodings around the bytes.
  ///   - isFixed: whether no byte may change its place.
  /// - Throws: `.matchLimit` and other errors of the detectors, `.engine`.
  func claims(
    in bytes: UnsafeRawBufferPointer, found: [Detection]? = nil, depth: Int = 0, isFixed: Bool = false
  ) throws(RedactionError) -> [Claim] {
    // What is one thing as a whole here, `isContainer` must know as well.
    if depth < Self.maximumDepth, !isFixed {
      if let claims = try containerClaims(bytes, depth: depth) { return claims }
      if bytes.count >= 4, bytes[0] ^ bytes[1] == 1, bytes[0] >= 0xFE {
        return try mapped(MappedText(utf16: bytes, bigEndian: bytes[0] == 0xFE), bytes, 0, depth, isFixed)
      }
      if let claims = try JSONSearch.claims(in: bytes, self, depth: depth) { return claims }
    }
    return try textClaims(in: bytes, found: found, depth: depth, isFixed: isFixed)
  }

  /// Whether content is of a form that is taken apart as one thing, or in UTF-16, by its first bytes: what looks at its
  /// bytes as they stand does not know what is in it.
  static func isContainer(_ bytes: UnsafeRawBufferPointer) -> Bool {
    CompressedBody(bytes) != nil || (bytes.count >= 4 && bytes[0] ^ bytes[1] == 1 && bytes[0] >= 0xFE)
      || ForeignArchive(bytes) != nil || PNGBody.isOne(bytes) || PDFBody.isOne(bytes) || TarBody.isOne(bytes)
  }

  /// What the detectors find in the bytes.
  ///
  /// - Throws: as the detectors do.
  func detect(_ bytes: UnsafeRawBufferPointer) throws(RedactionError) -> [Detection] {
    guard bytes.count >= 4 else { return [] }
    detections.removeAll(keepingCapacity: true)
    try detector.detect(in: bytes, into: &detections)
    return detections.isEmpty
      ? []
      : detections.filter { detection in
        let value = UnsafeRawBufferPointer(rebasing: bytes[detection.range])
        return !value.isEmpty && !PseudonymForm.isRedacted(value)
      }
  }

  /// Claims a range that is a secret itself.
  ///
  /// - Throws: `.engine`.
  func take(
    _ range: Range<Int>, of bytes: UnsafeRawBufferPointer, kind: SecretKind, rule: String, isSearched: Bool = true,
    isFixed: Bool = false
  ) throws(RedactionError) -> Claim {
    let secret = Array(bytes[range])
    var hit = Hit(rule: rule, kind: kind, chain: [], fingerprint: "")
    guard mode != .collect else {
      vault.add(
        secret, kind: kind, isSearched: isSearched && Distinctiveness.isDistinct(credential: secret))
      return Claim(range: range, replacement: [], isSecret: true, hits: [hit])
    }
    let kind = known?.kinds[secret] ?? kind
    var replacement = try pseudonyms.pseudonym(for: secret, kind: kind)
    if isFixed, replacement.count != secret.count { replacement = PseudonymForm.filling(length: secret.count) }
    // What is written must be known again, or the next look would take it for a secret.
    guard replacement.withUnsafeBytes({ PseudonymForm.isRedacted($0) }) else {
      throw RedactionError(.unproven, "a pseudonym of class '\(kind.rawValue)' is not known again; nothing was written")
    }
    hit.fingerprint = try pseudonyms.fingerprint(of: secret)
    return Claim(range: range, replacement: replacement, isSecret: true, hits: [hit])
  }

  /// Claims content as a whole because nothing in it can be replaced alone.
  ///
  /// - Throws: `.engine`.
  func removeWhole(_ bytes: UnsafeRawBufferPointer, hits: [Hit]) throws(RedactionError) -> Claim {
    let content = Array(bytes)
    var hit = Hit(rule: "undecodable", kind: .custom, chain: [], fingerprint: "")
    if mode == .collect { vault.noteRemoval() } else { hit.fingerprint = try pseudonyms.fingerprint(of: content) }
    let marker = mode == .collect ? [] : try pseudonyms.marker(for: content)
    return Claim(range: 0..<bytes.count, replacement: marker, isSecret: true, hits: hits + [hit])
  }

  /// Content that is text, or binary without a format known here.
  private func textClaims(
    in bytes: UnsafeRawBufferPointer, found: [Detection]?, depth: Int, isFixed: Bool
  ) throws(RedactionError) -> [Claim] {
    // Where there are zero bytes, something may count on places: sizes, offsets, tables.
    let hasZero = EncodedRuns.position(of: 0, in: bytes, from: 0) != nil
    let isFixed = isFixed || hasZero || PDFBody.isOne(bytes)
    var claims = try direct(in: bytes, found: found, isFixed: isFixed)
    if depth < Self.maximumDepth {
      try appendNested(in: bytes, hasZero: hasZero, depth: depth, isFixed: isFixed, to: &claims)
      if hasZero || PDFBody.isOne(bytes) { try appendEmbedded(in: bytes, depth: depth, to: &claims) }
    }
    return try resolve(claims, in: bytes, isFixed: isFixed)
  }

  /// Detections and known secrets, in the bytes as they are.
  func direct(
    in bytes: UnsafeRawBufferPointer, found: [Detection]?, isFixed: Bool
  ) throws(RedactionError) -> [Claim] {
    var claims: [Claim] = []
    let detections: [Detection]
    if let found { detections = found } else { detections = try detect(bytes) }
    for detection in detections {
      let value = UnsafeRawBufferPointer(rebasing: bytes[detection.range])
      if let judge, try !judge.counts(detection, value: value, place: place) { continue }
      claims.append(
        try take(
          detection.range, of: bytes, kind: detection.kind, rule: detector.ruleID(detection.rule), isFixed: isFixed))
    }
    guard let known, !known.search.isEmpty else { return claims }
    var places: [(secret: Int, range: Range<Int>)] = []
    known.search.matches(in: bytes) { places.append(($0, $1)) }
    for place in places {
      let kind = known.kinds[known.search.literals[place.secret]] ?? .genericToken
      claims.append(try take(place.range, of: bytes, kind: kind, rule: "known-secret", isFixed: isFixed))
    }
    return claims
  }
}
