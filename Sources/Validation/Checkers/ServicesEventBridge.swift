import Files
import JSONBytes
import KumoState

/// Checks what KUMO seeds after it has loaded `eventbridge.json`: no null map, no rules without the default bus
/// (kumo-format.md 1.2, 7.1 A3 and B12).
struct EventBridgeChecker: FileRuleChecker {
  let service = "eventbridge"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    try SeededMaps.check(
      file, maps: ["eventBuses", "rules", "targets", "connections", "apiDestinations", "tags"],
      alwaysFatal: ["connections", "apiDestinations"], into: &findings)
    var reader = ServiceFileReader(try file.reader())
    var hasDefaultBus = false
    var rules: (offset: Int, count: Int, pointer: JSONPointer)?
    var isRules = false
    let defaultName = Array("default".utf8)
    while true {
      switch try reader.next() {
      case .member where reader.isMember("eventBuses") || reader.isMember("rules"):
        isRules = reader.isMember("rules")
        _ = reader.enter()
      case .entry where reader.entryKey == defaultName:
        guard isRules else {
          hasDefaultBus = true
          continue
        }
        guard reader.valueToken == .beginObject else { continue }
        rules = (reader.valueOffset, try reader.countMembers(), reader.pointer)
      case .end:
        guard let rules, rules.count > 0, !hasDefaultBus else { return }
        findings.add(
          .eventBridgeDefaultBus, at: rules.offset, pointer: rules.pointer,
          "the default bus has \(rules.count == 1 ? "a rule" : "\(rules.count) rules"), and `eventBuses` has no default bus"
        )
        return
      default:
        continue
      }
    }
  }
}

/// Checks the maps of a service that puts entries of its own into them after the load (kumo-format.md 1.2, 7.1 A3).
struct SeededMapsChecker: FileRuleChecker {
  let service: String
  /// The top-level maps.
  let maps: [StaticString]

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    try SeededMaps.check(file, maps: maps, alwaysFatal: [], into: &findings)
  }

  /// Schedules; the group `default` is made anew at every start.
  static let scheduler = SeededMapsChecker(service: "scheduler", maps: ["schedules", "scheduleGroups"])
  /// Organizations; `organization` and `root` are no maps and null until there is one.
  static let organizations = SeededMapsChecker(
    service: "organizations",
    maps: ["accounts", "organizationalUnits", "ouParents", "policies", "policyAttachments"])
  /// Service quotas; the catalogue is made anew at every start.
  static let serviceQuotas = SeededMapsChecker(
    service: "service-quotas", maps: ["services", "quotas", "defaultQuotas", "requests"])
}

/// The rule that `EventBridgeChecker` and `SeededMapsChecker` share.
enum SeededMaps {
  /// Reports top-level maps that are null.
  ///
  /// A null map is made anew after a load without errors, so alone it is only a warning; `alwaysFatal` names those that
  /// KUMO leaves null.
  static func check(
    _ file: ServiceFile, maps: [StaticString], alwaysFatal: [StaticString], into findings: inout FindingCollector
  ) throws(JSONError) {
    let decodeErrors: [Rule] = [.wrongType, .timeFormat, .timeRange, .base64Format, .epochTime]
    let isBroken = decodeErrors.contains { findings.has($0) }
    var reader = ServiceFileReader(try file.reader())
    while true {
      switch try reader.next() {
      case .member where reader.valueToken == .null && maps.contains { reader.isMember($0) }:
        let isFatal = isBroken || alwaysFatal.contains { reader.isMember($0) }
        findings.add(
          .nullSeededMap, at: reader.valueOffset, pointer: reader.pointer, severity: isFatal ? nil : .warning,
          "\(DisplayName.quote(reader.memberName)) is null")
      case .end:
        return
      default:
        continue
      }
    }
  }
}
