import ArgumentParser
import Files
import FixtureTree
import JSONBytes
import KumoState
import Migrations

/// To which S3 layout a directory is brought.
struct LayoutOptions: ParsableArguments, Sendable {
  @Option(name: .long, help: "Bring S3 bodies to this layout after all steps: inline, portable or blobs.")
  var layout: LayoutName?

  @Option(
    name: .long,
    help: "With --layout: the release whose losses are listed, such as v0.18.0 (the default for inline).")
  var target: String?

  func validate() throws {
    guard let target else { return }
    if layout == nil { throw ValidationError("--target belongs to --layout") }
    if KumoRelease(parsing: target) == nil {
      throw ValidationError("--target takes a release of KUMO such as v0.25.3, not '\(target)'")
    }
  }

  /// What was asked for; nil without `--layout`.
  var request: LayoutRequest? {
    layout.map { LayoutRequest(layout: $0.layout, target: target.flatMap { KumoRelease(parsing: $0) }) }
  }

  /// The options as they are typed again, with a space in front.
  var arguments: String { (layout.map { " --layout \($0.rawValue)" } ?? "") + (target.map { " --target \($0)" } ?? "") }
}

/// A layout to bring a directory to.
struct LayoutRequest: Sendable {
  let layout: Layout
  /// The release whose losses are listed.
  var target: KumoRelease?

  /// Looks at what the layout needs.
  func preflight(_ directory: Directory, in context: CommandContext) throws -> LayoutPlanText {
    let cancellation = context.environment.cancellation
    let conversion = try LayoutConversion(
      directory: directory, to: layout, target: target, checkpoint: { try cancellation.check() })
    return LayoutPlanText(conversion: conversion)
  }

  /// What the executor is given: says what will be lost, and makes the step.
  func step(
    quiet: Bool, in context: CommandContext
  ) -> @Sendable (Directory, FixtureDocument) throws -> MigrationPlan.Action? {
    { directory, document in
      let plan = try preflight(directory, in: context)
      let action = try LayoutStep.action(plan.conversion, document)
      if action != nil { for line in plan.losses { try context.message(line, unless: quiet) } }
      return action
    }
  }
}

/// What a change of layout would do, for people and programs.
struct LayoutPlanText {
  let conversion: LayoutConversion

  /// What would be lost, a line each.
  var losses: [String] { conversion.losses.map { "loses \($0)" } }

  var lines: [String] {
    let work = conversion.work
    var parts: [String] = []
    if work.changed > 0 { parts.append("\(work.changed) of \(work.objects) objects and versions rewritten") }
    if work.blobsWritten > 0 {
      parts.append("\(work.blobsWritten) blobs written (\(ByteCount.text(work.bytesWritten)))")
    }
    if work.blobsRemoved > 0 { parts.append("\(work.blobsRemoved) blobs removed") }
    if work.emptyReferences > 0 { parts.append("\(work.emptyReferences) references to an empty blob removed") }
    if work.unreferenced > 0 {
      parts.append("\(work.unreferenced) unreferenced blobs \(conversion.layout.hasBlobs ? "kept" : "among them")")
    }
    let what = parts.isEmpty ? "nothing to do" : parts.joined(separator: ", ")
    var lines = ["layout \(conversion.found) -> \(conversion.layout): \(what)"]
    if conversion.layout == .blobs, !conversion.work.isNothing {
      lines.append("    releases before v0.25.3 would lose every body; v0.25.3 to v0.29.0 write it back as portable")
    }
    lines += losses.map { "    \($0)" }
    return lines
  }

  func write(to json: inout JSONWriter) {
    let work = conversion.work
    json.key("layout")
    json.beginObject()
    json.field("from", conversion.found.description)
    json.field("to", conversion.layout.rawValue)
    json.field("objects", work.objects)
    json.field("changed", work.changed)
    json.field("blobsWritten", work.blobsWritten)
    json.field("bytesWritten", Int(work.bytesWritten))
    json.field("blobsRemoved", work.blobsRemoved)
    json.field("unreferencedBlobs", work.unreferenced)
    json.field("emptyReferences", work.emptyReferences)
    json.key("losses")
    json.beginArray()
    for loss in conversion.losses {
      json.beginObject()
      json.field("service", loss.service)
      json.field("path", loss.path)
      json.field("count", loss.count)
      json.key("certain")
      json.bool(loss.isCertain)
      json.field("consequence", loss.consequence)
      json.endObject()
    }
    json.endArray()
    json.texts("obstacles", conversion.obstacles.map(\.description))
    json.endObject()
  }
}
