import Digests
import FixtureTree
import JSONBytes
import KumoState

/// What is in a directory, for programs.
enum InspectionJSON {
  static func render(_ inspected: InspectedDirectory, of path: String) -> [UInt8] {
    var json = JSONWriter(style: .pretty)
    let content = inspected.content
    json.beginObject()
    json.field("path", path)
    json.key("fixture")
    if let document = inspected.document { write(document, to: &json) } else { json.null() }
    json.key("treeDigest")
    if let digest = inspected.treeDigest { json.string("sha256:\(digest.hex)") } else { json.null() }
    json.field("layout", content.layout.description)
    json.field("loadsIn", "\(content.loadingReleases)")
    json.key("writtenBy")
    if let writers = content.writingReleases { json.string("\(writers)") } else { json.null() }
    json.field("files", content.fileCount)
    json.key("bytes")
    json.int(content.byteCount)
    json.field("blobs", content.blobCount)
    json.key("blobBytes")
    json.int(content.blobBytes)
    json.key("services")
    json.beginObject()
    for service in content.services {
      json.key(service.service.name)
      write(service, to: &json)
    }
    json.endObject()
    json.key("problems")
    json.beginArray()
    for problem in inspected.problems {
      json.beginObject()
      json.field("file", problem.file)
      json.field("message", problem.message)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ document: FixtureDocument, to json: inout JSONWriter) {
    json.beginObject()
    json.field("name", document.name)
    json.field("version", document.version)
    json.key("appVersion")
    if let appVersion = document.appVersion { json.string(appVersion) } else { json.null() }
    json.field("origin", document.origin.rawValue)
    json.key("specDigest")
    if let spec = document.spec { json.string(spec.digest) } else { json.null() }
    json.key("ledger")
    json.beginArray()
    for row in document.ledger {
      json.beginObject()
      json.field("id", row.id)
      json.field("appliedAt", row.appliedAt)
      json.endObject()
    }
    json.endArray()
    json.endObject()
  }

  private static func write(_ service: ServiceInspection, to json: inout JSONWriter) {
    json.beginObject()
    json.key("bytes")
    json.int(service.bytes)
    switch service.details {
    case .s3(let s3):
      json.key("buckets")
      json.beginArray()
      for bucket in s3.buckets { write(bucket, to: &json) }
      json.endArray()
    case .dynamoDB(let dynamoDB):
      json.key("tables")
      json.beginArray()
      for table in dynamoDB.tables {
        json.beginObject()
        json.key("name")
        json.string(table.name)
        json.field("items", table.itemCount)
        json.key("bytes")
        json.int(table.itemBytes)
        json.endObject()
      }
      json.endArray()
    case .sqs(let sqs):
      json.key("queues")
      json.beginArray()
      for queue in sqs.queues { write(queue, to: &json) }
      json.endArray()
    case .none: break
    }
    json.key("members")
    json.beginObject()
    for member in service.members {
      guard let count = member.count else { continue }
      json.key(member.name)
      json.int(Int64(count))
    }
    json.endObject()
    json.endObject()
  }

  private static func write(_ bucket: S3Inspection.Bucket, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(bucket.name)
    json.key("versioning")
    json.string(bucket.versioning)
    json.field("objects", bucket.objectCount)
    json.key("bytes")
    json.int(bucket.objectBytes)
    json.field("versions", bucket.versionCount)
    json.key("versionBytes")
    json.int(bucket.versionBytes)
    json.field("deleteMarkers", bucket.deleteMarkerCount)
    json.endObject()
  }

  private static func write(_ queue: SQSInspection.Queue, to json: inout JSONWriter) {
    json.beginObject()
    json.key("name")
    json.string(queue.name)
    json.field("messages", queue.messageCount)
    json.key("fifo")
    json.bool(queue.isFIFO)
    json.key("deadLetterTarget")
    if let target = queue.deadLetterTarget { json.string(target) } else { json.null() }
    json.endObject()
  }
}
