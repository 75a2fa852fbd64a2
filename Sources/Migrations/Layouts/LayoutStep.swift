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
    if work.blobsRemoved > 0 { view.note("\(work.blobsRemoved) blobs removed, of which \(work.unreferenced) unreferenced") }
    if work.emptyReferences > 0 { view.note("\(work.emptyReferences) references to the empty blob removed") }
  }

  /// What the executor asks for: the action that brings a fixture to a layout, or nil when it has it already.
  ///
  /// - Throws: `StepError` when an object stands in the way; as `LayoutConversion.init`.
  package static func action(
    to layout: Layout, _ directory: Directory, _ document: FixtureDocument
  ) throws -> MigrationPlan.Action? {
    let conversion = try LayoutConversion(directory: directory, to: layout)
    if let first = conversion.obstacles.first { throw StepError(first.description) }
    if conversion.work.isNothing, document.layout == layout.rawValue { return nil }
    let step = LayoutStep(conversion, version: document.version)
    return MigrationPlan.Action(step: step, digest: try StepDigest.of(step.definition), layout: layout.rawValue)
  }
}
