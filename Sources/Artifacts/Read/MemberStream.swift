/// The content of an artifact's members, for a reader that asks for bytes instead of being handed them.
///
/// Another thread reads, decodes and hashes ahead by at most four buffers of 1 MiB. Not for use from two threads.
package final class MemberStream {
  private let queue: MemberQueue
  private var current: (buffer: ByteBuffer, position: Int)?
  private var isInMember = false

  init(_ queue: MemberQueue) { self.queue = queue }

  /// The next member, in the artifact's order; what is left of the one before is passed over. Nil when there is none,
  /// also when the artifact turned out to be damaged: then `ArtifactReader.pull` throws in the end.
  package func next() -> ArtifactMember? {
    while isInMember { dropBuffer() }
    while let item = queue.take() {
      guard case .member(let member) = item else { continue }
      isInMember = true
      return member
    }
    return nil
  }

  /// Fills some of `buffer` with the next bytes of the current member; 0 is its end.
  ///
  /// - Throws: when the artifact ends within the member.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ArtifactError) -> Int {
    while isInMember, !buffer.isEmpty {
      if let (bytes, position) = current {
        let count = min(buffer.count, bytes.count - position)
        buffer.copyMemory(from: bytes.bytes.part(position..<(position + count)))
        current = (bytes, position + count)
        if position + count == bytes.count { recycle() }
        if count > 0 { return count }
        continue
      }
      switch queue.take() {
      case .bytes(let bytes): current = (bytes, 0)
      case .end: isInMember = false
      case .member, nil:
        isInMember = false
        throw ArtifactError(.damaged, "the artifact ends within this member")
      }
    }
    return 0
  }

  private func recycle() {
    if let current { queue.recycle(current.buffer) }
    current = nil
  }

  private func dropBuffer() {
    recycle()
    switch queue.take() {
    case .bytes(let bytes): queue.recycle(bytes)
    default: isInMember = false
    }
  }
}

/// What is in an artifact, known when all of it has been read.
package struct ArtifactOverview: Sendable {
  /// Every member in the archive's order, the manifests included.
  package let members: [ArtifactMember]
  /// The text of the manifest, whose SHA-256 is the tree digest.
  package let manifest: [UInt8]
}

extension ArtifactReader {
  /// Reads a whole artifact, and lets `body` ask for the content of the members that are `wanted`, in bounded memory
  /// beside about 200 bytes a member.
  ///
  /// What `body` saw is certain when this returns: every hash is checked, also of what was not asked for.
  /// - Throws: the first fault of the artifact, which goes before what `body` throws.
  package static func pull<Result>(
    _ artifact: ArtifactFile, _ options: ReadOptions, wanted: @escaping @Sendable ([UInt8]) -> Bool,
    _ body: (MemberStream) throws -> Result
  ) throws -> (result: Result, overview: ArtifactOverview) {
    var options = options
    // One thread scans, so that members come in their order; the caller's own does the rest.
    options.workers = 1
    let queue = MemberQueue(wanted)
    let scan = try ArchiveScan(artifact, options, .stopAtFirst, queue)
    let outcome = Monitor<Swift.Result<MemberGate, ArtifactError>?>(nil)
    let result = try WorkerCrew.beside {
      do throws(ArtifactError) {
        let gate = try scan.run()
        outcome.update { $0 = .success(gate) }
      } catch {
        outcome.update { $0 = .failure(error) }
      }
      queue.finish()
    } while: { () -> Swift.Result<Result, any Error> in
      let result = Swift.Result { try body(MemberStream(queue)) }
      if case .failure = result { queue.desert(stopping: true) } else { queue.desert(stopping: false) }
      return result
    }
    let gate: MemberGate
    switch (outcome.withLock { $0 }, result) {
    case (.success(let checked), _): gate = checked
    // A scan that was stopped because of the body's error has nothing to say.
    case (.failure(let error), .failure(let own)) where error.code == .cancelled && !options.cancellation.isCancelled:
      throw own
    case (.failure(let error), _): throw error
    case (nil, _): throw ArtifactError(.unreadable, "the artifact could not be read")
    }
    return (
      try result.get(), ArtifactOverview(members: gate.manifestMembers + queue.members, manifest: gate.manifestBytes)
    )
  }
}
