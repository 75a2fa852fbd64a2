import Files
import SystemPackage

/// Directories that real KUMO servers wrote, kept beside the project; absent in a plain clone.
package enum Captures {
  /// The root of the package, found from this file's own place.
  package static var packageRoot: FilePath {
    FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
  }

  /// The directory with one directory for each KUMO release; nil when it is not there.
  package static var root: FilePath? {
    // A clone may stand beside the project's own: its captures are found from there, too.
    let variable = TemporaryDirectory.variable("KUMO_FIXTURES_CAPTURES").map { FilePath($0) }
    let beside = packageRoot.removingLastComponent().pushing("shared/captures")
    return [variable, beside].compactMap { $0 }.first { (try? Directory.open($0)) != nil }
  }

  /// Every data directory in the captures: directories that hold a `<service>.json` of KUMO beside each other, sorted.
  package static var dataDirectories: [FilePath] {
    guard let root, let directory = try? Directory.open(root), let entries = try? directory.walk() else { return [] }
    let holders = entries.filter { $0.kind == .file && $0.path.lastComponent == "s3.json" }.compactMap(\.path.parent)
    return holders.map { FilePath(bytes: root.bytes + [UInt8(ascii: "/")] + $0.bytes) }
  }
}
