import FixtureTestSupport
import Migrations
import SystemPackage
import Testing

struct DocumentStepTests {
  /// Operations that can be turned round: up and the derived down give the same bytes.
  @Test(arguments: [
    "- add-attribute: {table: a, name: status, value: new}",
    "- add-attribute: {table: a, name: label, value: 'order#${pk}/${sk} costs $$1'}",
    "- add-attribute: {table: a, name: contact, value: '<${mail}>', where: {exists: mail}}",
    "- rename-attribute: {table: a, from: mail, to: email}",
    "- copy-attribute: {table: a, from: mail, to: contact}",
    "- retype-attribute: {table: a, name: total, from: S, to: N}",
    "- rename-attribute: {table: a, from: mail, to: x}\n- rename-attribute: {table: a, from: total, to: mail}",
    "- rename-table: {from: a, to: orders}",
    "- rekey-table: {table: a, from: {hash: pk, range: {name: sk, type: N}}, to: {hash: {name: sk, type: N}, range: pk}}",
    "- rename-queue: {from: jobs, to: work}\n- rename-queue: {from: dead, to: jobs, references: keep}",
    "- change-queue: {queue: jobs, visibility-timeout: {from: 30s, to: 2m}, delay-seconds: {from: 0, to: 5}}",
    "- rename-bucket: {from: kept, to: store}",
    "- rename-prefix: {bucket: files, from: in/, to: inbox/2026/}",
    "- move-objects: {bucket: files, prefix: in/, to-bucket: spare, to-prefix: old/}",
    "- add-metadata: {bucket: kept, metadata: {owner: x}}",
    "- add-attribute: {table: a, name: x, value: 1}\n- rename-table: {from: a, to: c}\n- copy-attribute: {table: c, from: x, to: y}",
  ]) func takesItselfBackExactly(_ up: String) throws {
    let data = try SmallDirectory()
    let before = try data.scratch.snapshot()
    let step = try documentStep(up: up)
    try step.apply(to: data.view)
    #expect(try data.scratch.snapshot() != before)
    #expect(step.isReversible)
    try step.revert(in: data.view)
    #expect(try data.scratch.snapshot() == before)
  }

  @Test(arguments: [
    ("- remove-attribute: {table: a, name: mail}", "what it removes is gone"),
    ("- set-attribute: {table: a, name: mail, value: x}", "what it replaces is gone"),
    (
      "- add-attribute: {table: a, name: m, value: x, where: {missing: m}}",
      "its where: looks at the attribute that changes"
    ),
    ("- retype-attribute: {table: a, name: total, from: S, to: N, on-error: keep}", "cannot be told from the others"),
    ("- change-queue: {queue: jobs, visibility-timeout: 60}", "it does not say what the attributes were"),
    ("- rename-prefix: {bucket: files, from: in/, to: '', into-existing: true}", "cannot be told from the others"),
    ("- remove-items: {table: a}", "what it removes is gone"),
    ("- remove-messages: {queue: jobs}", "what it removes is gone"),
    ("- remove-objects: {bucket: files, prefix: in/}", "what it removes is gone"),
  ]) func saysWhatCannotBeTakenBack(_ up: String, _ reason: String) throws {
    let data = try SmallDirectory()
    let step = try documentStep(up: "- rename-table: {from: b, to: c}\n" + up)
    #expect(!step.isReversible)
    try step.apply(to: data.view)
    let error = #expect(throws: StepError.self) { try step.revert(in: data.view) }
    #expect(error?.message.contains(reason) == true)
    #expect(error?.message.contains(" at migrations/s1.yaml:7:") == true)
    #expect(step.irreversibility.contains(reason))
    #expect(try documentStep(up: up, down: "- rename-table: {from: a, to: z}").isReversible)
  }

  @Test(arguments: [
    (
      "- set-attribute: {table: a, name: n, value: {x: [1, true, null, '${pk}']}, where: {equals: {pk: y}}}", 1,
      #""n":{"M":{"x":{"L":[{"N":"1"},{"BOOL":true},{"NULL":true},{"S":"y"}]}}}"#
    ),
    ("- set-attribute: {table: a, name: n, value: {$NS: ['1', '2.50']}}", 3, #""n":{"NS":["1","2.50"]}"#),
    ("- set-attribute: {table: a, name: n, value: {$B: aGk=}}", 3, #""n":{"B":"aGk="}"#),
    ("- set-attribute: {table: a, name: n, value: {$N: '${sk}0'}}", 3, #"0"},"pk""#),
    (
      "- set-attribute: {table: a, name: n, value: !!str 7, where: {type: {total: S}, prefix: {mail: 'y <'}}}", 1,
      #""n":{"S":"7"}"#
    ),
    ("- set-attribute: {table: a, name: pk, value: 'u#${pk}'}", 2, #""S:u#x|N:"#),
  ]) func setsValues(_ up: String, _ count: Int, _ text: String) throws {
    let data = try SmallDirectory()
    try documentStep(up: up).apply(to: data.view)
    #expect(try data.text("dynamodb.json").components(of: text) == count)
  }

  @Test(arguments: [
    ("- add-attribute: {table: a, name: mail, value: x}", "has the attribute 'mail' already"),
    ("- add-attribute: {table: a, name: x, value: '${mail}'}", "an item has no 'mail', which a template needs"),
    (
      "- add-attribute: {table: a, name: x, value: {$N: '${mail}'}, where: {exists: mail}}",
      "a template gives no number"
    ),
    ("- add-attribute: {table: q, name: x, value: 1}", "there is no table 'q'; there are: a, b"),
    ("- retype-attribute: {table: a, name: mail, from: S, to: N}", "is text that is no number"),
    ("- rename-attribute: {table: a, from: mail, to: total}", "has the attribute 'total' already"),
    (
      "- set-attribute: {table: a, name: pk, value: one}\n- set-attribute: {table: a, name: sk, value: 1}",
      "would have the key 'S:one|N:1'"
    ),
    (
      "- change-queue: {queue: jobs, visibility-timeout: {from: 31, to: 60}}",
      "VisibilityTimeout of queue 'jobs' is not 31"
    ),
    ("- add-metadata: {bucket: files, metadata: {a: c}}", "has the metadata 'a' already"),
    ("- rename-prefix: {bucket: files, from: in/, to: out}", "has objects under 'out' already"),
  ]) func refusesAndLeavesTheDataAlone(_ up: String, _ message: String) throws {
    let data = try SmallDirectory()
    let before = try data.scratch.snapshot()
    let error = #expect(throws: StepError.self) { try documentStep(up: up).apply(to: data.view) }
    #expect(error?.message.contains(message) == true)
    #expect(error?.message.hasPrefix("migrations/s1.yaml:") == true)
    #expect(try data.scratch.snapshot() == before)
  }

  @Test func removesItemsObjectsAndMessages() throws {
    let data = try SmallDirectory()
    try documentStep(
      up: "- remove-items: {table: a, where: {missing: mail}}\n- remove-messages: {queue: jobs}\n"
        + "- remove-objects: {bucket: files, prefix: in/}\n- remove-metadata: {bucket: files, names: [a]}\n"
        + "- set-metadata: {bucket: kept, metadata: {a: z}}"
    ).apply(to: data.view)
    #expect(try data.text("dynamodb.json").components(of: "S:x|N:2") == 0)
    #expect(try data.text("sqs.json").components(of: #""messages":[]"#) == 2)
    #expect(try data.text("s3.json").components(of: #""Metadata":{}"#) == 1)
    #expect(try data.text("s3.json").components(of: #""Metadata":{"a":"z"},"Tags":null,"VersionID":"v2""#) == 2)
  }

  @Test func derivesItsScope() throws {
    let step = try documentStep(
      up: "- add-attribute: {table: a, name: x, value: 1}\n- change-queue: {queue: q, delay-seconds: 1}\n"
        + "- rename-table: {from: b, to: c, references: keep}\n- move-objects: {bucket: m, to-bucket: n}")
    #expect(step.scope == .tables("a", "b", "c") + .queues("q") + .buckets("m", "n"))
    let renaming = try documentStep(up: "- rename-queue: {from: a, to: b}").scope
    #expect(
      renaming.part(of: "sqs") == .whole && renaming.part(of: "sns") == .whole && renaming.part(of: "dynamodb") == nil)
  }

  @Test func leavesItsPlaceOutOfItsDefinition() throws {
    let text = "# about\nid: a\nfrom: 1\nto: 2\ntitle: >\n  long\n  title\nup:\n  - remove-items: {table: a}\n"
    let moved =
      "\u{FEFF}# about\r\nid: b\r\nfrom: 3\r\nto: 4\r\ntitle: other\r\nup:\r\n  - remove-items: {table: a}\r\n"
    let changed = text.replacing("table: a", with: "table: b")
    let digests = try [text, moved, changed].map {
      try StepDocuments().step(Array($0.utf8), name: "x", directory: "/").definition
    }
    #expect(digests[0] == digests[1])
    #expect(digests[0] != digests[2])
    #expect(String(decoding: digests[0], as: UTF8.self) == "# about\nup:\n  - remove-items: {table: a}\n\n")
  }

  @Test func loadsAFolder() throws {
    let scratch = try TemporaryDirectory()
    let head = "title: t\nup:\n  - remove-items: {table: a}\n"
    try scratch.write("0002-b.yaml", "id: b\nfrom: 2\nto: 3\n" + head)
    try scratch.write("0001-a.yml", "id: a\nfrom: 1\nto: 2\nfixture: shop\nsupersedes: [x, y]\n" + head)
    try scratch.write("0003.json", #"{"id":"c","from":3,"to":4,"title":"t","up":[{"remove-items":{"table":"a"}}]}"#)
    try scratch.write(".hidden.yaml", "no")
    try scratch.write("split.py", "no")
    try scratch.write("migrations.sum", "no")
    let steps = try StepDocuments().steps(in: scratch.path, shownAs: "migrations/")
    #expect(steps.map(\.id) == ["a", "b", "c"])
    #expect(steps[0].fixture == "shop" && steps[0].supersedes == ["x", "y"])
    #expect(steps[1].location.description == "migrations/0002-b.yaml:1")
    #expect(try MigrationRegistry(steps).chain(for: "shop").count == 3)
    try scratch.write("0004.yaml", "id: d\nfrom: 4\nto: 5\ntitle: t\nup: []\n")
    try scratch.write("0005.yaml", "id: [\n")
    let error = #expect(throws: StepError.self) { try StepDocuments().steps(in: scratch.path, shownAs: "migrations") }
    #expect(error?.message.contains("migrations/0004.yaml:1:1: up: there is no operation") == true)
    #expect(error?.message.contains("migrations/0005.yaml:") == true)
  }

  @Test(arguments: [
    ("up:\n  - remove-items: {table: a}\n", "m/s.yaml:1:1: 'id' is missing"),
    ("- add-atribute: {table: a}", "up[0]: unknown operation 'add-atribute' (did you mean 'add-attribute'?)"),
    ("- add-attribute: {table: a, name: x}", "up[0].add-attribute: 'value' is missing"),
    ("- add-attribute: {table: a, name: x, value: 1, were: {}}", "unknown key 'were' (did you mean 'where'?)"),
    (
      "- add-attribute: {table: a, name: x, value: 'a${'}",
      "m/s.yaml:6:47: up[0].add-attribute.value: '${' has no attribute"
    ),
    ("- add-attribute: {table: a, name: x, value: {$Q: 1}}", "unknown type '$Q'"),
    ("- add-attribute: {table: a, name: x, value: {$NS: []}}", "a set has at least one value"),
    ("- add-attribute: {table: a, name: x, value: {$N: abc}}", "expected a number of at most 38 digits"),
    ("- add-attribute: {table: a, name: x, value: 1, where: {equals: {y: '${z}'}}}", "cannot be made of attributes"),
    ("- retype-attribute: {table: a, name: x, from: S, to: M}", "S cannot become M"),
    ("- rename-table: {from: a, to: a}", "both names are 'a'"),
    ("- rename-table: {from: a, to: b, references: maybe}", "expected rewrite, keep"),
    ("- change-queue: {queue: a}", "there is no attribute to change"),
    ("- change-queue: {queue: a, delay-seconds: 1000}", "expected 0 to 900"),
    ("- change-queue: {queue: a, redrive: 5}", "expected off, or {queue: NAME, max-receive-count: N}"),
    ("- set-metadata: {bucket: a, metadata: {X: y}}", "metadata names are lower case"),
    ("- move-objects: {bucket: a, to-bucket: a}", "both buckets are 'a'"),
    ("- exec: {command: ./x.py a, items: t}", "a command is a list of words"),
    ("- exec: {command: ['true']}", "what the program reads is not clear"),
    ("- exec: {command: [./not-there.sh], items: t}", "the file './not-there.sh' of the step cannot be read"),
    ("- exec: {command: ['true'], items: t, time-limit: 3d}", "a time limit is 1s to 24h"),
    ("- {}", "expected one operation"), ("- rename-table: {from: a, to: ''}", "expected a name"),
  ]) func pointsAtWhatIsWrong(_ operation: String, _ message: String) throws {
    let text = operation.hasPrefix("up:") ? operation : "id: a\nfrom: 1\nto: 2\ntitle: t\nup:\n  \(operation)\n"
    let found = problems(text)
    #expect(found.contains(message), "\(found)")
  }
}
