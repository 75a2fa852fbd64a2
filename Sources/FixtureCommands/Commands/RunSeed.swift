import Emulator
import Files
import KumoState
import Specs
import SystemPackage

/// Puts what a running KUMO does not serve of a spec in over its API.
struct RunSeed {
  let spec: String
  let context: CommandContext

  /// Makes the spec's data in a private place, and asks for what is missing.
  ///
  /// - Returns: what was put in, in words; nil when nothing was missing.
  func put(into endpoint: Endpoint) throws -> String? {
    let fixture = try SpecSource(context: context).resolve(spec)
    let place = context.environment.variables["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    let staged = try StagedDirectory.create(
      for: context.environment.path(place).appending("kumo-fixtures-seed"), mode: 0o700)
    do {
      // With bodies in the file itself, one reader sees all of an object.
      _ = try FixtureGenerator(fixture, layout: .inline).write(into: staged.directory) { _ in
        try context.environment.cancellation.check()
      }
      var seed = LiveSeed(staged.directory, calls: LiveCalls(endpoint))
      let counts = try seed.run()
      try staged.discard()
      guard !counts.isNothing else { return nil }
      return
        "seeded \(counts.containers) buckets, tables and queues and \(counts.contents) of their contents from \(spec)"
    } catch {
      try? staged.discard()
      throw error
    }
  }
}
