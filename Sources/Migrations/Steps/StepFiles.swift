import Digests
import Documents
import Files
import SystemPackage

/// The files that a step's programs are made of: what changes in them changes the step's digest.
final class StepFiles {
  /// Where the step document stands.
  let directory: FilePath
  private var digests: [String: String] = [:]
  /// What is wrong with a file.
  private(set) var problems: [DocumentProblem] = []

  init(directory: FilePath) {
    self.directory = directory
  }

  /// Notes a file by its path as it stands in the document. A word that names no file is passed over unless it was
  /// declared.
  func add(_ name: String, at location: DocumentLocation, isDeclared: Bool) {
    guard digests[name] == nil, !name.isEmpty, !name.utf8.contains(0) else { return }
    do {
      digests[name] = try Self.digest(of: directory.pushing(FilePath(name)))
    } catch {
      guard isDeclared else { return }
      problems.append(
        DocumentProblem(
          location: location, message: "the file '\(name)' of the step cannot be read: \(error)",
          hint: "paths are relative to the folder of the step document"))
    }
  }

  /// One line for each file, sorted by name.
  var text: String {
    digests.sorted { $0.key < $1.key }.map { "file \($0.key) sha256:\($0.value)\n" }.joined()
  }

  private static func digest(of path: FilePath) throws -> String {
    let file = try ReadableFile.open(path)
    let hasher = try SHA256Hasher()
    var buffer = [UInt8](repeating: 0, count: 256 * 1024)
    while true {
      let count = try buffer.withUnsafeMutableBytes { try file.read(into: $0) }
      if count == 0 { break }
      buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
    return try hasher.finalize().hex
  }
}
