import Files
import SystemPackage

/// The end of a log.
package enum LogTail {
  /// The last lines, printable, each cut at 500 bytes.
  package static func lines(of log: FilePath, count: Int) -> [String] {
    guard let file = try? ReadableFile.open(log) else { return [] }
    let size = min(file.size, 64 * 1024)
    var bytes = [UInt8](repeating: 0, count: Int(size))
    let got = bytes.withUnsafeMutableBytes { (try? file.read(into: $0, at: file.size - size)) ?? 0 }
    let lines = bytes.prefix(got).split(separator: UInt8(ascii: "\n"))
    return lines.suffix(count).map { DisplayName.escape($0.prefix(500)) }
  }
}
