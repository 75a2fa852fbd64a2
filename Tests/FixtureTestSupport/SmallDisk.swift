import SystemPackage

/// A file system of 128 KiB, mounted for one test; nil where mounting is not allowed.
package final class SmallDisk {
  private let scratch: TemporaryDirectory
  /// Where it is mounted.
  package var path: FilePath { scratch.path("disk") }

  /// - Parameter options: of mount(8) for a tmpfs.
  package init?(options: String = "size=128k") throws {
    scratch = try TemporaryDirectory()
    try scratch.makeDirectory("disk")
    guard let mount = Program(named: "mount"), Program(named: "umount") != nil else { return nil }
    let disk = scratch.path("disk").string
    guard try mount.run(["-t", "tmpfs", "-o", options, "tmpfs", disk]).exitCode == 0 else { return nil }
  }

  deinit {
    // Lazily, because a directory in it may still be open.
    _ = try? Program(named: "umount")?.run(["--lazy", path.string])
  }

  /// Whether this process may mount one.
  package static let isAllowed = (try? SmallDisk()).flatMap { $0 } != nil
}
