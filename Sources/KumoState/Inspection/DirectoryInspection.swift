import Files
import JSONBytes

/// What a data directory holds, in numbers. What cannot be read is listed, and hides nothing else.
package struct DirectoryInspection: Sendable, Equatable {
  /// A file that could not be read or understood.
  package struct Problem: Sendable, Equatable {
    /// The file, relative to the directory, printable.
    package let file: String
    /// What is wrong with it, one sentence without a full stop.
    package let message: String

    /// Names a file and what is wrong with it.
    package init(file: String, message: String) {
      self.file = file
      self.message = message
    }
  }

  /// The services that have a readable file, in the byte order of their names.
  package private(set) var services: [ServiceInspection] = []
  /// Regular files in the directory and below.
  package private(set) var fileCount = 0
  /// Bytes of those files.
  package private(set) var byteCount: Int64 = 0
  /// Files in `s3-objects` whose name is a digest.
  package private(set) var blobCount = 0
  /// Bytes of those files.
  package private(set) var blobBytes: Int64 = 0
  /// Whether there is a `fixture.json`.
  package private(set) var hasFixtureDocument = false
  /// Files that could not be read or understood, in the byte order of their paths.
  package private(set) var problems: [Problem] = []

  /// Nothing seen yet; for content that comes from elsewhere than a directory, such as an archive.
  package init() {}

  /// Looks at every service's file in `directory`, one after the other.
  ///
  /// Memory is that of the largest single description or token; nothing grows with objects, items or messages.
  package init(_ directory: Directory) {
    var unread: [FilesError] = []
    for entry in directory.walk(WalkOptions(statuses: true), collecting: &unread) {
      let size = Int64(entry.status?.size ?? 0)
      count(entry.path, entry.kind, size: size)
      guard entry.kind == .file, DirectoryInspection.isService(entry.path) else { continue }
      inspect(entry.path, size: size) { FileByteSource(try directory.open(entry.path)) }
    }
    problems += unread.map { Problem(file: $0.path, message: $0.message) }
  }

  /// The S3 layout that the objects show.
  package var layout: DetectedLayout { s3?.layout ?? .none }

  /// The releases that load every body; newer ones of the catalogue's services are ignored by older releases.
  package var loadingReleases: ReleaseRange {
    guard let counts = s3?.layouts, counts.blobs > 0 else { return Layout.portable.loadingReleases }
    return Layout.blobs.loadingReleases
  }

  /// The releases that can have written the directory; nil when no single one can.
  package var writingReleases: ReleaseRange? {
    guard layout != .mixed else { return nil }
    var evidence = WriterEvidence()
    if let layout = layout.layout { evidence.narrow(to: layout.writingReleases) }
    for service in services { evidence.combine(service.evidence) }
    return evidence.releases
  }

  /// Buckets and objects.
  package var s3: S3Inspection? {
    for case .s3(let inspection) in services.lazy.map(\.details) { return inspection }
    return nil
  }

  /// Tables and items.
  package var dynamoDB: DynamoDBInspection? {
    for case .dynamoDB(let inspection) in services.lazy.map(\.details) { return inspection }
    return nil
  }

  /// Queues and messages.
  package var sqs: SQSInspection? {
    for case .sqs(let inspection) in services.lazy.map(\.details) { return inspection }
    return nil
  }

  /// Whether a path is that of a service's file, whose content `inspect` wants.
  package static func isService(_ path: RelativePath) -> Bool { service(of: path) != nil }

  private static func service(of path: RelativePath) -> KumoService? {
    guard path.depth == 1, case .service(let service) = DataDirectoryName(path.bytes) else { return nil }
    return service
  }

  /// Counts what stands at a path, whatever is in it.
  ///
  /// - Parameter size: bytes of content, for files.
  package mutating func count(_ path: RelativePath, _ kind: FileKind, size: Int64) {
    guard kind == .file else {
      if DirectoryInspection.isService(path) {
        problems.append(Problem(file: path.description, message: "it is \(kind.words), not a regular file"))
      }
      return
    }
    fileCount += 1
    byteCount += size
    if path.bytes.elementsEqual("fixture.json".utf8) { hasFixtureDocument = true }
    let components = path.components
    guard components.count == 2, components[0].elementsEqual(DataDirectoryName.blobDirectoryName.utf8),
      BlobDirectoryName(Array(components[1])) == .blob
    else { return }
    blobCount += 1
    blobBytes += size
  }

  /// Reads the file of a service from any source; a path that is none is not read.
  package mutating func inspect(_ path: RelativePath, size: Int64, from open: () throws -> any JSONByteSource) {
    guard let service = DirectoryInspection.service(of: path) else { return }
    do {
      var options = JSONReader.Options()
      // What KUMO reads can be counted; that a key stands twice is for `validate` to say.
      options.duplicateKeys = .allow
      options.loneSurrogates = .allow
      let reader = JSONReader(source: try open(), options: options)
      services.append(try ServiceInspection(service, reader: reader, bytes: size))
    } catch let error as FilesError {
      problems.append(Problem(file: path.description, message: error.message))
    } catch {
      problems.append(Problem(file: path.description, message: "\(error)"))
    }
  }

  /// Puts services and problems into the byte order of their files, for content that came in another one.
  package mutating func sort() {
    services.sort { $0.service.fileName.utf8.lexicographicallyPrecedes($1.service.fileName.utf8) }
    problems.sort { $0.file.utf8.lexicographicallyPrecedes($1.file.utf8) }
  }
}
