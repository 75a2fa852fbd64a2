import Documents

/// Collects what a fixture holds.
@resultBuilder
public enum FixtureBuilder {
  /// One part of a fixture.
  public enum Part: Sendable {
    /// A data set.
    case dataSet(DataSet)
    /// A bucket.
    case bucket(Bucket)
    /// A table.
    case table(Table)
    /// A queue.
    case queue(Queue)
    /// A secret.
    case secret(Secret)
    /// A parameter.
    case parameter(Parameter)
    /// A topic.
    case topic(Topic)
    /// A raw document.
    case raw(Raw)
  }

  /// A data set.
  public static func buildExpression(_ part: DataSet) -> [Part] { [.dataSet(part)] }
  /// A bucket.
  public static func buildExpression(_ part: Bucket) -> [Part] { [.bucket(part)] }
  /// A table.
  public static func buildExpression(_ part: Table) -> [Part] { [.table(part)] }
  /// A queue.
  public static func buildExpression(_ part: Queue) -> [Part] { [.queue(part)] }
  /// A secret.
  public static func buildExpression(_ part: Secret) -> [Part] { [.secret(part)] }
  /// A parameter.
  public static func buildExpression(_ part: Parameter) -> [Part] { [.parameter(part)] }
  /// A topic.
  public static func buildExpression(_ part: Topic) -> [Part] { [.topic(part)] }
  /// A raw document.
  public static func buildExpression(_ part: Raw) -> [Part] { [.raw(part)] }
  /// Parts made by other code.
  public static func buildExpression(_ parts: [Part]) -> [Part] { parts }
  /// All parts.
  public static func buildBlock(_ parts: [Part]...) -> [Part] { parts.flatMap { $0 } }
  /// Parts under an `if`.
  public static func buildOptional(_ parts: [Part]?) -> [Part] { parts ?? [] }
  /// Parts of the first branch.
  public static func buildEither(first parts: [Part]) -> [Part] { parts }
  /// Parts of the second branch.
  public static func buildEither(second parts: [Part]) -> [Part] { parts }
  /// Parts of a loop.
  public static func buildArray(_ parts: [[Part]]) -> [Part] { parts.flatMap { $0 } }
}

/// Collects entries of one kind: objects, items, messages, subscriptions.
@resultBuilder
public enum EntryBuilder<Entry: Sendable> {
  /// One entry.
  public static func buildExpression(_ entry: Entry) -> [Entry] { [entry] }
  /// Repeated entries.
  public static func buildExpression(_ entries: [Entry]) -> [Entry] { entries }
  /// Repeated entries.
  public static func buildExpression(_ entries: Repeated<Entry>) -> [Entry] { entries.entries }
  /// All entries.
  public static func buildBlock(_ entries: [Entry]...) -> [Entry] { entries.flatMap { $0 } }
  /// Entries under an `if`.
  public static func buildOptional(_ entries: [Entry]?) -> [Entry] { entries ?? [] }
  /// Entries of the first branch.
  public static func buildEither(first entries: [Entry]) -> [Entry] { entries }
  /// Entries of the second branch.
  public static func buildEither(second entries: [Entry]) -> [Entry] { entries }
  /// Entries of a loop.
  public static func buildArray(_ entries: [[Entry]]) -> [Entry] { entries.flatMap { $0 } }
}

/// Entries that are written once for each row. The closure runs once, when the spec is built: what it says about the
/// row is kept as a reference, so that a million rows cost nothing to describe.
public struct Repeated<Entry: Sendable>: Sendable {
  package let entries: [Entry]
}

extension FixtureSpec {
  /// A fixture described by Swift code.
  ///
  ///     FixtureSpec(name: "shop", version: 3, clock: "2026-01-02T03:04:05Z") {
  ///       Bucket("receipts", versioning: .enabled) {
  ///         Object("hello.txt", body: .text("hello"))
  ///       }
  ///     }
  ///
  /// What is wrong in it (a clock that is no instant, say) is reported when the spec is resolved, with the line of
  /// the code.
  public init(
    name: String, version: Int, appVersion: String? = nil, description: String? = nil, seed: String? = nil,
    clock: String? = nil, namespace: String? = nil, namespaceMode: NamespaceMode = .names,
    region: String = FixtureSpec.defaultRegion, file: StaticString = #fileID, line: Int = #line,
    @FixtureBuilder _ content: () -> [FixtureBuilder.Part]
  ) {
    self.init(name: name, version: version, location: SpecLocation(file, line))
    self.appVersion = appVersion
    self.description = description
    self.seed = seed ?? name
    self.namespace = namespace
    self.namespaceMode = namespaceMode
    self.region = region
    if let clock {
      if let instant = Instant(clock) {
        self.clock = instant
      } else {
        problems.append(.notAnInstant(clock, location: location, path: "clock"))
      }
    }
    for part in content() {
      switch part {
      case .dataSet(let set): dataSets.append(set)
      case .bucket(let bucket): buckets.append(bucket)
      case .table(let table): tables.append(table)
      case .queue(let queue): queues.append(queue)
      case .secret(let secret): secrets.append(secret)
      case .parameter(let parameter): parameters.append(parameter)
      case .topic(let topic): topics.append(topic)
      case .raw(let raw): rawDocuments.append(raw.document)
      }
    }
  }
}

extension SpecProblem {
  static func notAnInstant(_ text: String, location: SpecLocation, path: String) -> SpecProblem {
    SpecProblem(
      location: location, path: path,
      message: "'\(text)' is not a point in time; expected RFC 3339 with whole seconds, such as 2026-01-02T03:04:05Z")
  }
}
