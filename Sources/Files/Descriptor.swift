import CLinux
import Glibc
import Synchronization
import SystemPackage

/// Owns one open descriptor and is the only place that makes system calls with it.
///
/// Each call is a method, so that the descriptor cannot be closed while the system still works with its number.
final class Descriptor: Sendable {
  let number: Int32
  private let isLocked = Atomic<Bool>(false)

  init(adopting number: Int32) {
    self.number = number
  }

  deinit {
    // Closing alone gives a lock back only when no copy of the descriptor is open: a process that another thread is
    // starting at this moment has one until its program takes over.
    if isLocked.load(ordering: .relaxed) { flock(number, LOCK_UN) }
    close(number)
  }

  /// Runs a call until it is not interrupted by a signal any more; a negative result throws errno.
  @discardableResult
  func call<Result: SignedInteger>(_ body: (Int32) -> Result) throws(Errno) -> Result {
    try withExtendedLifetime(self) { () throws(Errno) -> Result in
      try retryingInterrupts { body(number) }
    }
  }

  /// Opens a path that the user gave: links in it are followed.
  static func open(_ path: SystemPath, _ flags: Int32) throws(Errno) -> Descriptor {
    Descriptor(adopting: try retryingInterrupts { Glibc.open(path.characters, flags | O_CLOEXEC) })
  }

  /// What stands at a path that the user gave.
  static func status(_ path: SystemPath, followingLinks: Bool) throws(Errno) -> FileStatus {
    var result = stat()
    let flags = followingLinks ? 0 : AT_SYMLINK_NOFOLLOW
    _ = try retryingInterrupts { fstatat(AT_FDCWD, path.characters, &result, flags) }
    return FileStatus(result)
  }

  /// Opens one name in this directory. Creating is a durable operation.
  func open(_ name: SystemPath, _ flags: Int32, mode: UInt32 = 0) throws(Errno) -> Descriptor {
    if flags & O_CREAT != 0 { try FaultPlan.check(.create) }
    return Descriptor(adopting: try call { openat($0, name.characters, flags | O_CLOEXEC | O_NOFOLLOW, mode) })
  }

  /// What this descriptor is open on.
  func status() throws(Errno) -> FileStatus {
    var result = stat()
    try call { fstat($0, &result) }
    return FileStatus(result)
  }

  /// What one name in this directory is; does not follow a link.
  func status(_ name: SystemPath) throws(Errno) -> FileStatus {
    var result = stat()
    try call { fstatat($0, name.characters, &result, AT_SYMLINK_NOFOLLOW) }
    return FileStatus(result)
  }

  /// Whether something is mounted at one name in this directory; false where the kernel does not tell.
  func isMountPoint(_ name: SystemPath) -> Bool {
    withExtendedLifetime(self) { cl_is_mount_root(number, name.characters) == 1 }
  }

  /// Reads at the descriptor's own offset; 0 is the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    try call { Glibc.read($0, buffer.baseAddress, buffer.count) }
  }

  /// Reads at an offset, without moving the descriptor's own.
  func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(Errno) -> Int {
    try call { pread($0, buffer.baseAddress, buffer.count, Int(offset)) }
  }

  /// Writes all bytes, in as many calls as the system needs.
  func writeAll(_ bytes: UnsafeRawBufferPointer) throws(Errno) {
    var rest = bytes[...]
    while !rest.isEmpty {
      try FaultPlan.check(.write)
      let piece = FaultPlan.piece(of: UnsafeRawBufferPointer(rebasing: rest))
      let count = try call { Glibc.write($0, piece.baseAddress, piece.count) }
      // No file system writes nothing without saying why; if one does, stop instead of turning for ever.
      if count == 0 { throw .ioError }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits until the content and attributes are on the disk.
  func synchronize() throws(Errno) {
    try FaultPlan.check(.synchronize)
    try call { fsync($0) }
  }

  /// Waits until everything on this file system is on the disk.
  func synchronizeFileSystem() throws(Errno) {
    try FaultPlan.check(.synchronizeFileSystem)
    try call { cl_syncfs($0) }
  }

  /// Makes a directory in this one; the process's umask applies.
  func makeDirectory(_ name: SystemPath, mode: UInt32) throws(Errno) {
    try FaultPlan.check(.makeDirectory)
    try call { mkdirat($0, name.characters, mode) }
  }

  /// Removes a name that is not a directory, or an empty directory.
  func unlink(_ name: SystemPath, directory: Bool = false) throws(Errno) {
    try FaultPlan.check(.unlink)
    try call { unlinkat($0, name.characters, directory ? AT_REMOVEDIR : 0) }
  }

  /// How a rename treats a name that is taken.
  enum Rename: Sendable { case replacing, failingIfTaken, exchanging }

  /// Renames from this directory to another (or to itself).
  func rename(_ old: SystemPath, to directory: Descriptor, _ new: SystemPath, _ how: Rename) throws(Errno) {
    try FaultPlan.check(how == .exchanging ? .exchange : .rename)
    try withExtendedLifetime(directory) { () throws(Errno) -> Void in
      let other = directory.number
      switch how {
      case .replacing: try call { renameat($0, old.characters, other, new.characters) }
      case .failingIfTaken: try call { cl_rename_noreplace($0, old.characters, other, new.characters) }
      case .exchanging: try call { cl_rename_exchange($0, old.characters, other, new.characters) }
      }
    }
  }

  /// Sets the permission bits exactly, whatever the umask.
  func setMode(_ mode: UInt32) throws(Errno) {
    try FaultPlan.check(.changeMode)
    try call { fchmod($0, mode) }
  }

  /// Gives the file to another owner.
  func setOwner(_ owner: UInt32, _ group: UInt32) throws(Errno) {
    try FaultPlan.check(.changeMode)
    try call { fchown($0, owner, group) }
  }

  /// Takes an advisory lock on the open file, until the descriptor is closed; `LOCK_EX`, `LOCK_SH`, `LOCK_NB` of
  /// flock(2).
  func lock(_ operation: Int32) throws(Errno) {
    try call { flock($0, operation) }
    isLocked.store(true, ordering: .relaxed)
  }

  /// Gives the lock back, whoever still has the file open.
  func unlock() {
    flock(number, LOCK_UN)
    isLocked.store(false, ordering: .relaxed)
  }
}

/// Runs a system call until it is not interrupted by a signal any more; a negative result throws errno.
func retryingInterrupts<Result: SignedInteger>(_ body: () -> Result) throws(Errno) -> Result {
  while true {
    let result = body()
    if result >= 0 { return result }
    let number = errno
    if number != EINTR { throw Errno(rawValue: number) }
  }
}
