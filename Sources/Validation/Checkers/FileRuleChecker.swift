import Files
import JSONBytes
import KumoState

/// Checks what one service's file says beyond the types of its fields.
///
/// A checker is only asked about a file whose JSON is sound; types may still be wrong (the generic pass reports those),
/// so a field of an unexpected type is passed over without a word. Memory does not grow with the file, except for
/// small indexes whose size per entry is stated where they are declared.
package protocol FileRuleChecker: Sendable {
  /// The service, as its file is called without `.json`.
  var service: String { get }

  /// Reads the file as often as needed and reports what is wrong.
  ///
  /// - Throws: the reader's error when the file cannot be read after all or changes meanwhile; findings so far count.
  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError)
}

/// A service's file, and what it is checked against.
package struct ServiceFile {
  /// The data directory.
  package let directory: Directory
  /// The file in it.
  package let path: RelativePath
  /// The releases that must be able to load it: those named by the user, or every release that the layout claims.
  package let targets: [KumoRelease]
  /// Whether the user named the targets; what does not fit a release that nobody asked for is at most a warning.
  package let targetsAreExplicit: Bool
  /// Whether somebody, the user or `fixture.json`, said which layout is expected. Without it the objects' own layout
  /// is the claim, and no release that cannot load it is meant.
  package var layoutIsClaimed = true
  /// The time against which expiry and delays are judged, in seconds since 1970.
  package let now: Int64

  /// A new reader at the start of the file. Duplicate keys were reported already and are let through.
  ///
  /// - Throws: `.sourceFailed` when the file cannot be opened.
  package func reader() throws(JSONError) -> JSONReader { try reader(duplicateKeys: .allow) }

  /// A new reader at the start of the file: as Go's decoder where JSON leaves a choice, except for lone surrogates, which
  /// Go replaces and this refuses.
  func reader(duplicateKeys: JSONReader.Options.Policy) throws(JSONError) -> JSONReader {
    let file: ReadableFile
    do {
      file = try directory.open(path)
    } catch {
      throw JSONError(code: .sourceFailed, offset: 0, line: 1, column: 1, message: error.message)
    }
    var options = JSONReader.Options()
    options.duplicateKeys = duplicateKeys
    return JSONReader(source: FileByteSource(file), options: options)
  }
}
