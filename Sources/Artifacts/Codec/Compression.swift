/// How an artifact's tar stream is stored, chosen by the file's extension.
package enum Compression: String, Sendable, CaseIterable {
  case zstd
  case gzip
  case none

  /// By the end of a file name: `.tar.zst`, `.tar.gz`, `.tgz` or `.tar`; nil for any other.
  package init?(fileName: String) {
    if fileName.hasSuffix(".tar.zst") {
      self = .zstd
    } else if fileName.hasSuffix(".tar.gz") || fileName.hasSuffix(".tgz") {
      self = .gzip
    } else if fileName.hasSuffix(".tar") {
      self = .none
    } else {
      return nil
    }
  }

  /// The levels that may be asked for.
  package var levels: ClosedRange<Int> {
    switch self {
    case .zstd: 1...19
    case .gzip: 1...9
    case .none: 0...0
    }
  }

  /// The level when none is asked for: 3 for zstd and 6 for gzip, as their own tools.
  package var defaultLevel: Int {
    switch self {
    case .zstd: 3
    case .gzip: 6
    case .none: 0
    }
  }

  /// Bytes of tar that one frame (zstd), member (gzip) or piece holds. Part of the format: another value gives
  /// another artifact. 8 MiB is from performance.md section 3.
  var frameBytes: Int {
    switch self {
    case .zstd: 8 << 20
    case .gzip: 2 << 20
    case .none: 4 << 20
    }
  }
}
