import CLibArchive
import Glibc

/// Writes a zip file by libarchive, into memory.
final class ZipWriter {
  /// What was written so far; libarchive is given its address.
  private final class Output {
    var bytes: [UInt8] = []
  }

  private let archive: OpaquePointer
  private let output = Output()

  /// Begins a zip file; nil when libarchive has no memory.
  init?() {
    guard let archive = archive_write_new() else { return nil }
    self.archive = archive
    archive_write_set_format_zip(archive)
    archive_write_set_bytes_in_last_block(archive, 1)
    let status = archive_write_open(
      archive, Unmanaged.passUnretained(output).toOpaque(), nil,
      { _, target, bytes, count in
        guard let target, let bytes else { return -1 }
        let output = Unmanaged<Output>.fromOpaque(target).takeUnretainedValue()
        output.bytes.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
      }, nil)
    guard status == ARCHIVE_OK else { return nil }
  }

  deinit { archive_write_free(archive) }

  /// Adds a file or folder; false when libarchive cannot.
  func add(_ member: ArchiveReader.Member, content: [UInt8]) -> Bool {
    guard let entry = archive_entry_new() else { return false }
    defer { archive_entry_free(entry) }
    (member.path + [0]).withUnsafeBufferPointer { path in
      path.withMemoryRebound(to: CChar.self) { archive_entry_set_pathname(entry, $0.baseAddress) }
    }
    archive_entry_set_filetype(entry, member.type)
    archive_entry_set_perm(entry, mode_t(member.mode))
    archive_entry_set_mtime(entry, member.modified, 0)
    if member.isFile { archive_entry_set_size(entry, Int64(content.count)) }
    guard archive_write_header(archive, entry) == ARCHIVE_OK else { return false }
    return content.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) } == content.count
  }

  /// The whole file; nil when libarchive could not end it.
  func finish() -> [UInt8]? { archive_write_close(archive) == ARCHIVE_OK ? output.bytes : nil }
}
