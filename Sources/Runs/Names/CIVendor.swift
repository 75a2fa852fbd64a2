/// What a CI service tells a job about itself, as names of environment variables.
///
/// Each list is tried in order; the first variable that is set and not empty counts. Sources: each vendor's own page of
/// predefined variables.
struct CIVendor: Sendable {
  /// In names of runs.
  let name: String
  /// The variable that tells this vendor from others.
  let mark: String
  /// The value that it must have; nil for any.
  var markValue: String?
  /// The whole pipeline, workflow or build.
  var pipeline: [String] = []
  /// Which try it is, where a retry keeps the other names.
  var attempt: [String] = []
  /// The job in the pipeline.
  var job: [String] = []
  /// Which of several equal jobs it is, or the machine where equal jobs cannot be told apart otherwise.
  var shard: [String] = []
  /// Where a person sees the job: a template with variables in braces; empty when one of them is missing.
  var url = ""

  /// Whether a job with these variables runs there.
  func isPresent(in variables: [String: String]) -> Bool {
    guard let value = variables[mark], !value.isEmpty else { return false }
    return markValue.map { value.lowercased() == $0 } ?? true
  }

  /// All that are known. The order matters only where one sets another's mark, too.
  static let all: [CIVendor] = [
    // A matrix shows in no variable, but a runner does one job at a time, so its name keeps the legs apart.
    CIVendor(
      name: "github", mark: "GITHUB_ACTIONS", markValue: "true", pipeline: ["GITHUB_RUN_ID"],
      attempt: ["GITHUB_RUN_ATTEMPT"], job: ["GITHUB_JOB"], shard: ["RUNNER_NAME"],
      url: "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}"),
    CIVendor(
      name: "gitlab", mark: "GITLAB_CI", pipeline: ["CI_PIPELINE_ID"], job: ["CI_JOB_ID"], shard: ["CI_NODE_INDEX"],
      url: "{CI_JOB_URL}"),
    CIVendor(
      name: "buildkite", mark: "BUILDKITE", pipeline: ["BUILDKITE_BUILD_ID", "BUILDKITE_BUILD_NUMBER"],
      attempt: ["BUILDKITE_RETRY_COUNT"], job: ["BUILDKITE_JOB_ID"], shard: ["BUILDKITE_PARALLEL_JOB"],
      url: "{BUILDKITE_BUILD_URL}#{BUILDKITE_JOB_ID}"),
    CIVendor(
      name: "circleci", mark: "CIRCLECI", pipeline: ["CIRCLE_WORKFLOW_ID"],
      job: ["CIRCLE_WORKFLOW_JOB_ID", "CIRCLE_BUILD_NUM"], shard: ["CIRCLE_NODE_INDEX"], url: "{CIRCLE_BUILD_URL}"),
    CIVendor(
      name: "azure", mark: "TF_BUILD", pipeline: ["BUILD_BUILDID"], attempt: ["SYSTEM_JOBATTEMPT"],
      job: ["SYSTEM_JOBID"], shard: ["SYSTEM_JOBPOSITIONINPHASE"],
      url:
        "{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}&view=logs&j={SYSTEM_JOBID}"),
    CIVendor(
      name: "bitbucket", mark: "BITBUCKET_BUILD_NUMBER", pipeline: ["BITBUCKET_BUILD_NUMBER"],
      attempt: ["BITBUCKET_STEP_RUN_NUMBER"], job: ["BITBUCKET_STEP_UUID"], shard: ["BITBUCKET_PARALLEL_STEP"],
      url: "https://bitbucket.org/{BITBUCKET_REPO_FULL_NAME}/pipelines/results/{BITBUCKET_BUILD_NUMBER}"),
    // Before Jenkins: a TeamCity build has a BUILD_NUMBER and may have a BUILD_URL, too.
    CIVendor(
      name: "teamcity", mark: "TEAMCITY_VERSION", pipeline: ["BUILD_NUMBER"], job: ["TEAMCITY_BUILDCONF_NAME"],
      url: "{BUILD_URL}"),
    CIVendor(
      name: "drone", mark: "DRONE", pipeline: ["DRONE_BUILD_NUMBER"], job: ["DRONE_STAGE_NUMBER"],
      shard: ["DRONE_STEP_NUMBER", "DRONE_STEP_NAME"], url: "{DRONE_BUILD_LINK}"),
    CIVendor(
      name: "travis", mark: "TRAVIS", pipeline: ["TRAVIS_BUILD_ID"], job: ["TRAVIS_JOB_ID"],
      url: "{TRAVIS_JOB_WEB_URL}"),
    CIVendor(
      name: "appveyor", mark: "APPVEYOR", pipeline: ["APPVEYOR_BUILD_ID"], job: ["APPVEYOR_JOB_ID"],
      url:
        "{APPVEYOR_URL}/project/{APPVEYOR_ACCOUNT_NAME}/{APPVEYOR_PROJECT_SLUG}/builds/{APPVEYOR_BUILD_ID}/job/{APPVEYOR_JOB_ID}"
    ),
    CIVendor(
      name: "codebuild", mark: "CODEBUILD_BUILD_ID", pipeline: ["CODEBUILD_BUILD_ID"],
      shard: ["CODEBUILD_BATCH_BUILD_IDENTIFIER"], url: "{CODEBUILD_BUILD_URL}"),
    CIVendor(
      name: "semaphore", mark: "SEMAPHORE", pipeline: ["SEMAPHORE_WORKFLOW_ID"], job: ["SEMAPHORE_JOB_ID"],
      shard: ["SEMAPHORE_JOB_INDEX"], url: "{SEMAPHORE_ORGANIZATION_URL}/jobs/{SEMAPHORE_JOB_ID}"),
    CIVendor(
      name: "cirrus", mark: "CIRRUS_CI", pipeline: ["CIRRUS_BUILD_ID"], job: ["CIRRUS_TASK_ID"],
      url: "https://cirrus-ci.com/task/{CIRRUS_TASK_ID}"),
    CIVendor(
      name: "woodpecker", mark: "CI", markValue: "woodpecker", pipeline: ["CI_PIPELINE_NUMBER"],
      job: ["CI_WORKFLOW_NUMBER"], shard: ["CI_STEP_NUMBER", "CI_STEP_NAME"], url: "{CI_STEP_URL}"),
    CIVendor(
      name: "jenkins", mark: "JENKINS_URL", pipeline: ["BUILD_TAG", "BUILD_NUMBER"], job: ["STAGE_NAME"],
      shard: ["EXECUTOR_NUMBER"], url: "{BUILD_URL}"),
  ]
}

/// How a test runner numbers the processes that it runs side by side.
struct TestWorker: Sendable {
  /// The variable that holds the number.
  let variable: String
  /// What comes before it in names; the number alone would say nothing.
  let prefix: String
  /// The variable that shows that the runner is at work, where an empty number has a meaning of its own.
  var emptyMark: String?

  /// In this order: Vitest sets Jest's variable, too.
  static let all: [TestWorker] = [
    TestWorker(variable: "PYTEST_XDIST_WORKER", prefix: ""),
    TestWorker(variable: "VITEST_POOL_ID", prefix: "v"),
    TestWorker(variable: "JEST_WORKER_ID", prefix: "j"),
    TestWorker(variable: "TEST_PARALLEL_INDEX", prefix: "pw"),
    TestWorker(variable: "TEST_SHARD_INDEX", prefix: "bz"),
    TestWorker(variable: "NEXTEST_TEST_GLOBAL_SLOT", prefix: "nx"),
    TestWorker(variable: "MOCHA_WORKER_ID", prefix: "m"),
    // parallel_tests leaves the first worker's number empty and starts the others at 2.
    TestWorker(variable: "TEST_ENV_NUMBER", prefix: "pt", emptyMark: "PARALLEL_TEST_GROUPS"),
  ]

  /// This worker's part of a name; nil outside such a runner.
  static func current(in variables: [String: String]) -> String? {
    for worker in all {
      guard let value = variables[worker.variable] else { continue }
      if !value.isEmpty { return worker.prefix + value }
      if let mark = worker.emptyMark, variables[mark] != nil { return worker.prefix + "1" }
    }
    return nil
  }
}
