import Files
import JSONBytes
import KumoState

/// Checks the versions of secrets in `secretsmanager.json` (kumo-format.md 5.1), one secret at a time.
///
/// A secret that was created without a value has no version, and that is how KUMO writes it. Values are never shown.
struct SecretsManagerChecker: FileRuleChecker {
  let service = "secretsmanager"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var reader = ServiceFileReader(try file.reader())
    var tape = JSONTape()
    while true {
      switch try reader.next() {
      case .member where reader.isMember("secrets"):
        _ = reader.enter()
      case .entry where reader.valueToken == .beginObject:
        try reader.capture(into: &tape)
        check(tape.root, name: DisplayName.quote(reader.entryKey), pointer: reader.pointer, into: &findings)
      case .end:
        return
      default:
        continue
      }
    }
  }

  private func check(_ secret: JSONNode, name: String, pointer: JSONPointer, into findings: inout FindingCollector) {
    let versions = secret.field("VersionIDs")
    guard let id = secret.text("VersionID"), versions?.isObject ?? true || versions?.isNull ?? true else { return }
    let hasValue = !(secret.text("SecretString") ?? []).isEmpty || !(secret.text("SecretBinary") ?? []).isEmpty
    guard let versions, versions.count > 0 else {
      guard hasValue else { return }
      findings.add(
        .secretVersion, at: secret.offset, pointer: pointer, "secret \(name) has a value and no version in `VersionIDs`"
      )
      return
    }
    checkStages(versions, name: name, pointer: pointer, into: &findings)
    guard let current = versions[id], current.isObject else {
      findings.add(
        .secretVersion, at: versions.offset, pointer: pointer.appending(key: "VersionIDs".utf8),
        "secret \(name) has `VersionID` \(DisplayName.quote(id)), which `VersionIDs` does not hold")
      return
    }
    if let inner = current.text("VersionID"), inner != id {
      findings.add(
        .secretVersion, at: current.offset, pointer: pointer.appending(key: "VersionIDs".utf8).appending(key: id),
        "a version of secret \(name) stands under another id than its `VersionID`")
    }
    for field in ["SecretString", "SecretBinary"] as [StaticString] {
      guard let own = secret.text(field), let copy = current.text(field), own != copy else { continue }
      findings.add(
        .secretVersion, at: current.field(field)?.offset ?? current.offset,
        pointer: pointer.appending(key: "VersionIDs".utf8).appending(key: id),
        "`\(field)` of secret \(name) differs from that of its version \(DisplayName.quote(id))")
    }
  }

  private func checkStages(
    _ versions: JSONNode, name: String, pointer: JSONPointer, into findings: inout FindingCollector
  ) {
    var current = 0
    for (_, version) in versions.members where version.isObject {
      for stage in version.field("VersionStages")?.elements.map({ $0 }) ?? [] where stage.stringEquals("AWSCURRENT") {
        current += 1
      }
    }
    guard current != 1 else { return }
    // PutSecretValue with stages of its own leaves no AWSCURRENT: KUMO's doing, and a secret that cannot be read.
    let effect =
      current == 0
      ? "no version of secret \(name) is AWSCURRENT: GetSecretValue does not find it"
      : "\(current) versions of secret \(name) are AWSCURRENT: GetSecretValue returns one of them at random"
    findings.add(
      .secretVersion, at: versions.offset, pointer: pointer.appending(key: "VersionIDs".utf8),
      severity: current == 0 ? .warning : nil, effect)
  }
}
