import Documents
import SystemPackage

/// A bucket whose programs are ready.
struct CompiledBucket: Sendable {
  let name: String
  let versioning: BucketVersioning
  let settings: [ProgramMember]
  let objects: [CompiledObject]
  let location: SpecLocation
}

/// An object entry whose programs are ready.
struct CompiledObject: Sendable {
  struct Version: Sendable {
    let body: CompiledBody?
    let contentType: Program
    let contentTypeGiven: Bool
    let metadata: [ProgramMember]
    let tags: [ProgramMember]
  }

  let key: Program
  let versions: [Version]
  let modified: Program?
  let repetition: CompiledRepetition
  let location: SpecLocation
}

/// A body whose program is ready.
enum CompiledBody: Sendable {
  case text(Program)
  case json(Program)
  case data([UInt8])
  case file(FilePath, size: Int, digest: String)
  case bytes(ClosedRange<Int64>, StreamKey)
}

extension Resolver {
  func compile(_ bucket: Bucket, index: Int) -> CompiledBucket {
    let site = site(["s3", bucket.name], bucket.location, "s3.buckets[\(index)]")
    let labels = Self.labels(bucket.objects.map { $0.label ?? $0.key.source })
    let objects = bucket.objects.enumerated().map { position, object in
      compile(
        object, in: bucket,
        self.site(
          site.place + ["objects", labels[position]], object.location, "\(site.path).objects[\(position)]"))
    }
    return CompiledBucket(
      name: bucket.name, versioning: bucket.versioning,
      settings: compiler.members(bucket.settings, site.field("settings")), objects: objects, location: bucket.location)
  }

  private func compile(_ object: Object, in bucket: Bucket, _ entry: Compiler.Site) -> CompiledObject {
    var site = entry
    let repetition = repetition(object.repetition, &site)
    if object.versions.isEmpty { compiler.report(site.field("versions"), "an object has no versions") }
    if object.versions.count > 1 || object.versions.first.map({ $0.body == nil }) ?? false,
      bucket.versioning == .disabled
    {
      compiler.report(
        site.field("versions"), "the object has versions, but versioning of the bucket '\(bucket.name)' is disabled",
        hint: "add versioning: enabled to the bucket")
    }
    let versions = object.versions.enumerated().map { position, version in
      var inner = site.field("versions[\(position)]")
      inner.location = version.location
      let (type, given) = contentType(version.contentType ?? object.contentType, version.body, inner)
      return CompiledObject.Version(
        body: version.body.flatMap { body($0, inner.field("body")) }, contentType: type, contentTypeGiven: given,
        metadata: compiler.members(version.metadata ?? object.metadata, inner.field("metadata")),
        tags: compiler.members(version.tags ?? object.tags, inner.field("tags")))
    }
    return CompiledObject(
      key: compiler.program(object.key, site.field("key")), versions: versions,
      modified: object.modified.map { compiler.program($0, site.field("modified")) }, repetition: repetition,
      location: object.location)
  }

  private func contentType(_ text: SpecText?, _ body: ObjectBody?, _ site: Compiler.Site) -> (Program, Bool) {
    if let text { return (compiler.program(text, site.field("content-type")), true) }
    let (type, given) =
      switch body {
      case .text?: ("text/plain", true)
      case .json?: ("application/json", true)
      default: ("application/octet-stream", false)
      }
    return (.constant(.string(Array(type.utf8))), given)
  }

  private func body(_ body: ObjectBody, _ site: Compiler.Site) -> CompiledBody? {
    switch body {
    case .text(let text): return .text(compiler.program(text, site))
    case .json(let value): return .json(compiler.program(value, site))
    case .data(let bytes): return .data(bytes)
    case .file(let path):
      guard let file = compiler.file(path, site) else { return nil }
      return .file(file.path, size: file.size, digest: file.digest)
    case .bytes(let range):
      if range.lowerBound < 0 || range.upperBound > 5 << 40 {
        compiler.report(site, "the number of bytes is not between 0 and 5 TiB, the most that S3 takes")
      }
      return .bytes(range, compiler.key("body/1", site))
    }
  }

  func finish(_ bucket: CompiledBucket) -> ResolvedBucket? {
    let environment = environment
    let prefix = Array(spec.objectKeyPrefix.utf8)
    let settings: [JSONMember]
    do {
      let evaluator = Evaluator(environment: environment, index: 0, row: nil, location: bucket.location)
      settings = try evaluator.evaluate(bucket.settings).map { member throws(SpecError) in
        guard let json = member.value.json else {
          throw SpecError(bucket.location, "a bucket setting is \(member.value.kind), which JSON does not have")
        }
        return JSONMember(name: member.name, value: json)
      }
    } catch {
      compiler.problems.append(contentsOf: error.problems)
      return nil
    }
    return ResolvedBucket(
      name: spec.namePrefix + bucket.name, versioning: bucket.versioning, created: spec.clock, settings: settings,
      location: bucket.location
    ) { body in
      for object in bucket.objects {
        try environment.forEachRow(of: object.repetition, location: object.location) { evaluator in
          try body(try object.resolve(evaluator, prefix: prefix))
        }
      }
    }
  }
}

extension CompiledObject {
  /// The object of a row.
  func resolve(_ evaluator: Evaluator, prefix: [UInt8]) throws(SpecError) -> ResolvedObject {
    let key = prefix + (try evaluator.text(of: key, what: "the key"))
    if key.count == prefix.count { throw SpecError(location, "an object has an empty key") }
    if key.count > 1024 {
      throw SpecError(
        location, "the object key '\(DocumentNode.excerpt(key))' is \(key.count) bytes long; S3 takes at most 1024")
    }
    var modified = evaluator.environment.clock.adding(seconds: Int64(evaluator.index))
    if let program = self.modified { modified = try evaluator.instant(of: program, what: "modified") }
    var resolved: [ResolvedObjectVersion] = []
    resolved.reserveCapacity(versions.count)
    for (position, version) in versions.enumerated() {
      resolved.append(
        ResolvedObjectVersion(
          lastModified: modified.adding(seconds: Int64(position)),
          content: try version.body.map { body throws(SpecError) in
            ResolvedObjectContent(
              body: try body.resolve(evaluator),
              contentType: try evaluator.text(of: version.contentType, what: "the content type"),
              contentTypeGiven: version.contentTypeGiven,
              metadata: try evaluator.tags(version.metadata, lowerCase: true), tags: try evaluator.tags(version.tags))
          }))
    }
    return ResolvedObject(key: key, versions: resolved, location: location)
  }
}

extension CompiledBody {
  func resolve(_ evaluator: Evaluator) throws(SpecError) -> ResolvedBody {
    switch self {
    case .text(let program): return .bytes(try evaluator.text(of: program, what: "a text body"))
    case .json(let program): return .bytes(try evaluator.json(of: program, what: "a JSON body").plainBytes)
    case .data(let bytes): return .bytes(bytes)
    case .file(let path, let size, let digest): return .file(path, size: size, digest: digest)
    case .bytes(let range, let key):
      var stream = ByteStream(key: key, row: UInt64(evaluator.index))
      return .seeded(count: Int(stream.next(in: range)), stream: stream)
    }
  }
}

extension Evaluator {
  /// A JSON value. Throws for what JSON does not have.
  func json(of program: Program, what: String) throws(SpecError) -> JSONValue {
    let datum = try evaluate(program)
    guard let json = datum.json else {
      throw SpecError(location, "\(what) holds \(datum.kind), which JSON does not have")
    }
    return json
  }

  /// A point in time, from text or from a number of seconds since 1970.
  func instant(of program: Program, what: String) throws(SpecError) -> Instant {
    let text = String(decoding: try text(of: program, what: what), as: UTF8.self)
    if let instant = Instant(text) ?? Int64(text).flatMap({ Instant(seconds: $0) }) { return instant }
    throw SpecError(
      location, "\(what) is '\(text)'; expected RFC 3339 with whole seconds, such as 2026-01-02T03:04:05Z")
  }

  /// Names and texts, sorted by bytes of the name; what is absent is left out.
  func tags(_ members: [ProgramMember], lowerCase: Bool = false) throws(SpecError) -> [ResolvedTag] {
    if members.isEmpty { return [] }
    var result: [ResolvedTag] = []
    for member in try evaluate(members) {
      if case .absent = member.value { continue }
      guard let text = member.value.text else {
        throw SpecError(
          location, "'\(String(decoding: member.name, as: UTF8.self))' is \(member.value.kind); expected text")
      }
      let name = lowerCase ? member.name.map { (0x41...0x5A).contains($0) ? $0 + 32 : $0 } : member.name
      result.append(ResolvedTag(key: name, value: text))
    }
    return result.sorted { $0.key.lexicographicallyPrecedes($1.key) }
  }
}
