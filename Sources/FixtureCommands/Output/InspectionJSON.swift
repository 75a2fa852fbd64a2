import Digests
import FixtureTree
import JSONBytes
import KumoState

/// What is in a directory, for programs.
enum InspectionJSON {
  static func render(_ inspected: InspectedDirectory, of path: String) -> JSONWriter {
    var json = JSONWriter(style: .pretty)
    let content = inspected.content
    json.beginObject()
    json.field("path", path)
    json.key("fixture")
    if let document = inspected.document { write(document, to: &json) } else { json.null() }
    json.field("treeDigest", inspected.treeDigest.map { "sha256:\($0.hex)" })
    json.field("layout", content.layout.description)
    json.field("loadsIn", "\(content.loadingReleases)")
    json.field("writtenBy", content.writingReleases.map { "\($0)" })
    json.field("files", content.fileCount)
    json.field("bytes", content.byteCount)
    json.field("blobs", content.blobCount)
    json.field("blobBytes", content.blobBytes)
    json.object("services") { json in
      for service in content.services {
        json.key(service.service.name)
        write(service, to: &json)
      }
    }
    json.objects("problems", inspected.problems) { json, problem in
      json.field("file", problem.file)
      json.field("message", problem.message)
    }
    json.endObject()
    return json
  }

  private static func write(_ document: FixtureDocument, to json: inout JSONWriter) {
    json.beginObject()
    json.field("name", document.name)
    json.field("version", document.version)
    json.field("appVersion", document.appVersion)
    json.field("origin", document.origin.rawValue)
    json.field("specDigest", document.spec?.digest)
    json.objects("ledger", document.ledger) { json, row in
      json.field("id", row.id)
      json.field("appliedAt", row.appliedAt)
    }
    json.endObject()
  }

  private static func write(_ service: ServiceInspection, to json: inout JSONWriter) {
    json.beginObject()
    json.field("bytes", service.bytes)
    switch service.details {
    case .s3(let s3): json.objects("buckets", s3.buckets) { write($1, to: &$0) }
    case .dynamoDB(let dynamoDB):
      json.objects("tables", dynamoDB.tables) { json, table in
        json.field("name", table.name)
        json.field("items", table.itemCount)
        json.field("bytes", table.itemBytes)
      }
    case .sqs(let sqs):
      json.objects("queues", sqs.queues) { json, queue in
        json.field("name", queue.name)
        json.field("messages", queue.messageCount)
        json.field("fifo", queue.isFIFO)
        json.field("deadLetterTarget", queue.deadLetterTarget)
      }
    case .none: break
    }
    json.object("members") { json in
      for member in service.members {
        guard let count = member.count else { continue }
        json.key(member.name)
        json.int(Int64(count))
      }
    }
    json.endObject()
  }

  private static func write(_ bucket: S3Inspection.Bucket, to json: inout JSONWriter) {
    json.field("name", bucket.name)
    json.field("versioning", bucket.versioning)
    json.field("objects", bucket.objectCount)
    json.field("bytes", bucket.objectBytes)
    json.field("versions", bucket.versionCount)
    json.field("versionBytes", bucket.versionBytes)
    json.field("deleteMarkers", bucket.deleteMarkerCount)
  }
}
