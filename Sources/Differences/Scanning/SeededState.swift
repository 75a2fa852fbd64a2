import JSONBytes
import KumoState

/// What KUMO makes by itself when it starts, and makes again when it is gone (kumo-format.md 1.2).
struct SeededState {
  /// An entry that KUMO makes.
  struct Entry {
    /// Its canonical form without times; nil when any content is taken for KUMO's own.
    let content: [UInt8]?

    /// Whether an entry is as KUMO makes it; `content` is its canonical form without times.
    func isDefault(_ content: [UInt8]) -> Bool { self.content.map { $0 == content } ?? true }
  }

  private var entries: [[UInt8]: [[UInt8]: [UInt8]]] = [:]
  /// Members whose entries are a catalogue that is filled in at each start.
  private var catalogues: Set<[UInt8]> = []

  init(service: KumoService?, _ form: CanonicalForm) {
    guard let service, !form.isExact else { return }
    if service.name == "service-quotas" {
      catalogues = [Array("services".utf8), Array("quotas".utf8), Array("defaultQuotas".utf8)]
    }
    guard let text = Self.text(of: service.name), let tape = try? JSONTape(parsing: Array(text.utf8)) else { return }
    var form = form
    form.ignoresTimes = true
    for (member, map) in tape.root.members {
      let name = member.string() ?? []
      let field = form.schema.flatMap { $0.field(named: name, of: $0.root) }.flatMap { form.schema?.fields[$0] }
      let type = field.flatMap { form.schema?.nodes[$0.node].element }
      for (key, value) in map.members {
        entries[name, default: [:]][key.string() ?? []] = form.bytes(of: value, type: type)
      }
    }
  }

  /// The entry that KUMO makes under this key of this member.
  func entry(member: [UInt8], key: [UInt8]) -> Entry? {
    if catalogues.contains(member) { return Entry(content: nil) }
    return entries[member]?[key].map { Entry(content: $0) }
  }

  /// As v0.18.0, v0.25.3 and the blobs generation write them alike; the times are theirs, so these do not count.
  private static func text(of service: String) -> String? {
    switch service {
    case "athena":
      #"{"workGroups":{"primary":{"Name":"primary","State":"ENABLED","CreationTime":"2026-01-02T03:04:05Z"}}}"#
    case "eventbridge":
      #"{"eventBuses":{"default":{"name":"default","arn":"arn:aws:events:us-east-1:000000000000:event-bus/default","#
        + #""creationTime":"2026-01-02T03:04:05Z","lastModified":"2026-01-02T03:04:05Z"}}}"#
    case "organizations":
      #"{"policies":{"p-FullAWSAccess":{"Content":"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","#
        + #"\"Action\":\"*\",\"Resource\":\"*\"}]}","PolicySummary":{"#
        + #""Arn":"arn:aws:organizations::123456789012:policy/o-example/service_control_policy/p-FullAWSAccess","#
        + #""AwsManaged":true,"Description":"Allows access to every operation","Id":"p-FullAWSAccess","#
        + #""Name":"FullAWSAccess","Type":"SERVICE_CONTROL_POLICY"}}}}"#
    case "scheduler":
      #"{"scheduleGroups":{"default":{"Name":"default","#
        + #""ARN":"arn:aws:scheduler:us-east-1:123456789012:schedule-group/default","State":"ACTIVE","#
        + #""CreationDate":"2026-01-02T03:04:05Z"}}}"#
    default: nil
    }
  }
}
