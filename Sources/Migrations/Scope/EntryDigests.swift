import Digests
import Files
import JSONBytes
import KumoState

/// The parts of a service's file that a step may not change, each with the digest of its bytes as they stand in the
/// file.
///
/// About 150 bytes are held for each bucket, table or queue that is out of scope; entries in scope are passed over.
struct EntryDigests: Equatable {
  /// A top-level member, or an entry of one of those that hold buckets, tables or queues.
  struct Entry: Equatable {
    /// The top-level member's name.
    let member: [UInt8]
    /// The entry's key; nil for a member taken as a whole.
    let key: [UInt8]?
    /// SHA-256 of the value's bytes.
    let digest: SHA256Digest

    /// For messages: `bucket 'a'`, or the member.
    var words: String {
      guard let key else { return "'\(DisplayName.escape(member))'" }
      return "'\(DisplayName.escape(EntryDigests.name(ofKey: key, in: member)))' in '\(DisplayName.escape(member))'"
    }
  }

  /// In the order of the file.
  private(set) var entries: [Entry] = []

  /// Nothing, as of a file that is absent.
  init() {}

  /// Reads a service's file.
  ///
  /// - Parameters:
  ///   - service: the file's name without `.json`.
  ///   - names: the entries that are in scope.
  /// - Throws: `FilesError`, `JSONError`, `DigestError`.
  init(of service: String, in directory: Directory, path: RelativePath, leavingOut names: Set<[UInt8]>) throws {
    guard try directory.status(path) != nil else { return }
    let reader = JSONReader.rewriting(try directory.open(path))
    var file = ServiceFileReader(reader)
    let hasher = try SHA256Hasher()
    let containers = Self.containers(of: service)
    while true {
      switch try file.next() {
      case .member:
        if containers.contains(where: { file.isMember($0) }), file.valueToken == .beginObject {
          _ = file.enter()
        } else {
          entries.append(Entry(member: file.memberName, key: nil, digest: try Self.digest(&file, reader, hasher)))
        }
      case .entry:
        if names.contains(Self.name(ofKey: file.entryKey, in: file.memberName)) { continue }
        entries.append(
          Entry(member: file.memberName, key: file.entryKey, digest: try Self.digest(&file, reader, hasher)))
      case .endMember: continue
      case .end: return
      }
    }
  }

  /// The first part that is not the same in both; nil when all are.
  func firstDifference(from other: EntryDigests) -> Entry? {
    for (index, entry) in entries.enumerated() {
      guard index < other.entries.count, other.entries[index] == entry else {
        // What disappeared or came is named rather than what moved up into its place.
        let isLost = !other.entries.contains { $0.member == entry.member && $0.key == entry.key }
        if isLost || index >= other.entries.count { return entry }
        let isNew = !entries.contains { new in
          new.member == other.entries[index].member && new.key == other.entries[index].key
        }
        return isNew ? other.entries[index] : entry
      }
    }
    return other.entries.count > entries.count ? other.entries[entries.count] : nil
  }

  private static func digest(
    _ file: inout ServiceFileReader, _ reader: JSONReader, _ hasher: SHA256Hasher
  ) throws -> SHA256Digest {
    hasher.reset()
    try reader.copyValue { hasher.update($0) }
    file.didReadValue()
    return try hasher.finalize()
  }

  /// The members whose entries are buckets, tables or queues (kumo-format.md 2, 3, 4).
  private static func containers(of service: String) -> [StaticString] {
    switch service {
    case "s3": ["buckets"]
    case "dynamodb": ["tables", "tags"]
    case "sqs": ["queues"]
    default: []
    }
  }

  /// The name of the bucket, table or queue behind a key: a queue's key is its URL, the key of a table's tags is its
  /// ARN.
  static func name(ofKey key: [UInt8], in member: [UInt8]) -> [UInt8] {
    let hasPath = member.elementsEqual("queues".utf8) || member.elementsEqual("tags".utf8)
    guard hasPath, let slash = key.lastIndex(of: UInt8(ascii: "/")) else { return key }
    return Array(key[(slash + 1)...])
  }
}
