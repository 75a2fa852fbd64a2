extension RuleSet {
  /// The detectors that come with the tool. Personal data is not among them: see `personalData`.
  package static func builtIn() throws(RedactionError) -> RuleSet { try RuleSet(SecretRule.builtIn) }
}

extension SecretRule {
  /// Every detector, family by family.
  package static let builtIn: [SecretRule] = clouds + forges + registries + chats + payments + privateKeys
}
