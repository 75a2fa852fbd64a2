import CVectorscan
import Glibc

/// All candidate patterns, and behind them those of telling names, in one Vectorscan database in block mode, which
/// threads may share.
final class CandidateDatabase: Sendable {
  /// How far before a candidate's end the match may begin, in bytes.
  struct Reach: Sendable, Equatable {
    let least: Int
    let most: Int

    /// What an open-ended pattern of a user's may reach back.
    static let longest = 16 * 1024
  }

  // Vectorscan's reference: a database is immutable and may be used by many threads, each with its own scratch space.
  nonisolated(unsafe) let database: OpaquePointer
  let reaches: [Reach]

  private init(database: OpaquePointer, reaches: [Reach]) {
    self.database = database
    self.reaches = reaches
  }

  deinit { hs_free_database(database) }

  /// Compiles the rules: about half a second for two hundred.
  ///
  /// - Throws: `.badRule` with the rule that Vectorscan refuses; `.engine` when it cannot run here.
  static func compile(_ rules: [SecretRule]) throws(RedactionError) -> CandidateDatabase {
    try requirePlatform()
    var reaches: [Reach] = []
    for rule in rules { reaches.append(try reach(of: rule)) }
    let patterns = rules.map { $0.approximate ? $0.candidate : SecretRule.loosened($0.candidate) }
    let texts = (patterns + TellingNames.patterns).map { Array($0.utf8CString) }
    let flags = rules.map { Self.flags(of: $0) } + TellingNames.patterns.map { _ in 0 }
    let numbers = texts.indices.map { UInt32($0) }
    var database: OpaquePointer?
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let result = withPointers(to: texts) { pointers in
      hs_compile_multi(
        pointers, flags, numbers, UInt32(texts.count), UInt32(HS_MODE_BLOCK), nil, &database, &problem)
    }
    defer { if let problem { hs_free_compile_error(problem) } }
    guard result == HS_SUCCESS, let database else {
      let rule = problem.flatMap {
        rules.indices.contains(Int($0.pointee.expression)) ? Int($0.pointee.expression) : nil
      }
      throw refusal(problem, of: rule.map { rules[$0].id })
    }
    return CandidateDatabase(database: database, reaches: reaches)
  }

  /// Reads back what `serialized()` gave; nil when Vectorscan refuses it, as for another version or processor.
  static func deserialize(_ bytes: UnsafeRawBufferPointer, reaches: [Reach]) -> CandidateDatabase? {
    guard hs_valid_platform() == HS_SUCCESS else { return nil }
    var database: OpaquePointer?
    let start = bytes.bindMemory(to: CChar.self).baseAddress
    guard hs_deserialize_database(start, bytes.count, &database) == HS_SUCCESS, let database else { return nil }
    return CandidateDatabase(database: database, reaches: reaches)
  }

  /// The database as bytes; nil when there is no memory.
  func serialized() -> [UInt8]? {
    var start: UnsafeMutablePointer<CChar>?
    var length = 0
    guard hs_serialize_database(database, &start, &length) == HS_SUCCESS, let start else { return nil }
    defer { free(start) }
    return Array(UnsafeRawBufferPointer(start: start, count: length))
  }

  /// Bytes of memory that the database takes.
  var size: Int {
    var size = 0
    return hs_database_size(database, &size) == HS_SUCCESS ? size : 0
  }

  /// Vectorscan's version and the processor features that it compiles for.
  static var platform: String {
    var information = hs_platform_info_t()
    _ = hs_populate_platform(&information)
    let version = hs_version().map { String(cString: $0) } ?? "unknown"
    return "\(version) \(information.tune) \(information.cpu_features)"
  }

  /// Whether Vectorscan takes the rule's candidate, alone.
  ///
  /// - Throws: `.badRule` with Vectorscan's words.
  static func reach(of rule: SecretRule) throws(RedactionError) -> Reach {
    var information: UnsafeMutablePointer<hs_expr_info_t>?
    var problem: UnsafeMutablePointer<hs_compile_error_t>?
    let result = hs_expression_info(rule.candidate, flags(of: rule), &information, &problem)
    defer {
      if let problem { hs_free_compile_error(problem) }
      if let information { free(information) }
    }
    guard result == HS_SUCCESS, let information else { throw refusal(problem, of: rule.id) }
    let (least, most) = (information.pointee.min_width, information.pointee.max_width)
    if let most = rule.reach { return Reach(least: Int(least), most: most) }
    // Look-around is approximated, and then the widths are those of the approximation: nothing to build on.
    guard !rule.approximate, most != UInt32.max else { return Reach(least: 0, most: Reach.longest) }
    return Reach(least: Int(least), most: min(Int(most), Reach.longest))
  }

  private static func flags(of rule: SecretRule) -> UInt32 {
    rule.approximate ? UInt32(HS_FLAG_PREFILTER) | UInt32(HS_FLAG_ALLOWEMPTY) : 0
  }

  private static func requirePlatform() throws(RedactionError) {
    guard hs_valid_platform() == HS_SUCCESS else {
      throw RedactionError(
        .engine, "Vectorscan cannot search on this processor: it needs SSE4.2 on x86-64 or NEON on arm64",
        hint: "run the command on another machine; nothing was let through")
    }
  }

  private static func refusal(_ problem: UnsafeMutablePointer<hs_compile_error_t>?, of rule: String?) -> RedactionError
  {
    let words = problem.flatMap { $0.pointee.message }.map { String(cString: $0) } ?? "no reason given"
    guard let rule else { return RedactionError(.engine, "Vectorscan cannot compile the rules: \(words)") }
    return RedactionError(.badRule, "Vectorscan does not take the pattern of rule '\(rule)': \(words)")
  }

  private static func withPointers<R>(
    to texts: [[CChar]], _ body: ([UnsafePointer<CChar>?]) -> R
  ) -> R {
    // One block for all texts keeps every pointer valid for the whole call.
    let all = texts.flatMap { $0 }
    return all.withUnsafeBufferPointer { buffer in
      var offset = 0
      let pointers = texts.map { text -> UnsafePointer<CChar>? in
        defer { offset += text.count }
        return buffer.baseAddress.map { $0 + offset }
      }
      return body(pointers)
    }
  }
}
