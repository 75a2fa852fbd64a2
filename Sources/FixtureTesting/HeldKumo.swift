import Digests
import Emulator
import Files
import FixtureTree
import Glibc
import Harness
import KumoState
import Runs
import Specs
import Synchronization
import SystemPackage
import Validation

/// A KUMO that is held between the beginning and the end of a suite, by a thread of its own: the kernel ends KUMO
/// together with the thread that started it, and those of Swift's pool come and go.
final class HeldKumo: Sendable {
  let run: KumoRun
  private let release: Gate
  private let ended: Once<Result<Void, any Error>>

  private init(run: KumoRun, release: Gate, ended: Once<Result<Void, any Error>>) {
    self.run = run
    self.release = release
    self.ended = ended
  }

  /// Starts it.
  ///
  /// - Throws: `KumoTestingError`.
  static func start(_ trait: KumoTrait, for test: String) async throws -> HeldKumo {
    let release = Gate()
    let started = Once<Result<KumoRun, any Error>>()
    let ended = Once<Result<Void, any Error>>()
    OwnThread.run {
      do {
        let namespace = try Namespace(test: test)
        let plan = try plan(trait, namespace: namespace)
        let harness = Harness(plan, notice: { _ in }, signal: { nil })
        try harness.hold { prepared, endpoint in
          let variables = CommandVariables.make(
            from: plan.variables, directory: prepared.path, endpoint: endpoint, namespace: namespace.name, iteration: 1)
          started.set(
            .success(
              KumoRun(
                endpoint: endpoint.description, directory: prepared.path.string, namespace: namespace,
                variables: variables)))
        } until: {
          release.wait()
        }
        ended.set(.success(()))
      } catch {
        started.set(.failure(error))
        ended.set(.failure(error))
      }
    }
    do {
      return HeldKumo(run: try await started.value().get(), release: release, ended: ended)
    } catch {
      throw KumoTestingError(describing: error)
    }
  }

  /// Stops it and removes its directory.
  ///
  /// - Throws: `KumoTestingError`.
  func stop() async throws {
    release.open()
    do {
      try await ended.value().get()
    } catch {
      throw KumoTestingError(describing: error)
    }
  }

  private static func plan(_ trait: KumoTrait, namespace: Namespace) throws -> Harness.Plan {
    let variables = Variables.current()
    let here = FilePath(".")
    let name = trait.program ?? variables["KUMO_BIN"] ?? "kumo"
    guard let program = ProgramPath.find(name, in: variables, from: here) else {
      throw KumoTestingError(
        "KUMO '\(name)' is no program that can be started; set KUMO_BIN, or enable the suite only when "
          + "KumoRun.isAvailable")
    }
    // Several processes of one test run may have suites of one name.
    let suffix = "\(getpid())-\(UInt32.random(in: 0 ... .max))"
    guard let run = RunName(chosen: "\(namespace.name)-\(suffix)") else {
      throw KumoTestingError("'\(namespace.name)' cannot name a run")
    }
    let request = RunsFolder.Request(
      name: run, owner: try RunOwner(process: getpid()), namespace: namespace.name, now: Int64(time(nil)))
    var plan = Harness.Plan(
      runs: RunsFolder(here.pushing(FilePath(trait.runs))), request: request, emulator: .program(program, port: nil),
      program: program, arguments: [], variables: variables
    ) { directory in try fill(directory, from: trait.source) }
    plan.keeps = variables["KUMO_FIXTURES_KEEP"].map { !$0.isEmpty } ?? false
    plan.keepsFailed = plan.keeps
    // Many suites may begin at once, on a machine that compiles at the same time.
    plan.patience = .seconds(120)
    plan.preflight = { try check($0) }
    plan.expectation = { try ServedState(holding: Directory.open($0)) }
    return plan
  }

  private static func fill(_ directory: Directory, from source: KumoTrait.Source) throws -> RunRecord.Fixture? {
    switch source {
    case .directory(let path): return try RunsFolder.copy(FilePath(path), to: directory)
    case .spec(let spec):
      let fixture = try spec.resolve(in: ".")
      let manifest = try FixtureGenerator(fixture, layout: .portable).write(into: directory) { _ in }
      return RunRecord.Fixture(
        name: fixture.name, version: fixture.version, treeDigest: "sha256:\(manifest.treeDigest.hex)")
    }
  }

  private static func check(_ directory: FilePath) throws {
    let report = try Validator().validate(directory: directory)
    guard let first = report.findings.first(where: { $0.severity == .error }) else { return }
    throw HarnessProblem(
      "KUMO would not load this data completely (\(report.count(of: .error)) errors): \(first.file): \(first.message)")
  }
}

extension KumoRun {
  /// Whether there is a KUMO that a suite can have: `KUMO_BIN` names a program, or `kumo` is in `PATH`. For
  /// `.enabled(if: KumoRun.isAvailable)`.
  public static var isAvailable: Bool {
    let variables = Variables.current()
    return ProgramPath.find(variables["KUMO_BIN"] ?? "kumo", in: variables, from: FilePath(".")) != nil
  }
}

extension KumoTestingError {
  init(describing error: any Error) {
    switch error {
    case let error as KumoTestingError: self = error
    case let error as HarnessError:
      let hint = (error.cause as? HarnessProblem)?.hint.map { " (\($0))" } ?? ""
      self.init("\(error.stage.rawValue): \(error.cause)\(hint)")
    default: self.init(String(describing: error))
    }
  }
}
