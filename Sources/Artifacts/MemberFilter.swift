/// Which files of a directory or members of an artifact take part, by service or by pattern.
package struct MemberFilter: Sendable, Hashable {
  private enum Rule: Sendable, Hashable {
    case service([UInt8])
    case glob(GlobPattern)

    func matches(_ path: [UInt8]) -> Bool {
      switch self {
      case .glob(let pattern): return pattern.matches(path)
      case .service(let name):
        // `s3` stands for `s3.json`, `s3/…` and `s3-objects/…` (kumo-format.md 1), not for `s3tables.json`.
        guard path.starts(with: name) else { return false }
        let rest = path[name.count...]
        let top = rest.prefix { $0 != UInt8(ascii: "/") }
        return rest.isEmpty || rest.first == UInt8(ascii: "/") || top.elementsEqual(Array(".json".utf8))
          || top.elementsEqual(Array("-objects".utf8))
      }
    }
  }

  private let include: [Rule]
  private let exclude: [Rule]

  /// Everything.
  package static let all = MemberFilter(include: [], exclude: [])

  /// A text with `*`, `?`, `[`, `/` or `.` in it is a pattern over the whole path, any other one a service's name.
  /// Nothing included means everything. `fixture.json` is always in, unless a pattern excludes it.
  package init(include: [[UInt8]], exclude: [[UInt8]]) {
    self.include = include.map(Self.rule)
    self.exclude = exclude.map(Self.rule)
  }

  /// Whether a text is taken for a service's name and not for a pattern.
  package static func isServiceName(_ text: [UInt8]) -> Bool { !text.contains(where: "*?[/.".utf8.contains) }

  private static func rule(_ text: [UInt8]) -> Rule {
    isServiceName(text) ? .service(text) : .glob(GlobPattern(text))
  }

  /// Whether a file or empty directory takes part.
  package func accepts(_ path: [UInt8]) -> Bool {
    guard !exclude.contains(where: { $0.matches(path) }) else { return false }
    return include.isEmpty || path == ReservedName.fixture || include.contains { $0.matches(path) }
  }

  /// True when nothing is left out.
  package var isAll: Bool { include.isEmpty && exclude.isEmpty }
}
