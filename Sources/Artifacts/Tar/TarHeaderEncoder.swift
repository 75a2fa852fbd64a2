import CLibArchive

/// Writes tar headers through libarchive into memory: plain ustar where a name and size fit, with a pax header before
/// it where not. Owner and group are 0 without names, the mode is 0644 or 0755, the time is the one given.
///
/// Names are bytes in both forms: ustar has no character set, and in a pax header libarchive says so
/// (`hdrcharset=BINARY`). So readers under LC_ALL=C give the same names as under UTF-8; bsdtar complains otherwise.
/// One encoder serves one thread.
final class TarHeaderEncoder {
  private let ustar: MemoryTarWriter
  private var pax: MemoryTarWriter?
  private let time: Int64

  /// - Parameter time: modification time of every member, in seconds since 1970.
  init(time: Int64) throws(ArtifactError) {
    ustar = try MemoryTarWriter(extended: false)
    self.time = time
  }

  /// Appends the header blocks of a member to `buffer`. The caller appends the data and pads it to 512 bytes.
  /// - Parameter name: path without leading or trailing slash and without NUL.
  func append(name: [UInt8], size: Int, isDirectory: Bool, to buffer: ByteBuffer) throws(ArtifactError) {
    var terminated = name.map { CChar(bitPattern: $0) }
    if isDirectory { terminated.append(CChar(UInt8(ascii: "/"))) }
    terminated.append(0)
    if try ustar.append(terminated, size, isDirectory, time, to: buffer) { return }
    let extended: MemoryTarWriter
    if let pax { extended = pax } else { extended = try MemoryTarWriter(extended: true) }
    pax = extended
    guard try extended.append(terminated, size, isDirectory, time, to: buffer) else {
      throw ArtifactError(.unwritable, member: name, "the tar header cannot be written: \(extended.reason)")
    }
  }
}

/// One libarchive writer whose headers go into a buffer. It is told of the data, but its copy is dropped: a worker
/// reads files straight into the frame behind the header.
private final class MemoryTarWriter {
  private let archive: OpaquePointer
  private let entry: OpaquePointer
  private let locale: UTF8Locale
  private let sink = Sink()

  /// Where libarchive's bytes go: into the buffer, or nowhere.
  private final class Sink {
    var target: ByteBuffer?
  }

  init(extended: Bool) throws(ArtifactError) {
    locale = try UTF8Locale()
    guard let archive = archive_write_new() else { throw Self.outOfMemory }
    guard let entry = archive_entry_new() else {
      archive_write_free(archive)
      throw Self.outOfMemory
    }
    self.archive = archive
    self.entry = entry
    if extended {
      archive_write_set_format_pax_restricted(archive)
      archive_write_set_format_option(archive, "pax", "hdrcharset", "BINARY")
    } else {
      archive_write_set_format_ustar(archive)
    }
    // 0: every write goes through at once, nothing is gathered into blocks.
    archive_write_set_bytes_per_block(archive, 0)
    let status = archive_write_open(
      archive, Unmanaged.passUnretained(sink).toOpaque(), nil,
      { _, context, bytes, count in
        if let context, let target = Unmanaged<Sink>.fromOpaque(context).takeUnretainedValue().target {
          target.append(UnsafeRawBufferPointer(start: bytes, count: count))
        }
        return count
      }, nil)
    guard status == ARCHIVE_OK else { throw ArtifactError(.unwritable, "libarchive failed: \(reason)") }
  }

  deinit {
    // Without this, freeing would pad and end an archive that nobody reads.
    archive_write_fail(archive)
    archive_write_free(archive)
    archive_entry_free(entry)
  }

  /// libarchive's last word.
  var reason: String { archive_error_string(archive).map { String(cString: $0) } ?? "unknown reason" }

  /// Appends a header; false when the name or size does not fit this format.
  func append(
    _ name: [CChar], _ size: Int, _ isDirectory: Bool, _ time: Int64, to buffer: ByteBuffer
  ) throws(ArtifactError) -> Bool {
    try locale.use { () throws(ArtifactError) -> Bool in
      archive_entry_clear(entry)
      archive_entry_set_pathname(entry, name)
      archive_entry_set_size(entry, Int64(size))
      archive_entry_set_filetype(entry, isDirectory ? kumo_ae_directory() : kumo_ae_regular())
      archive_entry_set_perm(entry, isDirectory ? 0o755 : 0o644)
      archive_entry_set_mtime(entry, Int(time), 0)
      sink.target = buffer
      let status = archive_write_header(archive, entry)
      sink.target = nil
      if status == ARCHIVE_FAILED { return false }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN else {
        throw ArtifactError(.unwritable, "libarchive failed: \(reason)")
      }
      try pretendToWrite(size)
      return true
    }
  }

  /// Tells libarchive that the member's data was written. The sink drops it unread.
  private func pretendToWrite(_ size: Int) throws(ArtifactError) {
    var left = size
    while left > 0 {
      let step = min(left, Self.pretence.count)
      let written = Self.pretence.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, step) }
      guard written > 0 else { throw ArtifactError(.unwritable, "libarchive failed: \(reason)") }
      left -= written
    }
    guard archive_write_finish_entry(archive) == ARCHIVE_OK else {
      throw ArtifactError(.unwritable, "libarchive failed: \(reason)")
    }
  }

  /// Stands for data in calls whose bytes nobody looks at.
  private static let pretence = [UInt8](repeating: 0, count: 1 << 20)

  private static var outOfMemory: ArtifactError { ArtifactError(.unwritable, "not enough memory for a tar writer") }
}
