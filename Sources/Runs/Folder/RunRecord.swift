import FixtureTree

/// What a sentinel says: whose run it is, and what it was made from.
package struct RunRecord: Sendable, Equatable {
  /// The fixture that a run began as.
  package struct Fixture: Sendable, Equatable {
    /// Its name.
    package var name: String
    /// Its version.
    package var version: Int
    /// Its tree digest, `sha256:<64 hex>`; nil when it had no manifest.
    package var treeDigest: String?

    /// Describes a fixture.
    package init(name: String, version: Int, treeDigest: String?) {
      self.name = name
      self.version = version
      self.treeDigest = treeDigest
    }
  }

  /// What a teardown found when it began to delete, so that one that takes over reports the same totals.
  package struct Totals: Sendable, Equatable {
    /// Files by group, in the order in which they are deleted.
    package var groups: [Group]

    /// One group of files.
    package struct Group: Sendable, Equatable {
      /// `s3`, `dynamodb`, …; `output` for `logs/`, `fixture`, `other`.
      package var name: String
      /// Files in it.
      package var files: Int
      /// Their sizes together.
      package var bytes: Int64

      /// Describes a group.
      package init(name: String, files: Int, bytes: Int64) {
        self.name = name
        self.files = files
        self.bytes = bytes
      }
    }

    /// Describes totals.
    package init(groups: [Group]) { self.groups = groups }
  }

  /// The run's name, which is its directory's.
  package var run: String
  /// The process that it belongs to.
  package var owner: RunOwner
  /// Seconds since 1970 when it was prepared.
  package var created: Int64
  /// The CI service, when there is one.
  package var vendor: String?
  /// Where a person sees the job.
  package var jobURL: String?
  /// The test runner's worker.
  package var worker: String?
  /// What the tests' resources are prefixed with, when somebody said so.
  package var namespace: String?
  /// What it began as; nil for data that is no fixture.
  package var fixture: Fixture?
  /// Set when deleting begins.
  package var totals: Totals?

  /// Describes a run.
  package init(
    run: RunName, owner: RunOwner, created: Int64, namespace: String? = nil, fixture: Fixture? = nil
  ) {
    self.run = run.name
    self.owner = owner
    self.created = created
    self.vendor = run.vendor
    self.jobURL = run.jobURL
    self.worker = run.worker
    self.namespace = namespace
    self.fixture = fixture
  }

  init(run: String, owner: RunOwner, created: Int64) {
    self.run = run
    self.owner = owner
    self.created = created
  }

  /// The owner for messages: the process and the job.
  package var ownerText: String { owner.description + (jobURL.map { ", \($0)" } ?? "") }
}
