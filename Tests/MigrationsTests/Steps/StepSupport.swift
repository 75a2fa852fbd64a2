import Documents
import FixtureTestSupport
import Migrations
import SystemPackage

/// Reads a step document whose operations are given as YAML.
func documentStep(
  up: String, down: String? = nil, in directory: FilePath = "/", title: String = "a change"
) throws -> DocumentStep {
  var text = "id: s1\nfrom: 1\nto: 2\ntitle: \(title)\nup:\n" + indented(up)
  if let down { text += "down:\n" + indented(down) }
  return try StepDocuments().step(Array(text.utf8), name: "migrations/s1.yaml", directory: directory)
}

private func indented(_ text: String) -> String {
  text.split(separator: "\n").map { "  \($0)\n" }.joined()
}

/// What is wrong in a step document.
func problems(_ text: String) -> String {
  do throws(DocumentError) {
    _ = try StepDocuments().step(Array(text.utf8), name: "m/s.yaml", directory: "/")
    return ""
  } catch {
    return error.description
  }
}
