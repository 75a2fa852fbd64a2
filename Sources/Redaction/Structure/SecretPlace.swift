import KumoState

/// What a place says about the secret in it.
struct SecretPlace: Sendable {
  /// What it asks of the pseudonym.
  let form: SecretForm
  /// The class of the secret; nil where the value itself shows it.
  let kind: SecretKind?
  /// Whether it is a credential, and not one of many settings that may hold one.
  let isCredential: Bool
  /// Why it is secret.
  let rule: String

  /// A value that is secret by a name or by the policy.
  init(named name: [UInt8], rule: String) {
    (form, isCredential, self.rule) = (.text, true, rule)
    kind = SecretKind(named: name) ?? .genericToken
  }

  /// A place of the catalogue.
  init(_ path: SensitivePath, isCredential: Bool) {
    let isPersonal = path.sensitivity == .personal
    form = isPersonal ? .personal : SecretForm(of: path)
    kind = isPersonal ? nil : SecretKind(at: path)
    self.isCredential = isCredential
    rule = "structure"
  }
}

/// What a secret's place asks of its pseudonym.
enum SecretForm: Sendable {
  /// Any text; a JSON document keeps its keys.
  case text
  /// Base64 of anything.
  case base64
  /// Base64 of a symmetric key, whose length stays.
  case symmetricKey
  /// Base64 of PKCS#8.
  case asymmetricKey
  /// A private key in PEM.
  case pem
  /// A person's name, mail address or telephone number.
  case personal

  init(of path: SensitivePath) {
    guard case .field(let name) = path.steps.last else {
      self = .text
      return
    }
    switch String(decoding: name, as: UTF8.self) {
    case "SecretBinary": self = .base64
    case "KeyMaterial": self = path.service == "kms" ? .symmetricKey : .pem
    case "AsymmetricKey": self = .asymmetricKey
    case "PrivateKey": self = .pem
    default: self = .text
    }
  }
}

extension SecretKind {
  /// The class of what stands at a place of the catalogue for secrets and keys (kumo-format.md 5.1).
  init(at path: SensitivePath) {
    let field = path.steps.lazy.reversed().compactMap { step -> [UInt8]? in
      guard case .field(let name) = step else { return nil }
      return name
    }.first
    switch (path.service, String(decoding: field ?? [], as: UTF8.self)) {
    case ("secretsmanager", _): self = .secretString
    case ("ssm", _): self = .parameterValue
    case ("iam", "SecretAccessKey"): self = .awsSecretKey
    case ("iam", _): self = .awsAccessKeyID
    case ("kms", _): self = .kmsKeyMaterial
    case (_, "PrivateKey"), (_, "KeyMaterial"): self = .pemPrivateKey
    case (_, "Password"), ("memorydb", _): self = .password
    case (_, "ClientSecret"), (_, "SharedSecret"): self = .clientSecret
    case (_, "ClientID"), (_, "ExternalId"), (_, "externalId"), (_, "activationId"): self = .credentialID
    case (_, "ApiKeyValue"): self = .apiKey
    case (_, "confirmationCodes"), (_, "activationCode"): self = .oneTimeCode
    case ("sns", _): self = .notificationEndpoint
    default: self = .setting
    }
  }

  /// The class that a telling name says its value has; nil for one that only says that it is secret.
  init?(named name: [UInt8]) {
    let letters = String(decoding: GoText.foldedKey(name).filter { (97...122).contains($0) }, as: UTF8.self)
    let found = Self.named.first { letters.contains($0.word) }
    guard let found else { return nil }
    self = found.kind
  }

  private static let named: [(word: String, kind: SecretKind)] = [
    ("passw", .password), ("passphrase", .password), ("privatekey", .privateKey), ("keymaterial", .privateKey),
    ("apikey", .apiKey), ("connectionstring", .connectionString), ("clientsecret", .clientSecret),
    ("secretaccesskey", .awsSecretKey),
  ]
}
