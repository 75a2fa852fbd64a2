extension SecretRule {
  /// Values that only a name beside them shows to be secret: env files, JSON, YAML, INI, XML and code.
  static let assignments: [SecretRule] =
    assigned(
      "password", "Password", .password, words: "passw(?:or)?d|passwd|passphrase|passwort|contrasena|pwd",
      except: "hash|salt|policy|length|reset|min|max|field|label|prompt|hint|age|expir|file|path|url|strength|rules?",
      check: .password,
      examples: [
        "DB_PASSWORD=«hunter2<d:3>»", #"{"password": "«<word>»"}"#, "password: «<word>»",
        #"const dbPassword = '«<a:6>!<d:4>»';"#, #"{\"password\":\"«<word>»\"}"#,
        "spring.datasource.password=«<word>»",
      ],
      not: [
        "password: required", "Password: ${PASSWORD}", #""password": "string""#, "password = getPassword()",
        "password=os.environ", "PWD=/srv/app1/bin2", "password: ********", #""passwordLabel": "Your password""#,
        "password=process.env.DB_PASS", "password: !vault |", "new password, please",
      ])
    + assigned(
      // An ARN goes on with the name of the secret: `…:000000000000:secret:shop/database-a7b292`.
      "secret", "Secret", .genericToken, words: "(?<!\\d{12}:)secret", candidateWords: "secret",
      except: "s?manager|name|arn|ref|id\\b|path|version|type|manager|store|provider|list|count|rotation",
      check: .machineMade,
      examples: [
        "CLIENT_SECRET=«<b62:32>»", #""app_secret":"«<h:40>»""#, "secret_key_base: «<h:64>»", "secret = «<b64u:30>»",
      ],
      not: [
        "secretName: my-app-secret", "secret: <uuid>", "SecretId=arn:aws:secretsmanager:eu:1:secret:x",
        "arn:aws:secretsmanager:us-east-1:<d:12>:secret:db-<b62:6>",
        "arn:aws:secretsmanager:us-east-1:<d:12>:secret:shop/database-<h:6>",
      ])
    + assigned(
      "token", "Token", .genericToken,
      words:
        "(?<!next)(?<!next[_-])(?<!page)(?<!page[_-])(?<!continuation)(?<!continuation[_-])(?<!csrf)(?<!csrf[_-])token",
      candidateWords: "token", except: "type|name|uri|url|endpoint|expir|count|limit|usage|length|policy|s\\b|id\\b",
      check: .machineMade,
      examples: [
        "AUTH_TOKEN=«<b62:40>»", #""accessToken": "«<h:64>»""#, "token: '«<b64u:32>»'", "?token=«<b62:24>»&a=1",
      ],
      not: [#""NextToken": "<b62:40>""#, "token: <uuid>", "tokens: <d:6>", "ClientRequestToken=<uuid>"])
    + assigned(
      "key", "API, access, signing or encryption key", .genericToken,
      words: "api[_-]?key|access[_-]?key|auth[_-]?key|private[_-]?key|encrypt(?:ion)?[_-]?key|sign(?:ing)?[_-]?key"
        + "|master[_-]?key|license[_-]?key|account[_-]?key|service[_-]?key|secret[_-]?key|shared[_-]?key|app[_-]?key",
      except: "name|path|file|id\\b|ids\\b|arn|alias|type|spec|usage|state|version|length|prefix", check: .machineMade,
      examples: ["API_KEY=«<b62:32>»", #"x-api-key: «<an:40>»"#, #"signingKey = "«<b64:43>=»""#, "api_key=«<h:32>»"],
      not: ["api_key: YOUR_API_KEY", "accessKeyId=abc", "api-key: <a:30>"])
    + assigned(
      "credential", "Credential or authorisation code", .genericToken,
      words: "credentials?|auth[_-]?(?:code|hash|string)|authorization|connection[_-]?string",
      except: "type|id\\b|ids\\b|name|source|provider|path|file|scope|url", check: .machineMade,
      examples: ["credential=«<b62:32>»", #""authCode": "«<b64u:40>»""#],
      not: ["credentials: include", "Authorization: Basic x"])
    + [
      shaped(
        "xml-element", "Secret in an XML element", .password,
        #"(?i:password|passwd|pwd|passphrase|secret|token|apikey|api-key)(?:[ \t][^<>]{0,200})?>([^<>\s]{4,400})</"#,
        candidate: #"(?i:password|passwd|pwd|passphrase|secret|token|apikey|api-key)(?:[ \t][^<>]{0,200})?>[^<>\s]{4}"#,
        certainty: .named, check: .password, source: named,
        examples: ["<password>«<word>»</password>", "<db.password>«<word>»</db.password>"],
        not: ["<password>${pw}</password>", "<token>string</token>"]),
      shaped(
        "name-and-value", "Secret as the value beside a name, as in container environments", .password,
        #"(?i:passw(?:or)?d|passwd|secret|token|api_?key|passphrase|access_key)[\w.\-]{0,30}\\?["']?,?(?:\\n|\s){0,40}\\?["']?(?i:parameter)?(?i:value)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?([^\s"'\\<>,]{4,400})"#,
        candidate:
          #"(?i:passw(?:or)?d|passwd|secret|token|api_?key|passphrase|access_key)[\w.\-]{0,30}\\?["']?,?(?:\\n|\s){0,40}\\?["']?(?i:parameter)?(?i:value)\\?["']?[ \t]{0,4}[:=][ \t]{0,4}\\?["']?[^\s"'\\<>,]{4}"#,
        certainty: .named, check: .password, source: named,
        examples: [
          #"{"name":"DB_PASSWORD","value":"«<word>»"}"#, "- name: API_TOKEN\n  value: «<b62:24>»\n",
          #"<add key="DbPassword" value="«<word>»"/>"#, "ParameterKey=DbPassword,ParameterValue=«<word>»",
        ], not: [#"{"name":"DB_PASSWORD","value":"${X}"}"#]),
      shaped(
        "dynamodb-attribute", "Secret in an item of DynamoDB under a telling name", .password,
        #"(?i:passw(?:or)?d|passwd|passphrase|secret|api_?key|access_?key|(?<!next)token)\w{0,20}\\{0,3}"[ \t]{0,4}:[ \t\r\n]{0,40}\{[ \t\r\n]{0,40}\\{0,3}"S\\{0,3}"[ \t]{0,4}:[ \t]{0,4}\\{0,3}"([^"\\]{4,400})\\{0,3}""#,
        candidate:
          #"(?i:passw(?:or)?d|passwd|passphrase|secret|api_?key|access_?key|token)\w*\\*"[ \t]*:[ \t\r\n]*\{[ \t\r\n]*\\*"S"#,
        reach: 200,
        certainty: .named, check: .password, source: named,
        examples: [#"{"password":{"S":"«hunter2<d:2>»"}}"#, #""apiKey": {"S": "«<b62:24>»"}"#],
        not: [#"{"password":{"S":"string"}}"#]),
      shaped(
        "seed-phrase", "Seed phrase of a wallet", .privateKey,
        #"(?i:mnemonic|seed[_ -]?phrase|recovery[_ -]?phrase|secret[_ -]?phrase)[\w.\- ]{0,20}[\\"']{0,3}[ \t]{0,4}[:=][ \t]{0,4}[\\"']{0,3}([a-z]{3,8}(?: [a-z]{3,8}){11,23})"#,
        candidate:
          #"(?i:mnemonic|seed[_ -]?phrase|recovery[_ -]?phrase|secret[_ -]?phrase)[\w.\- ]{0,20}[\\"']{0,3}[ \t]{0,4}[:=]"#,
        tail: "a-z", certainty: .keyed, source: "https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki",
        examples: ["MNEMONIC=\"«<a:5> <a:4> <a:6> <a:5> <a:7> <a:5> <a:4> <a:6> <a:5> <a:7> <a:4> <a:6>»\""],
        not: ["mnemonic: see below"]),
      shaped(
        "application-key", "Laravel or Symfony application key", .genericToken,
        #"(?<=KEY=|KEY="|key=|key: |SECRET=)base64:([0-9A-Za-z+/]{43}=)"#,
        candidate: #"base64:[0-9A-Za-z+/]{43}="#, certainty: .keyed, check: .base64(32...32),
        source: "https://laravel.com/docs/encryption", examples: ["APP_KEY=base64:«<b64of:32>»"]),
    ]

  private static let named = "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html"
  private static let nameEnd = #"[\w.\-]{0,24}[\\"'\x60\])]{0,4}[ \t]{0,5}(?:=>|:=|==?|:|,)[ \t]{0,5}"#
  private static let bareEnd = #"[\w.\-]{0,24}[ \t]{0,5}(?:=|:=|:)[ \t]{0,5}"#
  private static let quoted =
    #"(?|"([^"\x00-\x08\x0a-\x1f]{4,400}?)\\{0,3}"|'([^'\x00-\x08\x0a-\x1f]{4,400}?)\\{0,3}'"#
    + #"|\x60([^\x60\x00-\x08\x0a-\x1f]{4,400}?)\x60)"#

  /// Two rules for one family of names: values in quotes, and bare ones.
  ///
  /// - Parameters:
  ///   - words: the telling words, in any case.
  ///   - candidateWords: the same without look-around, for Vectorscan.
  ///   - rest: what a name must not go on with: `secretName` names a secret and is none.
  private static func assigned(
    _ id: String, _ title: String, _ kind: SecretKind, words: String, candidateWords: String? = nil,
    except rest: String, check: SecretCheck, examples: [String], not counterexamples: [String]
  ) -> [SecretRule] {
    let name = "(?i:\(words))(?![_.-]?(?i:\(rest)))"
    let plain = "(?i:\(candidateWords ?? words))"
    let isQuoted: (String) -> Bool = { $0.contains("\"«") || $0.contains("'«") }
    return [
      shaped(
        "\(id)-quoted", "\(title) in quotes beside its name", kind,
        "\(name)\(nameEnd)(?:[a-zA-Z]{1,2})?\\\\{0,3}\(quoted)",
        candidate: "\(plain)\(nameEnd)(?:[a-zA-Z]{1,2})?\\\\{0,3}[\"'\\x60][^\"'\\x60\\r\\n]{4}", certainty: .named,
        check: check, source: named, examples: examples.filter(isQuoted), not: counterexamples),
      shaped(
        "\(id)-bare", "\(title) without quotes beside its name", kind,
        "\(name)\(bareEnd)([^\\s\\x00-\\x1f\"'\\x60<>,;&|(){}\\[\\]\\\\]{4,400})",
        candidate: "\(plain)\(bareEnd)[^\\s\"'\\x60<>,;&|(){}\\[\\]\\\\]{4}", certainty: .named, check: check,
        source: named, examples: examples.filter { !isQuoted($0) }, not: counterexamples),
    ]
  }
}
