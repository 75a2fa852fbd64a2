import Validation

/// The reference of all rules, made from the rules themselves.
enum RuleReference {
  /// The text of docs/rules.md.
  static var markdown: String {
    var text = """
      # The rules of `kumo-fixtures validate`

      Made from the rules themselves by `kumo-fixtures validate --rules`; do not edit.

      An error means that KUMO loses data, crashes or serves something wrong; a warning that it works and has a known way
      to hurt; a note that there is nothing to do. "Fixable" rules are repaired by `validate --fix`.

      | rule | severity | what must hold |
      | --- | --- | --- |

      """
    for rule in Rule.all {
      text += "| [`\(rule.id)`](#\(rule.id)) | \(severity(of: rule)) | \(rule.title) |\n"
    }
    for rule in Rule.all { text += section(for: rule) }
    return text
  }

  private static func severity(of rule: Rule) -> String {
    rule.isFixable ? rule.severity.rawValue + ", fixable" : rule.severity.rawValue
  }

  private static func section(for rule: Rule) -> String {
    let title: String = rule.title.prefix(1).uppercased() + rule.title.dropFirst()
    let source: String = rule.source.hasSuffix(".md") ? rule.source : "kumo-format.md " + rule.source
    var text = """

      ## \(rule.id)

      \(title). Severity: \(severity(of: rule)).

      - When it does not hold: \(rule.consequence).
      - What to do: \(rule.fix).
      - Source: \(source).

      """
    if let example = rule.example {
      text += """

        Breaks it, in `\(example.file)`:

        ```json
        \(example.broken)
        ```

        Sound:

        ```json
        \(example.sound)
        ```

        """
    }
    return text
  }
}
