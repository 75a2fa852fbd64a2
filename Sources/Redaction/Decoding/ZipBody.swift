import CLibArchive
import Glibc

/// A zip file taken apart and put together again by libarchive.
struct ZipBody {
  /// A file or directory in it.
  struct Member {
    var path: [UInt8]
    let mode: UInt32
    let type: UInt32
    let modified: Int
    var content: [UInt8]
  }

  /// In the order of the file.
  var members: [Member]
  /// Whether everything in it could be read; otherwise it can be looked at and not be written anew.
  let isWhole: Bool

  /// A zip file of these members.
  init(members: [Member]) {
    self.members = members
    isWhole = true
  }

  /// Reads all members; nil when it is no zip file after all.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let archive = archive_read_new() else { return nil }
    defer { archive_read_free(archive) }
    archive_read_support_format_zip(archive)
    guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else { return nil }
    var members: [Member] = []
    var isWhole = true
    var total = 0
    var entry: OpaquePointer?
    reading: while true {
      switch archive_read_next_header(archive, &entry) {
      case ARCHIVE_EOF: break reading
      case ARCHIVE_OK, ARCHIVE_WARN: break
      default:
        isWhole = false
        break reading
      }
      // A member that is encrypted, a link, or anything but a file or directory is not written anew.
      let type = archive_entry_filetype(entry)
      if type != kumo_ae_regular() && type != kumo_ae_directory() { isWhole = false }
      if archive_entry_is_encrypted(entry) != 0 { isWhole = false }
      var content: [UInt8] = []
      if type == kumo_ae_regular() {
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while true {
          let count = block.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
          if count < 0 { isWhole = false }
          if count <= 0 { break }
          content += block[..<count]
          total += count
          if total > CompressedBody.limit {
            isWhole = false
            break
          }
        }
      }
      let path = archive_entry_pathname(entry).map { Array(UnsafeBufferPointer(start: $0, count: strlen($0))) } ?? []
      members.append(
        Member(
          path: path.map { UInt8(bitPattern: $0) }, mode: UInt32(archive_entry_perm(entry)), type: UInt32(type),
          modified: Int(archive_entry_mtime(entry)), content: content))
      if total > CompressedBody.limit { break }
    }
    if members.isEmpty && !isWhole { return nil }
    self.members = members
    self.isWhole = isWhole
  }

  /// Writes a zip file with these members; nil when libarchive fails.
  func encode() -> [UInt8]? {
    guard let archive = archive_write_new() else { return nil }
    defer { archive_write_free(archive) }
    archive_write_set_format_zip(archive)
    archive_write_set_bytes_in_last_block(archive, 1)
    let room = members.reduce(64 << 10) { $0 + $1.content.count + $1.path.count * 2 + 4096 }
    var output = [UInt8](repeating: 0, count: room)
    var used = 0
    let isWritten = output.withUnsafeMutableBytes { target in
      guard archive_write_open_memory(archive, target.baseAddress, room, &used) == ARCHIVE_OK else { return false }
      for member in members {
        guard let entry = archive_entry_new() else { return false }
        defer { archive_entry_free(entry) }
        (member.path + [0]).withUnsafeBufferPointer { path in
          path.withMemoryRebound(to: CChar.self) { archive_entry_set_pathname(entry, $0.baseAddress) }
        }
        archive_entry_set_filetype(entry, member.type)
        archive_entry_set_perm(entry, mode_t(member.mode))
        archive_entry_set_mtime(entry, member.modified, 0)
        if member.type == kumo_ae_regular() { archive_entry_set_size(entry, Int64(member.content.count)) }
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { return false }
        let written = member.content.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard written == member.content.count else { return false }
      }
      return archive_write_close(archive) == ARCHIVE_OK
    }
    return isWritten ? Array(output[..<used]) : nil
  }
}
