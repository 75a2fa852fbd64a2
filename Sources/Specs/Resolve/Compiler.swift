import Digests
import Documents
import KumoState
import SystemPackage

/// Turns the values of a spec into programs, collecting everything that is wrong.
final class Compiler {
  let spec: FixtureSpec
  /// What paths in the spec are relative to.
  let directory: FilePath
  var problems: [SpecProblem]
  /// Algorithms in use, with their versions.
  private(set) var algorithms: Set<String> = []
  /// Indexes of the data sets by the bytes of their names.
  private(set) var setIndexes: [[UInt8]: Int] = [:]
  /// Fields of the generated data sets.
  private(set) var setFields: [[[UInt8]: Int]?] = []
  /// Sets that rows are drawn from.
  private(set) var drawn: Set<Int> = []
  /// Digests and sizes of the files read so far, by path as written.
  private(set) var files: [String: (size: Int, digest: String)] = [:]

  init(spec: FixtureSpec, directory: FilePath) {
    self.spec = spec
    self.directory = directory
    problems = spec.problems
  }

  /// Where a value stands.
  struct Site {
    /// Names its random streams, together with `fields`: independent of everything around it.
    var place: [String]
    var location: SpecLocation
    /// For messages.
    var path: String
    /// The data set whose row is at hand.
    var rowSet: Int?
    /// True where DynamoDB's types may be said.
    var typesAllowed = false

    func field(_ name: String) -> Site {
      var copy = self
      copy.place.append(name)
      copy.path = path.isEmpty ? name : "\(path).\(name)"
      return copy
    }
  }

  func report(_ site: Site, _ message: String, hint: String? = nil) {
    problems.append(SpecProblem(location: site.location, path: site.path, message: message, hint: hint))
  }

  /// Makes the names of the data sets known, before any value that may refer to them is compiled.
  func declareSets() {
    for (index, set) in spec.dataSets.enumerated() {
      let site = Site(place: [], location: set.location, path: "data.\(set.name)")
      if let other = setIndexes[Array(set.name.utf8)] {
        report(site, "two data sets are named '\(set.name)'; the other one is at \(spec.dataSets[other].location)")
      }
      if SpecReference.reserved.contains(set.name) {
        report(site, "'\(set.name)' has a meaning of its own in templates")
      }
      setIndexes[Array(set.name.utf8)] = index
      guard case .generated(let count, let fields) = set.source else {
        setFields.append(nil)
        continue
      }
      if !(0...100_000_000).contains(count) { report(site, "count is \(count); expected 0 to 100000000") }
      var places: [[UInt8]: Int] = [:]
      for (place, field) in fields.enumerated() {
        if places.updateValue(place, forKey: field.name) != nil {
          report(site.field(field.nameText), "a field is given twice")
        }
        if SpecReference.reserved.contains(field.nameText) {
          report(
            site.field(field.nameText), "'\(field.nameText)' has a meaning of its own in templates",
            hint: "use another name")
        }
      }
      setFields.append(places)
    }
  }

  /// The key of a generator's stream at a site.
  func key(_ algorithm: String, _ site: Site) -> StreamKey {
    algorithms.insert(algorithm)
    do {
      return try StreamKey(algorithm: algorithm, seed: spec.seed, place: site.place)
    } catch {
      report(site, "\(error)")
      return StreamKey(words: (0, 0, 0, 0))
    }
  }

  /// The program of a value.
  func program(_ value: SpecValue, _ site: Site) -> Program {
    switch value {
    case .null: return .constant(.null)
    case .bool(let value): return .constant(.bool(value))
    case .number(let text):
      if NumberText(Array(text.utf8)) == nil { report(site, "'\(text)' is not a number that JSON can write") }
      return .constant(.number(Array(text.utf8)))
    case .text(let text): return program(text, site)
    case .bytes(let bytes): return .constant(.bytes(bytes))
    case .list(let elements):
      return .list(elements.enumerated().map { program($0.element, site.field("[\($0.offset)]")) })
    case .map(let members): return .map(self.members(members, site))
    case .generated(let generator): return program(generator, site)
    case .typed(let type, let value):
      if !site.typesAllowed {
        report(site, "$\(type.rawValue) is a type of DynamoDB values, which only items have")
      }
      return .typed(type, program(value, site))
    }
  }

  /// Programs of named values; a name given twice is a problem.
  func members(_ members: [SpecMember], _ site: Site) -> [ProgramMember] {
    var seen: Set<[UInt8]> = []
    return members.map { member in
      let inner = site.field(member.nameText)
      if !seen.insert(member.name).inserted { report(inner, "the name is given twice") }
      return ProgramMember(name: member.name, program: program(member.value, inner))
    }
  }

  /// The program of a text.
  func program(_ text: SpecText, _ site: Site) -> Program {
    if let constant = text.constant { return .constant(.string(constant)) }
    return .template(
      text.parts.map { part in
        switch part {
        case .literal(let bytes): .literal(bytes)
        case .reference(let reference): .lookup(lookup(reference, site), pad: reference.pad)
        }
      })
  }

  /// Where a reference leads from a site.
  func lookup(_ reference: SpecReference, _ site: Site) -> Lookup {
    let names = reference.path.map { Array($0.utf8) }
    if reference.path.count == 1 {
      switch reference.path[0] {
      case "index": return .index
      case "seed": return .constant(Array(spec.seed.utf8))
      case "clock": return .constant(spec.clock.rfc3339)
      case "fixture": return .constant(Array(spec.name.utf8))
      case "version": return .constant(Array(String(spec.version).utf8))
      case "namespace": return .constant(Array((spec.namespace ?? "").utf8))
      case "name-prefix": return .constant(Array(spec.namePrefix.utf8))
      case "key-prefix": return .constant(Array(spec.objectKeyPrefix.utf8))
      default: break
      }
    }
    guard let set = site.rowSet else {
      report(
        site, "'\(reference.source)' refers to a row, but the entry is not written for each row of a data set",
        hint: NearestName.find(reference.path[0], among: SpecReference.reserved).map { "did you mean '${\($0)}'?" }
          ?? "add for-each: SET to the entry")
      return .constant([])
    }
    // `${set.field}` is `${field}` for rows of that set, unless the set has a field of its own name.
    var path = names[...]
    if path.count > 1, path.first == Array(spec.dataSets[set].name.utf8), setFields[set]?[names[0]] == nil {
      path = path.dropFirst()
    }
    guard let first = path.first else { return .constant([]) }
    let rest = Array(path.dropFirst())
    guard let fields = setFields[set] else { return .name(first, rest: rest, source: reference.source) }
    guard let field = fields[first] else {
      let known = fields.sorted { $0.value < $1.value }.map { String(decoding: $0.key, as: UTF8.self) }
      report(
        site,
        "'\(reference.source)': rows of '\(spec.dataSets[set].name)' have no field '\(String(decoding: first, as: UTF8.self))'",
        hint: NearestName.hint(
          for: String(decoding: first, as: UTF8.self), among: known + (known.isEmpty ? [] : SpecReference.reserved)))
      return .constant([])
    }
    return .field(field, rest: rest, source: reference.source)
  }

  /// The index of a data set. Reports an unknown name.
  func set(named name: String, _ site: Site) -> Int? {
    if let index = setIndexes[Array(name.utf8)] { return index }
    report(
      site, "there is no data set '\(name)'",
      hint: NearestName.hint(for: name, among: spec.dataSets.map(\.name)) ?? "declare it under data:")
    return nil
  }

  func draw(from set: Int) { drawn.insert(set) }

  /// A file that the spec names: relative to the spec's directory. Its size and digest are taken once.
  func file(_ path: String, _ site: Site) -> (path: FilePath, size: Int, digest: String)? {
    if path.isEmpty || path.utf8.contains(0) {
      report(site, "'\(DocumentNode.excerpt(Array(path.utf8)))' is not a path")
      return nil
    }
    let full = FilePath(path).isAbsolute ? FilePath(path) : directory.appending(FilePath(path).components)
    if let known = files[path] { return (full, known.size, known.digest) }
    do {
      let facts = try FileFacts.read(full, location: site.location)
      files[path] = facts
      return (full, facts.size, facts.digest)
    } catch {
      problems.append(contentsOf: error.problems)
      return nil
    }
  }
}

extension FixtureSpec {
  /// What stands before names of resources.
  var namePrefix: String { namespaceMode == .names ? namespace.map { $0 + "-" } ?? "" : "" }
  /// What stands before object keys.
  var objectKeyPrefix: String { namespaceMode == .keys ? namespace.map { $0 + "/" } ?? "" : "" }
  /// What stands before string hash keys, message groups and deduplication ids.
  var itemKeyPrefix: String { namespaceMode == .keys ? namespace.map { $0 + "#" } ?? "" : "" }
}
