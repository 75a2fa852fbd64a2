import Glibc
import SystemPackage

extension FilesError {
  /// Makes the error for a failed system call.
  ///
  /// - Parameters:
  ///   - operation: what was tried, as a verb phrase: "open", "create".
  ///   - path: the path for display.
  ///   - errno: what the system said.
  ///   - status: what stands at the path, if known: makes a permission error say mode and owner.
  static func failed(_ operation: String, _ path: String, _ errno: Errno, status: FileStatus? = nil) -> FilesError {
    let (code, reason, hint) = explain(errno, path: path, status: status)
    return FilesError(
      code, path: path, errno: errno, message: "cannot \(operation) '\(path)': \(reason)", hint: hint)
  }

  /// One row per error number that a user can meet: code, what it means, what to do.
  private static func explain(_ errno: Errno, path: String, status: FileStatus?) -> (Code, String, String?) {
    switch errno {
    case .noSuchFileOrDirectory:
      return (.notFound, "no such file or directory", "check the spelling, or create it first")
    case .notDirectory:
      return (.notDirectory, "a directory is expected here, found a file", "name a directory, or move the file away")
    case .isDirectory:
      return (.isDirectory, "a file is expected here, found a directory", "name a file, or move the directory away")
    case .permissionDenied, .notPermitted:
      return (.permission, permissionReason(status), permissionHint(status))
    case .noSpace:
      return (.noSpace, "no space left on the file system", "free space there (see: df -h and df -i), then run again")
    case .diskQuotaExceeded:
      return (.noSpace, "the disk quota is used up", "free space or raise the quota (see: quota -s), then run again")
    case .readOnlyFileSystem:
      return (.readOnly, "the file system is mounted read-only", "choose a path on a writable file system")
    case .fileExists:
      return (.exists, "it exists already", "remove it or choose another name")
    case .directoryNotEmpty:
      return (.notEmpty, "the directory is not empty", "something else writes there: stop it, then run again")
    case .tooManySymbolicLinkLevels:
      return (
        .symbolicLink, "a symbolic link (or a loop of links) stands where none is followed",
        "replace the link by the file or directory itself (see: ls -l)"
      )
    case .fileNameTooLong:
      return (.tooLong, "the name is too long", "a name may have 255 bytes and a path 4,095: use shorter names")
    case .improperLink:
      return (
        .crossDevice, "the two places are on different file systems or layers",
        "choose a place on one file system; a directory of a container image's lower layer cannot be renamed"
      )
    case .resourceBusy:
      return (.busy, "it is in use, for instance as a mount point", "choose a directory inside it instead")
    case .textFileBusy, .wouldBlock:
      return (.busy, "it is in use by another process", "wait for that process to end, then run again")
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem:
      return (.limit, "too many open files", "raise the limit (see: ulimit -n), then run again")
    case .noMemory:
      return (.limit, "not enough memory", "free memory, then run again")
    case .fileTooLarge:
      return (.noSpace, "the file would be larger than the system allows", "raise the limit (see: ulimit -f)")
    case .notSupported, .noFunction, .notSupportedOnSocket, .noLocks:
      return (.unsupported, "the file system does not support this", "choose a path on a local file system")
    case .noSuchAddressOrDevice:
      return (.notRegular, "it is a socket or a device without a driver", "name a regular file")
    case .staleNFSFileHandle:
      return (.changed, "the file was removed on the file server", "run again")
    case .ioError:
      return (.io, "the disk reported an error", "see the kernel's log (dmesg) and check the disk")
    default:
      return (.io, "\(errno)", nil)
    }
  }

  private static func permissionReason(_ status: FileStatus?) -> String {
    guard let status else { return "permission denied for uid \(geteuid())" }
    return "permission denied for uid \(geteuid()) "
      + "(mode \(FileStatus.octal(status.mode)), owner uid \(status.owner) gid \(status.group))"
  }

  private static func permissionHint(_ status: FileStatus?) -> String {
    guard let status, status.owner != geteuid() else {
      return "give this user the right with chmod, on it and on each directory above it"
    }
    return "run as uid \(status.owner), or give this user the right with chown or chmod"
  }
}
