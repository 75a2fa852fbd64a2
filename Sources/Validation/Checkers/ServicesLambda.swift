import Digests
import Files
import JSONBytes
import KumoState

/// Checks `CodeSha256` and `CodeSize` of the functions in `lambda.json` (kumo-format.md 5.1).
///
/// Zip files are decoded and hashed in pieces, never held: memory does not depend on their size.
struct LambdaChecker: FileRuleChecker {
  /// What a function says of its code.
  private struct Function {
    var statedHash: [UInt8]?
    var statedSize: Int64?
    /// Byte offset of `CodeSha256`, of `CodeSize`, or of the function.
    var offset: Int
    /// The SHA-256 and the size of the zip file; nil when there is none or it is no base64.
    var zip: (hash: SHA256Digest, size: Int)?
    /// Whether the code comes from elsewhere, so that no zip file belongs here.
    var isElsewhere = false
  }

  let service = "lambda"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var reader = ServiceFileReader(try file.reader())
    while true {
      switch try reader.next() {
      case .member where reader.isMember("functions"):
        _ = reader.enter()
      case .entry where reader.valueToken == .beginObject:
        let function = try readFunction(reader.reader)
        reader.didReadValue()
        check(function, name: reader.entryKey, pointer: reader.pointer, into: &findings)
      case .end:
        return
      default:
        continue
      }
    }
  }

  private func check(
    _ function: Function, name: [UInt8], pointer: JSONPointer, into findings: inout FindingCollector
  ) {
    guard let zip = function.zip else {
      guard let size = function.statedSize, size > 0, !function.isElsewhere else { return }
      findings.add(
        .lambdaCode, at: function.offset, pointer: pointer,
        "function \(DisplayName.quote(name)) has a `CodeSize` of \(size) bytes and no zip file")
      return
    }
    if let size = function.statedSize, size != Int64(zip.size) {
      findings.add(
        .lambdaCode, at: function.offset, pointer: pointer.appending(key: "CodeSize".utf8),
        "`CodeSize` of function \(DisplayName.quote(name)) is \(size), and its zip file has \(zip.size) bytes")
    }
    let right = Base64Encoder.encode(zip.hash.bytes)
    if let stated = function.statedHash, stated != right {
      findings.add(
        .lambdaCode, at: function.offset, pointer: pointer.appending(key: "CodeSha256".utf8),
        "`CodeSha256` of function \(DisplayName.quote(name)) is \(DisplayName.quote(stated)), and its zip file's is "
          + DisplayName.quote(right))
    }
  }

  /// Walks a function; the reader ends on its closing brace.
  private func readFunction(_ reader: JSONReader) throws(JSONError) -> Function {
    var function = Function(offset: reader.tokenOffset)
    while try reader.next() == .key {
      let isHash = try reader.keyNames("CodeSha256")
      let isSize = try reader.keyNames("CodeSize")
      let isCode = try reader.keyNames("Code")
      let token = try reader.next()
      if isHash, token == .string {
        function.statedHash = try reader.string()
        function.offset = reader.tokenOffset
      } else if isSize, token == .number {
        function.statedSize = reader.integer()
      } else if isCode, token == .beginObject {
        try readCode(reader, into: &function)
      } else {
        try reader.skipValue()
      }
    }
    return function
  }

  /// Walks a function's `Code`; the reader ends on its closing brace.
  private func readCode(_ reader: JSONReader, into function: inout Function) throws(JSONError) {
    while try reader.next() == .key {
      let isZip = try reader.keyNames("ZipFile")
      let isBucket = try reader.keyNames("S3Bucket")
      let isImage = try reader.keyNames("ImageURI")
      let token = try reader.next()
      if isZip, token == .string {
        function.zip = try hashZip(reader)
      } else {
        if isBucket || isImage, token == .string, !reader.tokenEquals("") { function.isElsewhere = true }
        try reader.skipValue()
      }
    }
  }

  /// Decodes and hashes the current string; nil when it is empty or not base64 (which the pass over the types reports).
  private func hashZip(_ reader: JSONReader) throws(JSONError) -> (hash: SHA256Digest, size: Int)? {
    let hasher: SHA256Hasher
    do {
      hasher = try SHA256Hasher()
    } catch {
      throw JSONError(error)
    }
    var decoder = Base64Decoder()
    var isBroken = false
    var buffer: [UInt8] = []
    do {
      try reader.streamString { piece in
        guard !isBroken else { return }
        buffer.removeAll(keepingCapacity: true)
        do throws(Base64Error) {
          try decoder.decode(piece, into: &buffer)
        } catch {
          isBroken = true
        }
        hasher.update(buffer)
      }
    } catch let error as JSONError {
      throw error
    } catch {
      throw JSONError(code: .sourceFailed, offset: reader.tokenOffset, line: 1, column: 1, message: "\(error)")
    }
    isBroken = isBroken || (try? decoder.finish()) == nil
    guard !isBroken, decoder.decodedCount > 0 else { return nil }
    do {
      return (try hasher.finalize(), decoder.decodedCount)
    } catch {
      throw JSONError(error)
    }
  }
}
