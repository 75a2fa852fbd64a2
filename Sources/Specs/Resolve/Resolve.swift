import Digests
import Documents
import SystemPackage

extension FixtureSpec {
  /// Makes the spec ready to be written. Everything that can be wrong before a row is made is found here, all at
  /// once; what depends on rows is found by the streams of the result.
  ///
  /// - Parameter directory: what paths in the spec are relative to.
  /// - Throws: `SpecError` with every problem.
  package func resolve(in directory: FilePath) throws(SpecError) -> ResolvedFixture {
    var resolver = Resolver(spec: self, directory: directory)
    return try resolver.resolve()
  }
}

/// Resolves one spec. The sections are in extensions of this type.
struct Resolver {
  let spec: FixtureSpec
  let compiler: Compiler
  var environment: Environment

  init(spec: FixtureSpec, directory: FilePath) {
    self.spec = spec
    compiler = Compiler(spec: spec, directory: directory)
    environment = Environment(clock: spec.clock, sets: [], loaded: [:])
  }

  /// The site of a resource.
  func site(_ place: [String], _ location: SpecLocation, _ path: String) -> Compiler.Site {
    Compiler.Site(place: place, location: location, path: path)
  }

  mutating func resolve() throws(SpecError) -> ResolvedFixture {
    checkHead()
    compiler.declareSets()
    let sets = spec.dataSets.enumerated().compactMap { compile($0.element, index: $0.offset) }
    let buckets = spec.buckets.enumerated().map { compile($0.element, index: $0.offset) }
    let tables = spec.tables.enumerated().map { compile($0.element, index: $0.offset) }
    let queues = spec.queues.enumerated().map { compile($0.element, index: $0.offset) }
    _ = small(ready: false)
    checkNames()
    if !compiler.problems.isEmpty { throw SpecError(compiler.problems) }
    environment = Environment(clock: spec.clock, sets: sets, loaded: try load(sets))

    let resolvedBuckets = buckets.compactMap(finish)
    let resolvedTables = tables.compactMap(finish)
    let resolvedQueues = queues.compactMap(finish)
    let (secrets, parameters, topics, raw) = small(ready: true)
    if !compiler.problems.isEmpty { throw SpecError(compiler.problems) }

    let canonical = Canonical(files: compiler.files.mapValues(\.digest))
    let digest: String
    do {
      digest = try SHA256Hasher.hash(of: canonical.json(spec).bytes).hex
    } catch {
      throw SpecError(spec.location, "\(error)")
    }
    return ResolvedFixture(
      name: spec.name, version: spec.version, appVersion: spec.appVersion, description: spec.description,
      seed: spec.seed,
      clock: spec.clock, namespace: spec.namespace, namespaceMode: spec.namespaceMode, region: spec.region,
      digest: digest,
      generators: compiler.algorithms.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) },
      buckets: resolvedBuckets, tables: resolvedTables, queues: resolvedQueues, secrets: secrets,
      parameters: parameters,
      topics: topics, rawDocuments: raw)
  }

  /// The resources that need no rows.
  private func small(
    ready: Bool
  ) -> ([ResolvedSecret], [ResolvedParameter], [ResolvedTopic], [ResolvedRawDocument]) {
    (
      spec.secrets.enumerated().compactMap { secret($0.element, index: $0.offset, ready: ready) },
      spec.parameters.enumerated().compactMap { parameter($0.element, index: $0.offset, ready: ready) },
      spec.topics.enumerated().compactMap { topic($0.element, index: $0.offset, ready: ready) },
      spec.rawDocuments.enumerated().compactMap { rawDocument($0.element, index: $0.offset, ready: ready) }
    )
  }

  private func checkHead() {
    let site = site([], spec.location, "")
    if !NameRule.fixture.allows(spec.name) {
      compiler.report(site.field("fixture"), "the name '\(spec.name)' is not allowed", hint: NameRule.fixture.words)
    }
    if spec.version < 1 || spec.version > 1_000_000_000 {
      compiler.report(site.field("version"), "version is \(spec.version); expected 1 to 1000000000")
    }
    if let namespace = spec.namespace, !NameRule.namespace.allows(namespace) {
      compiler.report(
        site.field("namespace"), "the namespace '\(namespace)' is not allowed", hint: NameRule.namespace.words)
    }
    if !NameRule.region.allows(spec.region) {
      compiler.report(site.field("region"), "'\(spec.region)' is not a region", hint: NameRule.region.words)
    }
    // Times of rows and versions are the clock plus seconds: leave room for them.
    if !(-62_135_596_800...250_000_000_000).contains(spec.clock.seconds) {
      compiler.report(site.field("clock"), "the clock is after the year 9892")
    }
  }

  private func compile(_ set: DataSet, index: Int) -> CompiledSet? {
    var site = site(["data", set.name], set.location, "data.\(set.name)")
    switch set.source {
    case .generated(let count, let fields):
      site.rowSet = index
      return CompiledSet(
        name: set.name, source: .generated(count: count, compiler.members(fields, site)),
        fields: compiler.setFields[index] ?? [:], location: set.location)
    case .rows(let rows):
      let compiled = rows.enumerated().map { position, row in
        let inner = site.field("rows[\(position)]")
        guard case .map(let members) = row else {
          compiler.report(inner, "a row is not a map; expected names and values such as {id: 1}")
          return [ProgramMember]()
        }
        return compiler.members(members, inner)
      }
      return CompiledSet(name: set.name, source: .rows(compiled), fields: [:], location: set.location)
    case .file(let path, let format):
      guard let file = compiler.file(path, site.field("file")) else { return nil }
      return CompiledSet(
        name: set.name, source: .file(RowFile(path: file.path, format: format, location: set.location)), fields: [:],
        location: set.location)
    }
  }

  /// Reads the files that rows are drawn from.
  private func load(_ sets: [CompiledSet]) throws(SpecError) -> [Int: [RowFile.Row]] {
    var loaded: [Int: [RowFile.Row]] = [:]
    for index in compiler.drawn.sorted() {
      if case .file(let file) = sets[index].source { loaded[index] = try file.rows(limit: 200_000) }
    }
    return loaded
  }

  /// How an entry is repeated, checked.
  func repetition(_ repetition: Repetition, _ site: inout Compiler.Site) -> CompiledRepetition {
    switch repetition {
    case .once: return .once
    case .count(let count):
      if !(0...100_000_000).contains(count) {
        compiler.report(site.field("count"), "count is \(count); expected 0 to 100000000")
      }
      return .count(count)
    case .rows(let name):
      guard let set = compiler.set(named: name, site.field("for-each")) else { return .once }
      site.rowSet = set
      return .rows(set)
    }
  }

  /// The part of a place that names an entry among its siblings; equal names are told apart by their order.
  static func labels(_ names: [String]) -> [String] {
    var seen: [[UInt8]: Int] = [:]
    return names.map { name in
      let count = seen[Array(name.utf8), default: 0]
      seen[Array(name.utf8)] = count + 1
      return count == 0 ? name : "\(name)#\(count + 1)"
    }
  }
}

/// How often an entry is written.
enum CompiledRepetition: Sendable {
  case once
  case count(Int)
  case rows(Int)
}

extension Environment {
  /// Calls the body with an evaluator for each row of an entry. Throws what rows and the body throw.
  func forEachRow(
    of repetition: CompiledRepetition, location: SpecLocation, _ body: (Evaluator) throws -> Void
  ) throws {
    switch repetition {
    case .once:
      try body(Evaluator(environment: self, index: 0, row: nil, location: location))
    case .count(let count):
      for index in 0..<count {
        try body(Evaluator(environment: self, index: index, row: nil, location: location))
      }
    case .rows(let set):
      let count: Int
      switch sets[set].source {
      case .generated(let rows, _): count = rows
      case .rows(let rows): count = rows.count
      case .file(let file):
        try file.forEachRow { index, members, _ in
          let row = RowHandle(
            set: set, index: index, fields: 0,
            members: members.map { DatumMember(name: $0.name, value: Datum(json: $0.value)) })
          try body(Evaluator(environment: self, index: index, row: row, location: location))
        }
        return
      }
      for index in 0..<count {
        try body(Evaluator(environment: self, index: index, row: try row(index, of: set), location: location))
      }
    }
  }
}
