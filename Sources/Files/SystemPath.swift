import SystemPackage

/// A path with its final NUL, ready for a system call.
struct SystemPath: Sendable {
  /// The bytes and a NUL.
  let characters: [CChar]

  init(_ bytes: some Collection<UInt8>) {
    var characters: [CChar] = []
    characters.reserveCapacity(bytes.count + 1)
    for byte in bytes { characters.append(CChar(bitPattern: byte)) }
    characters.append(0)
    self.characters = characters
  }

  init(_ path: FilePath) {
    self.init(path.bytes)
  }

  /// The directory itself.
  static let here = SystemPath([UInt8(ascii: ".")])
}

extension FilePath {
  /// The path as bytes, without the final NUL.
  package var bytes: [UInt8] {
    withPlatformString { pointer in
      var bytes: [UInt8] = []
      var index = 0
      while pointer[index] != 0 {
        bytes.append(UInt8(bitPattern: pointer[index]))
        index += 1
      }
      return bytes
    }
  }

  /// A path from bytes. A NUL byte ends it.
  package init(bytes: some Collection<UInt8>) {
    let characters = SystemPath(bytes).characters
    self = characters.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return FilePath() }
      return FilePath(platformString: base)
    }
  }

  /// Escaped for display.
  package var display: String { DisplayName.escape(bytes) }
}
