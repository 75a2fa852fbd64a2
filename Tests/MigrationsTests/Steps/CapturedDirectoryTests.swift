import Digests
import Files
import FixtureTestSupport
import FixtureTree
import Migrations
import SystemPackage
import Testing
import Validation

/// One step of each kind on a directory that KUMO wrote: forward, and back to the exact tree of every stage.
struct CapturedDirectoryTests {
  private func executor(_ steps: [any MigrationStep]) throws -> MigrationExecutor {
    MigrationExecutor(
      try MigrationRegistry(steps),
      MigrationSettings(
        toolVersion: "0.0.0", now: 1_800_000_000, stepTimeout: .seconds(60), keepSnapshots: 10,
        validate: { directory in
          var validator = Validator()
          validator.now = 1_800_000_000
          let findings = try validator.validate(directory).findings
          return .init(errors: findings.filter { $0.severity == .error }.map { "\($0.rule.id): \($0.message)" })
        }))
  }

  /// Applies the steps one by one, then takes them back one by one.
  private func goThrough(_ steps: [any MigrationStep], _ data: FilePath, versions: [Int]) throws {
    func digest() throws -> String { "sha256:" + (try TreeManifest(of: Directory.open(data))).treeDigest.hex }
    let executor = try executor(steps)
    var digests = [try digest()]
    for version in versions.dropFirst() {
      let outcome = try executor.apply(data, .init(path: "data", target: version))
      #expect(outcome.versions.after == version)
      digests.append(try digest())
    }
    #expect(Set(digests).count == versions.count)
    for (index, version) in versions.enumerated().dropLast().reversed() {
      let way = RollbackRequest.Way.down(acceptsUnproven: false)
      _ = try executor.rollback(data, .init(path: "data", target: version, way: way))
      #expect(try digest() == digests[index])
    }
  }

  @Test(.enabled(if: Captures.root != nil, "there are no captures"))
  func goesThroughAllKindsOnACapturedDirectory() throws {
    guard let captures = Captures.root else { return }
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("data")
    try folder.makeDirectory("migrations")
    let data = try Directory.open(folder.path("data"))
    try Directory.open(captures.pushing("v0.25.3/shop")).copyTree(to: data)
    let services = try data.list().map(\.path.description).filter { $0.hasSuffix(".json") }.map {
      String($0.dropLast(5))
    }
    let document = FixtureDocument(
      name: "shop", version: 1, origin: .adopted, layout: "portable", services: services.sorted())
    try document.write(to: data, mode: 0o644)
    try TreeManifest(of: data).write(to: data, mode: 0o644)
    let head = "fixture: shop\ntitle: t\nup:\n"
    try folder.write(
      "migrations/2.yaml",
      "id: two\nfrom: 1\nto: 2\n" + head + """
          - rename-attribute: {table: orders, from: total, to: amount}
          - set-attribute: {table: orders, name: amount, value: {$N: "0${amount}"}, where: {equals: {status: none}}}
          - rename-prefix: {bucket: receipts, from: tests/, to: runs/}
          - rename-queue: {from: shop-dlq, to: shop-dead}
          - rename-table: {from: sessions, to: logins}
          - move-objects: {bucket: exports, prefix: big, to-bucket: invoices, to-prefix: old/big}
        down:
          - move-objects: {bucket: invoices, prefix: old/big, to-bucket: exports, to-prefix: big}
          - rename-table: {from: logins, to: sessions}
          - rename-queue: {from: shop-dead, to: shop-dlq}
          - rename-prefix: {bucket: receipts, from: runs/, to: tests/}
          - rename-attribute: {table: orders, from: amount, to: total}

        """)
    try folder.write(
      "migrations/3.yaml",
      "id: three\nfrom: 2\nto: 3\n" + head + """
          - exec: {command: [sed, 's/"status":{"S":"new"}/"status":{"S":"fresh"}/'], items: orders}
        down:
          - exec: {command: [sed, 's/"status":{"S":"fresh"}/"status":{"S":"new"}/'], items: orders}

        """)
    let swift = SwiftStep("four", from: 3, to: 4, title: "t", fixture: "shop", scope: .queues("shop-events")) { view in
      try view.updateMessages(in: "shop-events") { message in
        message.body = message.body.replacing("\"event\": ", with: "\"kind\": ")
        return .keep
      }
    } revert: { view in
      try view.updateMessages(in: "shop-events") { message in
        message.body = message.body.replacing("\"kind\": ", with: "\"event\": ")
        return .keep
      }
    }
    let steps = try StepDocuments().steps(in: folder.path("migrations"), shownAs: "migrations") + [swift]
    try goThrough(steps, folder.path("data"), versions: [1, 2, 3, 4])
  }
}
