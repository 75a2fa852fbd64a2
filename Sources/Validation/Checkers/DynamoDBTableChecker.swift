import Files
import JSONBytes
import KumoState

/// Checks what a table's description says about itself (kumo-format.md 3.1, 3.2).
struct DynamoDBTableChecker {
  let head: DynamoDBTableHead
  /// The table's map key.
  let mapKey: [UInt8]
  /// The description's place.
  let pointer: JSONPointer

  /// Map key, `Name` and `TableARN` agree.
  func checkNames(into findings: inout FindingCollector) {
    if head.name.bytes != mapKey {
      let found = head.name.bytes.map { "is \(DisplayName.quote($0))" } ?? "is missing"
      findings.add(
        .dynamoDBTableName, at: head.name.offset, pointer: pointer.appending(key: "Name".utf8),
        "`Name` \(found), and the table stands under \(DisplayName.quote(mapKey))")
    }
    guard let arn = head.arn.bytes else {
      findings.add(
        .dynamoDBTableName, at: head.arn.offset, pointer: pointer,
        fix: "add \"TableARN\":\"arn:aws:dynamodb:us-east-1:000000000000:table/\(DisplayName.escape(mapKey))\"",
        "`TableARN` is missing")
      return
    }
    let end = Array(":000000000000:table/".utf8) + mapKey
    guard head.region == nil || !arn.starts(with: "arn:aws:dynamodb:".utf8) || !arn.hasSuffix(end) else { return }
    findings.add(
      .dynamoDBTableName, at: head.arn.offset, pointer: pointer.appending(key: "TableARN".utf8),
      "`TableARN` is \(DisplayName.quote(arn)), which is not "
        + "arn:aws:dynamodb:<region>:000000000000:table/\(DisplayName.escape(mapKey))")
  }

  /// Every key attribute is declared, with a type that a key can have.
  ///
  /// Releases before v0.22 do not look at the declarations: where only such are asked for, it is a warning.
  func checkKeys(targets: [KumoRelease], explicitly: Bool, into findings: inout FindingCollector) {
    let isHarmless = explicitly && !targets.contains { $0.has(.validatesKeyAttributes) }
    let severity: Severity? = isHarmless ? .warning : nil
    if head.keys.isEmpty {
      findings.add(
        .dynamoDBKeyDefinition, at: head.offset, pointer: pointer,
        "`KeySchema` names no attribute: all items of the table fall together under one empty key")
    }
    for key in head.keys {
      let name = DisplayName.quote(key.name)
      guard let type = head.type(of: key.name) else {
        findings.add(
          .dynamoDBKeyDefinition, at: key.offset, pointer: pointer.appending(key: "KeySchema".utf8),
          severity: severity, "key attribute \(name) is not in `AttributeDefinitions`")
        continue
      }
      guard ![Array("S".utf8), Array("N".utf8), Array("B".utf8)].contains(type) else { continue }
      findings.add(
        .dynamoDBKeyDefinition, at: key.offset, pointer: pointer.appending(key: "AttributeDefinitions".utf8),
        severity: severity, "key attribute \(name) is declared as \(DisplayName.quote(type)), not S, N or B")
    }
  }
}

extension [UInt8] {
  /// Whether the bytes end with `suffix`.
  func hasSuffix(_ suffix: [UInt8]) -> Bool {
    count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
  }
}
