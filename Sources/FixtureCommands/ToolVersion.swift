/// The version of this tool.
package enum ToolVersion {
  /// Semantic version, as in CHANGELOG.md.
  package static let current = "0.1.0"
}
