import Digests
import Dispatch
import Files
import Synchronization

/// The SHA-256 of a file, or why it could not be read.
package struct HashedFile: Sendable {
  /// The file.
  package let path: RelativePath
  /// Its digest, or the error of reading it.
  package let result: Result<SHA256Digest, FilesError>
  /// The bytes that were read.
  package let byteCount: Int64
}

/// Hashes files of a directory on several cores.
package enum TreeHasher {
  /// Hashes files and gives the results in the order of the paths, whatever the number of workers.
  ///
  /// Each worker holds one buffer of 256 KiB, the size beyond which reading gets no faster (performance.md 4).
  ///
  /// - Parameters:
  ///   - workers: threads to use; 0 for one on each core.
  ///   - progress: told the bytes of each piece that was read; called on any worker.
  /// - Throws: `DigestError` when OpenSSL cannot hash at all, and whatever `progress` throws to stop the work.
  package static func hash(
    _ paths: [RelativePath], in directory: Directory, workers: Int = 0,
    progress: (@Sendable (Int) throws -> Void)? = nil
  ) throws -> [HashedFile] {
    let next = Atomic<Int>(0)
    let results = Mutex<[HashedFile?]>(Array(repeating: nil, count: paths.count))
    let failure = Mutex<(any Error)?>(nil)
    let threads = max(1, min(workers > 0 ? workers : ProcessCores.count, paths.count))
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      do {
        let hasher = try SHA256Hasher()
        var buffer = [UInt8](repeating: 0, count: 256 * 1024)
        while failure.withLock({ $0 == nil }) {
          let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard index < paths.count else { return }
          let hashed = try hash(paths[index], in: directory, hasher: hasher, buffer: &buffer, progress: progress)
          results.withLock { $0[index] = hashed }
        }
      } catch {
        failure.withLock { if $0 == nil { $0 = error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return results.withLock { $0.compactMap { $0 } }
  }

  private static func hash(
    _ path: RelativePath, in directory: Directory, hasher: SHA256Hasher, buffer: inout [UInt8],
    progress: (@Sendable (Int) throws -> Void)?
  ) throws -> HashedFile {
    var total: Int64 = 0
    hasher.reset()
    do {
      let file = try directory.open(path)
      while true {
        let count = try buffer.withUnsafeMutableBytes { (bytes) throws(FilesError) in try file.read(into: bytes) }
        if count == 0 { break }
        buffer.withUnsafeBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        total += Int64(count)
        try progress?(count)
      }
    } catch let error as FilesError {
      return HashedFile(path: path, result: .failure(error), byteCount: total)
    }
    return HashedFile(path: path, result: .success(try hasher.finalize()), byteCount: total)
  }
}
