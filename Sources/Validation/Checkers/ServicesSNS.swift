import Files
import JSONBytes
import KumoState

/// Checks that the two copies of each subscription in `sns.json` agree (kumo-format.md 5.1).
///
/// Memory is one topic or subscription at a time and about 100 bytes for each copy: its ARN, a 64-bit hash of what it
/// says, and its place. Endpoints are never shown: they can hold addresses and tokens.
struct SNSChecker: FileRuleChecker {
  /// What is remembered of a copy.
  private struct Copy {
    var hash: Int
    var offset: Int
    /// The topic: of the copy inside a topic its map key, of the other its `TopicARN`.
    var topic: [UInt8]
  }

  let service = "sns"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var reader = ServiceFileReader(try file.reader())
    var tape = JSONTape()
    var inTopics: [[UInt8]: Copy] = [:]
    var own: [[UInt8]: Copy] = [:]
    var topics: Set<[UInt8]> = []
    var isTopics = false
    while true {
      switch try reader.next() {
      case .member where reader.isMember("topics") || reader.isMember("subscriptions"):
        isTopics = reader.isMember("topics")
        _ = reader.enter()
      case .entry where reader.valueToken == .beginObject:
        try reader.capture(into: &tape)
        if isTopics {
          topics.insert(reader.entryKey)
          for (arn, copy) in tape.root.field("Subscriptions")?.members.map({ $0 }) ?? [] where copy.isObject {
            inTopics[arn.string() ?? []] = Copy(hash: hash(copy), offset: copy.offset, topic: reader.entryKey)
          }
        } else {
          let topic = tape.root.text("TopicARN") ?? []
          own[reader.entryKey] = Copy(hash: hash(tape.root), offset: reader.valueOffset, topic: topic)
        }
      case .end:
        compare(inTopics, own, topics: topics, into: &findings)
        return
      default:
        continue
      }
    }
  }

  private func compare(
    _ inTopics: [[UInt8]: Copy], _ own: [[UInt8]: Copy], topics: Set<[UInt8]>, into findings: inout FindingCollector
  ) {
    // In the order of the file, so that the same findings are kept in every run.
    for (arn, copy) in inTopics.sorted(by: { $0.value.offset < $1.value.offset }) {
      if let other = own[arn], other.hash == copy.hash { continue }
      let what =
        own[arn] == nil
        ? "is not in `subscriptions`: clients do not see it" : "differs from its copy in `subscriptions`"
      findings.add(
        .snsSubscription, at: copy.offset,
        pointer: JSONPointer().appending(key: "topics".utf8).appending(key: copy.topic)
          .appending(key: "Subscriptions".utf8).appending(key: arn),
        "subscription \(DisplayName.quote(arn)) of topic \(DisplayName.quote(copy.topic)) \(what)")
    }
    for (arn, copy) in own.sorted(by: { $0.value.offset < $1.value.offset })
    where inTopics[arn] == nil && topics.contains(copy.topic) {
      findings.add(
        .snsSubscription, at: copy.offset,
        pointer: JSONPointer().appending(key: "subscriptions".utf8).appending(key: arn),
        "subscription \(DisplayName.quote(arn)) is not in its topic: nothing is delivered to it")
    }
  }

  /// A hash of everything a subscription says, the same for null, missing and empty fields, as KUMO reads them.
  private func hash(_ subscription: JSONNode) -> Int {
    var hasher = Hasher()
    for field in ["ARN", "TopicARN", "Protocol", "Endpoint", "Owner"] as [StaticString] {
      hasher.combine(subscription.text(field))
    }
    hasher.combine(subscription.field("ConfirmationWasAuthenticated")?.bool() ?? false)
    // The order of a map says nothing.
    var attributes = 0
    for (name, value) in subscription.field("SubscriptionAttributes")?.members.map({ $0 }) ?? [] {
      var pair = Hasher()
      pair.combine(name.string())
      pair.combine(value.string() ?? [])
      attributes ^= pair.finalize()
    }
    hasher.combine(attributes)
    return hasher.finalize()
  }
}
