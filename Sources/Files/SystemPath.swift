import SystemPackage

/// A path with its final NUL, ready for a system call.
struct SystemPath: Sendable {
  /// The bytes and a NUL.
  let characters: [CChar]

  init(_ bytes: ArraySlice<UInt8>) {
    // One copy instead of a loop: paths of deep trees have thousands of bytes.
    characters = bytes.withUnsafeBytes { source in
      [CChar](unsafeUninitializedCapacity: source.count + 1) { buffer, count in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
        buffer[source.count] = 0
        count = source.count + 1
      }
    }
  }

  init(_ bytes: [UInt8]) {
    self.init(bytes[...])
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
    let characters = SystemPath(Array(bytes)).characters
    self = characters.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return FilePath() }
      return FilePath(platformString: base)
    }
  }

  /// Escaped for display.
  package var display: String { DisplayName.escape(bytes) }
}
