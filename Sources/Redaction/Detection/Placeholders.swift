/// Tells values that only stand where a secret could stand.
enum Placeholders {
  /// Words that documentation and templates put into values, in lower case.
  private static let marks: [[UInt8]] = [
    "example", "redacted", "placeholder", "your_", "your-", "<your", "changeme", "change_me", "change-me", "dummy",
    "xxxxx", "*****", ".....", "-----", "_____", "00000000", "insert", "replace", "todo", "fixme", "lorem", "notreal",
    "not_a_real", "not-a-real", "sample", "template", "masked", "hidden", "undefined",
  ].map { Array($0.utf8) }

  /// Values that a name for a secret has without being one: types, states, labels, in lower case.
  private static let words: Set<[UInt8]> = Set(
    [
      "password", "passwd", "passphrase", "secret", "token", "credential", "credentials", "username", "string", "str",
      "text", "bytes", "true", "false", "null", "none", "nil", "yes", "no", "on", "off", "required", "optional",
      "enabled", "disabled", "default", "value", "hidden", "empty", "unset", "missing", "invalid", "expired", "valid",
      "bearer", "basic", "digest", "object", "array", "number", "integer", "boolean", "function", "return", "const",
      "self", "this", "input", "prompt", "ask", "stdin", "file", "env", "environment", "vault", "keychain", "keyring",
      "any", "all", "unknown", "deprecated", "supported", "unsupported", "authentication", "authorization", "access",
      "refresh", "session", "login", "admin_password", "user_password", "plaintext", "cleartext", "sha256", "sha512",
      "md5", "sha1", "bcrypt", "scram-sha-256", "trust", "peer", "ident", "password123456789", "typeof", "await",
      "new_password", "old_password", "current-password", "new-password", "one-time-code", "securestring",
      "client_credentials", "authorization_code", "refresh_token", "access_token", "id_token", "user_password_auth",
      "reset", "forgot", "confirm", "change", "update", "create", "delete",
    ].map { Array($0.utf8) })

  /// A value that carries the mark of an example, whatever its rule: AWS's `…EXAMPLE`, our own `REDACTED`, or a run of
  /// nine equal characters, which no random token has. `A` is left out: in base64 it is a row of zero bits.
  static func isMarked(_ value: UnsafeRawBufferPointer) -> Bool {
    if value.contains(subsequence: Array("EXAMPLE".utf8)) || value.contains(subsequence: Array("REDACTED".utf8)) {
      return true
    }
    var (run, last) = (0, UInt8(0))
    for byte in value {
      run = byte == last ? run + 1 : 1
      last = byte
      if run >= 9, byte != UInt8(ascii: "A") { return value.count < 200 }
    }
    return false
  }

  /// See `SecretCheck.password`.
  static func mayBePassword(_ value: UnsafeRawBufferPointer) -> Bool {
    // A sentence is a label; pass phrases of words are left to the catalogue and the policy. First, because it is cheap.
    guard value.count >= 4, !value.contains(where: { ByteClass.isSpace($0) }) else { return false }
    let lower = value.map { ByteClass.isUpper($0) ? $0 | 0x20 : $0 }
    if words.contains(lower) || marks.contains(where: { lower.contains(subsequence: $0) }) { return false }
    if isReference(value) || isExpression(value) || isUniform(value) || isPath(value) { return false }
    let digits = value.count { ByteClass.isDigit($0) }
    let letters = value.count { ByteClass.isLetter($0) }
    let others = value.count - digits - letters
    // Digits alone may be a PIN and may be anything; words alone are labels unless they are long.
    if letters == 0, others == 0 { return digits >= 6 && digits <= 12 && Entropy.bitsPerByte(value) >= 2 }
    if digits > 0, letters > 0 { return true }
    if others > 0, letters > 0 { return value.contains { isStrange($0) } && value.count >= 6 }
    if value.count >= 8, caseChanges(value) >= 2, caseChanges(value) * 5 > value.count { return true }
    return value.count >= 16 && Entropy.bitsPerByte(value) >= 3.2
  }

  /// See `SecretCheck.urlPassword`.
  static func mayBeURLPassword(_ value: UnsafeRawBufferPointer) -> Bool {
    let lower = value.map { ByteClass.isUpper($0) ? $0 | 0x20 : $0 }
    if ["password", "passwd", "pass", "pwd", "pw", "secret", "token", "xxx", "..."].contains(where: {
      lower == Array($0.utf8)
    }) {
      return false
    }
    return !isReference(value) && !isUniform(value)
  }

  /// See `SecretCheck.machineMade`.
  static func mayBeMachineMade(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count >= 12, mayBePassword(value) else { return false }
    guard !isUUID(value), !isDateOrVersion(value), !isMarked(value) else { return false }
    let digits = value.count { ByteClass.isDigit($0) }
    let letters = value.count { ByteClass.isLetter($0) }
    guard digits >= 2, letters >= 2 else { return false }
    // Paths and ARNs: many separators between words.
    let separators = value.count { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: " ") }
    guard separators * 8 <= value.count else { return false }
    return Entropy.bitsPerByte(value) >= 3.0
  }

  /// Variables and templates: `${X}`, `$X`, `{{ x }}`, `%X%`, `<x>`, `#{x}`, `!Ref`, `ref+…`, `arn:…`, `vault:…`.
  private static func isReference(_ value: UnsafeRawBufferPointer) -> Bool {
    let text = Array(value)
    let heads = [
      "${", "$(", "{{", "#{", "<%", "@Microsoft.KeyVault", "arn:", "vault:", "ref+", "op://", "ssm:", "resolve:",
      "{{resolve", "!Ref", "!Sub", "!GetAtt", "file:", "env:", "secret:", "secretsmanager:", "http://", "https://",
      "keyvault:", "projects/", "Fn::", "data:",
    ]
    if heads.contains(where: { text.starts(with: $0.utf8) }) { return true }
    let pairs: [(UInt8, UInt8)] = [
      (UInt8(ascii: "<"), UInt8(ascii: ">")), (UInt8(ascii: "%"), UInt8(ascii: "%")),
      (UInt8(ascii: "["), UInt8(ascii: "]")), (UInt8(ascii: "{"), UInt8(ascii: "}")),
      (UInt8(ascii: "("), UInt8(ascii: ")")),
    ]
    if let first = text.first, let last = text.last, pairs.contains(where: { $0.0 == first && $0.1 == last }) {
      return true
    }
    // A tag of YAML: `!vault`, `!Ref`, `!encrypted/aes`.
    if text.first == UInt8(ascii: "!"), text.count > 2,
      text.dropFirst().allSatisfy({ ByteClass.isLetter($0) || $0 == 0x2F })
    {
      return true
    }
    // $NAME and $name: a shell variable, unless other characters follow.
    return text.first == UInt8(ascii: "$") && text.count > 1 && text.dropFirst().allSatisfy { isNamePart($0) }
      && !text.dropFirst().contains { ByteClass.isDigit($0) }
  }

  /// Code: `os.environ`, `getPassword()`, `user.password`, `cfg->token`, `config["x"]`, `process.env.X`.
  private static func isExpression(_ value: UnsafeRawBufferPointer) -> Bool {
    let text = Array(value)
    if text.contains(subsequence: Array("()".utf8)) || text.contains(subsequence: Array("->".utf8)) { return true }
    if text.contains(subsequence: Array("::".utf8)) || text.contains(subsequence: Array("=>".utf8)) { return true }
    guard let first = text.first, ByteClass.isLetter(first) || first == UInt8(ascii: "_") else { return false }
    // A name, then a bracket: a call or an index.
    if let bracket = text.firstIndex(where: { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: "[") }), bracket > 1 {
      return text[..<bracket].allSatisfy { isNamePart($0) || $0 == UInt8(ascii: ".") }
    }
    // Names joined with dots, each of which could be a name in a program.
    let names = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard names.count > 1 else { return false }
    return names.allSatisfy { name in
      guard let head = name.first, !ByteClass.isDigit(head), name.count <= 24 else { return false }
      return name.allSatisfy { isNamePart($0) } && name.count { ByteClass.isDigit($0) } <= 1
    }
  }

  /// How often a capital follows a small letter: a name of a program has few of these, random letters have many.
  private static func caseChanges(_ value: UnsafeRawBufferPointer) -> Int {
    zip(value, value.dropFirst()).count { ByteClass.isLower($0) && ByteClass.isUpper($1) }
  }

  /// One or two characters again and again: a mask.
  private static func isUniform(_ value: UnsafeRawBufferPointer) -> Bool {
    var seen: [UInt8] = []
    for byte in value where !seen.contains(byte) {
      seen.append(byte)
      if seen.count > 2 { return false }
    }
    return true
  }

  /// A path of the file system, or part of one.
  private static func isPath(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count > 1, let first = value.first else { return false }
    let next = value[1]
    if first == UInt8(ascii: "/") || first == UInt8(ascii: "~") {
      return value.allSatisfy { isNamePart($0) || "/~.-".utf8.contains($0) } && Entropy.bitsPerByte(value) < 4.2
    }
    return first == UInt8(ascii: ".") && (next == UInt8(ascii: "/") || next == UInt8(ascii: "."))
  }

  static func isUUID(_ value: UnsafeRawBufferPointer) -> Bool {
    guard value.count == 36 else { return false }
    for (index, byte) in value.enumerated() {
      let isDash = index == 8 || index == 13 || index == 18 || index == 23
      guard isDash ? byte == UInt8(ascii: "-") : ByteClass.isHex(byte) else { return false }
    }
    return true
  }

  private static func isDateOrVersion(_ value: UnsafeRawBufferPointer) -> Bool {
    value.allSatisfy { ByteClass.isDigit($0) || "-:.TZ+".utf8.contains($0) }
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
  }

  private static func isStrange(_ byte: UInt8) -> Bool {
    !ByteClass.isAlphanumeric(byte) && !"_-.:/ ,()[]".utf8.contains(byte) && byte < 0x80
  }
}
