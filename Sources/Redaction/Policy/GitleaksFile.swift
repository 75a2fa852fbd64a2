import TOMLKit

/// A rule file of gitleaks, read as it is. What cannot be taken is named in `notes`, never dropped without a word.
///
/// Form: https://github.com/gitleaks/gitleaks#configuration. Differences that are meant: `keywords` are not asked for
/// (there they only save time, here the search needs no such help, so at least as much is found), commits are unknown
/// here, and "the default rules" of `extend` are this tool's own.
package struct GitleaksFile: Sendable {
  /// The rules that both engines take.
  package private(set) var rules: [SecretRule] = []
  /// Paths and allow lists that the file ties to its rules.
  package private(set) var conditions: [RuleCondition] = []
  /// Rules that the file switches off.
  package private(set) var disabled: [String] = []
  /// What was left out or means something else here: one sentence each, with the rule's id.
  package private(set) var notes: [String] = []

  private let name: String

  /// - Parameter name: the file's name, for messages.
  /// - Throws: `.badPolicy` when the text is no TOML or has no rules where rules must be.
  package static func read(_ bytes: [UInt8], name: String) throws(RedactionError) -> GitleaksFile {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RedactionError(.badPolicy, "'\(name)' is not UTF-8, so it is no TOML")
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = error.source.begin
      throw RedactionError(.badPolicy, "'\(name)' is no TOML: line \(place.line), column \(place.column)")
    } catch {
      throw RedactionError(.badPolicy, "'\(name)' is no TOML")
    }
    var file = GitleaksFile(name: name)
    // Values point into the table, so it must live as long as they do.
    withExtendedLifetime(table) { file.readAll(table) }
    return file
  }

  private init(name: String) { self.name = name }

  private mutating func readAll(_ table: TOMLTable) {
    let known: Set<String> = ["title", "description", "rules", "allowlist", "allowlists", "extend", "minVersion"]
    for key in table.keys.sorted() where !known.contains(key) { notes.append("'\(key)' is not understood") }
    if let extend = table["extend"]?.table { readExtend(extend) }
    for (index, entry) in Self.elements(table["rules"]).enumerated() {
      guard let rule = entry.table else {
        notes.append("rule \(index + 1) is no table")
        continue
      }
      readRule(rule, index)
    }
    // One list applies to every rule, unless it names its rules.
    for list in Self.lists(table) {
      let allowed = allowList(list, "the file's allow list")
      let targets = Self.texts(list["targetRules"])
      if targets.isEmpty {
        conditions += rules.map { RuleCondition(rule: $0.id, allowed: [allowed]) }
      } else {
        conditions += targets.map { RuleCondition(rule: $0, allowed: [allowed]) }
      }
    }
  }

  private mutating func readExtend(_ extend: TOMLTable) {
    if extend["useDefault"]?.bool == true {
      notes.append("the default rules of gitleaks are not part of this tool: its own detectors stand in for them")
    }
    for key in ["path", "url"] {
      if let other = extend[key]?.string {
        notes.append("extend.\(key) names '\(other)', which is not read: list it in the policy beside this file")
      }
    }
    disabled = Self.texts(extend["disabledRules"])
  }

  private mutating func readRule(_ rule: TOMLTable, _ index: Int) {
    guard let id = rule["id"]?.string, !id.isEmpty else {
      notes.append("rule \(index + 1) has no id, and is left out")
      return
    }
    let known: Set<String> = [
      "id", "description", "regex", "secretGroup", "entropy", "keywords", "path", "tags", "allowlist", "allowlists",
    ]
    for key in rule.keys.sorted() where !known.contains(key) {
      notes.append("rule '\(id)': '\(key)' is not understood")
    }
    guard let regex = rule["regex"]?.string else {
      notes.append("rule '\(id)' looks at paths only, which are no secrets here, and is left out")
      return
    }
    let pattern: String
    switch GoPattern.convert(regex) {
    case .converted(let text): pattern = text
    case .refused(let why):
      notes.append("rule '\(id)' is left out: \(why)")
      return
    }
    do {
      let group = rule["secretGroup"]?.int.flatMap { $0 == 0 ? nil : $0 }
      rules.append(
        try SecretRule.custom(
          id: id, title: rule["description"]?.string ?? id, pattern: pattern, group: group,
          entropy: Self.number(rule["entropy"]), source: name))
    } catch {
      notes.append("rule '\(id)' is left out: \(error.message)")
      return
    }
    var condition = RuleCondition(rule: id)
    if let path = rule["path"]?.string { condition.path = compiled(path, "rule '\(id)': path") }
    if rule["path"] != nil, condition.path == nil {
      notes.append("rule '\(id)' applies to every path")
    }
    condition.allowed = Self.lists(rule).map { allowList($0, "rule '\(id)'") }
    if condition.path != nil || !condition.allowed.isEmpty { conditions.append(condition) }
  }

  private mutating func allowList(_ list: TOMLTable, _ what: String) -> RuleCondition.AllowList {
    var result = RuleCondition.AllowList()
    result.needsAll = list["condition"]?.string?.uppercased() == "AND"
    if let target = list["regexTarget"]?.string, target != "secret" {
      notes.append("\(what): regexTarget '\(target)' is not known here, so its patterns allow nothing")
    } else {
      result.values = Self.texts(list["regexes"]).compactMap { compiled($0, "\(what): an allowed pattern") }
    }
    result.stopWords = Self.texts(list["stopwords"]).map { RedactionPolicy.folded(Array($0.utf8)) }
    result.paths = Self.texts(list["paths"]).compactMap { compiled($0, "\(what): an allowed path") }
    if !Self.texts(list["commits"]).isEmpty { notes.append("\(what): allowed commits mean nothing here") }
    return result
  }

  private mutating func compiled(_ regex: String, _ what: String) -> ConfirmingPattern? {
    switch GoPattern.convert(regex) {
    case .refused(let why):
      notes.append("\(what) is left out: \(why)")
      return nil
    case .converted(let pattern):
      do {
        return try ConfirmingPattern(pattern, rule: what)
      } catch {
        notes.append("\(what) is left out: \(error.message)")
        return nil
      }
    }
  }

  private static func lists(_ table: TOMLTable) -> [TOMLTable] {
    elements(table["allowlists"]).compactMap(\.table) + [table["allowlist"]?.table].compactMap { $0 }
  }

  private static func elements(_ value: (any TOMLValueConvertible)?) -> [any TOMLValueConvertible] {
    value?.array.map { Array($0) } ?? []
  }

  private static func texts(_ value: (any TOMLValueConvertible)?) -> [String] { elements(value).compactMap(\.string) }

  private static func number(_ value: (any TOMLValueConvertible)?) -> Double? {
    value?.double ?? value?.int.map { Double($0) }
  }
}

extension RedactionPolicy {
  /// Takes over what a rule file says. A rule with the id of a detector of ours stands in for it.
  package mutating func add(_ file: GitleaksFile) {
    let own = Set(SecretRule.builtIn.map(\.id))
    let ids = Set(file.rules.map(\.id))
    patterns = patterns.filter { !ids.contains($0.id) } + file.rules.filter { !file.disabled.contains($0.id) }
    replacedRules.formUnion(ids.intersection(own))
    // Most ids of gitleaks' own rules mean nothing here; switching off what is not there is no mistake.
    disabledRules.formUnion(Set(file.disabled).intersection(own))
    conditions += file.conditions
  }
}
