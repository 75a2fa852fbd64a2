import FixtureTestSupport
import Migrations
import Testing

struct BucketViewTests {
  @Test func readsObjectsAndBodies() throws {
    let data = try SmallDirectory()
    #expect(try data.view.buckets().map(\.name) == ["files", "kept", "spare"])
    var found: [String] = []
    try data.view.forEachObject(in: "files", prefix: "in/") { object in
      found.append(object.key)
      let body = try object.body()
      #expect(body == Array("hello".utf8))
      #expect(object.metadata == ["a": "b"])
    }
    #expect(found == ["in/a.txt", "in/b.txt"])
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
  }

  @Test func changesMetadataInBothCopies() throws {
    let data = try SmallDirectory()
    try data.view.updateObjects(in: "kept") { object in
      object.metadata["owner"] = "x"
      object.tags = ["k": "v"]
      return .keep
    }
    let text = try data.text("s3.json")
    let parts = text.components(of: #""Metadata":{"a":"b","owner":"x"},"Tags":{"k":"v"},"VersionID":"v2""#)
    #expect(parts == 2)
    #expect(text.components(of: #""Metadata":{"a":"b"},"Tags":null,"VersionID":"v1""#) == 1)
  }

  @Test func replacesABodyEverywhere() throws {
    let data = try SmallDirectory()
    try data.view.updateObjects(in: "kept") { object in
      try object.setBody(Array("three".utf8))
      #expect(object.size == 5)
      return .keep
    }
    let text = try data.text("s3.json")
    let entry = #""Body":"dGhyZWU=","ETag":"# + SmallDirectory.etag("three") + #","Size":5,"#
    #expect(text.components(of: entry) == 2)
    #expect(text.components(of: SmallDirectory.digest("three")) == 2)
    #expect(try data.scratch.text("s3-objects/" + SmallDirectory.digest("three")) == "three")
    #expect(try !data.scratch.exists("s3-objects/" + SmallDirectory.digest("two")))
    #expect(try data.scratch.exists("s3-objects/" + SmallDirectory.digest("one")))
    #expect(try data.scratch.list() == ["dynamodb.json", "s3-objects", "s3.json", "sqs.json"])
    try data.view.forEachObject(in: "kept") { object in
      let body = try object.body()
      #expect(body == Array("three".utf8))
    }
  }

  @Test func emptiesABody() throws {
    let data = try SmallDirectory()
    try data.view.updateObjects(in: "files", prefix: "out") { object in
      try object.setBody([])
      return .keep
    }
    #expect(
      try data.text("s3.json").contains(
        #""out.txt":{"Key":"out.txt","Body":"","ETag":"# + SmallDirectory.etag("") + #","Size":0"#))
    #expect(try data.scratch.exists("s3-objects/" + SmallDirectory.digest("hello")))
  }

  @Test func removesObjectsWithTheirVersionsAndBlobs() throws {
    let data = try SmallDirectory()
    try data.view.updateObjects(in: "kept") { _ in .remove }
    let text = try data.text("s3.json")
    #expect(
      text.contains(
        #""kept":{"name":"kept","objects":{},"versions":{},"versioningStatus":"Enabled","versionIdcounter":2,"objectAcls":{}}"#
      ))
    #expect(try !data.scratch.exists("s3-objects/" + SmallDirectory.digest("one")))
    #expect(try data.scratch.exists("s3-objects/" + SmallDirectory.digest("hello")))
  }

  @Test func renamesAPrefixAndBack() throws {
    let data = try SmallDirectory()
    try data.view.renamePrefix(in: "files", from: "in/", to: "inbox/")
    #expect(try data.text("s3.json").contains(#""inbox/a.txt":{"Key":"inbox/a.txt","Body""#))
    try data.view.renamePrefix(in: "kept", from: "", to: "deep/er/")
    let text = try data.text("s3.json")
    #expect(text.contains(#""versions":{"deep/er/v":[{"Key":"deep/er/v""#))
    #expect(text.contains(#""objectAcls":{"deep/er/v":"#))
    try data.view.renamePrefix(in: "kept", from: "deep/er/", to: "")
    try data.view.renamePrefix(in: "files", from: "inbox/", to: "in/")
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
  }

  @Test func refusesAPrefixInUse() throws {
    let data = try SmallDirectory()
    #expect(throws: StepError.self) { try data.view.renamePrefix(in: "files", from: "in/", to: "out") }
    #expect(throws: StepError.self) {
      try data.view.updateObjects(in: "files", prefix: "in/a") { object in
        object.key = "in/b.txt"
        return .keep
      }
    }
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
    try data.view.renamePrefix(in: "files", from: "in/", to: "out", merging: true)
    #expect(try data.text("s3.json").contains(#""outa.txt":{"Key":"outa.txt""#))
  }

  @Test func movesObjectsAndBack() throws {
    let data = try SmallDirectory()
    try data.view.moveObjects(from: "files", prefix: "in/", to: "spare", newPrefix: "x/")
    let moved = try data.text("s3.json")
    #expect(moved.contains(#""spare":{"name":"spare","objects":{"x/a.txt":{"Key":"x/a.txt","Body":"aGVsbG8=""#))
    #expect(moved.contains(#""files":{"name":"files","objects":{"out.txt":"#))
    try data.view.forEachObject(in: "spare") { object in
      let body = try object.body()
      #expect(body == Array("hello".utf8))
    }
    #expect(throws: StepError.self) {
      try data.view.moveObjects(from: "files", prefix: "", to: "spare", newPrefix: "x/a")
    }
    #expect(throws: StepError.self) {
      try data.view.moveObjects(from: "files", prefix: "", to: "kept", newPrefix: "q/")
    }
    // The bucket stands before the one that they come from, and they stand at their places in it.
    try data.view.moveObjects(from: "spare", prefix: "x/", to: "files", newPrefix: "in/")
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
  }

  @Test func renamesABucketInEveryPlaceAndBack() throws {
    let data = try SmallDirectory()
    try data.scratch.write("lambda.json", #"{"a":["arn:aws:s3:::kept","arn:aws:s3:::kept/x","arn:aws:s3:::kept2"]}"#)
    try data.view.renameBucket("kept", to: "store")
    let text = try data.text("s3.json")
    #expect(text.contains(#""store":{"name":"store","#) && text.contains(#""logging":{"targetBucket":"store"}"#))
    #expect(
      try data.text("lambda.json") == #"{"a":["arn:aws:s3:::store","arn:aws:s3:::store/x","arn:aws:s3:::kept2"]}"#)
    try data.view.renameBucket("store", to: "kept")
    #expect(try data.text("s3.json") == SmallDirectory.buckets)
    #expect(throws: StepError.self) { try data.view.renameBucket("kept", to: "files") }
  }
}

extension String {
  /// How often a text stands in this one.
  func components(of part: String) -> Int {
    var count = 0
    var rest = self[...]
    while let range = rest.firstRange(of: part) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
