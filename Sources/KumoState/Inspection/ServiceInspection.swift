import JSONBytes

/// What one service's file holds, in numbers.
package struct ServiceInspection: Sendable, Equatable {
  /// A top-level map or array of the file, and how many entries it has.
  package struct Member: Sendable, Equatable {
    /// The member's name, as the file has it.
    package let name: [UInt8]
    /// Its entries; nil when it is neither a map nor an array.
    package let count: Int?
  }

  /// What is known of the services that hold data.
  package enum Details: Sendable, Equatable {
    /// Nothing but the members.
    case none
    /// Buckets and objects.
    case s3(S3Inspection)
    /// Tables and items.
    case dynamoDB(DynamoDBInspection)
    /// Queues and messages.
    case sqs(SQSInspection)
  }

  /// The service.
  package let service: KumoService
  /// The file's length in bytes.
  package let bytes: Int64
  /// The top-level members in the order of the file.
  package let members: [Member]
  /// Buckets, tables or queues.
  package let details: Details
  /// What shows which releases can have written the file.
  package let evidence: WriterEvidence

  /// Counts a service's file that `reader` is at the start of. Works on any byte source: a file, or an archive's entry.
  /// - Throws: the JSON reader's error.
  package init(_ service: KumoService, reader: JSONReader, bytes: Int64) throws(JSONError) {
    self.service = service
    self.bytes = bytes
    var evidence = WriterEvidence()
    evidence.narrow(to: ReleaseRange(service.since))
    switch service.name {
    case "s3":
      let inspection = try S3Inspection(reader)
      details = .s3(inspection)
      members = [Member(name: Array("buckets".utf8), count: inspection.buckets.count)]
    case "dynamodb":
      let inspection = try DynamoDBInspection(reader)
      details = .dynamoDB(inspection)
      members = [Member(name: Array("tables".utf8), count: inspection.tables.count)]
      evidence.combine(inspection.evidence)
    case "sqs":
      let inspection = try SQSInspection(reader)
      details = .sqs(inspection)
      members = [Member(name: Array("queues".utf8), count: inspection.queues.count)]
      evidence.combine(inspection.evidence)
    default:
      details = .none
      members = try ServiceInspection.count(reader)
      let names = members.map(\.name)
      for (file, member, feature) in ServiceInspection.markers where service.name == file {
        evidence.looks(for: feature, present: names.contains(Array(member.utf8)))
      }
    }
    self.evidence = evidence
  }

  /// Top-level members that came (or went) with a release: kumo-format.md 6.
  private static let markers: [(file: String, member: String, feature: ReleaseFeature)] = [
    ("iam", "oidcProviders", .iamProviders),
    ("eventbridge", "deliveredEvents", .deliveredEvents),
  ]

  private static func count(_ reader: JSONReader) throws(JSONError) -> [Member] {
    var file = ServiceFileReader(reader)
    var members: [Member] = []
    while true {
      switch try file.next() {
      case .member:
        let isCollection = file.valueToken == .beginObject || file.valueToken == .beginArray
        let name = file.memberName
        let count = isCollection ? try file.countMembers() : nil
        members.append(Member(name: name, count: count))
      case .end:
        return members
      default:
        continue
      }
    }
  }
}
