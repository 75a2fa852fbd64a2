extension SecretRule {
  /// Private keys in every armour.
  static let privateKeys: [SecretRule] = [
    shaped(
      "pem-private-key", "PEM private key (RSA, EC, DSA, PKCS 8, OpenSSH), or what is left of one", .pemPrivateKey,
      "(-----BEGIN \(label)-----\(body)(?:-----END \(label)-----)?)",
      candidate: "-----BEGIN \(label)-----",
      source: "https://www.rfc-editor.org/rfc/rfc7468",
      examples: [
        "«-----BEGIN RSA PRIVATE KEY-----\n<pem:12>\n-----END RSA PRIVATE KEY-----»\n",
        "«-----BEGIN OPENSSH PRIVATE KEY-----\n<pem:6>\n-----END OPENSSH PRIVATE KEY-----»",
        #"KEY="«-----BEGIN EC PRIVATE KEY-----\n<b64:64>\n<b64:60>==\n-----END EC PRIVATE KEY-----»""#,
        "«-----BEGIN PRIVATE KEY-----\n<pem:4>»",
        "«-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,<H:32>\n\n<pem:6>\n"
          + "-----END RSA PRIVATE KEY-----»",
      ],
      not: [
        "-----BEGIN CERTIFICATE-----\n<pem:8>\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\n<pem:3>\n-----END PUBLIC KEY-----",
        "the line -----BEGIN RSA PRIVATE KEY----- begins a key",
      ]),
    shaped(
      "pgp-private-key", "PGP private key block", .pgpPrivateKey,
      "(-----BEGIN PGP PRIVATE KEY BLOCK-----\(body)(?:-----END PGP PRIVATE KEY BLOCK-----)?)",
      candidate: "-----BEGIN PGP PRIVATE KEY BLOCK-----", source: "https://www.rfc-editor.org/rfc/rfc9580#section-6.2",
      examples: ["«-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n<pem:10>\n=<b64:4>\n-----END PGP PRIVATE KEY BLOCK-----»"],
      not: ["-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n<pem:6>\n-----END PGP PUBLIC KEY BLOCK-----"]),
    shaped(
      "putty-private-key", "Private part of a PuTTY key file", .puttyPrivateKey,
      #"Private-Lines: ?\d{1,3}"# + gap
        + #"+([0-9A-Za-z+/]{4,64}={0,2}(?:"# + gap + #"+[0-9A-Za-z+/]{4,64}={0,2}){0,300}?)(?="# + gap
        + #"+Private-(?:MAC|Hash)|"# + gap + #"*\z)"#,
      candidate: #"Private-Lines: ?\d{1,3}"#,
      source: "https://the.earth.li/~sgtatham/putty/0.81/htmldoc/AppendixC.html",
      examples: [
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: k\nPublic-Lines: 2\n<pem:2>\nPrivate-Lines: 3\n"
          + "«<pem:2>\n<b64:40>»\nPrivate-MAC: <h:64>\n"
      ],
      not: ["Public-Lines: 2\n<pem:2>\n", "Private-Lines: 3"]),
    token(
      "age-secret-key", "age identity", .privateKey, "AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}",
      source: "https://github.com/C2SP/C2SP/blob/main/age.md",
      examples: ["# key\n«AGE-SECRET-KEY-1<bech:58>»"]),
    shaped(
      "wireguard-private-key", "WireGuard private or preshared key", .privateKey,
      #"(?:PrivateKey|PresharedKey)[ \t]{0,4}=[ \t]{0,4}([0-9A-Za-z+/]{42}[AEIMQUYcgkosw048]=)"#,
      check: .base64(32...32), source: "https://www.wireguard.com/quickstart/",
      examples: ["[Interface]\nPrivateKey = «<b64of:32>»\n"], not: ["PublicKey = <b64of:32>"]),
    shaped(
      "jwk-private", "Private part of a JSON Web Key (EC, OKP or RSA)", .privateKey,
      #"\\?"(?:dp|dq|qi|d|p|q)\\?"[ \t]{0,4}:[ \t]{0,4}\\?"([0-9A-Za-z_\-]{42,1400})\\?""#,
      candidate: #""(?:dp|dq|qi|d|p|q)\\?"[ \t]{0,4}:[ \t]{0,4}\\?"[0-9A-Za-z_\-]{42}"#, check: .entropy(4),
      source: "https://www.rfc-editor.org/rfc/rfc7518#section-6",
      examples: [#"{"kty":"EC","crv":"P-256","x":"<b64u:43>","y":"<b64u:43>","d":"«<b64u:43>»"}"#],
      not: [#"{"kty":"EC","crv":"P-256","x":"<b64u:43>","y":"<b64u:43>"}"#]),
    shaped(
      "jwk-symmetric", "Symmetric JSON Web Key, its type before its key", .privateKey,
      #""kty\\?"[ \t]{0,4}:[ \t]{0,4}\\?"oct\\?"[^{}]{0,300}?"k\\?"[ \t]{0,4}:[ \t]{0,4}\\?"([0-9A-Za-z_\-]{20,700})\\?""#,
      candidate: #""kty\\?"[ \t]{0,4}:[ \t]{0,4}\\?"oct"#, check: .entropy(3.5),
      source: "https://www.rfc-editor.org/rfc/rfc7518#section-6.4",
      examples: [#"{"kty":"oct","alg":"HS256","k":"«<b64u:43>»"}"#]),
    shaped(
      "jwk-symmetric-sorted", "Symmetric JSON Web Key, its key before its type", .privateKey,
      #""k\\?"[ \t]{0,4}:[ \t]{0,4}\\?"([0-9A-Za-z_\-]{20,700})\\?"(?=[^{}]{0,300}"kty\\?"[ \t]{0,4}:[ \t]{0,4}\\?"oct)"#,
      candidate: #""k\\?"[ \t]{0,4}:[ \t]{0,4}\\?"[0-9A-Za-z_\-]{20}"#, check: .entropy(3.5),
      source: "https://www.rfc-editor.org/rfc/rfc7518#section-6.4",
      examples: [#"{"alg":"HS256","k":"«<b64u:43>»","kty":"oct"}"#], not: [#"{"k":"<b64u:43>"}"#]),
  ]

  /// What stands between `BEGIN ` and the dashes of a private key.
  private static let label = "(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY"
  /// A line end as it is or escaped, or a space.
  private static let gap = #"(?:[\r\n \t]|\\+[rnt])"#
  /// Headers of an encrypted key and whole lines of base64, then a shorter last line if the armour ends after it.
  private static let body =
    "(?:\(gap)+(?:[A-Z][A-Za-z\\-]{2,20}: ?[^\\r\\n\\\\]{1,80}|(?:[0-9A-Za-z+/=]|\\\\/){20,}+))+"
    + "(?:\(gap)+(?:[0-9A-Za-z+/=]|\\\\/){1,19}(?=\(gap)*-----END|\(gap)+=[0-9A-Za-z+/]{4}))?"
    + "(?:\(gap)+=[0-9A-Za-z+/]{4})?\(gap)*"
}
