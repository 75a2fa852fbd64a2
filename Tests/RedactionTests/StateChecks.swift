import Digests
import Files
import JSONBytes
import KumoState
import Testing

@testable import Redaction

/// What has to agree in a data directory, looked up in its files without any code of the redaction: every file
/// parses, and every digest, size and key is that of what it stands for.
enum StateChecks {
  static func check(_ directory: Directory) throws {
    for entry in try directory.walk() where entry.kind == .file {
      let bytes = try directory.read(entry.path, limit: 1 << 24)
      if entry.path.parent == "s3-objects" {
        #expect(entry.path.lastComponent.bytes == Hex.encode(try SHA256Hasher.hash(of: bytes).bytes))
        try checkBody(bytes)
      }
      guard entry.path.parent == nil, entry.path.bytes.suffix(5).elementsEqual(".json".utf8) else { continue }
      let root = try JSONTape(parsing: bytes).root
      switch entry.path {
      case "s3.json": try checkObjects(root, directory)
      case "sqs.json": try checkMessages(root)
      case "dynamodb.json": checkItems(root)
      case "lambda.json": try checkFunctions(root)
      case "logs.json": checkLogs(root)
      default: break
      }
    }
  }

  private static func checkObjects(_ root: JSONNode, _ directory: Directory) throws {
    for object in values(root["buckets"]).flatMap({ values($0["objects"]) }) {
      let body = try Base64Decoder.decode(object["Body"]?.string() ?? [])
      #expect(object["Size"]?.int64() == Int64(body.count))
      let md5 = Hex.encode(try MD5Hasher.hash(of: body).bytes)
      #expect(object["ETag"]?.string() == [0x22] + md5 + [0x22])
      let name = try #require(object["bodyRef"]?.string())
      #expect(name == Hex.encode(try SHA256Hasher.hash(of: body).bytes))
      #expect(try directory.read(RelativePath(Array("s3-objects/".utf8) + name), limit: 1 << 24) == body)
    }
  }

  private static func checkMessages(_ root: JSONNode) throws {
    for queue in values(root["queues"]) {
      for message in try #require(queue["messages"]).elements {
        let body = try #require(message["Body"]?.string())
        #expect(message["MD5OfBody"]?.string() == Hex.encode(try MD5Hasher.hash(of: body).bytes))
      }
    }
  }

  private static func checkItems(_ root: JSONNode) {
    for table in values(root["tables"]) {
      guard let items = table["items"] else { continue }
      for (key, item) in items.members {
        #expect(key.string() == Array("S:".utf8) + (item["pk"]?["S"]?.string() ?? []))
      }
    }
  }

  private static func checkFunctions(_ root: JSONNode) throws {
    for function in values(root["functions"]) {
      let code = try Base64Decoder.decode(function["Code"]?["ZipFile"]?.string() ?? [])
      #expect(function["CodeSize"]?.int64() == Int64(code.count))
      let digest = try SHA256Hasher.hash(of: code)
      #expect(function["CodeSha256"]?.string() == Base64Encoder.encode(Array(digest.bytes)))
    }
  }

  private static func checkLogs(_ root: JSONNode) {
    for group in values(root["logGroups"]) {
      var total: Int64 = 0
      for stream in values(group["streams"]) {
        var length: Int64 = 0
        for event in stream["events"]?.elements.map({ $0 }) ?? [] {
          length += Int64(event["Message"]?.string()?.count ?? 0)
        }
        #expect(stream["stream"]?["StoredBytes"]?.int64() == length)
        total += length
      }
      #expect(group["group"]?["StoredBytes"]?.int64() == total)
    }
  }

  /// Images have a checksum in every chunk.
  private static func checkBody(_ bytes: [UInt8]) throws {
    bytes.withUnsafeBytes { raw in
      guard let image = PNGBody(raw) else { return }
      #expect(image.end == raw.count)
      for chunk in image.chunks {
        #expect(raw[chunk.whole].elementsEqual(PNGBody.encode(type: chunk.type, data: Array(raw[chunk.data]))))
      }
    }
  }

  private static func values(_ node: JSONNode?) -> [JSONNode] { node.map { $0.members.map(\.value) } ?? [] }
}
