import Files
import FixtureTree
import KumoState

/// The step that brings a fixture to another layout; part of the tool, no step of the user's.
package struct LayoutStep: MigrationStep {
  /// The preflight that was made of the directory.
  package let conversion: LayoutConversion
  package let from: Int
  package var to: Int { from }
  package var id: String { "layout-\(conversion.layout)" }
  package var kind: StepKind { .layout }
  package var title: String { "keep S3 bodies in the layout \(conversion.layout)" }
  package var definition: [UInt8] { Array("kumo-fixtures layout \(conversion.layout) 1".utf8) }
  package var scope: StepScope { .service("s3") }
  package var location: StepLocation { StepLocation(file: "kumo-fixtures --layout \(conversion.layout)") }

  /// The step for a fixture of this version, after this preflight.
  package init(_ conversion: LayoutConversion, version: Int) {
    self.conversion = conversion
    from = version
  }

  /// - Throws: as `LayoutConversion.apply`.
  package func apply(to view: DirectoryView) throws {
    // Steps before this one may have changed the objects: what counts is what the staged tree shows.
    let conversion = try LayoutConversion(
      directory: view.directory, to: conversion.layout, target: nil, checkpoint: view.checkpoint)
    try conversion.apply(in: view.directory, checkpoint: view.checkpoint)
    let work = conversion.work
    view.note("\(work.changed) of \(work.objects) objects and versions rewritten")
    if work.blobsWritten > 0 { view.note("\(work.blobsWritten) blobs written (\(work.bytesWritten) bytes)") }
    if work.blobsRemoved > 0 {
      view.note("\(work.blobsRemoved) blobs removed, of which \(work.unreferenced) unreferenced")
    }
    if work.emptyReferences > 0 { view.note("\(work.emptyReferences) references to the empty blob removed") }
  }

  /// The action that brings a fixture to the layout of a preflight that was made of its directory; nil when it has it.
  ///
  /// - Throws: `MigrationError` when an object stands in the way.
  package static func action(
    _ conversion: LayoutConversion, _ document: FixtureDocument
  ) throws -> MigrationPlan.Action? {
    if let refusal = conversion.refusal { throw refusal }
    if conversion.work.isNothing, document.layout == conversion.layout.rawValue { return nil }
    let step = LayoutStep(conversion, version: document.version)
    return MigrationPlan.Action(
      step: step, digest: try StepDigest.of(step.definition), layout: conversion.layout.rawValue)
  }
}

extension LayoutConversion {
  /// Why it would be refused; nil when nothing stands in the way.
  package var refusal: MigrationError? {
    guard let first = obstacles.first else { return nil }
    var details = obstacles.dropFirst().prefix(9).map(\.description)
    if obstacleCount > 10 { details.append("and \(obstacleCount - 10) more") }
    return MigrationError(
      .refused, "the layout cannot become \(layout): \(first)",
      hint: "restore what is missing from a snapshot or an artifact, or delete the object, then run again",
      details: details)
  }
}
