/// Content on its way from the thread that scans an artifact to one that asks for it: a few buffers, so that the scan
/// works ahead without running away.
final class MemberQueue: ScanSink {
  enum Item {
    /// A member begins.
    case member(ArtifactMember)
    /// Its next bytes.
    case bytes(ByteBuffer)
    /// It is complete.
    case end
  }

  private struct State {
    var items: [Item] = []
    var free: [ByteBuffer]
    /// The scan has ended: nothing follows.
    var isOver = false
    /// Nobody asks any more: content is dropped, or with `isToStop` the scan is ended.
    var isDeserted = false
    var isToStop = false
    var members: [ArtifactMember] = []
  }

  private let isWanted: @Sendable ([UInt8]) -> Bool
  private let monitor: Monitor<State>

  /// Bytes of one buffer, and how many there are.
  private static let bufferSize = 1 << 20
  private static let bufferCount = 4
  /// Items that may wait: many small members are many items.
  private static let itemLimit = 64

  init(_ isWanted: @escaping @Sendable ([UInt8]) -> Bool) {
    self.isWanted = isWanted
    monitor = Monitor(State(free: (0..<Self.bufferCount).map { _ in ByteBuffer(capacity: Self.bufferSize) }))
  }

  // For the scan, on its thread.

  func begin(_ member: ScannedMember, isDirectory: Bool) -> Bool {
    monitor.withLock { $0.members.append(ArtifactMember(member, isDirectory: isDirectory)) }
    return !isDirectory && isWanted(member.path)
  }

  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) throws(ArtifactError) {
    try part(member, at: 0, bytes, isLast: true)
  }

  func part(
    _ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool
  ) throws(ArtifactError) {
    if offset == 0 { try put(.member(ArtifactMember(member, isDirectory: false))) }
    for start in stride(from: 0, to: bytes.count, by: Self.bufferSize) {
      guard let buffer = try emptyBuffer() else { return }
      buffer.append(bytes.part(start..<min(start + Self.bufferSize, bytes.count)))
      try put(.bytes(buffer))
    }
    if isLast { try put(.end) }
  }

  /// Says that the scan has ended, well or not.
  func finish() { monitor.update { $0.isOver = true } }

  private func put(_ item: Item) throws(ArtifactError) {
    let isToStop = monitor.when({ $0.items.count < Self.itemLimit || $0.isDeserted }) { state in
      if !state.isDeserted { state.items.append(item) }
      return state.isToStop
    }
    if isToStop { throw Self.deserted }
  }

  /// Nil when nobody asks any more.
  private func emptyBuffer() throws(ArtifactError) -> ByteBuffer? {
    let (buffer, isToStop) = monitor.when({ !$0.free.isEmpty || $0.isDeserted }) { state in
      (state.isDeserted ? nil : state.free.popLast(), state.isToStop)
    }
    if isToStop { throw Self.deserted }
    buffer?.removeAll()
    return buffer
  }

  private static let deserted = ArtifactError(.cancelled, "nobody reads the rest of the artifact")

  // For the reader, on its own.

  /// The next item; nil when the scan has ended.
  func take() -> Item? {
    monitor.when({ !$0.items.isEmpty || $0.isOver }) { $0.items.isEmpty ? nil : $0.items.removeFirst() }
  }

  /// Gives a buffer back.
  func recycle(_ buffer: ByteBuffer) { monitor.update { $0.free.append(buffer) } }

  /// Says that nothing more will be taken. With `stopping`, the scan ends at its next member instead of checking the
  /// rest.
  func desert(stopping: Bool) {
    monitor.update { state in
      state.isDeserted = true
      state.isToStop = stopping
    }
  }

  /// The headers of all members so far, without the manifests.
  var members: [ArtifactMember] { monitor.withLock { $0.members } }
}
