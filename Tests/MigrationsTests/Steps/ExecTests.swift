import FixtureTestSupport
import Migrations
import SystemPackage
import Testing

struct ExecTests {
  /// A folder with a program.
  private func folder(_ name: String, _ text: String) throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    try folder.writeProgram(name, text)
    return folder
  }

  /// Runs a shell program over the items of table a.
  private func run(
    _ script: String, records: String = "items: a", limit: String = "10m", data: SmallDirectory
  ) throws {
    let folder = try folder("p.sh", "#!/bin/sh\n" + script + "\n")
    let step = try documentStep(
      up: "- exec: {command: [./p.sh], \(records), time-limit: \(limit)}", in: folder.path)
    #expect(step.kind == .exec && !step.isReversible)
    try step.apply(to: data.view)
  }

  @Test(arguments: ["items: a", "messages: jobs", "objects: files", "objects: kept"])
  func keepsEveryByteWhenTheProgramChangesNothing(_ records: String) throws {
    let data = try SmallDirectory()
    let before = try data.scratch.snapshot()
    try run("cat", records: records, data: data)
    #expect(try data.scratch.snapshot() == before)
  }

  @Test func changesRemovesAndAddsItems() throws {
    let data = try SmallDirectory()
    try run(
      """
      IFS= read -r first; IFS= read -r second; IFS= read -r third
      echo "$first" | sed 's/x@example.com/new@example.com/'
      echo '{"id":1,"item":null}'
      echo '{"item":{"sk":{"N":"9"},"pk":{"S":"added"}}}'
      echo "$third" | sed 's/"id":2/ "id" : 2 /'
      echo "the table is $KUMO_FIXTURES_TABLE, $KUMO_FIXTURES_DIRECTION from $KUMO_FIXTURES_FROM; LANG $LANG; ${SECRET:-no secret}" >&2
      """, data: data)
    let items = try data.items()
    #expect(items.contains(#"{"mail":{"S":"new@example.com"},"pk":{"S":"x"}"#))
    #expect(!items.contains("S:x|N:2"))
    #expect(items.contains(#""S:y|N:1":{"mail":{"S":"y \u003c\u0026"}"#))
    #expect(items.hasSuffix(#","S:added|N:9":{"pk":{"S":"added"},"sk":{"N":"9"}}}"#))
    #expect(data.view.notes == ["./p.sh: the table is a, up from 1; LANG C; no secret"])
    #expect(try data.scratch.list() == ["dynamodb.json", "s3-objects", "s3.json", "sqs.json"])
  }

  @Test func changesMessagesAndObjects() throws {
    let data = try SmallDirectory()
    try run(#"sed 's/"Body":"one"/"Body":"ONE"/'"#, records: "messages: jobs", data: data)
    #expect(
      try data.text("sqs.json").contains(#""Body":"ONE","MD5OfBody":"20aa1f8f6c8e1f25fd35e4dbc3ae3ef0""#) == false)
    #expect(try data.text("sqs.json").contains(#""Body":"ONE","MD5OfBody":""#))
    try run(
      #"sed 's#"Key":"in/#"Key":"done/#; s#{"a":"b"}#{"a":"c"}#'"#, records: "objects: files, prefix: in/", data: data)
    #expect(try data.text("s3.json").contains(#""done/a.txt":{"Key":"done/a.txt","Body":"aGVsbG8=""#))
    #expect(try data.text("s3.json").components(of: #""Metadata":{"a":"c"}"#) == 2)
  }

  @Test(arguments: [
    ("exit 3", "'./p.sh' ended with exit code 3"), ("cat >/dev/null; echo broken >&2; exit 1", "exit code 1: broken"),
    ("kill -9 $$", "was ended by signal 9"), ("head -n 2", "ends before record 2 is answered"),
    ("cat; echo '{\"id\":3,\"item\":null}'", "answers record 3, but there were 3"),
    ("cat; cat /dev/null; echo hello", "line 4 of the program's output is no JSON"),
    ("sort -r", "answers record 2, where 0 comes next"),
    ("echo '[]'; cat", "line 1 of the program's output is no object"),
    (#"sed 's/{"S":"x"}/{"S":"x","N":"1"}/'"#, "an item with an attribute that is none"),
    (#"sed 's/"item"/"Item"/'"#, "has the member 'Item'"),
    (#"sed 's/"id":0,//'"#, "answers record 1, where 0 comes next"),
    ("echo '{}'", "has neither an id nor a record"),
    ("cat; echo '{\"item\":{\"pk\":{\"S\":\"x\"},\"sk\":{\"N\":\"1\"}}}'", "would have the key 'S:x|N:1'"),
  ]) func refusesAndLeavesTheDataAlone(_ script: String, _ message: String) throws {
    let data = try SmallDirectory()
    let before = try data.scratch.snapshot()
    let error = #expect(throws: StepError.self) { try run(script, data: data) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(try data.scratch.snapshot() == before)
  }

  @Test(arguments: [
    ("messages: jobs", #"sed 's/"MessageID":"m1"/"MessageID":"m9"/'"#, "changed or added 'MessageID' of a message"),
    ("objects: files", #"sed 's/"Size":5/"Size":6/'"#, "changed or added 'Size' of an object"),
    ("objects: files", #"cat; echo '{"object":{"Key":"n"}}'"#, "the program wrote a new object"),
    ("items: nope", "cat", "there is no table 'nope'"), ("messages: nope", "cat", "there is no queue 'nope'"),
    ("objects: nope", "cat", "there is no bucket 'nope'"),
  ]) func refusesWhatCannotBeChanged(_ records: String, _ script: String, _ message: String) throws {
    let data = try SmallDirectory()
    let before = try data.scratch.snapshot()
    let error = #expect(throws: StepError.self) { try run(script, records: records, data: data) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(try data.scratch.snapshot() == before)
  }

  @Test func endsAProgramThatHangs() throws {
    let data = try SmallDirectory()
    let error = #expect(throws: StepError.self) { try run("sleep 3600 & sleep 3600", limit: "1s", data: data) }
    #expect(error?.message.contains("did not end within 1 s") == true)
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
  }

  /// Neither side reads what the other writes before it is done: megabytes wait in both directions.
  @Test(arguments: ["cat", "tac | tac", "sed p | sed -n 'p;n'"])
  func passesMoreThanPipesHold(_ script: String) throws {
    let items = (0..<600).map {
      #""S:\#($0)":{"id":{"S":"\#($0)"},"text":{"S":"\#(String(repeating: "x", count: 2_000))"}}"#
    }
    let text =
      #"{"tables":{"a":{"table":{"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]},"items":{"#
      + items.joined(separator: ",") + "}}}}"
    let data = try SmallDirectory(["dynamodb.json": text])
    try run(script + #" | sed 's/{"S":"5"}/{"S":"5!"}/'"#, data: data)
    #expect(try data.text("dynamodb.json").utf8.count == text.utf8.count + 2)
    #expect(try data.text("dynamodb.json").contains(#""S:5!":{"id":{"S":"5!"}"#))
  }

  @Test func takesTheProgramIntoItsDefinition() throws {
    let folder = try folder("p.sh", "#!/bin/sh\ncat\n")
    try folder.write("words.txt", "a")
    func definition() throws -> String {
      String(
        decoding: try documentStep(up: "- exec: {command: [sh, p.sh], items: a, files: [words.txt]}", in: folder.path)
          .definition,
        as: UTF8.self)
    }
    let first = try definition()
    #expect(first.contains("\nfile p.sh sha256:") && first.contains("\nfile words.txt sha256:"))
    try folder.write("words.txt", "b")
    let second = try definition()
    try folder.write("p.sh", "#!/bin/sh\nexec cat\n")
    let third = try definition()
    #expect(first != second && second != third)
  }

  @Test func findsItsProgramFromAnyWorkingDirectory() throws {
    let folder = try folder("p.sh", "#!/bin/sh\ntest -f ./p.sh && cat\n")
    try folder.write("s.yaml", "id: s\nfrom: 1\nto: 2\ntitle: t\nup:\n  - exec: {command: [./p.sh], items: a}\n")
    let up = String(repeating: "../", count: 40)
    let relative = FilePath(up + folder.path.string.dropFirst())
    let steps = try StepDocuments().steps(in: relative, shownAs: "m")
    let data = try SmallDirectory()
    try steps[0].apply(to: data.view)
    #expect(try data.text("dynamodb.json") == SmallDirectory.tables)
  }

  @Test func saysWhenThereIsNoProgram() throws {
    let data = try SmallDirectory()
    let error = #expect(throws: StepError.self) {
      try documentStep(up: "- exec: {command: [kumo-fixtures-no-such-program], items: a}").apply(to: data.view)
    }
    #expect(error?.message.contains("there is no program 'kumo-fixtures-no-such-program' in PATH") == true)
    let folder = try TemporaryDirectory()
    try folder.write("data.txt", "x", mode: 0o644)
    let refused = #expect(throws: StepError.self) {
      try documentStep(up: "- exec: {command: [./data.txt], items: a}", in: folder.path).apply(to: data.view)
    }
    #expect(refused?.message.contains("cannot start") == true)
  }
}
