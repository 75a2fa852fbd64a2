import CLibArchive
import Glibc

/// Reads archives and compressed content by libarchive, one member after another.
///
/// The bytes must stay where they are as long as this lives.
final class ArchiveReader {
  /// What an archive says about a member.
  struct Member {
    /// Its name, which is the user's.
    var path: [UInt8]
    /// Permissions.
    let mode: UInt32
    /// The file type bits of its mode.
    let type: UInt32
    /// Seconds since 1970.
    let modified: Int
    /// Whether it is a file or a folder, unencrypted: what can be written anew.
    let isPlain: Bool

    /// Whether it has content.
    var isFile: Bool { type == kumo_ae_regular() }
  }

  private let archive: OpaquePointer
  /// Whether everything so far could be read.
  private(set) var isWhole = true

  /// Begins to read a zip file.
  init?(zip bytes: UnsafeRawBufferPointer) {
    guard let archive = archive_read_new() else { return nil }
    self.archive = archive
    archive_read_support_format_zip(archive)
    guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
  }

  /// Begins to read anything else that libarchive itself can read; what it would start another program for is not.
  init?(foreign bytes: UnsafeRawBufferPointer) {
    guard let archive = archive_read_new() else { return nil }
    self.archive = archive
    for support in [
      archive_read_support_filter_bzip2, archive_read_support_filter_xz, archive_read_support_filter_lzip,
      archive_read_support_filter_lz4, archive_read_support_filter_compress, archive_read_support_filter_rpm,
      archive_read_support_filter_gzip, archive_read_support_filter_zstd, archive_read_support_format_7zip,
      archive_read_support_format_rar, archive_read_support_format_rar5, archive_read_support_format_cab,
      archive_read_support_format_lha, archive_read_support_format_ar, archive_read_support_format_cpio,
      archive_read_support_format_tar, archive_read_support_format_raw,
    ] { _ = support(archive) }
    guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
  }

  deinit { archive_read_free(archive) }

  /// The next member; nil at the end, and where the archive is damaged.
  func next() -> Member? {
    var entry: OpaquePointer?
    switch archive_read_next_header(archive, &entry) {
    case ARCHIVE_OK, ARCHIVE_WARN: break
    case ARCHIVE_EOF: return nil
    default:
      isWhole = false
      return nil
    }
    // What no filter and no format took is only passed through.
    if archive_format(archive) == ARCHIVE_FORMAT_RAW, archive_filter_count(archive) <= 1 { isWhole = false }
    let type = UInt32(archive_entry_filetype(entry))
    let isPlain =
      (type == kumo_ae_regular() || type == kumo_ae_directory()) && archive_entry_is_encrypted(entry) == 0
    if archive_entry_is_encrypted(entry) != 0 { isWhole = false }
    let path = archive_entry_pathname(entry).map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) } ?? []
    return Member(
      path: path.map { UInt8(bitPattern: $0) }, mode: UInt32(archive_entry_perm(entry)), type: type,
      modified: Int(archive_entry_mtime(entry)), isPlain: isPlain)
  }

  /// Appends the next piece of the current member; false at its end.
  func read(into output: inout [UInt8]) -> Bool {
    var block = [UInt8](repeating: 0, count: 128 << 10)
    let count = block.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
    if count < 0 { isWhole = false }
    guard count > 0 else { return false }
    output += block[..<count]
    return true
  }
}
