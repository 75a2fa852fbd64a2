import Files
import FixtureTree
import SystemPackage

/// What became of the staged trees that killed runs had left.
package struct ResumeOutcome: Sendable {
  /// A tree that was complete and is in place now.
  package var finished: FilePath?
  /// Trees that were removed.
  package var discarded: [FilePath] = []
}

extension MigrationExecutor {
  /// Finishes what a killed run had begun: a staged tree that is complete (every digest of its manifest is right, its
  /// ledger goes on from this very directory, and it is valid) is swapped in; everything else is removed.
  ///
  /// A killed run never leaves a directory half done, so what remains to be done after this is to `apply` as usual.
  ///
  /// - Throws: `MigrationError`, `FilesError`, `FixtureTreeError`; the directory is then what it was.
  ///
  /// - Parameter arguments: the options about steps as they are typed again, with a space in front, for messages.
  package func finishLeftovers(
    of target: FilePath, shownAs path: String, arguments: String = ""
  ) throws -> ResumeOutcome {
    let gate = try DirectoryGate(
      target, shownAs: path, arguments: arguments, settings: settings, chain: registry.entries)
    var outcome = ResumeOutcome()
    let leftovers = try StagedDirectory.leftovers(for: target)
    guard !leftovers.isEmpty else { return outcome }
    let state = try gate.state(shownAs: path, settings: settings)
    for leftover in leftovers {
      guard let staged = try StagedDirectory.takeOver(leftover, for: target) else { continue }
      if outcome.finished == nil, isComplete(leftover.directory, after: state, of: gate.document) {
        try staged.commit(replacing: .exchange)
        outcome.finished = leftover.path
      } else {
        try staged.discard()
        outcome.discarded.append(leftover.path)
      }
    }
    return withExtendedLifetime(gate) { outcome }
  }

  /// Removes what killed runs left beside a directory, which the caller has locked.
  ///
  /// - Throws: `FilesError`.
  package static func discardLeftovers(of target: FilePath) throws -> [FilePath] {
    let removed = try StagedDirectory.removeStale(for: target)
    for stale in removed {
      if case .failed(let error) = stale.action { throw error }
    }
    return removed.map(\.path)
  }

  /// Whether a staged tree is a whole successor of a directory.
  private func isComplete(_ directory: Directory, after state: TreeState, of document: FixtureDocument) -> Bool {
    guard let manifest = try? TreeManifest.read(from: directory),
      let successor = try? FixtureDocument.read(from: directory),
      successor.name == document.name,
      successor.ledger.contains(where: { $0.treeDigestBefore == state.treeDigest }),
      let own = try? TreeState(of: directory), own.manifest.treeDigest == manifest.treeDigest,
      let verdict = try? settings.validate(directory)
    else { return false }
    return verdict.errors.isEmpty
  }
}
