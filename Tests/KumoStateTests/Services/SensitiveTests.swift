import KumoState
import Testing

@Suite struct SensitiveTests {
  /// Every pattern leads to a place of its service's schema, so that no field is misspelt.
  @Test(arguments: ServiceCatalogue.all)
  func pathsExistInTheSchema(service: KumoService) throws {
    let schema = try #require(Schema(of: service))
    for path in SensitivePaths.paths(of: service) {
      var node = schema.root
      for step in path.steps {
        switch step {
        case .field(let name):
          let field = try #require(
            schema.nodes[node].fields.first { schema.fields[$0].name == name },
            "\(service.name): no field \(String(decoding: name, as: UTF8.self)) in \(path)")
          node = schema.fields[field].node
        case .anyKey:
          #expect(schema.nodes[node].kind == .map || schema.nodes[node].kind == .numberedMap, "\(path)")
          node = schema.nodes[node].element
        case .anyElement:
          #expect(schema.nodes[node].kind == .array, "\(path)")
          node = schema.nodes[node].element
        }
        try #require(node >= 0)
      }
      if path.isKey {
        #expect(schema.nodes[node].kind == .map, "\(path)")
      } else if !path.includesSubtree {
        #expect(schema.nodes[node].kind == .string || schema.nodes[node].kind == .bytes, "\(path)")
      }
    }
  }

  @Test func everyPatternNamesAService() {
    let names = Set(ServiceCatalogue.all.map(\.name))
    #expect(SensitivePaths.all.allSatisfy { names.contains($0.service) && !$0.steps.isEmpty })
    #expect(Set(SensitivePaths.all).count == SensitivePaths.all.count)
    #expect(Set(SensitivePaths.all.map(\.sensitivity)).count == SensitiveClass.allCases.count)
  }

  /// Keys down to a value (`[]` an element), and the class found there.
  @Test(
    arguments: [
      ("secretsmanager", ["secrets", "db/prod", "SecretString"], SensitiveClass.secret),
      ("secretsmanager", ["SECRETS", "db", "versionids", "v", "secretstring"], .secret),
      ("secretsmanager", ["secrets", "db", "Name"], nil),
      ("batch", ["jobs", "j", "container", "environment", "[]", "value"], .secret),
      ("dynamodb", ["tables", "t", "items", "S:1", "pk", "M", "deep", "L", "[]", "N"], .content),
      ("dynamodb", ["tables", "t", "table", "Name"], nil),
      ("s3", ["buckets", "b", "versions", "k", "[]", "Body"], .content),
      ("lambda", ["functions", "f", "Policy", "Statement", "[]", "Condition", "StringEquals", "x"], .content),
    ] as [(String, [String], SensitiveClass?)])
  func treesFindValues(service: String, keys: [String], sensitivity: SensitiveClass?) throws {
    let tree = SensitiveTree(of: try KumoStateTests.service(service))
    var position: SensitiveTree.Position? = tree.root
    for key in keys {
      position = position.flatMap { key == "[]" ? tree.element(of: $0) : tree.child(of: $0, key: key.utf8) }
    }
    #expect(position.flatMap { tree.path(at: $0) }?.sensitivity == sensitivity)
  }

  @Test func treesFindKeys() throws {
    let tree = SensitiveTree(of: try KumoStateTests.service("iam"))
    let accessKeys = try #require(tree.child(of: tree.root, key: "accessKeys".utf8))
    #expect(tree.keyPath(at: accessKeys)?.sensitivity == .personal)
    let user = try #require(tree.child(of: accessKeys, key: "alice".utf8))
    #expect(tree.keyPath(at: user)?.sensitivity == .secret)
  }

  @Test(arguments: [
    ("clientSecret", true), ("SECRET", true), ("Password", true), ("accessToken", true), ("privateKey", true),
    ("private_key", true), ("private--key", false), ("PrivateKeyMaterial", true), ("apikey", true), ("api-key", true),
    ("Authorization", true), ("connectionString", true), ("connection  string", false), ("passphrase", true),
    ("credentials", true), ("Name", false), ("", false), ("tok", false), ("pass", false),
  ])
  func namesThatSuggestSecrets(name: String, sensitive: Bool) {
    #expect(SensitivePaths.hasSensitiveName(name.utf8) == sensitive)
  }
}
