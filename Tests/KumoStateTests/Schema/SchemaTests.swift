import KumoState
import Testing

@Suite struct SchemaTests {
  @Test(arguments: ServiceCatalogue.all)
  func everyServiceHasOne(service: KumoService) throws {
    let schema = try #require(Schema(of: service))
    #expect(schema.nodes[schema.root].kind == .structure)
    #expect(schema.nodes.allSatisfy { $0.isContainer || ($0.element == -1 && $0.fields.isEmpty) })
    #expect(
      schema.nodes.allSatisfy { $0.kind == .structure || !$0.isContainer || schema.nodes.indices.contains($0.element) })
    for node in schema.nodes where node.kind == .structure {
      let names = node.fields.map { GoText.foldedKey(schema.fields[$0].name) }
      #expect(Set(names).count == names.count, "two fields of \(service.name) differ in case only")
    }
  }

  @Test func kindsAndMarksSurvive() throws {
    let s3 = try KumoStateTests.schema("s3")
    let buckets = try #require(s3.field(exactly: "buckets", of: s3.root))
    let bucket = s3.nodes[buckets.node].element
    let objects = try #require(s3.field(exactly: "objects", of: bucket))
    #expect(objects.dangerousNull)
    let object = s3.nodes[objects.node].element
    #expect(s3.nodes[object].hasOwnDecoder)
    let reference = try #require(s3.field(exactly: "bodyRef", of: object))
    #expect(reference.omitsEmpty && reference.presence == .added)
    #expect(s3.nodes[reference.node].kind == .digest)
    #expect(s3.field(exactly: "topicConfigurations", of: bucket)?.presence == .newest)
    let versions = try #require(s3.field(exactly: "versions", of: bucket))
    #expect(s3.nodes[s3.nodes[versions.node].element].element == object)
    #expect(s3.field(exactly: "MultipartUploads", of: bucket) == nil)
  }

  @Test func recursiveTypesPointBack() throws {
    let schema = try KumoStateTests.schema("dynamodb")
    let value = try #require(schema.nodes.firstIndex { $0.hasOwnDecoder && $0.kind == .structure })
    let map = try #require(schema.field(exactly: "M", of: value))
    let list = try #require(schema.field(exactly: "L", of: value))
    #expect(schema.nodes[map.node].element == value)
    #expect(schema.nodes[list.node].element == value)
  }

  @Test func goneFieldsAreKept() throws {
    let schema = try KumoStateTests.schema("eventbridge")
    #expect(schema.field(exactly: "deliveredEvents", of: schema.root)?.presence == .gone)
    #expect(schema.field(named: "DELIVEREDEVENTS".utf8, of: schema.root) != nil)
    #expect(schema.field(named: "delivered".utf8, of: schema.root) == nil)
  }
}
