import Glibc

/// The JSON files among the captures of real KUMO directories that lie beside the package (../shared/captures).
struct CaptureFile: Sendable {
  let name: String
  let bytes: [UInt8]

  /// Empty in a plain clone, which has no captures; tests then say so and check nothing.
  static let all: [CaptureFile] = {
    var package = #filePath
    for _ in 0..<3 { package = String(package[..<(package.lastIndex(of: "/") ?? package.startIndex)]) }
    let root = package[..<(package.lastIndex(of: "/") ?? package.startIndex)] + "/shared/captures"
    return files(below: String(root)).filter { $0.hasSuffix(".json") }.sorted().compactMap { path in
      contents(path).map { CaptureFile(name: String(path.dropFirst(root.count + 1)), bytes: $0) }
    }
  }()

  private static func files(below path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var found: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasPrefix(".") { continue }
      let child = path + "/" + name
      found += entry.pointee.d_type == UInt8(DT_DIR) ? files(below: child) : [child]
    }
    return found
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    while true {
      var part = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(descriptor, &part, part.count)
      guard count > 0 else { return count == 0 ? bytes : nil }
      bytes += part[..<count]
    }
  }
}
