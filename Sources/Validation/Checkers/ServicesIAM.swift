import Files
import JSONBytes
import KumoState

/// Checks the access keys in `iam.json` (kumo-format.md 5.1), one user's keys at a time.
struct IAMChecker: FileRuleChecker {
  let service = "iam"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var reader = ServiceFileReader(try file.reader())
    var tape = JSONTape()
    while true {
      switch try reader.next() {
      case .member where reader.isMember("accessKeys"):
        _ = reader.enter()
      case .entry where reader.valueToken == .beginObject:
        try reader.capture(into: &tape)
        for (name, key) in tape.root.members where key.isObject {
          guard let mapKey = name.string(), let id = key.text("AccessKeyID"), id != mapKey else { continue }
          // Ids of access keys are half of a credential: they are not shown.
          findings.add(
            .iamAccessKey, at: key.field("AccessKeyID")?.offset ?? key.offset,
            pointer: reader.pointer,
            "an access key of user \(DisplayName.quote(reader.entryKey)) stands under another id")
        }
      case .end:
        return
      default:
        continue
      }
    }
  }
}
