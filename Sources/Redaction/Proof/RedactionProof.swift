import Files
import JSONBytes
import KumoState

extension DirectoryRedaction {
  /// Searches a result again: with every detector, for everything that is secret by its place, and for every removed
  /// value in every encoding, by the decoders and, independent of them, in the raw bytes.
  ///
  /// - Throws: `RedactionError.unproven` naming the places of what is left; `FilesError`.
  package func prove(_ target: Directory) throws {
    let known = vault.known()
    let again = try DirectoryRedaction(target, detector: detector, options: options)
    let forms = LiteralSearch(known.search.literals.flatMap { EncodedForms.all(of: $0) }.map { Array($0.prefix(256)) })
    let screened = try again.screenLargeFiles(known: known)
    let left = try FileJobs.run(
      again.files.count, workers: options.workers, worker: { try again.search(.report, known: known) }
    ) { (search, index) throws in
      let file = again.files[index]
      var left: [String] = []
      try again.claims(of: file, search, screened) { claim in
        // Claims without a hit only follow from others, and there is none here.
        guard let hit = claim.hits.first, left.count < 3 else { return }
        left.append("\(file.place)\(claim.pointer.map { " at \($0)" } ?? "") (\(hit.rule))")
      }
      if left.isEmpty, try Self.holds(forms, try target.open(file.path)) {
        left.append("\(file.place) (a removed value in another encoding)")
      }
      if left.isEmpty, file.path.bytes.withUnsafeBytes({ forms.isFound(in: $0) }) {
        left.append("the name of a file (a removed value)")
      }
      try again.options.progress?(file.status.size)
      return left
    }
    let places = left.flatMap { $0 }
    guard !places.isEmpty else { return }
    let others = places.count > 3 ? " and \(places.count - 3) more" : ""
    throw RedactionError(
      .unproven,
      "the result still holds secrets: \(places.prefix(3).joined(separator: "; "))\(others); nothing was written",
      hint: "report this with the rule's name, and leave the file out until then")
  }

  /// Whether any of the strings stands in a file's bytes.
  private static func holds(_ forms: LiteralSearch, _ file: ReadableFile) throws(FilesError) -> Bool {
    let (window, overlap) = (1 << 20, 256)
    var start = 0
    let size = Int(file.size)
    while start < size, !forms.isEmpty {
      let bytes = try file.bytes(in: start..<min(start + window + overlap, size))
      if bytes.withUnsafeBytes({ forms.isFound(in: $0) }) { return true }
      start += window
    }
    return false
  }
}
