import Runs

/// The private KUMO of a test suite: its address, its data directory, and what a client needs to find it.
///
/// A suite gets one from the trait `.kumo(_:)`:
///
/// ```swift
/// import FixtureTesting
/// import Testing
///
/// @Suite(.kumo(shop), .enabled(if: KumoRun.isAvailable))
/// struct ReceiptTests {
///   @Test func aReceiptIsWritten() async throws {
///     let kumo = try KumoRun.required()
///     let client = try await makeClient(endpoint: kumo.endpoint)
///     // …
///   }
/// }
/// ```
public struct KumoRun: Sendable {
  /// `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL` or a client's configuration.
  public let endpoint: String
  /// The absolute path of the data directory. KUMO saves into it as it runs, old releases only at their end.
  public let directory: String
  /// What the names of the suite's own resources should begin with.
  public let namespace: Namespace
  /// The environment for a program that is to use this KUMO: the caller's with endpoint, region and dummy
  /// credentials, and without anything that leads to a real account.
  public let variables: [String: String]

  /// The KUMO of the suite or test that is running in this task; nil outside of one.
  @TaskLocal public static var current: KumoRun?

  /// The KUMO of the suite or test that is running in this task.
  ///
  /// - Throws: `KumoTestingError` outside of one.
  public static func required() throws -> KumoRun {
    if let current { return current }
    throw KumoTestingError("no KUMO runs for this test; give its suite the trait .kumo(…)")
  }
}

/// Why a suite got no KUMO, or why it could not be stopped.
public struct KumoTestingError: Error, Sendable, CustomStringConvertible {
  /// One sentence with the next step.
  public let description: String

  init(_ description: String) { self.description = description }
}
