import Digests
import KumoState

@testable import Redaction

/// One place in a data directory where a secret can hide.
struct HidingPlace: CustomStringConvertible, Sendable {
  /// A file of the directory.
  typealias File = (path: String, content: [UInt8])

  let name: String
  /// The files of a directory with the secret hidden in it.
  let files: @Sendable (_ secret: String) -> [File]

  var description: String { name }

  /// A secret that a detector knows by its form, another one for each place; put together here, so that no scanner
  /// takes this file for a leak.
  var secret: String {
    let digest = (try? SHA256Hasher.hash(of: Array(name.utf8)))?.hex ?? ""
    let letters = digest.utf8.map { digit in
      Character(Unicode.Scalar(digit < 58 ? digit + (digit % 2 == 0 ? 0 : 25) : digit))
    }
    return ["sk", "live", String(letters.prefix(24))].joined(separator: "_")
  }
}

extension HidingPlace {
  static let all: [HidingPlace] = text + bodies + records + others

  private static let text: [HidingPlace] = [
    place("JSON in JSON") { #"{"outer":"{\"api\":\"\#($0)\"}"}"# },
    place("base64, standard") { "payload " + base64("key=\($0)") + " end" },
    place("base64, URL-safe, no padding") { "t=" + urlSafe(Array("\u{3FF}\u{FFF}key=\($0)?>".utf8)) },
    place("base64, wrapped") { wrapped("some words before it and \($0) and enough words behind it to wrap the lines") },
    place("base64 in base64") { base64(base64("key=\($0)")) },
    place("hexadecimal") { "blob " + Hex.string(Array("key \($0)".utf8)) },
    place("hexadecimal, capitals") { "0x" + Hex.string(Array("key \($0)".utf8)).uppercased() },
    place("quoted-printable") { secret in
      let half = secret.utf8.count / 2
      return "a line that is as long as the lines of such texts usually are: the key is =\r\n" + secret.prefix(half)
        + "=\r\n" + secret.dropFirst(half) + "=20.\r\n"
    },
    place("percent signs") { "https://h/?q=" + $0.utf8.map { "%" + Hex.string([$0]) }.joined() + "&x=1" },
    place("\\u escapes") { #"{"k":""# + $0.utf8.map { "\\u00" + Hex.string([$0]) }.joined() + #""}"# },
  ]

  private static let bodies: [HidingPlace] = [
    body("UTF-16 little endian with a mark") { [0xFF, 0xFE] + utf16("token \($0) end", bigEndian: false) },
    body("UTF-16 big endian without a mark") { utf16("token \($0) end", bigEndian: true) },
    body("gzip") { compressed(.gzip, "a line\nkey \($0)\n") },
    body("zstd") { compressed(.zstd, "a line\nkey \($0)\n") },
    body("zip") { zip("conf/.env", "KEY=\($0)\n") },
    body("base64 of gzip") {
      Array(("data: " + base64(compressed(.gzip, "key \($0)"))).utf8)
    },
    body("gzip in zip") { zip("a.gz", bytes: compressed(.gzip, "key \($0)")) },
    body("tar") { tar([("conf/.env", Array("KEY=\($0)\n".utf8)), ("other.txt", Array("nothing\n".utf8))]) },
    body("gzip in tar") { tar([("a.gz", compressed(.gzip, "key \($0)"))]) },
    body("tar in gzip") { CompressedBody.gzip.compress(tar([("a", Array("key \($0)".utf8))])) ?? [] },
    body("the name of a member of a tar file") { tar([("in/\($0).txt", Array("nothing\n".utf8))]) },
    body("text of a PNG image") { image("tEXt", Array("Comment\0key \($0)".utf8)) },
    body("compressed text of a PNG image") {
      image("zTXt", Array("Comment\0\0".utf8) + compressed(.zlib, "key \($0)"))
    },
    body("base64 of gzip in binary content") {
      [0, 1, 2] + Array(("data: " + base64(compressed(.gzip, "key \($0)"))).utf8) + [0, 0]
    },
    body("binary") { [0, 1, 2, 0xFF] + Array("key \($0)".utf8) + [0, 0, 0xFE] },
  ]

  private static let records: [HidingPlace] = [
    dynamoDB("item key") { #""S:\#($0)":{"pk":{"S":"\#($0)"}}"# },
    dynamoDB("B") { #""S:a":{"pk":{"S":"a"},"b":{"B":"\#(base64("key \($0)"))"}}"# },
    dynamoDB("set, list, map") {
      #""S:a":{"pk":{"S":"a"},"l":{"L":[{"M":{"x":{"SS":["u","key \#($0)"]}}}]}}"#
    },
    HidingPlace(name: "SQS body and attribute") { [queue(#"{\"a\":\"\#($0)\"}"#, attribute: base64("key \($0)"))] },
    HidingPlace(name: "Kinesis data") { secret in
      let data = base64("key \(secret)")
      let record =
        #"{"SequenceNumber":"1","ApproximateArrivalTimestamp":"2026-01-02T03:04:05Z","Data":"\#(data)","PartitionKey":"p"}"#
      return [
        file("kinesis.json", #"{"streams":{"s":{"stream":null,"shards":{"h":{"shard":null,"records":[\#(record)]}}}}}"#)
      ]
    },
    HidingPlace(name: "Lambda environment and code") { secret in
      let code = zip("index.py", "KEY = '\(secret)'\n")
      let digest = Base64Encoder.encode(Array((try? SHA256Hasher.hash(of: code))?.bytes ?? []))
      return [
        file(
          "lambda.json",
          #"{"functions":{"f":{"FunctionName":"f","CodeSize":\#(code.count),"CodeSha256":"\#(string(digest))","#
            + #""Environment":{"Variables":{"A":"\#(secret)"}},"Code":{"ZipFile":"\#(base64(code))"}}}}"#)
      ]
    },
  ]

  private static let others: [HidingPlace] = [
    HidingPlace(name: "log event") { secret in
      let event = #"{"Timestamp":1,"Message":"GET /?key=\#(secret) 200","IngestionTime":1}"#
      return [
        file(
          "logs.json",
          #"{"logGroups":{"g":{"group":{"StoredBytes":46},"streams":{"s":{"stream":{"StoredBytes":46},"events":[\#(event)]}}}}}"#
        )
      ]
    },
    HidingPlace(name: "S3 key, metadata and tag") { secret in
      object("in/\(secret).txt", Array("x".utf8), metadata: #"{"k":"\#(secret)"}"#, tags: #"{"t":"\#(secret)"}"#)
    },
    HidingPlace(name: "a log of a run") { [file("logs/run.log", "start\nusing \($0)\nend\n")] },
    HidingPlace(name: "the name of a file") { [file("logs/\($0).log", "nothing\n")] },
    HidingPlace(name: "another file") { [file("notes/readme.md", "# Notes\n\nThe key is `\($0)`.\n")] },
    HidingPlace(name: "SecretString") { secret in
      let value = #""VersionID":"v","SecretString":"\#(secret)","SecretBinary":null"#
      return [
        file(
          "secretsmanager.json",
          #"{"secrets":{"n":{"Name":"n",\#(value),"VersionIDs":{"v":{\#(value),"VersionStages":["AWSCURRENT"]}}}}}"#)
      ]
    },
    HidingPlace(name: "Step Functions input") { secret in
      let input = #"{\"a\":\"{\\\"b\\\":\\\"\#(secret)\\\"}\"}"#
      return [file("states.json", #"{"executions":{"e":{"execution":{"Input":"\#(input)"},"history":[]}}}"#)]
    },
  ]

  /// The text in an S3 body, an item's attribute and a message at once.
  private static func place(_ name: String, _ text: @escaping @Sendable (String) -> String) -> HidingPlace {
    HidingPlace(name: name) { secret in
      object("k", Array(text(secret).utf8)) + [
        table(#""S:a":{"pk":{"S":"a"},"t":{"S":"\#(string(EscapeForm.encode(Array(text(secret).utf8))))"}}"#),
        queue(string(EscapeForm.encode(Array(text(secret).utf8)))),
      ]
    }
  }

  private static func body(_ name: String, _ content: @escaping @Sendable (String) -> [UInt8]) -> HidingPlace {
    HidingPlace(name: name) { object("k", content($0)) }
  }

  private static func dynamoDB(_ name: String, _ items: @escaping @Sendable (String) -> String) -> HidingPlace {
    HidingPlace(name: "DynamoDB \(name)") { [table(items($0))] }
  }
}

// The parts of a data directory.
extension HidingPlace {
  private static func file(_ path: String, _ text: String) -> File { (path, Array(text.utf8)) }

  private static func object(
    _ key: String, _ body: [UInt8], metadata: String = "{}", tags: String = "null"
  ) -> [File] {
    let sha = (try? SHA256Hasher.hash(of: body))?.hex ?? ""
    let md5 = Hex.string((try? MD5Hasher.hash(of: body))?.bytes ?? [])
    let record =
      #"{"Key":"\#(key)","Body":"\#(base64(body))","ETag":"\"\#(md5)\"","Size":\#(body.count),"#
      + #""LastModified":"2026-01-02T03:04:05Z","ContentType":"text/plain","Metadata":\#(metadata),"Tags":\#(tags),"#
      + #""VersionID":"","IsDeleteMarker":false,"ServerSideEncryption":"","SSEKMSKeyID":"","bodyRef":"\#(sha)"}"#
    let bucket =
      #"{"name":"b","creationDate":"2026-01-02T03:04:05Z","objects":{"\#(key)":\#(record)},"versions":{},"#
      + #""versioningStatus":"","versionIdcounter":0,"eventBridgeEnabled":false}"#
    return [file("s3.json", #"{"buckets":{"b":\#(bucket)}}"#), ("s3-objects/\(sha)", body)]
  }

  private static func table(_ items: String) -> File {
    let head =
      #"{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"#
      + #""AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"ProvisionedThroughput":null,"#
      + #""GlobalSecondaryIndexes":null,"LocalSecondaryIndexes":null,"CreationDateTime":"2026-01-02T03:04:05Z","#
      + #""TableStatus":"ACTIVE","ItemCount":1,"TableSizeBytes":0,"#
      + #""TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t","BillingMode":"PAY_PER_REQUEST","#
      + #""DeletionProtection":false,"TTLAttributeName":"","TTLEnabled":false,"StreamEnabled":false,"#
      + #""StreamViewType":"","LatestStreamArn":""}"#
    return file("dynamodb.json", #"{"tables":{"t":{"table":\#(head),"items":{\#(items)}}}}"#)
  }

  /// - Parameters:
  ///   - body: as it stands in JSON.
  ///   - attribute: a binary attribute in base64.
  private static func queue(_ body: String, attribute: String? = nil) -> File {
    let url = "http://localhost:4566/000000000000/q"
    let plain = Array(body.utf8).withUnsafeBytes { MappedText(escaped: $0).bytes }
    let md5 = Hex.string((try? MD5Hasher.hash(of: plain))?.bytes ?? [])
    let attributes = attribute.map { #"{"a":{"DataType":"Binary","BinaryValue":"\#($0)"}}"# } ?? "null"
    let message =
      #"{"MessageID":"00000000-0000-4000-8000-000000000003","ReceiptHandle":"","Body":"\#(body)","MD5OfBody":"\#(md5)","#
      + #""Attributes":{"ApproximateFirstReceiveTimestamp":"","ApproximateReceiveCount":"0","#
      + #""SentTimestamp":"1767323045000"},"MessageAttributes":\#(attributes),"#
      + #""SentTimestamp":"2026-01-02T03:04:05Z","VisibleAt":"2026-01-02T03:04:05Z","ReceiveCount":0,"#
      + #""MessageGroupID":"","MessageDeduplicationID":"","SequenceNumber":""}"#
    let description =
      #"{"Name":"q","URL":"\#(url)","ARN":"arn:aws:sqs:us-east-1:000000000000:q","Tags":null,"#
      + #""CreatedTimestamp":"2026-01-02T03:04:05Z","LastModifiedTimestamp":"2026-01-02T03:04:05Z","#
      + #""VisibilityTimeout":30,"MessageRetentionPeriod":345600,"DelaySeconds":0,"MaxMessageSize":262144,"#
      + #""ReceiveWaitTimeSeconds":0,"FifoQueue":false,"ContentBasedDeduplication":false,"Policy":"","#
      + #""RedrivePolicy":"","MaxReceiveCount":0,"DeadLetterTargetArn":""}"#
    return file(
      "sqs.json", #"{"queues":{"\#(url)":{"queue":\#(description),"messages":[\#(message)],"sequenceCounter":0}}}"#)
  }

  private static func base64(_ text: String) -> String { base64(Array(text.utf8)) }
  private static func base64(_ bytes: [UInt8]) -> String { string(Base64Encoder.encode(bytes)) }
  private static func urlSafe(_ bytes: [UInt8]) -> String { string(Base64Text.plain(bytes, isURLSafe: true)) }
  private static func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  private static func wrapped(_ text: String) -> String {
    let characters = Array(base64(text))
    return stride(from: 0, to: characters.count, by: 40)
      .map { String(characters[$0..<min($0 + 40, characters.count)]) }.joined(separator: "\n")
  }

  private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let pair = [UInt8(unit >> 8), UInt8(unit & 255)]
      return bigEndian ? pair : pair.reversed()
    }
  }

  private static func zip(_ path: String, _ text: String) -> [UInt8] { zip(path, bytes: Array(text.utf8)) }

  private static func zip(_ path: String, bytes: [UInt8]) -> [UInt8] {
    guard let writer = ZipWriter() else { return [] }
    let member = ArchiveReader.Member(
      path: Array(path.utf8), mode: 0o644, type: 0o100000, modified: 1_700_000_000, isPlain: true)
    return writer.add(member, content: bytes) ? writer.finish() ?? [] : []
  }

  private static func tar(_ members: [(name: String, content: [UInt8])]) -> [UInt8] {
    members.reduce(into: []) { file, member in
      var header = [UInt8](repeating: 0, count: 512)
      header.replaceSubrange(0..<member.name.utf8.count, with: Array(member.name.utf8))
      header.replaceSubrange(100..<108, with: Array("0000644\0".utf8))
      header.replaceSubrange(257..<265, with: Array("ustar\0".utf8) + Array("00".utf8))
      header[156] = UInt8(ascii: "0")
      file += TarBody.encode(header: header, content: member.content, isResized: true)
    } + [UInt8](repeating: 0, count: 1024)
  }

  /// An image of one black pixel with another chunk.
  private static func image(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let head: [UInt8] = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]
    let pixels = CompressedBody.zlib.compress([0, 0]) ?? []
    let chunks = [("IHDR", head), (type, data), ("IDAT", pixels), ("IEND", [])]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunks.flatMap { PNGBody.encode(type: Array($0.0.utf8), data: $0.1) }
  }

  private static func compressed(_ body: CompressedBody, _ text: String) -> [UInt8] {
    body.compress(Array(text.utf8)) ?? []
  }
}
