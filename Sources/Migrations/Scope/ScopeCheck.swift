import Digests
import Files
import FixtureTree
import KumoState

/// Proves that a step changed only what it declared.
struct ScopeCheck {
  let scope: StepScope
  /// The tree before the step, with its digests.
  let before: Directory
  let manifestBefore: TreeManifest
  /// The tree after it.
  let after: Directory
  let manifestAfter: TreeManifest

  /// What was touched outside of the scope, in words; empty when all is well.
  ///
  /// - Throws: `FilesError`, `DigestError`, and `JSONError` when the step left a file that is no JSON.
  func violations() throws -> [String] {
    var found: [String] = []
    for path in changedPaths() {
      if let violation = try violation(at: path) { found.append(violation) }
    }
    return found
  }

  /// The files that are not the same in both, sorted by bytes.
  private func changedPaths() -> [[UInt8]] {
    var changed: Set<[UInt8]> = []
    for entry in manifestBefore.manifest.entries where manifestAfter.manifest[entry.name] != entry.digest {
      changed.insert(entry.name)
    }
    for entry in manifestAfter.manifest.entries where manifestBefore.manifest[entry.name] == nil {
      changed.insert(entry.name)
    }
    return changed.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private func violation(at path: [UInt8]) throws -> String? {
    let shown = DisplayName.escape(path)
    guard let service = Self.service(of: path) else { return "'\(shown)', which is no file of a service" }
    guard let part = scope.part(of: service) else { return "'\(shown)'" }
    guard case .entries(let names) = part else { return nil }
    if Self.isBody(path) {
      // Bodies come and go with the objects; what an object outside of the scope needs, `validate` misses.
      let isChanged = manifestBefore.manifest[path] != nil && manifestAfter.manifest[path] != nil
      return isChanged ? "the body '\(shown)', whose content its name gives" : nil
    }
    let relative = try RelativePath(path)
    let old = try EntryDigests(of: service, in: before, path: relative, leavingOut: names)
    let new = try EntryDigests(of: service, in: after, path: relative, leavingOut: names)
    return old.firstDifference(from: new).map { "\($0.words) of '\(shown)'" }
  }

  /// The service that a file belongs to; nil for what is no file of KUMO's.
  static func service(of path: [UInt8]) -> String? {
    if isBody(path) { return "s3" }
    guard case .service(let service) = DataDirectoryName(path) else { return nil }
    return service.name
  }

  private static func isBody(_ path: [UInt8]) -> Bool {
    path.starts(with: Array(DataDirectoryName.blobDirectoryName.utf8) + [UInt8(ascii: "/")])
  }
}
