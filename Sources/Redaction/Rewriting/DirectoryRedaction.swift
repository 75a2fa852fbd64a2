import Files
import JSONBytes
import KumoState
import Synchronization

/// What a redaction is to do.
package struct RedactionOptions: Sendable {
  /// Whether personal data goes, too.
  package var takesPersonal = false
  /// Threads; 0 for one on each core. Does not change the result.
  package var workers = 0
  /// Makes pseudonyms and fingerprints.
  package var key: KeyedDigest
  /// Files that take part; the others are as if they were not there.
  package var accepts: (@Sendable (RelativePath) -> Bool) = { _ in true }
  /// Told the length of each file that was read; throws to stop the work.
  package var progress: (@Sendable (Int64) throws -> Void)?

  /// Everything as usual under a key.
  package init(key: KeyedDigest) { self.key = key }
}

/// The redaction of one data directory: look, then rewrite, then prove.
///
/// Memory: one large body at a time (at most 16 MiB, 32 MiB when it is compressed, and what it takes to look into
/// it), the longest record of at most 256 MiB for each core, every secret that was found once, and about 400 bytes a
/// file.
package final class DirectoryRedaction: Sendable {
  let source: Directory
  let detector: any SecretDetecting
  let options: RedactionOptions
  let pseudonyms: Pseudonyms
  let vault = SecretVault()
  let files: [SourceFile]
  let folders: [RelativePath]
  let statuses: [RelativePath: FileStatus]
  /// What the screen heard in each file while secrets were gathered: the rules need not be asked again.
  let heard = Mutex<[RelativePath: LoudRanges]>([:])
  /// Where records begin in large files.
  let outlines = Mutex<[RelativePath: RecordOutline]>([:])
  /// Held by the one thread that takes a large body apart.
  private let largeBody = Mutex(())
  /// A body that is larger is taken apart while no other one is.
  private static let largestShared = 2 << 20
  /// Files that are no JSON although their names say so.
  let unparsed = Mutex<Set<RelativePath>>([])

  /// Looks at what is in a directory.
  ///
  /// - Throws: `FilesError`.
  package init(_ source: Directory, detector: any SecretDetecting, options: RedactionOptions) throws {
    self.source = source
    self.detector = detector
    self.options = options
    pseudonyms = Pseudonyms(key: options.key)
    let all = try SourceFile.all(in: source)
    (files, folders) = (all.files.filter { options.accepts($0.path) }, all.folders)
    statuses = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.status) })
  }

  /// Gathers everything secret.
  ///
  /// - Returns: whether there is anything.
  /// - Throws: `FilesError`, `RedactionError` (`.unreadable` for a service's file that is no JSON, `.matchLimit`), and
  ///   what `progress` throws.
  package func survey() throws -> Bool {
    let screened = try screenLargeFiles(known: nil)
    _ = try FileJobs.run(files.count, workers: options.workers, worker: { try self.search(.collect, known: nil) }) {
      (search, index) throws in
      let file = self.files[index]
      try self.claims(of: file, search, screened) { _ in }
      if Self.mayBeRenamed(file) { _ = try self.newPath(of: file.path, search) }
      try self.options.progress?(file.status.size)
    }
    let hasLeftovers = files.contains { file in
      guard case .service(_, isLeftover: true) = file.role else { return false }
      return unparsed.withLock { $0.contains(file.path) }
    }
    return !vault.isEmpty || hasLeftovers
  }

  /// Every secret and where it is, sorted by file and place. Call `survey` first.
  ///
  /// - Throws: as `survey`.
  package func findings() throws -> [SecretFinding] {
    let known = vault.known()
    let screened = try screenLargeFiles(known: known)
    let found = try FileJobs.run(
      files.count, workers: options.workers, worker: { try self.search(.report, known: known) }
    ) { (search, index) throws in
      let file = self.files[index]
      var findings: [SecretFinding] = []
      var shown: String?
      try self.claims(of: file, search, screened) { claim in
        for hit in claim.hits {
          let name = try shown ?? self.shownName(of: file, search)
          shown = name
          findings.append(
            SecretFinding(
              file: name, pointer: claim.pointer, offset: claim.range.lowerBound, chain: hit.chain, rule: hit.rule,
              kind: hit.kind, fingerprint: hit.fingerprint))
        }
      }
      try self.options.progress?(file.status.size)
      return findings
    }
    return found.flatMap { $0 }.sorted { ($0.file, $0.offset, $0.rule) < ($1.file, $1.offset, $1.rule) }
  }

  /// A file's name without what is secret in it.
  private func shownName(of file: SourceFile, _ search: ContentSearch) throws(RedactionError) -> String {
    let name = try search.masked(file.path.bytes)
    return name == file.path.bytes ? file.path.description : String(decoding: name, as: UTF8.self)
  }

  func search(_ mode: ContentSearch.Mode, known: KnownSecrets?) throws(RedactionError) -> ContentSearch {
    try ContentSearch(
      mode, detector: detector, vault: vault, known: known, pseudonyms: pseudonyms,
      isSurveyed: known != nil && heard.withLock { !$0.isEmpty })
  }

  /// Every claim on a file, in ascending order.
  ///
  /// - Parameter screened: where something may be in the large files.
  func claims(
    of file: SourceFile, _ search: ContentSearch, _ screened: ScreenedFiles, blobs: BlobTable = BlobTable(),
    _ body: (FileClaim) throws -> Void
  ) throws {
    guard file.status.size > 0 else { return }
    search.place = file.path.bytes
    switch file.role {
    case .manifest: return
    case .service(let service, let isLeftover):
      guard !unparsed.withLock({ $0.contains(file.path) }) else {
        return try body(leftover(file, search))
      }
      do {
        try serviceClaims(of: file, service, search, screened, blobs, body)
      } catch let error as JSONError {
        guard isLeftover else { throw RedactionError(unreadable: file.path, error) }
        unparsed.withLock { _ = $0.insert(file.path) }
      }
    case .unknownService:
      if !unparsed.withLock({ $0.contains(file.path) }) {
        do {
          return try serviceClaims(of: file, nil, search, screened, blobs, body)
        } catch is JSONError {
          // Whatever it is, it is searched as what it is.
          unparsed.withLock { _ = $0.insert(file.path) }
        }
      }
      try contentClaims(of: file, search, screened, body)
    case .blob, .content: try contentClaims(of: file, search, screened, body)
    }
  }

  private func contentClaims(
    of file: SourceFile, _ search: ContentSearch, _ screened: ScreenedFiles, _ body: (FileClaim) throws -> Void
  ) throws {
    let loud = try loud(in: file, search, screened)
    guard loud?.isEmpty != true else { return }
    let content = try source.open(file.path)
    func run() throws {
      try ContentFileSearch.run(search, content, loud: loud) { claim in
        try body(FileClaim(range: claim.range, replacement: claim.replacement, hits: claim.hits, pointer: nil))
      }
    }
    if file.status.size > Self.largestShared { try largeBody.withLock { _ in try run() } } else { try run() }
  }

  private func serviceClaims(
    of file: SourceFile, _ service: KumoService?, _ search: ContentSearch, _ screened: ScreenedFiles,
    _ blobs: BlobTable, _ body: (FileClaim) throws -> Void
  ) throws {
    let loud = try loud(in: file, search, screened)
    var gaps: [RecordGap] = []
    if let loud, let outline = outlines.withLock({ $0[file.path] }) { gaps = outline.gaps(loud) }
    var tables: [[UInt8]: DynamoDBTableHead] = [:]
    if service?.name == "dynamodb", search.mode == .rewrite {
      let reader = JSONReader(source: GappedByteSource(try source.open(file.path), gaps), options: .lenient)
      tables = try DynamoDBTableHead.collect(reader)
    }
    let consistency = Consistency(service?.name, blobs: blobs, tables: tables)
    if search.mode == .rewrite, consistency.needsEveryRecord { gaps = [] }
    let reading = ServiceFileSearch(
      try source.open(file.path), path: file.path.bytes, service: service, search: search, loud: loud, gaps: gaps,
      takesPersonal: options.takesPersonal, consistency: consistency)
    try reading.run(body)
  }

  /// What a crash left of a service's file cannot be read, so nothing says where its secrets are: all of it goes.
  private func leftover(_ file: SourceFile, _ search: ContentSearch) throws -> FileClaim {
    let head = try source.open(file.path).bytes(in: 0..<min(Int(file.status.size), 4096))
    let claim = try head.withBytes { (bytes) throws(RedactionError) in try search.removeWhole(bytes, hits: []) }
    return FileClaim(
      range: 0..<Int(file.status.size), replacement: claim.replacement, hits: claim.hits, pointer: nil)
  }

  /// Whether a file's name is not one that KUMO or a digest gave it.
  static func mayBeRenamed(_ file: SourceFile) -> Bool { file.role == .content }

  /// The path of a file without what is secret in its names.
  func newPath(of path: RelativePath, _ search: ContentSearch) throws -> RelativePath {
    let names = try path.components.map { name in
      try Array(name).withBytes { (bytes) throws(RedactionError) -> [UInt8] in
        guard bytes.count >= 8 else { return Array(bytes) }
        return try search.claims(in: bytes).applied(to: bytes)
      }
    }
    return search.mode == .collect ? path : try RelativePath(Array(names.joined(separator: [UInt8(ascii: "/")])))
  }
}
