import Artifacts
import Digests
import Files
import SystemPackage

/// Checks of a place that something is packed to, before the work.
enum PackTarget {
  /// Refuses a place inside the directory that is packed: the artifact would be a part of itself the next time.
  static func check(
    _ target: FilePath, named out: String, isOutside source: Directory, named directory: String
  ) throws {
    let root = try source.status()
    var place = try Directory.containing(target).directory
    // Up to the root of the file system, whose parent is itself.
    while true {
      let status = try place.status()
      if status.isSameFile(as: root) {
        throw CommandFailure(
          .usage, "'\(out)' lies inside '\(directory)', which is being packed", hint: "name a place outside of it")
      }
      let parent = try Directory.open(place.path.appending(".."))
      if try parent.status().isSameFile(as: status) { return }
      place = parent
    }
  }

  /// Refuses a place where something stands.
  static func check(isFree target: FilePath, named out: String) throws {
    let place = try Directory.containing(target)
    guard try place.directory.status(place.name) != nil else { return }
    throw CommandFailure(
      .failure, "'\(out)' exists already", hint: "name another directory with --oci, or remove this one")
  }

  /// Whether a checksum file stands beside an artifact and is not of it: left from an earlier one of this name.
  static func hasOtherChecksum(_ target: FilePath, _ report: PackReport) throws -> Bool {
    let place = try Directory.containing(target)
    guard let name = try? RelativePath(place.name.bytes + Array(".sha256".utf8)),
      let text = try? place.directory.read(name, limit: 4096)
    else { return false }
    return !text.starts(with: report.artifactDigest.hexBytes)
  }
}
