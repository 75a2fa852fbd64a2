import ArgumentParser
import JSONBytes
import Runs

/// `namespace`: the name that a test's resources share.
package struct NamespaceCommand: FixtureCommand, PrintsForPrograms {
  package static let configuration = CommandConfiguration(
    commandName: "namespace",
    abstract: "Print the stable name that all resources of a test share.",
    discussion: """
      The name is the same on every machine, safe in names of buckets, tables and queues, short of their limits, and \
      unique where the test's name has to be cut.

      Examples:
        kumo-fixtures namespace TestInvoiceRetry                     # invoice-retry
        kumo-fixtures namespace TestRetry --prefix-for dynamodb-key  # retry#
        kumo-fixtures namespace 'tests/test_pay.py::test_retry[eu-1]' --format json
      """)

  @Argument(help: "The test's name, in any style.")
  var test: String

  @Option(
    name: .long,
    help: "Print what names of this resource begin with: \(Namespace.Resource.all.map(\.name).joined(separator: ", "))."
  )
  var prefixFor: String?

  @Option(name: .long, help: "Form of the result: text, or json with all prefixes.")
  var format: ResultFormat = .text

  package init() {}

  package func validate() throws {
    if let prefixFor, Namespace.Resource(named: prefixFor) == nil {
      throw ValidationError("--prefix-for does not know '\(prefixFor)'")
    }
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let namespace = try Namespace(test: test)
    switch format {
    case .text:
      let resource = prefixFor.flatMap { Namespace.Resource(named: $0) }
      try context.result(resource.map { namespace.prefix(for: $0) } ?? namespace.name)
    case .json:
      var json = JSONWriter(style: .pretty)
      json.beginObject()
      json.field("test", test)
      json.field("namespace", namespace.name)
      json.key("prefixes")
      json.beginObject()
      for resource in Namespace.Resource.all {
        json.key(resource.name)
        json.string(namespace.prefix(for: resource))
      }
      json.endObject()
      json.endObject()
      try context.result(json)
    }
    return .success
  }
}
