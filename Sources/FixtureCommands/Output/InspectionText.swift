import Digests
import Files
import FixtureTree
import KumoState

/// What is in a directory, for people.
enum InspectionText {
  static func render(_ inspected: InspectedDirectory, of path: String) -> String {
    var text = header(inspected, of: path)
    for service in inspected.content.services where !isEmpty(service) { text += "\n" + section(for: service) }
    let empty = inspected.content.services.filter(isEmpty).map(\.service.name)
    if !empty.isEmpty { text += "\nempty: \(empty.joined(separator: " "))\n" }
    if !inspected.problems.isEmpty {
      text += "\nproblems:\n"
      for problem in inspected.problems { text += "  \(problem.file): \(problem.message)\n" }
    }
    return text
  }

  private static func header(_ inspected: InspectedDirectory, of path: String) -> String {
    let content = inspected.content
    var text = path + "\n"
    if let document = inspected.document {
      text += "  fixture   \(document.name) version \(document.version), \(document.origin.rawValue)"
      if let appVersion = document.appVersion { text += ", application \(appVersion)" }
      text += "\n"
      for row in document.ledger { text += "  ledger    \(row.id) applied \(row.appliedAt)\n" }
    } else {
      text += "  fixture   none (no fixture.json)\n"
    }
    if let digest = inspected.treeDigest { text += "  digest    sha256:\(digest.hex)\n" }
    text += "  layout    \(content.layout.description), loads in \(content.loadingReleases)\n"
    if let writers = content.writingReleases { text += "  form      of KUMO \(writers)\n" }
    text += "  size      \(count(content.fileCount, "file")), \(ByteCount.text(content.byteCount))"
    if content.blobCount > 0 {
      text += ", of it \(count(content.blobCount, "blob")), \(ByteCount.text(content.blobBytes))"
    }
    return text + "\n"
  }

  private static func section(for service: ServiceInspection) -> String {
    let title = "\(service.service.name)  \(service.service.displayName), \(ByteCount.text(service.bytes))\n"
    switch service.details {
    case .s3(let s3): return title + table(s3.buckets.map(row))
    case .dynamoDB(let dynamoDB): return title + table(dynamoDB.tables.map(row))
    case .sqs(let sqs): return title + table(sqs.queues.map(row))
    case .none:
      let members = service.members.compactMap { member in
        member.count.map { [DisplayName.escape(member.name), $0 == 1 ? "1 entry" : "\($0) entries"] }
      }
      return title + table(members)
    }
  }

  private static func row(_ bucket: S3Inspection.Bucket) -> [String] {
    var notes: [String] = []
    if !bucket.versioning.isEmpty {
      notes.append("versioning \(DisplayName.escape(bucket.versioning).lowercased())")
      notes.append("\(count(bucket.versionCount, "version")), \(ByteCount.text(bucket.versionBytes))")
    }
    if bucket.deleteMarkerCount > 0 { notes.append(count(bucket.deleteMarkerCount, "delete marker")) }
    return [
      DisplayName.escape(bucket.name), count(bucket.objectCount, "object"), ByteCount.text(bucket.objectBytes),
      notes.joined(separator: ", "),
    ]
  }

  private static func row(_ table: DynamoDBInspection.Table) -> [String] {
    [DisplayName.escape(table.name), count(table.itemCount, "item"), ByteCount.text(table.itemBytes)]
  }

  private static func row(_ queue: SQSInspection.Queue) -> [String] {
    var notes: [String] = []
    if queue.isFIFO { notes.append("FIFO") }
    if let target = queue.deadLetterTarget {
      let name = target.split(separator: UInt8(ascii: ":")).last.map { DisplayName.escape(Array($0)) } ?? "?"
      notes.append("after \(queue.maxReceiveCount) receives to \(name)")
    }
    return [DisplayName.escape(queue.name), count(queue.messageCount, "message"), notes.joined(separator: ", ")]
  }

  private static func isEmpty(_ service: ServiceInspection) -> Bool {
    service.members.allSatisfy { ($0.count ?? 0) == 0 }
  }

  /// Rows with their columns aligned, indented by two spaces.
  private static func table(_ rows: [[String]]) -> String {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    var text = ""
    for row in rows {
      var line = " "
      for (column, cell) in row.enumerated() {
        line += " " + cell
        if column < row.count - 1 { line += String(repeating: " ", count: widths[column] - cell.count + 1) }
      }
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }

  private static func count(_ number: Int, _ noun: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
  }
}
