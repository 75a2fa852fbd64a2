import FixtureTree
import Migrations
import Testing

/// Each state that a step can have, and each refusal.
@Suite struct PlannerTests {
  private func step(
    _ id: String, _ from: Int, _ to: Int, revision: String = "v1", supersedes: [String] = []
  ) -> any MigrationStep {
    SwiftStep(
      id, from: from, to: to, title: "title of \(id)", scope: .nothing, revision: revision, supersedes: supersedes,
      file: "steps.swift", line: 1
    ) { _ in }
  }

  private func row(
    _ id: String, _ from: Int, _ to: Int, kind: LedgerRow.Kind = .applied, tool: String = "9.9.9"
  ) throws -> LedgerRow {
    LedgerRow(
      id: id, kind: kind, from: from, to: to, digest: try StepDigest.of(step(id, from, to).definition),
      appliedAt: "2026-01-01T00:00:00Z", toolVersion: tool, treeDigestBefore: "sha256:0", contentDigestAfter: "sha256:1"
    )
  }

  private func plan(
    version: Int, _ rows: [LedgerRow] = [], _ steps: [any MigrationStep], to target: Int? = nil,
    outOfOrder: Bool = false
  ) throws -> MigrationPlan {
    let document = FixtureDocument(
      name: "shop", version: version, origin: .generated, layout: "none", services: [], ledger: rows)
    return MigrationPlanner(try MigrationRegistry(steps)).plan(
      document, .init(path: "data", target: target, allowsOutOfOrder: outOfOrder))
  }

  private func states(_ plan: MigrationPlan) -> [String] { plan.statuses.map { "\($0.id) \($0.state.rawValue)" } }

  @Test func pendingStepsAreRunInOrder() throws {
    let plan = try plan(version: 1, [], [step("a", 1, 2), step("b", 2, 3)])
    #expect(states(plan) == ["a pending", "b pending"])
    #expect(plan.actions.map(\.step.id) == ["a", "b"])
    #expect(plan.targetVersion == 3 && plan.refusals.isEmpty && !plan.isCurrent)
  }

  @Test func appliedStepsAreDoneWith() throws {
    let plan = try plan(version: 2, [row("a", 1, 2)], [step("a", 1, 2), step("b", 2, 3)])
    #expect(states(plan) == ["a applied", "b pending"])
    #expect(try self.plan(version: 2, [row("a", 1, 2)], [step("a", 1, 2)]).isCurrent)
  }

  @Test func stepsBeforeTheBeginningAreBaseline() throws {
    let plan = try plan(version: 2, [], [step("a", 1, 2), step("b", 2, 3)])
    #expect(states(plan) == ["a baseline", "b pending"])
    #expect(plan.actions.map(\.step.id) == ["b"])
    let adopted = try self.plan(
      version: 2, [row("a", 1, 2, kind: .baseline)], [step("a", 1, 2), step("b", 2, 3)])
    #expect(states(adopted) == ["a baseline", "b pending"])
  }

  @Test func stopsAtAVersion() throws {
    let steps = [step("a", 1, 2), step("b", 2, 4)]
    #expect(try plan(version: 1, [], steps, to: 2).actions.map(\.step.id) == ["a"])
    #expect(try plan(version: 1, [], steps, to: 1).actions.isEmpty)
    let between = try #require(try plan(version: 1, [], steps, to: 3).refusals.first)
    #expect(between.code == .usage && between.message.contains("no step leads to version 3"))
    let back = try #require(try plan(version: 4, [], steps, to: 2).refusals.first)
    #expect(back.hint == "run 'kumo-fixtures migrate rollback data --to 2'")
  }

  @Test func aChangedStepIsRefused() throws {
    let plan = try plan(version: 2, [row("a", 1, 2)], [step("a", 1, 2, revision: "v2"), step("b", 2, 3)])
    #expect(states(plan) == ["a changed", "b pending"])
    let refusal = try #require(plan.refusals.first)
    #expect(refusal.code == .refused && refusal.message.contains("'a' changed after being applied"))
    #expect(refusal.hint?.contains("migrate rollback data --to 1") == true)
    #expect(refusal.details.first?.contains("steps.swift:1") == true)
  }

  /// The list got shorter in the middle, or at its end while other steps lead further.
  @Test func aMissingStepIsRefused() throws {
    let plan = try plan(version: 3, [row("a", 1, 2), row("b", 2, 3)], [step("b2", 1, 2), step("c", 2, 3)])
    #expect(states(plan).contains("a missing") && states(plan).contains("b missing"))
    #expect(plan.refusals.contains { $0.message.contains("no longer in the list") })
    #expect(plan.refusals.contains { $0.hint?.contains("supersedes: [a, b]") == true })
  }

  @Test func aNewerDirectoryIsRefused() throws {
    for steps in [[step("a", 1, 2)], []] {
      let plan = try plan(version: 3, [row("a", 1, 2), row("b", 2, 3)], steps)
      #expect(states(plan).last == "b future")
      let refusal = try #require(plan.refusals.first)
      #expect(refusal.message.contains("newer than this list of steps"))
      #expect(refusal.details.last == "b (to version 3), applied by kumo-fixtures 9.9.9")
    }
    let generated = try plan(version: 5, [], [step("a", 1, 2)])
    #expect(generated.refusals.first?.message.contains("it has version 5") == true)
    // Without any steps and without a ledger nobody can say that something is wrong.
    #expect(try plan(version: 5, [], []).isCurrent)
  }

  @Test func aStepAddedBeforeAnAppliedOneIsOutOfOrder() throws {
    // 'b' was applied as 2 to 3 on a branch; then 'a' took its place.
    let rows = [try row("z", 1, 2), try row("b", 2, 3)]
    let steps = [step("z", 1, 2), step("a", 2, 3), step("b", 3, 4), step("c", 4, 5)]
    let plan = try plan(version: 3, rows, steps)
    #expect(states(plan) == ["z applied", "a out-of-order", "b applied", "c pending"])
    let refusal = try #require(plan.refusals.first)
    #expect(refusal.message.contains("'a' was added before 'b'"), "\(refusal)")
    #expect(refusal.hint?.contains("migrate apply data --allow-out-of-order") == true)
    let accepted = try self.plan(version: 3, rows, steps, outOfOrder: true)
    #expect(accepted.refusals.isEmpty, "\(accepted.refusals)")
    #expect(accepted.actions.map(\.step.id) == ["a", "c"])
    #expect(accepted.actions.map(\.isOutOfOrder) == [true, false])
    #expect(accepted.targetVersion == 5)
  }

  @Test func aMergedStepTakesThePlaceOfItsParts() throws {
    let merged = step("ab", 1, 3, supersedes: ["a", "b"])
    let fresh = try plan(version: 1, [], [merged])
    #expect(fresh.actions.map(\.work) == [.run])
    let whole = try plan(version: 3, [row("a", 1, 2), row("b", 2, 3)], [merged, step("c", 3, 4)])
    #expect(states(whole).sorted() == ["a superseded", "ab pending", "b superseded", "c pending"])
    #expect(whole.actions.map(\.work) == [.merge, .run])
    #expect(whole.refusals.isEmpty, "\(whole.refusals)")
    let part = try plan(version: 2, [row("a", 1, 2)], [merged])
    #expect(part.actions.map(\.work) == [.complete(after: ["a"])])
    let done = try plan(version: 3, [row("ab", 1, 3, kind: .merged)], [step("ab", 1, 3, supersedes: ["a", "b"])])
    #expect(done.isCurrent, "\(done.refusals)")
  }

  /// A later merged step whose parts were applied is no step out of order, although later steps were applied.
  @Test func mergingOldStepsIsNotOutOfOrder() throws {
    let merged = step("ab", 1, 3, supersedes: ["a", "b"])
    let rows = [try row("a", 1, 2), try row("b", 2, 3), try row("c", 3, 4)]
    let plan = try plan(version: 4, rows, [merged, step("c", 3, 4)])
    #expect(plan.actions.map(\.work) == [.merge] && plan.refusals.isEmpty)
    #expect(plan.targetVersion == 4)
  }

  @Test func theFirstStepMustBeginWhereTheDirectoryIs() throws {
    let old = try plan(version: 1, [], [step("c", 3, 4)])
    #expect(old.refusals.first?.message.contains("begins at version 3") == true)
    let between = try plan(version: 2, [], [step("a", 1, 3)])
    #expect(between.refusals.first?.hint?.contains("no step begins at version 2") == true)
  }

  @Test func layoutRowsAreNoVersions() throws {
    var layout = try row("layout-blobs", 1, 1, kind: .layout)
    layout.stepKind = "layout"
    let plan = try plan(version: 1, [layout], [step("a", 1, 2)])
    #expect(plan.actions.map(\.step.id) == ["a"] && plan.refusals.isEmpty)
    #expect(states(plan).contains("layout-blobs applied"))
  }

  @Test func aDirectoryWithoutDocumentGetsTheExactCommand() throws {
    let registry = try MigrationRegistry([step("a", 1, 2), step("b", 2, 3)])
    let error = MigrationPlanner.unknownDirectory("data", chain: registry.chain(for: "x"))
    #expect(error.hint?.contains("kumo-fixtures adopt data --baseline b") == true)
    #expect(error.hint?.contains("(the steps are a, b)") == true)
    #expect(error.hint?.contains("--fixture-version 1") == true)
    let again = MigrationPlanner.unknownDirectory("data", arguments: " --steps s", chain: registry.chain(for: "x"))
    #expect(again.message == error.message)
    #expect(again.hint?.contains("adopt data --baseline b --steps s'") == true)
  }
}
