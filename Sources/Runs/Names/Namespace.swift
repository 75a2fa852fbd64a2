import Digests
import KumoState

/// The name that all resources of one test share, made from the test's own name.
///
/// `TestInvoiceRetryWritesReceipt` gives `invoice-retry-writes-receipt`, on every machine and in every version of
/// this tool. A namespace has 3 to 40 small letters, digits and single hyphens, begins with a letter, does not end
/// with a hyphen, and is no name that S3 or a KUMO release keeps for itself; so with a prefix of its service it is a
/// lawful beginning for buckets, keys, tables, queues and the names of the other services, and leaves room for 22
/// more bytes in the shortest of them, a bucket.
///
/// Where the words alone do not tell two tests apart (the name is too long and is cut, or has characters that a name
/// cannot hold), ten hexadecimal digits of the SHA-256 of the whole test name are added.
///
/// ```swift
/// let namespace = try Namespace(test: "TestInvoiceRetryWritesReceipt")
/// let bucket = namespace.prefix(for: .s3) + "receipts"   // invoice-retry-writes-receipt-receipts
/// ```
public struct Namespace: Hashable, Sendable, CustomStringConvertible {
  /// The longest namespace, in bytes.
  public static let longest = 40

  /// The namespace itself.
  public let name: String

  /// Makes the namespace of a test from its name in any style: `TestInvoiceRetry`, `test_invoice_retry`,
  /// `tests/test_billing.py::TestInvoice::test_retry[eu-1]`, `retries an invoice`.
  ///
  /// - Throws: only when OpenSSL cannot hash at all.
  public init(test: String) throws {
    name = try Self.name(for: Array(test.utf8))
  }

  /// The namespace.
  public var description: String { name }

  /// Hexadecimal digits that tell names apart whose words are the same: 40 bits.
  private static let digits = 10

  private static func name(for test: [UInt8]) throws -> String {
    var words = NameWords.split(test)
    // The word that test runners demand says nothing about the test.
    if words.count > 1, words[0] == "test" || words[0] == "tests" { words.removeFirst() }
    var name = words.joined(separator: "-")
    if mustBeShielded(name) { name = name.isEmpty ? "t" : "t-" + name }
    let isPlain = test.allSatisfy { NameWords.isPlain($0) || plainSeparators.contains($0) }
    if isPlain, !words.isEmpty, name.utf8.count <= longest, !hasReservedEnd(name) { return name }
    return try cut(name, to: longest - digits - 1) + "-" + SHA256Hasher.hash(of: test).hex.prefix(digits)
  }

  /// Separators that names differ in without meaning different tests; anything else (as in the parameters of a test,
  /// `[-1]` and `[1]`) is meaningful and lost, so the hash stands for it.
  private static let plainSeparators: Set<UInt8> = Set("_-./: ()".utf8)

  /// Whether a letter has to go in front: S3's and KUMO's own names, names that do not begin with a letter (RDS, IAM
  /// roles in some tools), names shorter than a bucket's. KUMO up to v0.18 takes every bucket that begins with one of
  /// its own path segments for a request to that service (kumo-format.md 1.5): `backup-prod`, `tables1`,
  /// `tags-of-users`.
  private static func mustBeShielded(_ name: String) -> Bool {
    guard let first = name.utf8.first, NameWords.isLower(first), name.utf8.count >= 3 else { return true }
    let reserved = ReservedPaths.always + ReservedPaths.newer + ["sthree-", "amzn-s3-demo-", "xn--"]
    return reserved.contains { name.utf8.starts(with: $0.utf8) }
  }

  /// Endings that S3 keeps for aliases of access points; the others of that kind have characters that no namespace has.
  private static func hasReservedEnd(_ name: String) -> Bool { name.hasSuffix("-s3alias") }

  /// The beginning of a name, whole words where one fits.
  private static func cut(_ name: String, to limit: Int) -> String {
    let bytes = Array(name.utf8)
    guard bytes.count > limit else { return name }
    var end = limit
    let hyphen = UInt8(ascii: "-")
    if bytes[limit] != hyphen, let last = bytes[..<limit].lastIndex(of: hyphen), last >= limit / 2 { end = last }
    while end > 1, bytes[end - 1] == hyphen { end -= 1 }
    return String(decoding: bytes[..<end], as: UTF8.self)
  }
}
