import Digests
import Files
import Glibc
import SystemPackage

/// A directory of the user's in which compiled databases are kept between runs. Everything in it may be wrong, and then
/// it is as if it were absent: the rules are compiled anew.
///
/// A file is: a line that names the form, the SHA-256 of all that follows, the SHA-256 of what it was made for (rules,
/// Vectorscan's version, processor), the number of rules, the reach of each, and Vectorscan's own bytes.
package struct CacheDirectory: Sendable {
  /// Where it is. Made when first written to, for the user alone.
  package let path: FilePath

  private static let form = Array("kumo-fixtures detectors 2\n".utf8)
  /// No database is near this; a larger file is not ours.
  private static let limit = 64 << 20

  /// A cache in a directory that need not exist.
  package init(_ path: FilePath) { self.path = path }

  /// The user's: `KUMO_FIXTURES_CACHE`, else `kumo-fixtures` in `XDG_CACHE_HOME` or in `~/.cache`; nil when none of
  /// these is an absolute path.
  package static func userDefault(_ variable: (String) -> String?) -> CacheDirectory? {
    if let own = variable("KUMO_FIXTURES_CACHE"), own.hasPrefix("/") { return CacheDirectory(FilePath(own)) }
    if let caches = variable("XDG_CACHE_HOME"), caches.hasPrefix("/") {
      return CacheDirectory(FilePath(caches).appending("kumo-fixtures"))
    }
    guard let home = variable("HOME"), home.hasPrefix("/") else { return nil }
    return CacheDirectory(FilePath(home).appending(".cache").appending("kumo-fixtures"))
  }

  /// The compiled form of these rules; nil when it is not there, not whole, for something else, or not the user's own.
  func load(_ rules: RuleSet) -> CandidateDatabase? {
    guard let key = try? Self.key(rules), let name = try? Self.name(key),
      let directory = try? Directory.open(path), let file = try? directory.open(name),
      let status = try? file.currentStatus(), status.owner == geteuid(), status.mode & 0o022 == 0,
      let bytes = try? file.readAll(limit: Self.limit), bytes.starts(with: Self.form)
    else { return nil }
    let digestEnd = Self.form.count + SHA256Digest.byteCount
    let bodyStart = digestEnd + SHA256Digest.byteCount
    let listEnd = bodyStart + rules.rules.count * 8
    guard bytes.count > listEnd else { return nil }
    return bytes.withUnsafeBytes { buffer -> CandidateDatabase? in
      guard let digest = try? SHA256Hasher.hash(of: UnsafeRawBufferPointer(rebasing: buffer[digestEnd...])),
        buffer[Self.form.count..<digestEnd].elementsEqual(digest.bytes),
        buffer[digestEnd..<bodyStart].elementsEqual(key.bytes)
      else { return nil }
      let reaches = rules.rules.indices.map { index in
        let place = bodyStart + index * 8
        return CandidateDatabase.Reach(
          least: Int(buffer.loadUnaligned(fromByteOffset: place, as: UInt32.self)),
          most: Int(buffer.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)))
      }
      return CandidateDatabase.deserialize(UnsafeRawBufferPointer(rebasing: buffer[listEnd...]), reaches: reaches)
    }
  }

  /// Keeps a compiled database. A full disk, a directory that may not be written: nothing is kept, and nothing said.
  func store(_ database: CandidateDatabase, for rules: RuleSet) {
    guard let key = try? Self.key(rules), let name = try? Self.name(key), let serialized = database.serialized(),
      let directory = try? Directory.create(path, mode: 0o700, intermediates: true)
    else { return }
    var body = key.bytes
    for reach in database.reaches {
      withUnsafeBytes(of: UInt32(reach.least)) { body.append(contentsOf: $0) }
      withUnsafeBytes(of: UInt32(reach.most)) { body.append(contentsOf: $0) }
    }
    body.append(contentsOf: serialized)
    guard let digest = try? SHA256Hasher.hash(of: body) else { return }
    try? directory.replace(name, with: Self.form + digest.bytes + body, mode: 0o600)
  }

  private static func key(_ rules: RuleSet) throws(DigestError) -> SHA256Digest {
    try SHA256Hasher.hash(of: Array("\(rules.digest.hex) \(rules.rules.count) \(CandidateDatabase.platform)".utf8))
  }

  private static func name(_ key: SHA256Digest) throws(FilesError) -> RelativePath {
    try RelativePath(text: "detectors-\(key.hex.prefix(16)).db")
  }
}
