import Documents
import Files
import Glibc
import SystemPackage

/// Reads step documents: `*.yaml`, `*.yml` and `*.json` of a folder such as `migrations/`.
public struct StepDocuments: StepSource {
  /// The largest document.
  private static let maximumBytes = 4 << 20
  /// What programs of exec operations get of this tool's environment.
  private let inherited: [String: String]

  /// - Parameter environment: of which programs get `PATH` and `HOME`.
  public init(environment: [String: String]) {
    inherited = environment.filter { $0.key == "PATH" || $0.key == "HOME" }
  }

  /// With this process's `PATH` and `HOME`.
  public init() {
    var environment: [String: String] = [:]
    for name in ["PATH", "HOME"] {
      if let value = getenv(name) { environment[name] = String(cString: value) }
    }
    self.init(environment: environment)
  }

  /// The steps of a folder, sorted by the names of their documents. Files of other kinds, hidden ones and folders are
  /// passed over.
  ///
  /// - Throws: `StepError` with everything that is wrong in the documents, `FilesError`.
  package func steps(in folder: FilePath, shownAs name: String) throws -> [any MigrationStep] {
    let directory = try Directory.open(folder)
    let place = Self.absolute(folder)
    var steps: [any MigrationStep] = []
    var problems: [String] = []
    for entry in try directory.list() where entry.kind == .file && Self.isDocument(entry.path.bytes) {
      let shown = name.hasSuffix("/") ? "\(name)\(entry.path)" : "\(name)/\(entry.path)"
      do {
        let bytes = try directory.read(entry.path, limit: Self.maximumBytes)
        steps.append(try step(bytes, name: shown, directory: place))
      } catch let error as DocumentError {
        problems.append(error.description)
      }
    }
    guard problems.isEmpty else {
      throw StepError(problems.joined(separator: "\n"), hint: "see docs/steps.md for what a step document can say")
    }
    return steps
  }

  /// Reads one document.
  ///
  /// - Parameters:
  ///   - name: stands in messages.
  ///   - directory: what paths in the document are relative to; absolute.
  /// - Throws: `DocumentError` with everything that is wrong in it.
  package func step(_ bytes: [UInt8], name: String, directory: FilePath) throws(DocumentError) -> DocumentStep {
    let root = try DocumentText.read(bytes, name: name)
    let document = DocumentReader()
    let files = StepFiles(directory: directory)
    let content = StepReader(document: document, files: files, inherited: inherited).content(root)
    let problems = document.problems + files.problems
    guard let content, problems.isEmpty else { throw DocumentError(problems) }
    let definition = StepText.definition(bytes, root) + Array(files.text.utf8)
    return DocumentStep(content, location: StepLocation(file: name, line: root.location.line), definition: definition)
  }

  /// A program starts in the folder of its document, where a path from here would lead elsewhere.
  private static func absolute(_ folder: FilePath) -> FilePath {
    guard let path = realpath(folder.string, nil) else { return folder }
    defer { free(path) }
    return FilePath(platformString: path)
  }

  private static func isDocument(_ name: some Collection<UInt8>) -> Bool {
    let text = String(decoding: name, as: UTF8.self)
    return !text.hasPrefix(".") && [".yaml", ".yml", ".json"].contains { text.hasSuffix($0) }
  }
}

/// The text of a step document without what may change when two branches meet.
enum StepText {
  private static let places = ["id", "from", "to", "title"]

  /// Leaves out the lines of `id`, `from`, `to` and `title` where each key of the document begins a line of its own;
  /// the whole text otherwise. Line ends are LF, a byte order mark is left out.
  static func definition(_ bytes: [UInt8], _ root: DocumentNode) -> [UInt8] {
    let text = StepDigest.canonical(bytes)
    guard case .map(let members) = root.kind else { return text }
    let starts = members.map(\.location.line)
    let isBlock = members.allSatisfy { $0.location.column == 1 } && Set(starts).count == starts.count
    guard isBlock, !starts.contains(0) else { return text }
    var kept: [UInt8] = []
    for (index, line) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let owner = members.last { $0.location.line <= index + 1 }
      if let owner, places.contains(owner.keyText) { continue }
      kept += line + [UInt8(ascii: "\n")]
    }
    return kept
  }
}
