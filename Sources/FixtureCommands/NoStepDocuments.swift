import Migrations
import SystemPackage

/// A program that reads no step documents.
package struct NoStepDocuments: StepSource {
  package init() {}

  package func steps(in folder: FilePath, shownAs name: String) throws -> [any MigrationStep] {
    throw StepError("this program reads no step documents", hint: "leave out --steps")
  }
}
