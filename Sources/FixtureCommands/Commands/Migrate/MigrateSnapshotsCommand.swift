import ArgumentParser
import Files
import JSONBytes
import KumoState
import Migrations
import Runs
import SystemPackage

/// `migrate snapshots`: the states that a directory can go back to.
package struct MigrateSnapshotsCommand: ParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "snapshots",
    abstract: "List or prune the snapshots of a directory.",
    subcommands: [MigrateSnapshotsListCommand.self, MigrateSnapshotsPruneCommand.self])

  package init() {}
}

/// `migrate snapshots list`.
package struct MigrateSnapshotsListCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the snapshots of a directory, the newest first.",
    discussion: """
      A snapshot is a whole data directory under its tree digest, in '.NAME.kumo-fixtures-snapshots' beside the directory.

      Example:
        kumo-fixtures migrate snapshots list .kumo-data/shop
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  @OptionGroup var common: CommonOptions

  package init() {}

  package func run(in context: CommandContext) throws -> ExitStatus {
    let store = try SnapshotStore(for: context.environment.path(path))
    let snapshots = try store.list()
    switch format {
    case .text:
      for snapshot in snapshots {
        let what = snapshot.fixture.map { "\($0) version \(snapshot.version ?? 0)" } ?? "no fixture"
        let when = GoTime(seconds: snapshot.created).description
        try context.result("sha256:\(snapshot.digest)  \(what)  \(ByteCount.text(snapshot.byteCount))  \(when)")
      }
      if snapshots.isEmpty { try context.message("no snapshots of \(path)", unless: common.quiet) }
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginArray()
      for snapshot in snapshots {
        json.beginObject()
        json.field("treeDigest", "sha256:\(snapshot.digest)")
        json.field("path", snapshot.path.string)
        if let fixture = snapshot.fixture { json.field("fixture", fixture) }
        if let version = snapshot.version { json.field("version", version) }
        json.field("bytes", Int(snapshot.byteCount))
        json.field("created", GoTime(seconds: snapshot.created).description)
        json.endObject()
      }
      json.endArray()
      try context.result(json)
    }
    return .success
  }
}

/// `migrate snapshots prune`.
package struct MigrateSnapshotsPruneCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "prune",
    abstract: "Remove all but the newest snapshots of a directory.",
    discussion: """
      Examples:
        kumo-fixtures migrate snapshots prune .kumo-data/shop --keep 3
        kumo-fixtures migrate snapshots prune .kumo-data/shop --keep 0
      """)

  @Argument(help: "The data directory.")
  var path: String

  @Option(name: .long, help: "How many to keep.")
  var keep = 10

  @OptionGroup var common: CommonOptions

  package init() {}

  package func validate() throws {
    if keep < 0 { throw ValidationError("--keep takes a number, or 0 for none") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let target = context.environment.path(path)
    // Snapshots are made and restored under the directory's lock.
    let permit = try WorkPermit.take(target, for: .changing)
    let removed = try SnapshotStore(for: target).prune(keeping: keep)
    for digest in removed { try context.result("removed sha256:\(digest)") }
    if removed.isEmpty { try context.message("nothing to remove", unless: common.quiet) }
    return withExtendedLifetime(permit) { .success }
  }
}
