import Emulator
import Runs
import SystemPackage

/// The environment of a test command: the caller's, with everything that leads an AWS client to the emulator and
/// nothing that could lead it to a real account.
package enum CommandVariables {
  /// Puts the environment together.
  ///
  /// - Parameters:
  ///   - base: the caller's environment.
  ///   - directory: the run's directory, absolute.
  ///   - endpoint: the emulator's address; nil when there is none.
  ///   - namespace: of the run.
  ///   - iteration: which run of the command this is, from 1.
  package static func make(
    from base: [String: String], directory: FilePath, endpoint: Endpoint?, namespace: String?, iteration: Int
  ) -> [String: String] {
    var variables = base.filter { name, _ in !isDangerous(name) }
    variables["KUMO_DATA_DIR"] = directory.string
    variables[RunProcesses.commandMark] = directory.string
    variables["KUMO_FIXTURES_ITERATION"] = String(iteration)
    if let namespace { variables["KUMO_FIXTURES_NAMESPACE"] = namespace }
    guard let endpoint else { return variables }
    variables["AWS_ENDPOINT_URL"] = endpoint.description
    // KUMO's queues are always in this region (kumo-format.md 1.4).
    let region = base["AWS_REGION"] ?? base["AWS_DEFAULT_REGION"] ?? "us-east-1"
    variables["AWS_REGION"] = region
    variables["AWS_DEFAULT_REGION"] = region
    variables["AWS_ACCESS_KEY_ID"] = "test"
    variables["AWS_SECRET_ACCESS_KEY"] = "test"
    variables["AWS_EC2_METADATA_DISABLED"] = "true"
    variables["AWS_CONFIG_FILE"] = "/dev/null"
    variables["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null"
    for name in ["NO_PROXY", "no_proxy"] {
      variables[name] = [base[name], endpoint.host].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ",")
    }
    return variables
  }

  /// Variables that name a real account, or another endpoint for one service.
  private static func isDangerous(_ name: String) -> Bool {
    name.hasPrefix("AWS_ENDPOINT_URL")
      || [
        "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_ROLE_ARN",
        "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      ].contains(name)
  }
}
