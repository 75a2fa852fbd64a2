import Emulator
import Files
import FixtureTestSupport
import Glibc
import Harness
import Runs
import Synchronization
import SystemPackage
import Testing

/// A project with an empty fixture and a stand-in for KUMO: a real server process that answers `/health` and, like
/// KUMO, writes a file when it is asked to end.
struct Stage {
  let scratch: TemporaryDirectory
  let notices = Notices()

  init(server: String = Stage.server) throws {
    scratch = try TemporaryDirectory()
    let python = try #require(Program(named: "python3"))
    try scratch.writeProgram("kumo", "#!\(python.path)\n\(server)")
  }

  /// Enough of the environment for the programs that the tests use.
  static var variables: [String: String] {
    var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin"]
    for name in ["PATH", "HOME", "PYENV_ROOT", "VIRTUAL_ENV"] {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return variables
  }

  static let server = """
    import http.server, os, signal, socketserver, sys
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200); self.end_headers(); self.wfile.write(b'{"status":"healthy"}')
        def log_message(self, *arguments): pass
    def end(*_):
        open(os.environ['KUMO_DATA_DIR'] + '/s3.json', 'w').write('{}'); os._exit(0)
    signal.signal(signal.SIGTERM, end)
    # Without asking the network for this machine's name.
    http.server.HTTPServer.server_bind = socketserver.TCPServer.server_bind
    http.server.HTTPServer(('127.0.0.1', int(os.environ['KUMO_PORT'])), Handler).serve_forever()
    """

  var program: FilePath { scratch.path("kumo") }

  func plan(_ script: String, run: String = "run-1", program: FilePath? = nil) throws -> Harness.Plan {
    let bash = try #require(Program(named: "bash"))
    let name = try #require(RunName(chosen: run))
    var plan = Harness.Plan(
      runs: RunsFolder(scratch.path("runs")),
      request: .init(name: name, owner: try RunOwner(process: getpid()), namespace: "invoice", now: 1),
      emulator: .program(program ?? self.program, port: nil), program: bash.path, arguments: ["-c", script],
      variables: Stage.variables.merging(["OUT": scratch.path("out-\(run)").string, "AWS_PROFILE": "prod"]) { $1 }
    ) { directory in
      try directory.create("marker").write(Array("x".utf8))
      return nil
    }
    plan.patience = .seconds(120)
    return plan
  }

  func run(_ plan: Harness.Plan, signal: @escaping () -> Int32? = { nil }) throws -> Harness.Outcome {
    try Harness(plan, notice: { notices.add($0) }, signal: signal).run()
  }

  /// The processes that still carry a variable of this stage.
  func processesLeft() -> [Int32] {
    let prefix = Array(scratch.path.string.utf8)
    return ProcessTable.all().filter {
      ProcessTable.variable("KUMO_DATA_DIR", of: $0)?.starts(with: prefix) == true
        && ProcessTable.entry($0)?.isZombie == false
    }
  }
}

final class Notices: Sendable {
  private let lines = Mutex<[String]>([])
  func add(_ line: String) { lines.withLock { $0.append(line) } }
  var all: [String] { lines.withLock { $0 } }
}

@Suite(.needs("python3", "bash")) struct HarnessTests {
  @Test func runsACommandAndLeavesNothing() throws {
    let stage = try Stage()
    let outcome = try stage.run(
      try stage.plan("env | sort > $OUT; test -f $KUMO_DATA_DIR/marker && test -f $KUMO_DATA_DIR/active"))
    #expect(outcome.code == 0)
    #expect(outcome.keptDirectory == nil)
    #expect(try Directory.open(stage.scratch.path("runs")).list().isEmpty)
    #expect(stage.processesLeft().isEmpty)
    let lines = Set(try stage.scratch.text("out-run-1").split(separator: "\n").map(String.init))
    #expect(lines.contains("AWS_ACCESS_KEY_ID=test"))
    #expect(lines.contains("AWS_REGION=us-east-1"))
    #expect(lines.contains("KUMO_FIXTURES_NAMESPACE=invoice"))
    #expect(lines.contains { $0.hasPrefix("AWS_ENDPOINT_URL=http://127.0.0.1:") })
    // Nothing leads to a real account.
    #expect(!lines.contains { $0.hasPrefix("AWS_PROFILE=") })
  }

  @Test func givesTheCommandsCodeAndKeepsTheDirectoryWithWhatKumoSaved() throws {
    let stage = try Stage()
    let outcome = try stage.run(try stage.plan("exit 42"))
    #expect(outcome.code == 42)
    let kept = try #require(outcome.keptDirectory)
    let directory = try Directory.open(kept)
    #expect(try directory.status("s3.json") != nil)
    #expect(try directory.status("logs/kumo.log") != nil)
    #expect(stage.processesLeft().isEmpty)
    var plan = try stage.plan("exit 42", run: "run-2")
    plan.keepsFailed = false
    #expect(try stage.run(plan).keptDirectory == nil)
    #expect(try stage.scratch.exists("runs/run-2") == false)
  }

  @Test func repeatsTheCommandWithAndWithoutANewStart() throws {
    let stage = try Stage()
    var plan = try stage.plan("echo $AWS_ENDPOINT_URL $KUMO_FIXTURES_ITERATION $(ls $KUMO_DATA_DIR/s3.json) >> $OUT")
    plan.repetitions = 3
    #expect(try stage.run(plan).iterations == 3)
    let lines = try stage.scratch.text("out-run-1").split(separator: "\n")
    #expect(Set(lines.compactMap { $0.split(separator: " ").first }).count == 1)
    plan = try stage.plan("ls $KUMO_DATA_DIR/s3.json || test $KUMO_FIXTURES_ITERATION = 1", run: "run-2")
    plan.repetitions = 2
    plan.restartsBetween = true
    // The second run finds what the stop before it saved.
    #expect(try stage.run(plan).code == 0)
    plan.program = "/bin/false"
    #expect(try stage.run(plan).iterations == 1)
  }

  @Test func neverStartsKumoOnADirectoryThatWasRefused() throws {
    let stage = try Stage()
    var plan = try stage.plan("touch $OUT")
    plan.preflight = { _ in throw HarnessProblem("no") }
    plan.keepsFailed = false
    let error = try #require(throws: HarnessError.self) { try stage.run(plan) }
    #expect(error.stage == .preflight)
    #expect(try Directory.open(stage.scratch.path("runs")).list().isEmpty)
    #expect(try stage.scratch.exists("out-run-1") == false)
  }

  @Test func saysWhyKumoDidNotStart() throws {
    let stage = try Stage(server: "import sys; print('no such thing'); sys.exit(3)")
    let error = try #require(throws: HarnessError.self) { try stage.run(try stage.plan("touch $OUT")) }
    #expect(error.stage == .start)
    #expect("\(error.cause)".contains("exit code 3"))
    #expect("\(error.cause)".contains("no such thing"))
    #expect(try stage.scratch.exists("out-run-1") == false)
    #expect(stage.notices.all.contains { $0.contains("is kept") })
  }

  @Test func endsTheCommandWhenKumoDies() throws {
    let stage = try Stage()
    // The command finds KUMO by its directory and kills it as hard as the kernel does.
    let script = """
      for p in /proc/[0-9]*; do
        [ "${p#/proc/}" = $$ ] && continue
        if tr '\\0' '\\n' < $p/environ 2>/dev/null | grep -qx "KUMO_DATA_DIR=$KUMO_DATA_DIR" &&
          tr '\\0' ' ' < $p/cmdline | grep -q "/kumo"; then kill -9 ${p#/proc/}; fi
      done
      sleep 3600
      """
    let error = try #require(throws: HarnessError.self) { try stage.run(try stage.plan(script)) }
    #expect(error.stage == .command)
    #expect("\(error.cause)".contains("KUMO ended while the command was running"))
    #expect(stage.processesLeft().isEmpty)
  }

  @Test func endsDaemonsOfTheCommand() throws {
    let stage = try Stage()
    // It ends only when its daemon has a session of its own: before, it would just be one of its group.
    let outcome = try stage.run(
      try stage.plan(
        "setsid bash -c 'touch $OUT; exec sleep 3600' & sleep 3600 & until [ -e $OUT ]; do sleep 0.01; done"))
    #expect(outcome.code == 0)
    #expect(stage.processesLeft().isEmpty)
    #expect(stage.notices.all.contains { $0.contains("left behind") })
  }

  @Test func passesSignalsOn() throws {
    let stage = try Stage()
    let path = stage.scratch.path("out-run-1").string
    let script = "trap 'exit 9' TERM; touch $OUT; while :; do sleep 0.02; done"
    let outcome = try stage.run(try stage.plan(script)) { access(path, F_OK) == 0 ? SIGTERM : nil }
    #expect(outcome.code == 9)
    #expect(stage.processesLeft().isEmpty)
  }

  @Test func eightAtOnceDoNotMeet() async throws {
    let stage = try Stage()
    let results = try await withThrowingTaskGroup(of: String.self) { group in
      for index in 0..<8 {
        group.addTask {
          let run = "run-\(index)"
          let plan = try stage.plan("echo $AWS_ENDPOINT_URL $KUMO_DATA_DIR > $OUT; sleep 0.2", run: run)
          #expect(try stage.run(plan).code == 0)
          return try stage.scratch.text("out-\(run)")
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(results).count == 8)
    #expect(try Directory.open(stage.scratch.path("runs")).list().isEmpty)
    #expect(stage.processesLeft().isEmpty)
  }

  @Test func findsPrograms() {
    #expect(ProgramPath.find("sh", in: ["PATH": "/nowhere:/bin"], from: "/") == "/bin/sh")
    #expect(ProgramPath.find("bin/sh", in: [:], from: "/") == "/bin/sh")
    #expect(ProgramPath.find("absent-program", in: [:], from: "/") == nil)
    #expect(ProgramPath.find("", in: [:], from: "/") == nil)
  }
}
