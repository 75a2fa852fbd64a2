import Glibc

/// What stands at a path.
package enum FileKind: String, Sendable, Hashable {
  case file, directory, symlink, fifo, socket, characterDevice, blockDevice, unknown

  /// In words, with an article, for messages.
  package var words: String {
    switch self {
    case .file: "a regular file"
    case .directory: "a directory"
    case .symlink: "a symbolic link"
    case .fifo: "a FIFO"
    case .socket: "a socket"
    case .characterDevice: "a character device"
    case .blockDevice: "a block device"
    case .unknown: "something of an unknown kind"
    }
  }

  /// From the type bits of a mode.
  init(mode: UInt32) {
    // The values of <bits/stat.h>, written out: the C macros are ambiguous once libarchive's headers are imported too.
    self =
      switch mode & 0o170000 {
      case 0o100000: .file
      case 0o040000: .directory
      case 0o120000: .symlink
      case 0o010000: .fifo
      case 0o140000: .socket
      case 0o020000: .characterDevice
      case 0o060000: .blockDevice
      default: .unknown
      }
  }
}

/// A point in time as the file system keeps it.
package struct FileTime: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01 00:00 UTC.
  package let seconds: Int64
  /// 0 to 999,999,999.
  package let nanoseconds: Int32

  init(_ time: timespec) {
    seconds = Int64(time.tv_sec)
    nanoseconds = Int32(time.tv_nsec)
  }

  package static func < (left: FileTime, right: FileTime) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }
}

/// What the file system says about one file, directory or link (never about what a link points to).
package struct FileStatus: Hashable, Sendable {
  /// What it is.
  package let kind: FileKind
  /// Length in bytes.
  package let size: Int64
  /// Permission bits with set-id and sticky bits, without the type: 0o600.
  package let mode: UInt32
  /// User id of the owner.
  package let owner: UInt32
  /// Group id.
  package let group: UInt32
  /// Last change of the content.
  package let modified: FileTime
  /// Last change of content or attributes; cannot be set back by a program.
  package let changed: FileTime
  /// Inode number; with `device` the identity of a file.
  package let inode: UInt64
  /// Device number of the file system.
  package let device: UInt64
  /// How many names it has.
  package let links: UInt64

  init(_ status: stat) {
    kind = FileKind(mode: status.st_mode)
    size = Int64(status.st_size)
    mode = status.st_mode & 0o7777
    owner = status.st_uid
    group = status.st_gid
    modified = FileTime(status.st_mtim)
    changed = FileTime(status.st_ctim)
    inode = UInt64(status.st_ino)
    device = UInt64(status.st_dev)
    links = UInt64(status.st_nlink)
  }

  /// True when both are the same file.
  package func isSameFile(as other: FileStatus) -> Bool {
    inode == other.inode && device == other.device
  }

  /// A mode as four octal digits: "0600".
  package static func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
