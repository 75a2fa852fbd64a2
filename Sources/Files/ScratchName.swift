import CLinux
import SystemPackage

/// Names for what exists only while a command runs: hidden, beside the thing they stand for, and recognisable later.
///
/// The form is `.NAME.kumo-fixtures-KIND.<16 hex digits>`.
package enum ScratchName {
  /// What a scratch name stands for.
  package enum Kind: String, Sendable, CaseIterable {
    /// A file on its way to replace another.
    case temporary = "tmp"
    /// A directory being built.
    case stage
    /// A directory that was moved aside to be replaced.
    case old
  }

  /// A new name that nobody can guess.
  ///
  /// - Throws: `.io` when the kernel gives no random bytes.
  static func make(_ kind: Kind, for name: RelativePath) throws(FilesError) -> RelativePath {
    var number: UInt64 = 0
    let count = withUnsafeMutableBytes(of: &number) { cl_getrandom($0.baseAddress, $0.count) }
    guard count == MemoryLayout<UInt64>.size else {
      throw FilesError(.io, path: name.description, message: "the kernel gave no random bytes for a scratch name")
    }
    return RelativePath(trusted: prefix(kind, for: name) + hex(number))
  }

  /// What all scratch names of this kind for this name begin with.
  static func prefix(_ kind: Kind, for name: RelativePath) -> [UInt8] {
    Array(".".utf8) + stem(name) + Array(".kumo-fixtures-\(kind.rawValue).".utf8)
  }

  /// The kind of a name of this form, whatever it stands for; nil for every other name.
  package static func kind(of name: some Collection<UInt8>) -> Kind? {
    let bytes = Array(name)
    guard bytes.first == UInt8(ascii: "."), bytes.count > 16 else { return nil }
    guard bytes.suffix(16).allSatisfy(isLowerHex) else { return nil }
    return Kind.allCases.first { kind in
      let infix = Array(".kumo-fixtures-\(kind.rawValue).".utf8)
      return bytes.dropLast(16).count > infix.count && bytes.dropLast(16).suffix(infix.count).elementsEqual(infix)
    }
  }

  /// True for a scratch name of this kind for this name.
  static func matches(_ candidate: [UInt8], _ kind: Kind, for name: RelativePath) -> Bool {
    let start = prefix(kind, for: name)
    return candidate.count == start.count + 16 && candidate.starts(with: start)
      && candidate.suffix(16).allSatisfy(isLowerHex)
  }

  /// The name itself, or for a name that would not fit: its beginning and a hash of the whole.
  private static func stem(_ name: RelativePath) -> [UInt8] {
    guard name.bytes.count > 200 else { return name.bytes }
    // FNV-1a: only to keep two long names apart, not against an attacker.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    return Array(name.bytes.prefix(160)) + Array("~".utf8) + hex(hash)
  }

  private static func hex(_ number: UInt64) -> [UInt8] {
    let digits = Array("0123456789abcdef".utf8)
    return (0..<16).map { digits[Int(truncatingIfNeeded: number >> (60 - 4 * UInt64($0))) & 15] }
  }

  private static func isLowerHex(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
