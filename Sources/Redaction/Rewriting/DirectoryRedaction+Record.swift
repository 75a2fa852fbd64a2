import Files
import FixtureTree
import KumoState
import SystemPackage

extension DirectoryRedaction {
  /// Writes down in the result what was replaced: `fixture.json` (made for a directory that has none) and a manifest of
  /// what is there now. A result in which nothing was replaced stays as it is.
  ///
  /// - Parameter name: of a fixture that has none yet.
  /// - Throws: `FilesError`, `FixtureTreeError`, `DigestError`.
  package func record(
    _ report: RedactionReport, in target: Directory, name: String, toolVersion: String, isStable: Bool
  ) throws {
    guard report.changedFiles > 0 || !report.leftOut.isEmpty else { return }
    var document = try FixtureDocument.read(from: target) ?? adopted(target, name: name)
    document.redaction = RedactionRecord(
      toolVersion: toolVersion, hasStablePseudonyms: isStable,
      counts: report.counts.map { .init(kind: $0.kind.rawValue, place: $0.place, count: $0.count) },
      removedWhole: report.removed.count + report.leftOut.count)
    // A redacted fixture is no longer what its spec gives.
    try document.write(to: target, mode: 0o644)
    try TreeManifest(of: target, workers: options.workers).write(to: target, mode: 0o644)
  }

  private func adopted(_ target: Directory, name: String) -> FixtureDocument {
    let inspection = DirectoryInspection(target)
    return FixtureDocument(
      name: name, version: 1, origin: .adopted, layout: inspection.layout.description,
      services: inspection.services.map(\.service.name))
  }
}
