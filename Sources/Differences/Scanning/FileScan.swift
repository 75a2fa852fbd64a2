import Digests
import Files
import FixtureTree
import JSONBytes
import KumoState

/// One service's file in both directories.
struct ServiceFile {
  /// The file's name.
  let name: RelativePath
  /// Nil for a file whose service is not known.
  let service: KumoService?

  /// The service's name, or what stands before `.json`.
  var title: String { service?.name ?? DisplayName.escape(name.bytes.dropLast(5)) }

  /// The service files of a directory, by name; nothing else in it is a resource.
  static func list(_ directory: Directory) throws(FilesError) -> [RelativePath: ServiceFile] {
    var files: [RelativePath: ServiceFile] = [:]
    for entry in try directory.list() {
      switch DataDirectoryName(entry.path.bytes) {
      case .service(let service): files[entry.path] = ServiceFile(name: entry.path, service: service)
      case .unknownSnapshot where entry.path != FixtureNames.document:
        files[entry.path] = ServiceFile(name: entry.path, service: nil)
      default: continue
      }
    }
    return files
  }
}

extension ServiceFile {
  /// Reads the file in one directory; an absent one holds nothing.
  ///
  /// - Parameter form: that of this service, with `options.isExact`.
  /// - Throws: `FilesError`, `JSONError`, `DigestError`, and what the cancellation check throws.
  func scan(_ directory: Directory, _ options: DifferenceOptions, _ form: CanonicalForm) throws -> ScannedFile {
    var sink = try ScanSink(options)
    let file: ReadableFile
    do throws(FilesError) {
      file = try directory.open(name)
    } catch {
      guard error.code == .notFound else { throw error }
      return sink.finish(nil)
    }
    if options.isExact {
      // The file itself is something that one side may lack.
      sink.beginContainer([])
      try sink.add(.value, part: [1], content: [], at: 0)
    }
    let reader = JSONReader(source: RecordSource(file: file), options: RecordSource.options)
    switch service?.name {
    case "s3":
      try S3Scan(form, bodies: S3BodyHasher(directory)).run(reader, into: &sink)
    case "dynamodb":
      try TableScan(form).run(reader, into: &sink)
    case "sqs":
      try QueueScan(form).run(reader, into: &sink)
    default:
      try OtherScan(service: service, form).run(reader, into: &sink)
    }
    return sink.finish(file)
  }

  /// Whether both directories have the same bytes, so that nothing needs to be looked at. Not for bodies in blobs: those
  /// are other files.
  func isIdentical(_ first: Directory, _ second: Directory) throws(FilesError) -> Bool {
    if service?.name == "s3" {
      let blobs: RelativePath = "s3-objects"
      guard try first.status(blobs) == nil, try second.status(blobs) == nil else { return false }
    }
    guard let a = try first.status(name), let b = try second.status(name), a.kind == .file, b.kind == .file,
      a.size == b.size
    else { return false }
    let (left, right) = (try first.open(name), try second.open(name))
    var (one, two) = ([UInt8](repeating: 0, count: 256 << 10), [UInt8](repeating: 0, count: 256 << 10))
    var offset: Int64 = 0
    while offset < a.size {
      let count = try Self.read(left, into: &one, at: offset)
      guard count > 0, try Self.read(right, into: &two, at: offset, atMost: count) == count else { return false }
      guard one[..<count] == two[..<count] else { return false }
      offset += Int64(count)
    }
    return true
  }

  private static func read(
    _ file: ReadableFile, into bytes: inout [UInt8], at offset: Int64, atMost limit: Int = .max
  ) throws(FilesError) -> Int {
    var done = 0
    let wanted = min(limit, bytes.count)
    while done < wanted {
      let from = done
      let count = try bytes.withUnsafeMutableBufferPointer { (buffer) throws(FilesError) -> Int in
        let rest = UnsafeMutableBufferPointer(rebasing: buffer[from..<wanted])
        return try file.read(into: UnsafeMutableRawBufferPointer(rest), at: offset + Int64(from))
      }
      if count == 0 { break }
      done += count
    }
    return done
  }
}
