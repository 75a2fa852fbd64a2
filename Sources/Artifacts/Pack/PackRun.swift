import Digests
import Files

/// One reading of a directory into one file: workers take jobs in order, and frames are written in order.
final class PackRun: Sendable {
  private struct State {
    var nextJob = 0
    var nextWrite = 0
    /// Finished frames that wait for those before them.
    var ready: [Int: ByteBuffer] = [:]
    var free: [ByteBuffer]
    var isWriting = false
    var offset: Int
    var digests: [SHA256Digest?]
    /// Hashing of the large member whose parts are under way: the offset whose turn it is.
    var chains: [Int: Chain] = [:]
    var failure: ArtifactError?
    var bytes = 0
    var files = 0
  }

  private struct Chain {
    var offset = 0
    let hasher: SHA256Hasher
  }

  private let plan: PackPlan
  private let jobs: [PackJob]
  private let source: Directory
  private let output: StagedFile
  private let options: PackOptions
  private let monitor: Monitor<State>
  /// Hashes the artifact as it is written. Only the one who writes touches it.
  private let outputHash: Monitor<SHA256Hasher>?

  /// - Parameter head: bytes that stand before the first frame; nil when they come later, in `headSize` bytes.
  init(
    _ plan: PackPlan, from source: Directory, to output: StagedFile, _ options: PackOptions, head: [UInt8]?,
    headSize: Int
  ) throws(ArtifactError) {
    self.plan = plan
    self.source = source
    self.output = output
    self.options = options
    jobs = PackJob.cut(plan, frameBytes: options.compression.frameBytes)
    // One buffer for each worker and two for frames that wait: taken together with a job, in order, so that the frame
    // that everybody waits for always has one.
    let count = min(options.workers, jobs.count)
    let buffers = (0..<(count + 2)).map { _ in ByteBuffer(capacity: options.compression.frameBytes / 2) }
    monitor = Monitor(State(free: buffers, offset: headSize, digests: Array(repeating: nil, count: plan.members.count)))
    guard let head else {
      outputHash = nil
      return
    }
    let hasher = try SHA256Hasher.forArtifacts()
    hasher.update(head)
    outputHash = Monitor(hasher)
    try withFiles(.unwritable) { () throws(FilesError) in
      try head.withRawBytes { (bytes) throws(FilesError) in try output.write(bytes, at: 0) }
    }
  }

  /// Reads everything. Afterwards `result` says what came out.
  func run() throws(ArtifactError) -> (digests: [SHA256Digest?], size: Int, artifact: SHA256Digest?) {
    WorkerCrew.run(min(options.workers, jobs.count)) { self.work() }
    let state = monitor.withLock { ($0.failure, $0.digests, $0.offset) }
    if let failure = state.0 { throw failure }
    return (
      state.1, state.2, try outputHash?.withLock { (hasher) throws(ArtifactError) in try hasher.artifactDigest() }
    )
  }

  private func work() {
    do {
      let worker = try PackWorker(plan, source, options)
      while let (index, buffer) = take() {
        try options.cancellation.check()
        worker.piece.removeAll()
        buffer.removeAll()
        try make(jobs[index], worker, into: buffer)
        try deliver(index, buffer)
      }
    } catch {
      monitor.update { $0.failure = $0.failure ?? error }
    }
  }

  /// The next job and a buffer for its frame; nil when there is none, or when something failed.
  private func take() -> (Int, ByteBuffer)? {
    monitor.when({ $0.failure != nil || $0.nextJob == self.jobs.count || !$0.free.isEmpty }) { state in
      guard state.failure == nil, state.nextJob < jobs.count, let buffer = state.free.popLast() else { return nil }
      defer { state.nextJob += 1 }
      return (state.nextJob, buffer)
    }
  }

  private func make(_ job: PackJob, _ worker: PackWorker, into buffer: ByteBuffer) throws(ArtifactError) {
    switch job {
    case .group(let range):
      let digests = try worker.readGroup(range)
      monitor.withLock { state in for (index, digest) in digests { state.digests[index] = digest } }
      endIfLast(job, worker)
      try worker.compress(into: buffer)
    case .part(let index, let offset, let length):
      let content = try worker.readPart(index, offset: offset, length: length)
      endIfLast(job, worker)
      // Hash now when it is this part's turn; else compress while the parts before it are hashed.
      let isHashed = try hash(index, offset, worker.piece.bytes[content], wait: false)
      try worker.compress(into: buffer)
      if !isHashed { _ = try hash(index, offset, worker.piece.bytes[content], wait: true) }
    }
  }

  private func endIfLast(_ job: PackJob, _ worker: PackWorker) {
    if job == jobs.last { worker.piece.appendZeros(TarBlock.endSize) }
  }

  /// Adds a part to the hash of its member, when the parts before it are in.
  private func hash(
    _ index: Int, _ offset: Int, _ content: Slice<UnsafeRawBufferPointer>, wait: Bool
  ) throws(ArtifactError) -> Bool {
    let hasher: SHA256Hasher?
    if offset == 0 {
      let fresh = try SHA256Hasher.forArtifacts()
      monitor.withLock { $0.chains[index] = Chain(hasher: fresh) }
      hasher = fresh
    } else if wait {
      hasher = monitor.when({ $0.failure != nil || $0.chains[index]?.offset == offset }) { state in
        state.failure == nil ? state.chains[index]?.hasher : nil
      }
    } else {
      hasher = monitor.withLock { $0.chains[index]?.offset == offset ? $0.chains[index]?.hasher : nil }
    }
    guard let hasher else { return false }
    hasher.update(UnsafeRawBufferPointer(rebasing: content))
    let end = offset + content.count
    let digest = end == plan.members[index].size ? try hasher.artifactDigest() : nil
    monitor.update { state in
      state.chains[index]?.offset = end
      if let digest {
        state.digests[index] = digest
        state.chains[index] = nil
      }
    }
    return true
  }

  /// Hands in a finished frame. Whoever hands in the one that is next writes it, and those that waited for it.
  private func deliver(_ index: Int, _ buffer: ByteBuffer) throws(ArtifactError) {
    monitor.update { $0.ready[index] = buffer }
    while true {
      let next: (ByteBuffer, Int)? = monitor.withLock { state in
        guard !state.isWriting, let frame = state.ready.removeValue(forKey: state.nextWrite) else { return nil }
        state.isWriting = true
        return (frame, state.offset)
      }
      guard let (frame, offset) = next else { return }
      do { try output.write(frame.bytes, at: Int64(offset)) } catch { throw ArtifactError(error, .unwritable) }
      output.startWriteback(at: Int64(offset), count: frame.count)
      outputHash?.withLock { $0.update(frame.bytes) }
      monitor.update { state in
        let (bytes, files) = weight(jobs[state.nextWrite])
        state.bytes += bytes
        state.files += files
        state.offset += frame.count
        state.nextWrite += 1
        state.isWriting = false
        state.free.append(frame)
        options.progress?(
          ArtifactProgress(
            bytes: state.bytes, totalBytes: plan.byteCount, files: state.files, totalFiles: plan.fileCount))
      }
    }
  }

  private func weight(_ job: PackJob) -> (bytes: Int, files: Int) {
    switch job {
    case .group(let range):
      return plan.members[range].reduce((0, 0)) { ($0.0 + $1.size, $0.1 + ($1.isDirectory ? 0 : 1)) }
    case .part(let index, let offset, let length):
      return (length, offset + length == plan.members[index].size ? 1 : 0)
    }
  }
}
