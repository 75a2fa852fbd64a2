import Files
import JSONBytes
import KumoState

/// Says which rule a deviation from KUMO's types breaks.
enum DeviationRules {
  /// Reports a deviation.
  static func report(_ deviation: SchemaDeviation, of service: KumoService, into findings: inout FindingCollector) {
    let rule: Rule
    var severity: Severity?
    switch deviation.kind {
    case .wrongType, .fraction, .range, .mapKey: rule = .wrongType
    case .time: rule = .timeFormat
    case .unusual:
      // KUMO reads it; its next save has the usual form.
      (rule, severity) = (.wrongType, .note)
    case .unwritableTime: rule = .timeRange
    case .base64: rule = .base64Format
    case .digest: rule = .s3BodyRef
    case .null: rule = nullRule(deviation.pointer, service)
    case .unknownKey: rule = .unknownField
    case .foldedKey: rule = .fieldCase
    case .repeatedField: rule = .duplicateField
    case .unreadableEpoch: rule = .epochTime
    }
    // The exact repetition of a name is a duplicate key, which has a rule of its own.
    if rule == .duplicateField, findings.has(.jsonDuplicateKey) { return }
    findings.add(
      rule, at: deviation.offset, pointer: deviation.pointer, severity: severity, message(deviation))
  }

  private static func message(_ deviation: SchemaDeviation) -> String {
    let consequence =
      deviation.stopsDecoding && !deviation.isHarmless ? "; KUMO can lose everything from here to the end" : ""
    let key = deviation.pointer.tokens.last.map { "'\(DisplayName.escape($0.prefix(80)))'" } ?? "the file"
    switch deviation.kind {
    case .unknownKey: return "\(key) is no field of KUMO's"
    case .foldedKey: return "expected \(deviation.expected), found \(key)"
    case .repeatedField: return "\(key) is \(deviation.found)"
    default: return "\(key): expected \(deviation.expected), found \(deviation.found)\(consequence)"
    }
  }

  /// A null hurts in different ways; the rules that say how are those of the services.
  private static func nullRule(_ pointer: JSONPointer, _ service: KumoService) -> Rule {
    let tokens = pointer.tokens
    func endsIn(_ name: String, depth: Int) -> Bool {
      tokens.count == depth && tokens.last.map { $0.elementsEqual(name.utf8) } == true
    }
    switch service.name {
    case "s3":
      return endsIn("objects", depth: 3) || endsIn("versions", depth: 3) ? .s3NullMap : .nullEntry
    case "dynamodb":
      if endsIn("items", depth: 3) { return .dynamoDBItems }
      return tokens.count > 4 && tokens[2].elementsEqual("items".utf8) ? .dynamoDBNullAttribute : .nullEntry
    case "sqs": return endsIn("Attributes", depth: 5) ? .sqsAttributes : .nullEntry
    case "eventbridge", "scheduler", "organizations", "service-quotas":
      return tokens.count == 1 ? .nullSeededMap : .nullEntry
    default: return .nullEntry
    }
  }
}
