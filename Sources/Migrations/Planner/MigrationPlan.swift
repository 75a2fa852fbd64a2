import FixtureTree

/// What `apply` would do with a directory, made from its `fixture.json` and the registered steps alone.
package struct MigrationPlan: Sendable {
  /// One thing to do.
  package struct Action: Sendable {
    /// What is done.
    package enum Work: Sendable, Equatable {
      /// Run the step.
      case run
      /// Run the part of the step that is missing; these steps that it supersedes were applied.
      case complete(after: Set<String>)
      /// Only record the step: all steps that it supersedes were applied.
      case merge
    }

    /// The step.
    package let step: any MigrationStep
    /// Its digest.
    package let digest: String
    /// What is done.
    package let work: Work
    /// Whether a later step was applied before, which the user accepted.
    package let isOutOfOrder: Bool
    /// The layout that a layout step leads to, as users name it.
    package let layout: String?

    /// Plans something.
    package init(
      step: any MigrationStep, digest: String, work: Work = .run, isOutOfOrder: Bool = false, layout: String? = nil
    ) {
      self.layout = layout
      self.step = step
      self.digest = digest
      self.work = work
      self.isOutOfOrder = isOutOfOrder
    }
  }

  /// The fixture.
  package let document: FixtureDocument
  /// The version that the directory has after the actions.
  package let targetVersion: Int
  /// The last version that a registered step leads to; nil without steps.
  package let latestVersion: Int?
  /// Every registered step and every row of the ledger, in the order of versions.
  package let statuses: [StepStatus]
  /// What is to be done, in order.
  package let actions: [Action]
  /// Why it would be refused; empty when it would not be.
  package let refusals: [MigrationError]

  /// Steps in one of these states.
  package func steps(_ states: StepState...) -> [StepStatus] { statuses.filter { states.contains($0.state) } }

  /// Nothing to do and nothing wrong.
  package var isCurrent: Bool { actions.isEmpty && refusals.isEmpty }
}
