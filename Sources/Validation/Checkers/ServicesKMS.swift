import Files
import JSONBytes
import KumoState

/// Checks the key material in `kms.json` (kumo-format.md 5.1), one key at a time.
struct KMSChecker: FileRuleChecker {
  let service = "kms"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var reader = ServiceFileReader(try file.reader())
    var tape = JSONTape()
    while true {
      switch try reader.next() {
      case .member where reader.isMember("keys"):
        _ = reader.enter()
      case .entry where reader.valueToken == .beginObject:
        try reader.capture(into: &tape)
        check(tape.root, id: reader.entryKey, pointer: reader.pointer, into: &findings)
      case .end:
        return
      default:
        continue
      }
    }
  }

  /// A symmetric key has 32, 24 or 16 bytes; an asymmetric one has its private key instead, an HMAC key its own length.
  private func check(_ key: JSONNode, id: [UInt8], pointer: JSONPointer, into findings: inout FindingCollector) {
    guard let text = key.text("KeyMaterial"), let other = key.text("AsymmetricKey") else { return }
    if text.isEmpty, !other.isEmpty { return }
    if key.text("KeySpec")?.starts(with: "HMAC".utf8) ?? false { return }
    // What is not base64 was reported by the pass over the types.
    guard let material = try? Base64Decoder.decode(text), ![16, 24, 32].contains(material.count) else { return }
    let found =
      material.isEmpty ? "neither `KeyMaterial` nor `AsymmetricKey`" : "key material of \(material.count) bytes"
    findings.add(
      .kmsKeyMaterial, at: key.field("KeyMaterial")?.offset ?? key.offset,
      pointer: pointer.appending(key: "KeyMaterial".utf8), "key \(DisplayName.quote(id)) has \(found)")
  }
}
