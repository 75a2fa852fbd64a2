import Digests

/// What a scan of an archive does with the members, beside checking them.
protocol ScanSink: Sendable {
  /// Called for each acceptable member in the archive's order, one at a time; false: its data is only checked.
  func begin(_ member: ScannedMember, isDirectory: Bool) throws(ArtifactError) -> Bool
  /// A member that lies whole in one piece. On any thread, several at once.
  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) throws(ArtifactError)
  /// The next part of a larger member: in order for one member, on any thread.
  func part(
    _ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool
  ) throws(ArtifactError)
}

/// Only checks.
struct NoSink: ScanSink {
  func begin(_ member: ScannedMember, isDirectory: Bool) -> Bool { false }
  func whole(_ member: ScannedMember, _ bytes: UnsafeRawBufferPointer) {}
  func part(_ member: ScannedMember, at offset: Int, _ bytes: UnsafeRawBufferPointer, isLast: Bool) {}
}

/// How to read an artifact.
package struct ReadOptions: Sendable {
  /// How much an archive may ask for.
  package var limits = ArtifactLimits()
  /// Threads that decode and hash.
  package var workers: Int
  package var cancellation = CancellationFlag()
  /// Called now and then, from any thread, never from two at once.
  package var progress: (@Sendable (ArtifactProgress) -> Void)?

  package init(workers: Int? = nil) { self.workers = workers ?? WorkerCrew.defaultCount() }
}
