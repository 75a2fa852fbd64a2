/// Personal data, which is looked for when a policy asks: much of a test's data looks like it.
package enum PersonalData: String, Sendable, CaseIterable {
  /// E-mail addresses.
  case email
  /// Telephone numbers with a country code, or in North American form.
  case phone

  /// The detectors.
  package var rules: [SecretRule] {
    switch self {
    case .email: [SecretRule.emailAddress]
    case .phone: SecretRule.phoneNumbers
    }
  }
}

extension SecretRule {
  fileprivate static let emailAddress = shaped(
    "email-address", "E-mail address", .emailAddress,
    #"(?<![0-9A-Za-z._%+\-])([0-9A-Za-z_%+\-][0-9A-Za-z._%+\-]{0,63}@(?:[0-9A-Za-z\-]{1,63}\.){1,8}[A-Za-z]{2,24})"#,
    candidate: #"@[0-9A-Za-z\-]{1,63}\.[0-9A-Za-z]"#, reach: 200, tail: "0-9A-Za-z\\-",
    source: "https://www.rfc-editor.org/rfc/rfc5322#section-3.4.1", examples: ["to: «<an:8>.<a:4>@mail.<a:6>.org»,"],
    not: ["git@localhost:x", "a @ b.c"])

  fileprivate static let phoneNumbers = [
    shaped(
      "phone-international", "Telephone number with country code", .phoneNumber,
      #"(?<![0-9A-Za-z+])(\+[1-9][0-9](?:[ .\-/()]{0,2}[0-9]){6,13})"#, candidate: #"\+[1-9][0-9][ .\-/()0-9]{6}"#,
      tail: "0-9", source: "https://www.itu.int/rec/T-REC-E.164",
      examples: ["tel: «+49 30 9<d:7>»", "«+1 (212) 7<d:2>-<d:4>»"],
      not: ["1+22<d:7>"]),
    shaped(
      "phone-north-american", "Telephone number in North American form", .phoneNumber,
      #"(?<![0-9A-Za-z.\-])(\([2-9][0-9]{2}\)[ .\-]?[2-9][0-9]{2}[.\-][0-9]{4}|[2-9][0-9]{2}[.\-][2-9][0-9]{2}[.\-][0-9]{4})"#,
      candidate: #"[2-9][0-9]{2}[.\-][0-9]{4}"#, reach: 14, tail: "0-9A-Za-z.\\-",
      source: "https://www.nanpa.com/numbering", examples: ["call «(212) 5<d:2>-<d:4>»", "«312-7<d:2>-<d:4>»"],
      not: ["2026-11-22"]),
  ]
}
