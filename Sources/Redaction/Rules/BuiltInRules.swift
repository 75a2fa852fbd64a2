extension RuleSet {
  /// The detectors that come with the tool. Personal data is not among them: see `SecretRule.personalData`.
  ///
  /// - Throws: as `RuleSet.init(_:)`.
  package static func builtIn() throws(RedactionError) -> RuleSet { try RuleSet(SecretRule.builtIn) }
}

extension SecretRule {
  /// Every detector, family by family.
  package static let builtIn: [SecretRule] =
    clouds + forges + registries + chats + payments + models + delivery + monitoring + hosting + mail + office
    + privateKeys + carriers + assignments
}
