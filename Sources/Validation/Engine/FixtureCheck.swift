import Digests
import Files
import FixtureTree

/// Checks `fixture.json` and the manifest against each other, the files and what is expected.
struct FixtureCheck {
  let directory: Directory
  let isRun: Bool
  /// What `fixture.json` says; nil when there is none or it cannot be read.
  private(set) var document: FixtureDocument?
  private(set) var manifest: TreeManifest?
  /// Every difference from the manifest is named, so that nothing is cut off here.
  private(set) var findings = FindingCollector(file: FixtureNames.manifest.description, limit: .max)
  private var hasDocument = false
  private var hasManifest = false

  /// Reads both files.
  init(_ directory: Directory, scan: DirectoryScan) {
    self.directory = directory
    isRun = scan.isRun
    hasDocument = scan.has(FixtureNames.document)
    hasManifest = scan.has(FixtureNames.manifest)
    readDocument()
    readManifest()
    if hasDocument != hasManifest {
      findings.add(
        .fixtureIncomplete, in: (hasDocument ? FixtureNames.document : FixtureNames.manifest).description,
        hasDocument
          ? "there is a fixture.json and no manifest-sha256.txt"
          : "there is a manifest-sha256.txt and no fixture.json")
    }
  }

  private mutating func readDocument() {
    guard hasDocument else { return }
    let file = FixtureNames.document.description
    do {
      document = try FixtureDocument.read(from: directory)
    } catch let error as FixtureTreeError {
      findings.add(error.code == .newerDocument ? .fixtureFormat : .fixtureDocument, in: file, error.message)
    } catch let error as FilesError {
      findings.add(.fileUnreadable, in: file, fix: error.hint, error.message)
    } catch {
      findings.add(.fixtureDocument, in: file, "\(error)")
    }
  }

  private mutating func readManifest() {
    guard hasManifest else { return }
    do {
      manifest = try TreeManifest.read(from: directory)
    } catch let error as FixtureTreeError {
      findings.add(.manifestFormat, error.message)
    } catch let error as FilesError {
      findings.add(.fileUnreadable, fix: error.hint, error.message)
    } catch {
      findings.add(.manifestFormat, "\(error)")
    }
  }

  /// Compares what was hashed with the manifest. In a run the emulator changes files: there a difference is what the run
  /// did, and a note.
  ///
  /// - Parameter digests: nil for a file that could not be read, which was reported.
  mutating func compare(_ files: [(path: RelativePath, digest: SHA256Digest?)]) {
    guard let manifest else { return }
    let severity: Severity? = isRun ? .note : nil
    var present: Set<[UInt8]> = []
    for file in files {
      present.insert(file.path.bytes)
      guard let expected = manifest.manifest[file.path.bytes] else {
        let name = file.path.description
        findings.add(.manifestExtra, in: name, severity: severity, "'\(name)' is not in the manifest")
        continue
      }
      if let digest = file.digest, digest != expected {
        let name = file.path.description
        findings.add(
          .manifestChanged, in: name, severity: severity,
          "'\(name)' has the SHA-256 \(digest.hex.prefix(12))…, the manifest says \(expected.hex.prefix(12))…")
      }
    }
    for entry in manifest.manifest.entries where !present.contains(entry.name) {
      let name = DisplayName.escape(entry.name)
      findings.add(
        .manifestMissing, in: name, severity: severity, "'\(name)' is in the manifest and not in the directory")
    }
  }

  /// Compares with what the caller expects.
  mutating func compare(with expectation: Validator.Expectation) {
    let file = FixtureNames.document.description
    guard let document else {
      if !hasDocument {
        findings.add(.fixtureIncomplete, in: file, "a fixture is expected and there is no fixture.json")
      }
      return
    }
    if let version = expectation.version, version != document.version {
      findings.add(.fixtureVersion, in: file, "the fixture has version \(document.version), expected \(version)")
    }
    if let digest = expectation.specDigest, document.spec?.digest.utf8.elementsEqual(digest.utf8) != true {
      findings.add(
        .specDigest, in: file,
        document.spec == nil
          ? "the fixture was not generated from a spec" : "the spec has changed since the fixture was generated")
    }
  }
}
