import Documents
import Files
import FixtureTree
import JSONBytes
import KumoState

/// What a generator reports while it works.
package enum WrittenResource: Sendable {
  /// An object with all its versions.
  case object
  /// A DynamoDB item.
  case item
  /// An SQS message.
  case message
}

/// Writes a resolved spec as a data directory: KUMO's files, `fixture.json` and the manifest.
///
/// The same spec gives the same bytes on any machine: names are sorted by bytes, every value comes from seed and clock,
/// and nothing is taken from the machine, its locale, its time zone or its number of cores.
package struct FixtureGenerator {
  private let fixture: ResolvedFixture
  private let layout: Layout

  /// Prepares to write a fixture in a layout.
  package init(_ fixture: ResolvedFixture, layout: Layout) {
    self.fixture = fixture
    self.layout = layout
  }

  /// Writes everything into an empty directory and returns the manifest that stands there now.
  ///
  /// Memory: the keys of the largest table or bucket and 40 bytes for each of its items or objects.
  ///
  /// - Throws: `SpecError` for what only shows when values are made (two items of one key), `FilesError`, and whatever
  ///   `progress` throws to stop the work.
  package func write(
    into directory: Directory, progress: (WrittenResource) throws -> Void = { _ in }
  ) throws -> TreeManifest {
    var services: [String] = []
    if !fixture.buckets.isEmpty {
      try S3Writer(directory: directory, layout: layout).write(fixture.buckets, progress: progress)
      services.append("s3")
    }
    if !fixture.tables.isEmpty {
      try DynamoDBWriter(directory: directory, region: fixture.region).write(fixture.tables, progress: progress)
      services.append("dynamodb")
    }
    if !fixture.queues.isEmpty {
      try SQSWriter(directory: directory).write(fixture.queues, progress: progress)
      services.append("sqs")
    }
    if !fixture.secrets.isEmpty {
      try SecretsManagerWriter(directory: directory, region: fixture.region).write(fixture.secrets)
      services.append("secretsmanager")
    }
    if !fixture.parameters.isEmpty {
      try SSMWriter(directory: directory, region: fixture.region).write(fixture.parameters)
      services.append("ssm")
    }
    if !fixture.topics.isEmpty {
      try SNSWriter(directory: directory).write(fixture.topics)
      services.append("sns")
    }
    for document in fixture.rawDocuments {
      let output = try ServiceFile(directory: directory, service: document.service)
      output.json.raw(document.value.bytes)
      try output.finish()
      services.append(document.service)
    }
    return try describe(services: services.sorted(), in: directory)
  }

  /// Writes `fixture.json` and the manifest.
  private func describe(services: [String], in directory: Directory) throws -> TreeManifest {
    let document = FixtureDocument(
      name: fixture.name, version: fixture.version, appVersion: fixture.appVersion, origin: .generated,
      layout: fixture.buckets.isEmpty ? DetectedLayout.none.description : layout.description, services: services,
      spec: FixtureDocument.SpecRecord(
        digest: "sha256:" + fixture.digest, seed: fixture.seed, clock: fixture.clock.description,
        namespace: fixture.namespace ?? "", generators: fixture.generators))
    try document.write(to: directory, mode: FixtureModes.file)
    let manifest = try TreeManifest(of: directory)
    try manifest.write(to: directory, mode: FixtureModes.file)
    return manifest
  }
}
