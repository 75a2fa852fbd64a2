import Digests
import Files

/// One reading of an artifact on several threads: pieces are decoded and hashed in parallel, and walked in order.
///
/// A worker takes the next piece, decodes it, waits for its turn to cut it into members (which is cheap, and where
/// every decision is made), then hashes and hands out the members that lie in it.
final class ArchiveScan: Sendable {
  /// When to stop early.
  enum Rule: Sendable {
    /// Go on as far as possible and report everything.
    case collect
    /// The first fault ends the scan. Faults of order alone do not.
    case stopAtFirst
    /// Stop as soon as the sink says that it has all it wanted; nothing is said of the rest.
    case untilSatisfied(@Sendable () -> Bool)
  }

  private struct State {
    var turn = 0
    var reader = TarReader()
    var gate: MemberGate
    /// What was decided about the member whose data is under way.
    var open: (member: ScannedMember, take: Take)?
    var chains: [Int: Chain] = [:]
    var failure: ArtifactError?
    var isStopped = false
    var decoded = 0
    var filesDone = 0
  }

  /// A member that reaches over several pieces.
  private struct Chain {
    var offset = 0
    var isBroken = false
    let hasher: SHA256Hasher
  }

  /// What a worker does with a segment.
  private enum Take {
    case nothing
    case gather
    case check(SHA256Digest, MemberGate.Slot, toSink: Bool)
  }

  private let artifact: ArtifactFile
  private let options: ReadOptions
  private let rule: Rule
  private let sink: any ScanSink
  private let source: Monitor<PieceSource>
  private let monitor: Monitor<State>

  init(_ artifact: ArtifactFile, _ options: ReadOptions, _ rule: Rule, _ sink: any ScanSink) throws(ArtifactError) {
    self.artifact = artifact
    self.options = options
    self.rule = rule
    self.sink = sink
    source = Monitor(try PieceSource(artifact))
    monitor = Monitor(State(gate: MemberGate(limits: options.limits)))
  }

  /// Reads the whole archive.
  /// - Returns: the gate, with its findings and the manifest.
  func run() throws(ArtifactError) -> MemberGate {
    WorkerCrew.run(options.workers) { self.work() }
    return try monitor.withLock { (state) throws(ArtifactError) -> MemberGate in
      if let failure = state.failure { throw failure }
      if !state.isStopped {
        finish(&state)
        try stopIfFaulty(&state)
      }
      return state.gate
    }
  }

  private func finish(_ state: inout State) {
    if !state.reader.isComplete, !state.gate.findings.contains(where: { $0.code == .damaged || $0.code == .truncated })
    {
      let open = state.reader.openMember?.path
      state.gate.note(.truncated, open, "the archive ends too early")
    }
    state.gate.end()
  }

  private func work() {
    do throws(ArtifactError) {
      let worker = try ScanWorker()
      while let (index, piece) = try take(worker) {
        try options.cancellation.check()
        let fault = try decode(piece, worker)
        guard let segments = try cut(index, piece, fault, worker) else { return }
        // Whole members first: nobody waits for them. One thread alone waits for nobody, and keeps the archive's order.
        let isOrdered = options.workers == 1
        for (segment, take) in segments where isOrdered || segment.isWhole { try handle(segment, take, worker) }
        for (segment, take) in segments where !isOrdered && !segment.isWhole { try handle(segment, take, worker) }
        report()
      }
    } catch {
      monitor.update { $0.failure = $0.failure ?? error }
    }
  }

  private func take(_ worker: ScanWorker) throws(ArtifactError) -> (Int, PieceSource.Piece)? {
    guard monitor.withLock({ $0.failure == nil && !$0.isStopped }) else { return nil }
    worker.content.removeAll()
    return try source.withLock { (source) throws(ArtifactError) in try source.next(into: worker.content) }
  }

  /// Decodes a frame; what the source has decoded already is there.
  private func decode(_ piece: PieceSource.Piece, _ worker: ScanWorker) throws(ArtifactError) -> CodecFault? {
    switch piece {
    case .decoded: return nil
    case .broken(let fault): return fault
    case .frame(let offset, let length, let size):
      worker.frame.removeAll()
      try ArtifactFile.read(artifact.file, at: offset, count: length, into: worker.frame)
      do throws(CodecFault) {
        try worker.decompressor.decode(worker.frame.bytes, size: size, into: worker.content)
        return nil
      } catch { return error }
    }
  }

  /// In the archive's order: cuts a piece into members and decides about each. Nil when the scan is over.
  private func cut(
    _ index: Int, _ piece: PieceSource.Piece, _ fault: CodecFault?, _ worker: ScanWorker
  ) throws(ArtifactError) -> [(TarReader.Segment, Take)]? {
    try monitor.when({ $0.failure != nil || $0.isStopped || $0.turn == index }) { (state) throws(ArtifactError) in
      guard state.failure == nil, !state.isStopped else { return nil }
      state.turn += 1
      if let fault {
        damaged(&state, piece, fault)
        try stopIfFaulty(&state)
        return []
      }
      state.decoded += worker.content.count
      checkRatio(&state)
      let segments = try walk(&state, worker.content.bytes)
      try stopIfFaulty(&state)
      return segments
    }
  }

  private func walk(
    _ state: inout State, _ bytes: UnsafeRawBufferPointer
  ) throws(ArtifactError) -> [(TarReader.Segment, Take)] {
    var reader = state.reader
    var gate = state.gate
    // Moved out for the time of the walk: in place, every change would copy the gate's tables.
    state.gate = MemberGate(limits: options.limits)
    state.reader = TarReader()
    defer {
      state.reader = reader
      state.gate = gate
    }
    var result: [(TarReader.Segment, Take)] = []
    var open = state.open
    try reader.read(bytes) { (kind, member) throws(ArtifactError) in
      open = (member, try decide(kind, member, &gate))
    } segment: { segment in
      guard let current = open else { return }
      if case .gather = current.take {
        gate.gather(
          segment.member, UnsafeRawBufferPointer(rebasing: bytes[segment.range]), isLast: segment.isLast)
      } else {
        result.append((segment, current.take))
      }
    } fault: { fault in
      gate.note(fault.code, fault.path, fault.message)
    }
    state.open = open
    return result
  }

  private func decide(
    _ kind: TarHeader.Kind, _ member: ScannedMember, _ gate: inout MemberGate
  ) throws(ArtifactError) -> Take {
    let before = gate.findings.count
    let decision = gate.admit(member, isDirectory: kind == .directory)
    switch decision {
    case .gather: return .gather
    case .skip:
      if kind == .directory, gate.findings.count == before { _ = try sink.begin(member, isDirectory: true) }
      return .nothing
    case .check(let digest, let slot):
      return .check(digest, slot, toSink: try sink.begin(member, isDirectory: false))
    }
  }

  private func handle(_ segment: TarReader.Segment, _ take: Take, _ worker: ScanWorker) throws(ArtifactError) {
    if segment.isWhole { try wholeMember(segment, take, worker) } else { try part(segment, take, worker) }
  }

  private func wholeMember(
    _ segment: TarReader.Segment, _ take: Take, _ worker: ScanWorker
  ) throws(ArtifactError) {
    guard case .check(let expected, let slot, let toSink) = take else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: worker.content.bytes[segment.range])
    worker.hasher.update(bytes)
    try finished(segment.member, slot, expected, try worker.hasher.artifactDigest())
    if toSink { try sink.whole(segment.member, bytes) }
  }

  /// Waits for the parts before it, then adds this one.
  private func part(_ segment: TarReader.Segment, _ take: Take, _ worker: ScanWorker) throws(ArtifactError) {
    guard case .check(let expected, let slot, let toSink) = take else { return }
    let index = segment.member.index
    let hasher: SHA256Hasher?
    if segment.isFirst {
      let fresh = try SHA256Hasher.forArtifacts()
      hasher = monitor.update { state in
        guard state.chains[index]?.isBroken != true else { return nil }
        state.chains[index] = Chain(hasher: fresh)
        return fresh
      }
    } else {
      hasher = monitor.when({ state in
        let chain = state.chains[index]
        return state.failure != nil || state.isStopped || chain?.isBroken == true || chain?.offset == segment.offset
      }) { state in
        guard state.failure == nil, !state.isStopped, let chain = state.chains[index], !chain.isBroken else {
          return nil
        }
        return chain.hasher
      }
    }
    guard let hasher else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: worker.content.bytes[segment.range])
    hasher.update(bytes)
    if segment.isLast { try finished(segment.member, slot, expected, try hasher.artifactDigest()) }
    if toSink { try sink.part(segment.member, at: segment.offset, bytes, isLast: segment.isLast) }
    monitor.update { state in
      state.chains[index]?.offset = segment.offset + segment.range.count
      if segment.isLast { state.chains[index] = nil }
    }
  }

  private func finished(
    _ member: ScannedMember, _ slot: MemberGate.Slot, _ expected: SHA256Digest, _ found: SHA256Digest
  ) throws(ArtifactError) {
    try monitor.withLock { (state) throws(ArtifactError) in
      state.filesDone += 1
      state.gate.finished(member, slot, expected: expected, found: found)
      try stopIfFaulty(&state)
    }
  }

  /// Records a piece that cannot be decoded, and steps over it.
  private func damaged(_ state: inout State, _ piece: PieceSource.Piece, _ fault: CodecFault) {
    var skipped: Int?
    var place = ""
    if case .frame(let offset, _, let size) = piece {
      skipped = size
      place = " at byte \(offset) of the file"
    }
    let open = state.reader.openMember
    switch fault {
    case .damaged(let reason): state.gate.note(.damaged, open?.path, "compressed data\(place) is damaged: \(reason)")
    case .truncated: state.gate.note(.truncated, open?.path, "the compressed data ends too early")
    case .trailing: state.gate.note(.trailingData, nil, "something that is no compressed data follows the archive")
    }
    state.reader.skipDamaged(skipped)
    guard let open else { return }
    // Parts that come later have nothing to follow on.
    if let hasher = state.chains[open.index]?.hasher {
      state.chains[open.index] = Chain(isBroken: true, hasher: hasher)
    } else if let fresh = try? SHA256Hasher.forArtifacts() {
      state.chains[open.index] = Chain(isBroken: true, hasher: fresh)
    }
  }

  private func checkRatio(_ state: inout State) {
    guard state.decoded > 64 << 20, state.decoded / options.limits.ratio > artifact.size,
      !state.gate.findings.contains(where: { $0.code == .limit && $0.member == nil })
    else { return }
    state.gate.note(.limit, nil, "it grows to more than \(options.limits.ratio) times its size")
  }

  private func stopIfFaulty(_ state: inout State) throws(ArtifactError) {
    // Whatever the rule: beyond a limit nothing more is read.
    if state.gate.findings.contains(where: { $0.code == .limit }) { state.isStopped = true }
    switch rule {
    case .collect: break
    case .stopAtFirst:
      guard let first = state.gate.findings.first(where: { $0.code != .order }) else { return }
      throw first.error(findings: state.gate.findings)
    case .untilSatisfied(let isSatisfied):
      if let first = state.gate.findings.first(where: { $0.code != .order }) { throw first.error() }
      if state.gate.manifest != nil, isSatisfied() { state.isStopped = true }
    }
  }

  private func report() {
    guard let progress = options.progress else { return }
    let position = source.withLock { $0.position }
    monitor.withLock { state in
      progress(
        ArtifactProgress(
          bytes: position, totalBytes: artifact.size, files: state.filesDone,
          totalFiles: state.gate.manifest?.paths.count))
    }
  }
}

/// What one thread of a scan owns.
final class ScanWorker {
  let content = ByteBuffer(capacity: 9 << 20)
  let frame = ByteBuffer(capacity: 4 << 20)
  let decompressor: ZstdDecompressor
  let hasher: SHA256Hasher

  init() throws(ArtifactError) {
    decompressor = try ZstdDecompressor()
    hasher = try SHA256Hasher.forArtifacts()
  }
}
