import SystemPackage

/// A place that steps are loaded from, such as a folder of step documents.
package protocol StepSource: Sendable {
  /// The steps of a folder, in any order.
  ///
  /// - Parameters:
  ///   - folder: as it is opened.
  ///   - name: as the user gave it, for locations in messages.
  /// - Throws: `StepError` or `FilesError`.
  func steps(in folder: FilePath, shownAs name: String) throws -> [any MigrationStep]
}
