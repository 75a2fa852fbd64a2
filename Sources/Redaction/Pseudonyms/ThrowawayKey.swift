import COpenSSL
import KumoState

/// A private key that everybody knows, in the place of one that nobody may know.
enum ThrowawayKey: String, CaseIterable, Sendable {
  case rsa2048, rsa3072, rsa4096, p256, p384, p521, secp256k1, ed25519

  /// The key as PKCS#8.
  var der: [UInt8] { Self.known.first { $0.key == self }?.der ?? [] }

  private static let known: [(key: ThrowawayKey, der: [UInt8])] = allCases.map { key in
    (key, (try? Base64Decoder.decode(key.text.withUTF8Buffer { Array($0) })) ?? [])
  }

  private var text: StaticString {
    switch self {
    case .rsa2048: ThrowawayKeyText.rsa2048
    case .rsa3072: ThrowawayKeyText.rsa3072
    case .rsa4096: ThrowawayKeyText.rsa4096
    case .p256: ThrowawayKeyText.p256
    case .p384: ThrowawayKeyText.p384
    case .p521: ThrowawayKeyText.p521
    case .secp256k1: ThrowawayKeyText.secp256k1
    case .ed25519: ThrowawayKeyText.ed25519
    }
  }

  /// The PKCS#1 form inside the PKCS#8 of an RSA key: what follows the 26 bytes of version, algorithm and headers.
  private var pkcs1: [UInt8] { Array(der.dropFirst(26)) }

  /// The key of the same type and size as a private key in PKCS#8 or in its algorithm's own form; RSA with 2048 bits
  /// for what cannot be read.
  init(like der: [UInt8]) {
    let key = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
      var next = buffer.baseAddress
      return d2i_AutoPrivateKey(nil, &next, der.count)
    }
    defer { EVP_PKEY_free(key) }
    guard let key else {
      self = .rsa2048
      return
    }
    switch (EVP_PKEY_get_base_id(key), EVP_PKEY_get_bits(key)) {
    case (EVP_PKEY_RSA, ...2048): self = .rsa2048
    case (EVP_PKEY_RSA, ...3072): self = .rsa3072
    case (EVP_PKEY_RSA, _): self = .rsa4096
    case (EVP_PKEY_ED25519, _): self = .ed25519
    case (EVP_PKEY_EC, 384): self = .p384
    case (EVP_PKEY_EC, 521): self = .p521
    case (EVP_PKEY_EC, 256):
      var name = [CChar](repeating: 0, count: 64)
      EVP_PKEY_get_group_name(key, &name, name.count, nil)
      self = name.starts(with: "secp256k1".utf8.map { CChar($0) }) ? .secp256k1 : .p256
    default: self = .rsa2048
    }
  }

  /// SHA-256 of the public half as SSH writes it, which EC2 in KUMO shows as the fingerprint of a key pair (KUMO
  /// v0.25.3, ec2/storage.go); only the key that its pairs have is known.
  var sshFingerprint: [UInt8]? {
    self == .rsa2048
      ? Array("95093375fd872acffb5a695fc4ef7d249486c76cffefa34160975d8df906783f".utf8) : nil
  }

  /// The key in PEM, under the label that the removed one had where the form is the same.
  static func pem(like text: [UInt8]) -> [UInt8] {
    let original = PEMText(text)
    let key = ThrowawayKey(like: original?.der ?? [])
    let isPKCS1 = original?.label.elementsEqual("RSA PRIVATE KEY".utf8) == true
    let isRSA = key == .rsa2048 || key == .rsa3072 || key == .rsa4096
    return isPKCS1 && isRSA
      ? PEMText.encode(key.pkcs1, label: "RSA PRIVATE KEY") : PEMText.encode(key.der, label: "PRIVATE KEY")
  }

  /// Whether bytes are one of these keys, in DER.
  static func isKnown(der: [UInt8]) -> Bool {
    known.contains { $0.der == der || ($0.der.count > 1000 && $0.der.dropFirst(26).elementsEqual(der)) }
  }

  /// Whether a text is one of these keys in PEM and nothing else.
  static func isKnown(pem text: [UInt8]) -> Bool {
    guard let pem = PEMText(text) else { return false }
    return isKnown(der: pem.der)
  }
}

/// A block of PEM (RFC 7468) that is a text's whole content.
struct PEMText {
  /// Between BEGIN and the dashes.
  let label: [UInt8]
  /// The decoded content.
  let der: [UInt8]

  /// Reads a block; nil when the text is anything else.
  init?(_ text: [UInt8]) {
    let lines = text.split { $0 == 0x0A || $0 == 0x0D }
    let begin = Array("-----BEGIN ".utf8)
    guard let first = lines.first, let last = lines.last, lines.count >= 3, first.starts(with: begin),
      last.starts(with: "-----END ".utf8), first.suffix(5).elementsEqual("-----".utf8)
    else { return nil }
    guard let der = try? Base64Decoder.decode(Array(lines.dropFirst().dropLast().joined())) else { return nil }
    label = Array(first.dropFirst(begin.count).dropLast(5))
    self.der = der
  }

  /// Writes a block with 64 characters in a line.
  static func encode(_ der: [UInt8], label: String) -> [UInt8] {
    let text = Base64Encoder.encode(der)
    var lines = Array("-----BEGIN \(label)-----\n".utf8)
    for start in stride(from: 0, to: text.count, by: 64) {
      lines += text[start..<min(start + 64, text.count)]
      lines.append(0x0A)
    }
    return lines + Array("-----END \(label)-----\n".utf8)
  }
}
