import Digests
import Redaction
import Testing

/// Policies, rule files of gitleaks.
@Suite struct PolicyTests {
  private func judge(_ policy: RedactionPolicy, _ text: String, place: String) throws -> [Bool] {
    let rules = try policy.rules()
    // Only the rules that are not ours, so that nothing long is compiled.
    let own = try RuleSet(rules.rules.filter { $0.kind == .custom || $0.id == "aws-access-key-id" })
    let scanner = try SecretScanner(rules: own, cache: nil)
    let judge = try PolicyJudge(policy, own)
    let bytes = Array(text.utf8)
    return try scanner.scan(bytes).map { found in
      try bytes[found.range].withUnsafeBytes { try judge.counts(found, value: $0, place: Array(place.utf8)) }
    }
  }

  @Test func `A policy says what stays, what goes and what else to look for`() throws {
    let digest = try SHA256Hasher.hash(of: Array("acme_00000000000000000000000000000001".utf8)).hex
    let policy = try RedactionPolicy.read(
      Array(
        """
        keep: {paths: ["logs/**"], values: [\(digest)]}
        always: {names: [PIN], paths: ["sqs.json#/queues/*/secret"]}
        patterns: [{id: acme-key, pattern: 'acme_[0-9a-f]{32}'}]
        personal: [email]
        """.utf8), name: "policy.yaml")
    let key = "x acme_0123456789abcdef0123456789abcdef y"
    #expect(try judge(policy, key, place: "s3.json#/a") == [true])
    #expect(try judge(policy, key, place: "logs/a/b.log") == [false])
    #expect(try judge(policy, "acme_00000000000000000000000000000001", place: "s3.json").allSatisfy { !$0 })
    #expect(policy.isAlwaysSecret(place: Array("x".utf8), name: Array("Pin".utf8)))
    #expect(policy.isAlwaysSecret(place: Array("sqs.json#/queues/q1/secret".utf8), name: nil))
    #expect(!policy.isAlwaysSecret(place: Array("sqs.json#/queues/a/b/secret".utf8), name: nil))
    let rules = try policy.rules()
    #expect(rules.index(of: "email-address") != nil && rules.index(of: "phone-international") == nil)
  }

  @Test(arguments: [
    "keep: {ruls: [a]}", "patterns: [{id: a, pattern: '('}]", "patterns: [{id: a, pattern: 'x*'}]",
    "personal: [shoe-size]", "patterns: [{id: a, pattern: 'abc', group: 2}]", "keep: {values: [hunter2]}",
  ])
  func `A policy that cannot be used says where, and shows no value`(text: String) {
    #expect { try RedactionPolicy.read(Array(text.utf8), name: "p.yaml") } throws: {
      guard let error = $0 as? RedactionError else { return false }
      return error.code == .badPolicy && error.message.contains("p.yaml") && !error.message.contains("hunter2")
    }
  }

  @Test func `A rule that does not exist cannot be kept`() throws {
    let policy = try RedactionPolicy.read(Array("keep: {rules: [no-such-rule]}".utf8), name: "p")
    #expect { try policy.rules() } throws: { ($0 as? RedactionError)?.code == .badPolicy }
  }

  @Test func `A gitleaks file is read, and what cannot be taken is named`() throws {
    let text = #"""
      title = "ours"
      [extend]
      useDefault = true
      disabledRules = ["jwe", "not-ours"]
      [[rules]]
      id = "acme"
      description = "ACME key"
      regex = '''(?i)acme[_-]key\s*=\s*['"]?([0-9a-z]{20})\b'''
      secretGroup = 1
      entropy = 2.5
      keywords = ["acme"]
      [rules.allowlist]
      stopwords = ["sample"]
      paths = ['''\.md$''']
      [[rules]]
      id = "only-path"
      path = '''\.pem$'''
      [[rules]]
      id = "unicode"
      regex = '''\p{Greek}{20}'''
      [[rules]]
      id = "backwards"
      regex = '''(ab'''
      [[rules]]
      id = "in-one-place"
      regex = '''zzkey-\d{6}'''
      path = '''^config/'''
      [allowlist]
      regexes = ['''zzkey-000000''']
      commits = ["abc"]
      """#
    let file = try GitleaksFile.read(Array(text.utf8), name: ".gitleaks.toml")
    #expect(file.rules.map(\.id) == ["acme", "in-one-place"])
    for id in ["only-path", "unicode", "backwards", "default rules", "commits"] {
      #expect(file.notes.contains { $0.contains(id) }, "\(id) is not named in \(file.notes)")
    }
    var policy = RedactionPolicy()
    policy.add(file)
    #expect(try policy.rules().index(of: "jwe") == nil)
    let key = "ACME_key = 'a1b2c3d4e5f6g7h8i9j0'"
    #expect(try judge(policy, key, place: "app.env") == [true])
    #expect(try judge(policy, key, place: "docs/a.md") == [false])
    #expect(try judge(policy, "acme-key=sample0d4e5f6g7h8i9j", place: "app.env") == [false])
    #expect(try judge(policy, "acme-key=aaaaaaaaaaaaaaaaaaaa", place: "app.env") == [])
    #expect(try judge(policy, "zzkey-123456", place: "config/a") == [true])
    #expect(try judge(policy, "zzkey-123456", place: "other/a") == [false])
    #expect(try judge(policy, "zzkey-000000", place: "config/a").allSatisfy { !$0 })
  }

  @Test func `What is no TOML is an error with a place`() {
    #expect { try GitleaksFile.read(Array("[[rules]\nid=".utf8), name: "g.toml") } throws: {
      "\($0)".contains("g.toml") && "\($0)".contains("line 1")
    }
  }
}
