import Files
import FixtureTree
import KumoState

/// What is in a run's directory, in the order in which it is deleted.
struct DeletionPlan {
  /// Files by group, in order.
  let groups: [(name: String, files: [TreeEntry])]
  /// What killed commands of ours left: it goes, and nobody counts it.
  let scratch: [RelativePath]
  /// Directories, the deepest first.
  let directories: [RelativePath]

  /// Looks at a directory; the sentinel is not part of the plan, it goes last.
  ///
  /// - Throws: `FilesError`.
  init(_ directory: Directory) throws(FilesError) {
    var byGroup: [String: [TreeEntry]] = [:]
    var directories: [RelativePath] = []
    var scratch: [RelativePath] = []
    for entry in try directory.walk(WalkOptions(statuses: true)) where !FixtureNames.sentinels.contains(entry.path) {
      if entry.kind == .directory {
        directories.append(entry.path)
      } else if ScratchName.kind(of: entry.path.lastComponent.bytes) != nil {
        scratch.append(entry.path)
      } else {
        byGroup[Self.group(of: entry.path), default: []].append(entry)
      }
    }
    groups = byGroup.sorted { (Self.rank($0.key), $0.key) < (Self.rank($1.key), $1.key) }.map {
      (name: $0.key, files: $0.value)
    }
    self.scratch = scratch
    self.directories = directories.reversed()
  }

  /// The totals of the plan.
  var totals: RunRecord.Totals {
    RunRecord.Totals(
      groups: groups.map { group in
        RunRecord.Totals.Group(
          name: group.name, files: group.files.count, bytes: group.files.reduce(0) { $0 + ($1.status?.size ?? 0) })
      })
  }

  /// Data goes before what describes it, so that a directory that is only half deleted never looks like a whole fixture.
  private static func rank(_ group: String) -> Int {
    switch group {
    case "fixture": 3
    case "other": 2
    case "output": 1
    default: 0
    }
  }

  private static func group(of path: RelativePath) -> String {
    if path == FixtureNames.document || path == FixtureNames.manifest { return "fixture" }
    let first = path.components.first.map { String(decoding: $0, as: UTF8.self) } ?? ""
    // Named so that it is not taken for the service of that name.
    if first == "logs", path.depth > 1 { return "output" }
    if first == "s3-objects" { return "s3" }
    for suffix in [".json", ".json.tmp"] where path.depth == 1 && first.hasSuffix(suffix) {
      let name = String(first.dropLast(suffix.count))
      if ServiceCatalogue.service(named: name.utf8) != nil { return name }
    }
    return "other"
  }
}
