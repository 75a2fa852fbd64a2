import Emulator
import Files
import Runs
import SystemPackage

extension Harness {
  /// Goes the whole way without a command: prepares, checks and starts, hands over what is there, and stops and
  /// removes it when `wait` returns. Program and arguments of the plan are not used, and KUMO is started once.
  ///
  /// It must be called on a thread that lives as long as the call: KUMO ends with the thread that started it.
  ///
  /// - Throws: `HarnessError` with the stage that failed; no process and no port is left then either.
  package func hold(
    _ handOver: (RunsFolder.Prepared, Endpoint) -> Void, until wait: () -> Void
  ) throws(HarnessError) {
    var clock = StageClock()
    let prepared = try clock.time(.prepare) {
      try plan.runs.prepare(plan.request, beginningAs: plan.fixture, fill: plan.fill)
    }
    let path = prepared.path
    do throws(HarnessError) {
      if let prepareFixture = plan.prepareFixture { _ = try clock.time(.migrate) { try prepareFixture(path) } }
      try clock.time(.preflight) { try plan.preflight(path) }
      let emulator = try start(path, isFirst: true, &clock)
      handOver(prepared, emulator.endpoint)
      wait()
      try clock.time(.stop) { try emulator.stop(path, unless: isUrgent) }
    } catch {
      if !plan.keepsFailed { try? tearDown(path, prepared, &clock) }
      throw error
    }
    if !plan.keeps { try tearDown(path, prepared, &clock) }
  }
}
