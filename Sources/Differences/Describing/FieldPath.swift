import Files
import KumoState

/// A place in a resource, as far as it may be shown.
struct FieldPath {
  private(set) var text = ""
  /// A part of the path has a name that suggests a secret, so what stands there is not shown.
  private(set) var suggestsSecret = false

  init() {}

  /// A field of KUMO's own structures.
  func field(_ name: [UInt8]) -> FieldPath { appending(DisplayName.escape(name), name) }

  /// The entry under any key: shown only when the key can be.
  func key(_ key: [UInt8], isSecret: Bool) -> FieldPath {
    let shown = !isSecret && HarmlessText.isHarmless(key) ? DisplayName.escape(key) : "(\(key.count) bytes)"
    return appending(shown, key)
  }

  func index(_ index: Int) -> FieldPath {
    var path = self
    path.text += "[\(index)]"
    return path
  }

  private func appending(_ shown: String, _ name: [UInt8]) -> FieldPath {
    var path = self
    path.text += text.isEmpty ? shown : "." + shown
    path.suggestsSecret = suggestsSecret || SensitivePaths.hasSensitiveName(name)
    return path
  }
}
