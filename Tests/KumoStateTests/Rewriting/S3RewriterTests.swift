import JSONBytes
import Testing

@testable import KumoState

/// A visitor that keeps everything but what its closures say.
struct PlainS3Visitor: S3Rewriter.Visitor {
  var onBucket: ([UInt8]) -> RewriteVerdict = { _ in .keep }
  var onSetting: ([UInt8], JSONNode) -> RewriteVerdict = { _, _ in .keep }
  var onObject: (S3Entry) -> S3Verdict = { _ in .keep }
  var onVersion: (S3Entry, Int) -> S3Verdict = { _, _ in .keep }
  var onList: ([UInt8]) -> [UInt8]? = { _ in nil }
  var onAdditions: ([UInt8]) -> [S3Addition] = { _ in [] }

  mutating func bucket(_ name: [UInt8]) -> RewriteVerdict { onBucket(name) }
  mutating func setting(_ name: [UInt8], _ value: JSONNode, of bucket: [UInt8]) -> RewriteVerdict {
    onSetting(name, value)
  }
  mutating func object(_ entry: S3Entry, in bucket: [UInt8]) -> S3Verdict { onObject(entry) }
  mutating func version(_ entry: S3Entry, index: Int, in bucket: [UInt8]) -> S3Verdict { onVersion(entry, index) }
  mutating func versionList(of key: [UInt8], in bucket: [UInt8]) -> [UInt8]? { onList(key) }
  mutating func additions(to bucket: [UInt8]) -> [S3Addition] { onAdditions(bucket) }
  mutating func newBuckets() -> [RewriteEntry] { [] }
}

struct S3RewriterTests {
  private static let first =
    #"{"Key":"k1","Body":"QQ==","ETag":"\"e\"","Size":1,"LastModified":"2026-01-01T00:00:00Z","ContentType":"t","#
    + #""Metadata":{"a":"b"},"Tags":null,"VersionID":"","IsDeleteMarker":false,"Future":[1]}"#
  private static let document =
    #"{"buckets":{"b":{"name":"b","objects":{"k1":"# + first + #","k2":{"Key":"k2"}},"#
    + #""versions":{"k2":[{"Key":"k2","VersionID":"v2"},{"Key":"k2","VersionID":"v1"}],"k3":[{"Key":"k3"}]},"#
    + #""versionIdcounter":2},"c":{"objects":{},"name":"c","versions":{}}}}"#

  private func rewrite(_ visitor: PlainS3Visitor) throws -> String {
    var visitor = visitor
    return try rewriting(Self.document) {
      try S3Rewriter.rewrite(source: $0, target: $1, visitor: &visitor)
    }.text
  }

  @Test func keepsEveryByteOfWhatIsNotNamed() throws {
    #expect(try rewrite(PlainS3Visitor()) == Self.document)
  }

  @Test func readsTheFields() throws {
    var found: [S3Entry] = []
    var visitor = PlainS3Visitor()
    visitor.onObject = {
      found.append($0)
      return .keep
    }
    _ = try rewrite(visitor)
    #expect(found.map(\.mapKey) == [Array("k1".utf8), Array("k2".utf8)])
    #expect(found[0].body == .inline(isEmpty: false))
    #expect(found[0].metadata == [NamedText(name: Array("a".utf8), value: Array("b".utf8))])
    #expect(found[0].size == 1)
    #expect(found[1].body == .none && found[1].metadata == nil)
  }

  @Test func changesFieldsAndAddsThoseThatAreMissing() throws {
    var change = S3Change()
    change.key = Array("n".utf8)
    change.fields = [(.size, Array("2".utf8)), (.bodyRef, Array(#""ff""#.utf8)), (.tags, Array("{}".utf8))]
    change.body = { sink in
      try sink(Array("QU".utf8))
      try sink(Array("I=".utf8))
    }
    var visitor = PlainS3Visitor()
    let wanted = change
    visitor.onObject = { $0.mapKey == Array("k1".utf8) ? .change(wanted) : .keep }
    let result = try rewrite(visitor)
    #expect(
      result.contains(
        #""n":{"Key":"n","Body":"QUI=","ETag":"\"e\"","Size":2,"LastModified":"2026-01-01T00:00:00Z","ContentType":"t","#
          + #""Metadata":{"a":"b"},"Tags":{},"VersionID":"","IsDeleteMarker":false,"Future":[1],"bodyRef":"ff"},"k2":{"Key":"k2"}}"#
      ))
  }

  @Test func removesVersionsAndTheirLists() throws {
    var visitor = PlainS3Visitor()
    visitor.onVersion = { entry, index in index == 0 ? .remove : .keep }
    #expect(try rewrite(visitor).contains(#""versions":{"k2":[{"Key":"k2","VersionID":"v1"}]},"#))
    visitor.onVersion = { entry, _ in entry.mapKey == Array("k2".utf8) ? .remove : .keep }
    #expect(try rewrite(visitor).contains(#""versions":{"k3":[{"Key":"k3"}]},"#))
    visitor.onVersion = { _, _ in .remove }
    #expect(try rewrite(visitor).contains(#""versions":{},"versionIdcounter""#))
  }

  @Test func renamesListsOfVersions() throws {
    var visitor = PlainS3Visitor()
    visitor.onList = { Array("x/".utf8) + $0 }
    #expect(
      try rewrite(visitor).contains(
        #"{"x/k2":[{"Key":"x/k2","VersionID":"v2"},{"Key":"x/k2","VersionID":"v1"}],"x/k3":[{"Key":"x/k3"}]}"#))
  }

  @Test func copiesAnObjectToAnotherBucket() throws {
    var visitor = PlainS3Visitor()
    var moved: [S3Entry] = []
    visitor.onObject = { entry in
      guard entry.mapKey == Array("k1".utf8) else { return .keep }
      moved.append(entry)
      return .remove
    }
    visitor.onAdditions = { bucket in
      guard bucket == Array("c".utf8) else { return [] }
      var change = S3Change()
      change.key = Array("far".utf8)
      return moved.map { S3Addition(key: Array("far".utf8), content: .copy($0, change)) }
    }
    let result = try rewrite(visitor)
    #expect(result.contains(#""b":{"name":"b","objects":{"k2":{"Key":"k2"}},"#))
    let copy = #"{"Key":"far""# + Self.first.dropFirst(#"{"Key":"k1""#.count)
    #expect(result.hasSuffix(#""c":{"objects":{"far":"# + copy + #"},"name":"c","versions":{}}}}"#))
  }

  @Test func removesBucketsAndSettings() throws {
    var visitor = PlainS3Visitor()
    visitor.onBucket = { $0 == Array("b".utf8) ? .remove : .replace(key: Array("d".utf8), value: nil) }
    visitor.onSetting = { name, _ in name == Array("name".utf8) ? .remove : .keep }
    #expect(try rewrite(visitor) == #"{"buckets":{"d":{"objects":{},"versions":{}}}}"#)
  }
}
