import FixtureTestSupport
import Runs
import SystemPackage
import Testing

/// One job of a CI service and the name of its run.
struct Job: Sendable, CustomTestStringConvertible {
  let variables: [String: String]
  let name: String
  var url: String?

  var testDescription: String { name }
}

struct RunNameTests {
  static let jobs: [Job] = [
    Job(
      variables: [
        "GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7812", "GITHUB_RUN_ATTEMPT": "2", "GITHUB_JOB": "unit_tests",
        "RUNNER_NAME": "GitHub Actions 3", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "o/r",
        "CI": "true",
      ],
      name: "github.7812.2.unit-tests.github-actions-3", url: "https://github.com/o/r/actions/runs/7812"),
    Job(
      variables: [
        "GITLAB_CI": "true", "CI_PIPELINE_ID": "11", "CI_JOB_ID": "99", "CI_NODE_INDEX": "2",
        "CI_JOB_URL": "https://gitlab.com/o/r/-/jobs/99",
      ],
      name: "gitlab.11.99.2", url: "https://gitlab.com/o/r/-/jobs/99"),
    Job(
      variables: [
        "BUILDKITE": "true", "BUILDKITE_BUILD_ID": "0190-AB", "BUILDKITE_JOB_ID": "77", "BUILDKITE_RETRY_COUNT": "1",
        "BUILDKITE_PARALLEL_JOB": "0", "BUILDKITE_BUILD_URL": "https://buildkite.com/o/p/builds/1",
      ],
      name: "buildkite.0190-ab.1.77.0", url: "https://buildkite.com/o/p/builds/1#77"),
    Job(
      variables: [
        "CIRCLECI": "true", "CIRCLE_WORKFLOW_ID": "w", "CIRCLE_BUILD_NUM": "4", "CIRCLE_WORKFLOW_JOB_ID": "j",
        "CIRCLE_NODE_INDEX": "1", "CIRCLE_BUILD_URL": "https://circleci.com/gh/o/r/4",
      ],
      name: "circleci.w.j.1", url: "https://circleci.com/gh/o/r/4"),
    Job(
      variables: [
        "TF_BUILD": "True", "BUILD_BUILDID": "5", "SYSTEM_JOBATTEMPT": "1", "SYSTEM_JOBID": "a-b",
        "SYSTEM_JOBPOSITIONINPHASE": "3", "SYSTEM_COLLECTIONURI": "https://dev.azure.com/o/", "SYSTEM_TEAMPROJECT": "p",
      ],
      name: "azure.5.1.a-b.3", url: "https://dev.azure.com/o/p/_build/results?buildId=5&view=logs&j=a-b"),
    Job(
      variables: [
        "JENKINS_URL": "https://ci/", "BUILD_TAG": "jenkins-team-shop-18", "BUILD_NUMBER": "18", "EXECUTOR_NUMBER": "0",
        "STAGE_NAME": "Integration", "BUILD_URL": "https://me:secret@ci/job/shop/18/",
      ],
      name: "jenkins.jenkins-team-shop-18.integration.0", url: "https://ci/job/shop/18/"),
    Job(
      variables: [
        "BITBUCKET_BUILD_NUMBER": "8", "BITBUCKET_STEP_UUID": "{ab-1}", "BITBUCKET_STEP_RUN_NUMBER": "2",
        "BITBUCKET_PARALLEL_STEP": "1", "BITBUCKET_REPO_FULL_NAME": "o/r",
      ],
      name: "bitbucket.8.2.ab-1.1", url: "https://bitbucket.org/o/r/pipelines/results/8"),
    Job(
      variables: ["TEAMCITY_VERSION": "2025.1", "BUILD_NUMBER": "31", "TEAMCITY_BUILDCONF_NAME": "Shop / Tests"],
      name: "teamcity.31.shop-tests"),
    Job(
      variables: [
        "DRONE": "true", "DRONE_BUILD_NUMBER": "6", "DRONE_STAGE_NUMBER": "1", "DRONE_STEP_NUMBER": "4",
        "DRONE_BUILD_LINK": "https://drone/o/r/6",
      ],
      name: "drone.6.1.4", url: "https://drone/o/r/6"),
    Job(
      variables: [
        "TRAVIS": "true", "TRAVIS_BUILD_ID": "1", "TRAVIS_JOB_ID": "2", "TRAVIS_JOB_WEB_URL": "https://travis-ci.com/2",
      ],
      name: "travis.1.2", url: "https://travis-ci.com/2"),
    Job(
      variables: [
        "APPVEYOR": "True", "APPVEYOR_BUILD_ID": "3", "APPVEYOR_JOB_ID": "x9",
        "APPVEYOR_URL": "https://ci.appveyor.com",
        "APPVEYOR_ACCOUNT_NAME": "o", "APPVEYOR_PROJECT_SLUG": "r",
      ],
      name: "appveyor.3.x9", url: "https://ci.appveyor.com/project/o/r/builds/3/job/x9"),
    Job(
      variables: [
        "CODEBUILD_BUILD_ID": "shop:ab-1", "CODEBUILD_BATCH_BUILD_IDENTIFIER": "arm",
        "CODEBUILD_BUILD_URL": "https://console/b",
      ],
      name: "codebuild.shop-ab-1.arm", url: "https://console/b"),
    Job(
      variables: ["SEMAPHORE": "true", "SEMAPHORE_WORKFLOW_ID": "w", "SEMAPHORE_JOB_ID": "j"], name: "semaphore.w.j"),
    Job(
      variables: ["CIRRUS_CI": "true", "CIRRUS_BUILD_ID": "1", "CIRRUS_TASK_ID": "2"], name: "cirrus.1.2",
      url: "https://cirrus-ci.com/task/2"),
    Job(
      variables: ["CI": "woodpecker", "CI_PIPELINE_NUMBER": "4", "CI_WORKFLOW_NUMBER": "1", "CI_STEP_NAME": "it"],
      name: "woodpecker.4.1.it"),
  ]

  @Test(arguments: jobs)
  func namesTheRunOfAJob(_ job: Job) throws {
    let run = try RunName(variables: job.variables) {
      Issue.record("a branch means nothing in CI")
      return nil
    }
    #expect(run.name == job.name)
    #expect(run.jobURL == job.url)
    #expect(job.name.hasPrefix(run.vendor ?? "none"))
  }

  @Test(arguments: [
    (["PYTEST_XDIST_WORKER": "gw3"], "gw3"),
    (["JEST_WORKER_ID": "2"], "j2"),
    (["JEST_WORKER_ID": "2", "VITEST_POOL_ID": "5"], "v5"),
    (["TEST_PARALLEL_INDEX": "0"], "pw0"),
    (["TEST_SHARD_INDEX": "7"], "bz7"),
    (["NEXTEST_TEST_GLOBAL_SLOT": "4"], "nx4"),
    (["MOCHA_WORKER_ID": "1"], "m1"),
    (["TEST_ENV_NUMBER": "2"], "pt2"),
    (["TEST_ENV_NUMBER": "", "PARALLEL_TEST_GROUPS": "4"], "pt1"),
  ])
  func tellsWorkersApart(variables: [String: String], worker: String) throws {
    let run = try RunName(variables: variables) { "feature/Retry" }
    #expect(run.worker == worker)
    #expect(run.name == "local.feature-retry.\(worker)")
    #expect(run.vendor == nil)
    let inCI = try RunName(variables: variables.merging(["TRAVIS": "true", "TRAVIS_JOB_ID": "2"]) { $1 }) { nil }
    #expect(inCI.name == "travis.2.\(worker)")
  }

  @Test func namesARunWithoutGitAndWithoutWorkers() throws {
    #expect(try RunName(variables: [:]) { nil }.name == "local")
    // An empty number without parallel_tests is no worker.
    #expect(try RunName(variables: ["TEST_ENV_NUMBER": ""]) { "main" }.name == "local.main")
    // Only the value that the vendor documents is its mark.
    #expect(try RunName(variables: ["GITHUB_ACTIONS": "false"]) { "main" }.name == "local.main")
  }

  @Test func keepsLongAndForeignNamesApart() throws {
    let long = String(repeating: "very-long-branch-", count: 20)
    let one = try RunName(variables: [:]) { long + "1" }
    let two = try RunName(variables: [:]) { long + "2" }
    #expect(one.name.utf8.count <= RunName.longest)
    #expect(one.name != two.name)
    #expect(try RunName(variables: [:]) { "größe" }.name != RunName(variables: [:]) { "grösse" }.name)
    // Parts stay parts: what is in them cannot look like the border between two.
    let variables = ["TRAVIS": "true", "TRAVIS_BUILD_ID": "1.2"]
    #expect(try RunName(variables: variables) { nil }.name == "travis.1-2")
  }

  @Test func takesOnlyPlainChosenNames() {
    #expect(RunName(chosen: "run-123")?.name == "run-123")
    for name in ["", ".", "..", ".hidden", "a/b", "a b", "-x", "größe", String(repeating: "a", count: 121)] {
      #expect(RunName(chosen: name) == nil, "\(name)")
    }
  }

  @Test func readsTheBranchFromFilesOfGit() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("repo/.git/HEAD", "ref: refs/heads/feature/retry\n")
    try scratch.makeDirectory("repo/a/b")
    #expect(GitBranch.current(in: scratch.path("repo/a/b")) == "feature/retry")
    try scratch.write("repo/.git/HEAD", "57fceb53ff0011223344556677889900aabbccdd\n")
    #expect(GitBranch.current(in: scratch.path("repo")) == "detached-57fceb53ff00")
    try scratch.write("repo/.git/worktrees/w/HEAD", "ref: refs/heads/other\n")
    try scratch.write("linked/.git", "gitdir: ../repo/.git/worktrees/w\n")
    #expect(GitBranch.current(in: scratch.path("linked")) == "other")
    try scratch.write("table/.git/HEAD", "ref: refs/heads/.invalid\n")
    #expect(GitBranch.current(in: scratch.path("table")) == nil)
  }
}
