/// Every name seen so far, to find those that another one would hide: the same name twice, a file where a directory has
/// to be, or names that are one on a file system that ignores case or Unicode form.
struct NameRegister {
  enum Clash {
    case duplicate
    case fileAndDirectory([UInt8])
    case folded([UInt8])
  }

  private struct Holder {
    let path: [UInt8]
    let isDirectory: Bool
    /// Known only as a directory above another name.
    let isImplied: Bool
  }

  /// Bytes as a key: hashed in one go, where an array would be hashed element by element.
  private struct Key: Hashable {
    let bytes: [UInt8]

    func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }
  }

  private var plain: [Key: Holder] = [:]
  // Swift's strings compare by canonical equivalence, which is what a normalising file system does.
  private var unicode: [String: Holder] = [:]
  private var lastParent: [UInt8] = []

  /// Makes room for a number of names.
  mutating func reserve(_ count: Int) { plain.reserveCapacity(plain.count + count) }

  /// Adds a file or a directory and the directories above it; says what it clashes with.
  mutating func add(_ path: [UInt8], isDirectory: Bool) -> Clash? {
    if let slash = path.lastIndex(of: UInt8(ascii: "/")) {
      if !path[..<slash].elementsEqual(lastParent) {
        let parent = Array(path[..<slash])
        if let clash = addParents(parent) { return clash }
        lastParent = parent
      }
    }
    return insert(path, isDirectory: isDirectory, isImplied: false)
  }

  private mutating func addParents(_ parent: [UInt8]) -> Clash? {
    for index in parent.indices where parent[index] == UInt8(ascii: "/") {
      if let clash = insert(Array(parent[..<index]), isDirectory: true, isImplied: true) { return clash }
    }
    return insert(parent, isDirectory: true, isImplied: true)
  }

  private mutating func insert(_ path: [UInt8], isDirectory: Bool, isImplied: Bool) -> Clash? {
    let holder = Holder(path: path, isDirectory: isDirectory, isImplied: isImplied)
    let found: Holder?
    let (isASCII, isLower) = path.reduce((true, true)) { ($0.0 && $1 < 0x80, $0.1 && !Self.isUpper($1)) }
    if isASCII {
      found = Self.exchange(&plain, Key(bytes: isLower ? path : path.map { Self.isUpper($0) ? $0 | 0x20 : $0 }), holder)
    } else {
      found = Self.exchange(&unicode, String(decoding: path, as: UTF8.self).lowercased(), holder)
    }
    guard let found else { return nil }
    if found.path != path { return .folded(found.path) }
    if found.isDirectory != isDirectory { return .fileAndDirectory(path) }
    return isImplied || found.isImplied ? nil : .duplicate
  }

  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }

  /// Gives who holds the key. A free key is taken, and a directory that was only implied becomes a named one.
  private static func exchange<Name>(_ table: inout [Name: Holder], _ key: Name, _ holder: Holder) -> Holder? {
    let found = table[key]
    if found == nil || (found?.isImplied == true && !holder.isImplied && holder.isDirectory) { table[key] = holder }
    return found
  }
}
