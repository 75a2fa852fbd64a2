import ArgumentParser
import Emulator
import Files
import FixtureTree
import JSONBytes
import SystemPackage

/// `health`: whether KUMO answers and serves what its directory holds.
package struct HealthCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "health",
    abstract: "Wait until KUMO answers, and compare what it serves with its data directory.",
    discussion: """
      KUMO says nothing about a file that it could not read. This counts buckets with their objects, tables with their \
      items and queues with their messages on both sides. Exit code 1 when they differ, 2 when nobody answers. KUMO \
      saves what clients write only after a while, old releases at their end: ask before the first write.

      Examples:
        kumo-fixtures health
        kumo-fixtures health --endpoint http://127.0.0.1:4566 --data-dir ./kumo-data
      """)

  @Option(name: .long, help: "KUMO's address (default: AWS_ENDPOINT_URL, or http://127.0.0.1:4566).")
  var endpoint: String?

  @Option(name: .long, help: "Its data directory (default: KUMO_DATA_DIR); without one only the answer is waited for.")
  var dataDir: String?

  @Option(name: .long, help: "Seconds to wait for an answer.")
  var timeout: Int = 10

  @Option(name: .long, help: "Form of the result: text (one line) or json.")
  var format: ResultFormat = .text

  package init() {}

  package func validate() throws {
    if timeout < 0 { throw ValidationError("--timeout takes seconds") }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let variables = context.environment.variables
    let address = endpoint ?? variables["AWS_ENDPOINT_URL"] ?? "http://127.0.0.1:4566"
    let directory = dataDir ?? variables["KUMO_DATA_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    return try CommandFailure.translating {
      let endpoint = try Endpoint(parsing: address)
      let deadline = Deadline(in: .seconds(timeout))
      let answered = try Health.wait(for: endpoint, deadline: deadline) {
        context.environment.cancellation.signal.map { "stopped by signal \($0)" }
      }
      var result = HealthResult(endpoint: endpoint.description, directory: directory, answered: answered)
      if let directory {
        let open = try Directory.open(context.environment.path(directory))
        if let document = try FixtureDocument.read(from: open) {
          result.fixture = "\(document.name)@\(document.version)"
          result.services = document.services
        }
        let start = ContinuousClock.now
        // Counting takes as long as the data is large: its deadline is its own.
        let served = try LiveView(endpoint, deadline: Deadline(in: .seconds(max(60, timeout)))).state()
        result.differences = try ServedState(holding: open).differences(from: served)
        result.compared = Int((ContinuousClock.now - start) / .milliseconds(1))
      }
      try context.environment.standardOutput.write(result.render(format))
      return result.differences.isEmpty ? .success : .findings
    }
  }
}

/// What `health` found.
struct HealthResult {
  let endpoint: String
  let directory: String?
  let answered: Int
  var compared: Int?
  var fixture: String?
  var services: [String] = []
  var differences: [ServedState.Difference] = []

  init(endpoint: String, directory: String?, answered: Int) {
    self.endpoint = endpoint
    self.directory = directory
    self.answered = answered
  }

  /// The state in one word.
  private var state: String { differences.isEmpty ? "healthy" : "differs" }

  func render(_ format: ResultFormat) -> [UInt8] {
    format == .json ? json() : Array((lines().joined(separator: "\n") + "\n").utf8)
  }

  private func lines() -> [String] {
    var fields = [state, "endpoint=\(endpoint)"]
    if let directory { fields.append("data=\(directory)") }
    if let fixture { fields.append("fixture=\(fixture)") }
    if !services.isEmpty { fields.append("services=\(services.joined(separator: ","))") }
    fields.append("answered=\(answered)ms")
    if let compared { fields.append("compared=\(compared)ms") }
    return [fields.joined(separator: " ")]
      + differences.map { difference in
        let expected = difference.expected.map(String.init) ?? "none"
        let served = difference.served.map(String.init) ?? "none"
        return
          "  \(difference.kind) '\(DisplayName.escape(difference.name))': \(expected) in the directory, \(served) served"
      }
  }

  private func json() -> [UInt8] {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    json.field("state", state)
    json.field("endpoint", endpoint)
    json.field("dataDirectory", directory)
    json.field("fixture", fixture)
    json.texts("services", services)
    json.field("answeredMilliseconds", answered)
    json.field("comparedMilliseconds", compared)
    json.objects("differences", differences) { json, difference in
      json.field("kind", difference.kind)
      json.field("name", difference.name)
      json.field("expected", difference.expected)
      json.field("served", difference.served)
    }
    json.endObject()
    return json.bytes + [UInt8(ascii: "\n")]
  }
}
