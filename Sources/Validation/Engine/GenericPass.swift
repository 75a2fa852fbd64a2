import Files
import JSONBytes
import KumoState

/// Checks what holds for every service's file: that it can be read, that it is strict JSON, and that the types of its
/// fields are KUMO's.
enum GenericPass {
  /// Reads the file once.
  ///
  /// - Returns: whether the JSON is sound, so that the service's own checker can read it.
  static func check(_ file: ServiceFile, of service: KumoService, into findings: inout FindingCollector) -> Bool {
    var attempt = findings
    switch walk(file, service, .refuse, into: &attempt) {
    case nil:
      findings = attempt
      return true
    case let error? where error.code == .duplicateKey:
      // KUMO takes such a file, so that the rest of it matters too: read it again from the start, without this check.
      findings.add(
        .jsonDuplicateKey, at: error.offset, "\(error.message); KUMO keeps the last of them")
      let second = walk(file, service, .allow, into: &findings)
      second.map { report($0, into: &findings) }
      return second == nil
    case let error?:
      findings = attempt
      report(error, into: &findings)
      return false
    }
  }

  private static func walk(
    _ file: ServiceFile, _ service: KumoService, _ policy: JSONReader.Options.Policy,
    into findings: inout FindingCollector
  ) -> JSONError? {
    do throws(JSONError) {
      let reader = try file.reader(duplicateKeys: policy)
      guard let schema = Schema(of: service) else {
        _ = try reader.next()
        try reader.skipValue()
        _ = try reader.next()
        return nil
      }
      var walker = SchemaWalker(schema: schema)
      try walker.walk(reader) { DeviationRules.report($0, of: service, into: &findings) }
      return nil
    } catch {
      return error
    }
  }

  private static func report(_ error: JSONError, into findings: inout FindingCollector) {
    if error.code == .sourceFailed {
      findings.add(.fileUnreadable, error.message)
    } else {
      findings.add(.jsonSyntax, at: error.offset, error.message)
    }
  }
}
