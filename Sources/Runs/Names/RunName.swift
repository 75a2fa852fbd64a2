import Digests

/// Who uses a run directory, as far as environment variables tell, and the name that follows from it.
///
/// The same job, attempt, shard and worker always have the same name; two that may run at the same time have different
/// ones as far as their CI service tells them apart. What is left is refused when the directory is made.
public struct RunName: Hashable, Sendable {
  /// The longest name, in bytes: the directory's staging name with all its additions must stay below 255.
  public static let longest = 120

  /// The directory's name: small letters, digits, `-`, and `.` between the parts.
  public let name: String
  /// The CI service, such as `github`; nil outside CI.
  public let vendor: String?
  /// Where a person sees the job, without user name and password.
  public let jobURL: String?
  /// The branch, outside CI.
  public let branch: String?
  /// Which of several processes of one test runner this is.
  public let worker: String?

  /// Reads the variables.
  ///
  /// - Parameters:
  ///   - variables: the process's environment.
  ///   - branch: what is checked out; asked for only outside CI.
  /// - Throws: what `branch` throws, and when OpenSSL cannot hash a name that is too long.
  public init(variables: [String: String], branch: () throws -> String?) throws {
    func first(_ names: [String]) -> String? {
      names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty }
    }
    worker = TestWorker.current(in: variables)
    guard let vendor = CIVendor.all.first(where: { $0.isPresent(in: variables) }) else {
      self.vendor = nil
      let name = try branch()
      self.branch = name
      jobURL = nil
      self.name = try Self.join(["local", name, variables["CI_NODE_INDEX"], worker])
      return
    }
    self.vendor = vendor.name
    self.branch = nil
    jobURL = Self.fill(vendor.url, from: variables).map(Self.withoutCredentials)
    let shard = first(vendor.shard + ["CI_NODE_INDEX"])
    name = try Self.join([
      vendor.name, first(vendor.pipeline), first(vendor.attempt), first(vendor.job), shard, worker,
    ])
  }

  /// Checks a name that somebody chose.
  ///
  /// - Returns: nil when it is no single name of letters, digits, `.`, `_` and `-` that begins with a letter or digit.
  public init?(chosen name: String, worker: String? = nil) {
    let bytes = Array(name.utf8)
    guard let first = bytes.first, NameWords.isPlain(first), bytes.count <= Self.longest,
      bytes.allSatisfy({ NameWords.isPlain($0) || "._-".utf8.contains($0) })
    else { return nil }
    self.name = name
    self.worker = worker
    vendor = nil
    jobURL = nil
    branch = nil
  }

  /// Joins the parts that there are. When a part loses characters or the whole is too long, digits of the hash of
  /// what was given keep names apart.
  private static func join(_ parts: [String?]) throws -> String {
    let given = parts.compactMap { $0 }.filter { !$0.isEmpty }
    let slugs = given.map(slug)
    let name = slugs.map(\.text).filter { !$0.isEmpty }.joined(separator: ".")
    guard slugs.contains(where: \.isLossy) || name.utf8.count > longest else { return name }
    let digest = try SHA256Hasher.hash(of: Array(given.joined(separator: "\u{0}").utf8)).hex.prefix(10)
    var kept = name.utf8.prefix(longest - 11)
    while let last = kept.last, !NameWords.isPlain(last) { kept.removeLast() }
    return "\(String(decoding: kept, as: UTF8.self))-\(digest)"
  }

  /// A part of a name: small letters and digits, single hyphens for all else. Lossy when letters outside ASCII went.
  private static func slug(_ part: String) -> (text: String, isLossy: Bool) {
    var bytes: [UInt8] = []
    for byte in part.utf8 {
      if NameWords.isPlain(byte) {
        bytes.append(NameWords.isUpper(byte) ? byte | 0x20 : byte)
      } else if let last = bytes.last, last != UInt8(ascii: "-") {
        bytes.append(UInt8(ascii: "-"))
      }
    }
    if bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
    return (String(decoding: bytes, as: UTF8.self), bytes.isEmpty || part.utf8.contains { $0 >= 0x80 })
  }

  /// Replaces `{NAME}` by the variable; nil when one is missing.
  private static func fill(_ template: String, from variables: [String: String]) -> String? {
    var text = ""
    for (index, piece) in template.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      guard index > 0 else {
        text += piece
        continue
      }
      guard let end = piece.firstIndex(of: "}"), let value = variables[String(piece[..<end])], !value.isEmpty else {
        return nil
      }
      text += value + piece[piece.index(after: end)...]
    }
    return text.isEmpty ? nil : text
  }

  /// An address without `user:password@`, which Jenkins addresses may carry.
  private static func withoutCredentials(_ url: String) -> String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let rest = url[scheme.upperBound...]
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let at = authority.lastIndex(of: "@") else { return url }
    return String(url[..<scheme.upperBound] + rest[rest.index(after: at)...])
  }
}
