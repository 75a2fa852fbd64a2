import Digests
import Documents

extension RedactionPolicy {
  /// Reads a policy file, YAML or JSON.
  ///
  /// ```yaml
  /// keep:
  ///   rules: [aws-access-key-id]
  ///   paths: ["s3-objects/**", "dynamodb.json#/**/public/**"]
  ///   values: [<SHA-256 of the value, in hexadecimal>]
  /// always:
  ///   paths: ["secrets/**"]
  ///   names: [pin, iban]
  /// patterns:
  ///   - {id: acme-key, title: ACME key, pattern: 'acme_([0-9a-z]{32})', group: 1, entropy: 3}
  /// personal: [email, phone]
  /// gitleaks: [.gitleaks.toml]
  /// disable: [jwe]
  /// ```
  ///
  /// - Throws: `.badPolicy` with every problem and its line.
  package static func read(_ bytes: [UInt8], name: String) throws(RedactionError) -> RedactionPolicy {
    let root: DocumentNode
    do {
      root = try DocumentText.read(bytes, name: name)
    } catch {
      throw RedactionError(.badPolicy, "the policy '\(name)' cannot be read: \(error)")
    }
    let reader = DocumentReader()
    let policy = policy(root, reader)
    guard reader.problems.isEmpty else {
      let list = reader.problems.map { "\($0)" }.joined(separator: "; ")
      throw RedactionError(.badPolicy, "the policy '\(name)' cannot be used: \(list)", hint: "correct these lines")
    }
    return policy
  }

  private static func policy(_ root: DocumentNode, _ reader: DocumentReader) -> RedactionPolicy {
    var policy = RedactionPolicy()
    let known = ["keep", "always", "patterns", "personal", "gitleaks", "disable"]
    guard let fields = reader.fields(root, "", known: known) else { return policy }
    if let node = fields["keep"], let keep = reader.fields(node, "keep", known: ["rules", "paths", "values"]) {
      policy.keptRules = Set(texts(keep["rules"], "keep.rules", reader))
      policy.keptPlaces = texts(keep["paths"], "keep.paths", reader).map { PathPattern(Array($0.utf8)) }
      for text in texts(keep["values"], "keep.values", reader) {
        if let digest = SHA256Digest(hex: text) {
          policy.keptValues.insert(digest)
        } else {
          // Not the text itself: it may be the value that was meant to be hidden.
          reader.report(
            node.location, "keep.values", "a value that is no SHA-256 in hexadecimal",
            hint: "give the output of: printf %s VALUE | sha256sum")
        }
      }
    }
    if let node = fields["always"], let always = reader.fields(node, "always", known: ["paths", "names"]) {
      policy.secretPlaces = texts(always["paths"], "always.paths", reader).map { PathPattern(Array($0.utf8)) }
      policy.secretNames = Set(texts(always["names"], "always.names", reader).map { folded(Array($0.utf8)) })
    }
    if let node = fields["patterns"] {
      policy.patterns = reader.list(node, "patterns") { custom($0, $1, reader) }
    }
    if let node = fields["personal"] {
      let kinds: [PersonalData] = reader.list(node, "personal") { reader.choice($0, $1) }
      policy.personalData = Set(kinds)
    }
    policy.ruleFiles = texts(fields["gitleaks"], "gitleaks", reader)
    policy.disabledRules = Set(texts(fields["disable"], "disable", reader))
    return policy
  }

  private static func custom(_ node: DocumentNode, _ path: String, _ reader: DocumentReader) -> SecretRule? {
    let known = ["id", "title", "pattern", "group", "entropy"]
    guard let fields = reader.fields(node, path, known: known, required: ["id", "pattern"]),
      let id = reader.text(fields["id"], fields.path("id")),
      let pattern = reader.text(fields["pattern"], fields.path("pattern"))
    else { return nil }
    let title = fields["title"].flatMap { reader.text($0, fields.path("title")) } ?? id
    let group = fields["group"].flatMap { reader.integer($0, fields.path("group")) }
    let entropy = fields["entropy"].flatMap { reader.plainText($0) }.flatMap { Double($0) }
    do {
      return try SecretRule.custom(
        id: id, title: title, pattern: pattern, group: group, entropy: entropy, source: "the policy")
    } catch {
      reader.report(node.location, path, error.message)
      return nil
    }
  }

  private static func texts(_ node: DocumentNode?, _ path: String, _ reader: DocumentReader) -> [String] {
    reader.list(node, path) { reader.text($0, $1) }
  }
}
