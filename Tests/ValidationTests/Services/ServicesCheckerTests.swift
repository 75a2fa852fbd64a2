import Files
import FixtureTestSupport
import KumoState
import Testing

@testable import Validation

/// A sound `sns.json` with one subscription in its two copies.
private let sns: String = {
  let subscription =
    #"{"ARN":"t:s","TopicARN":"t","Protocol":"https","Endpoint":"https://e.example/secret","Owner":"0","#
    + #""ConfirmationWasAuthenticated":false,"SubscriptionAttributes":{"a":"1","b":"2"}}"#
  return
    #"{"topics":{"t":{"ARN":"t","Subscriptions":{"t:s":\#(subscription)}}},"subscriptions":{"t:s":\#(subscription)}}"#
}()

/// A sound `kms.json`: 32 bytes of key material, and an asymmetric key.
private let kms =
  #"{"keys":{"k":{"KeyID":"k","KeyMaterial":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","AsymmetricKey":null},"#
  + #""r":{"KeyID":"r","KeyMaterial":null,"AsymmetricKey":"AAAA"}},"aliases":{}}"#

/// A change to a sound file of a service that the captures do not show.
struct Change: Sendable, CustomTestStringConvertible {
  let rule: Rule
  let file: String
  let sound: String
  let old: String
  let new: String
  var testDescription: String { "\(rule.id): \(old) -> \(new)" }
}

@Suite struct ServicesCheckerTests {
  static let breaks: [Break] = [
    Break(
      .eventBridgeDefaultBus, "eventbridge.json", (#""eventBuses":{"default":"#, #""eventBuses":{"other":"#),
      (#""rules":{"default":{}}"#, #""rules":{"default":{"r":{"name":"r"}}}"#)),
    Break(.nullSeededMap, "eventbridge.json", (#""connections":{}"#, #""connections":null"#)),
    Break(.nullSeededMap, "eventbridge.json", (#""targets":{}"#, #""targets":null"#)),
    Break(.nullSeededMap, "scheduler.json", (#""schedules":{}"#, #""schedules":null"#)),
    Break(.nullSeededMap, "organizations.json", (#""accounts":{}"#, #""accounts":null"#)),
    Break(.nullSeededMap, "service-quotas.json", (#""requests":{}"#, #""requests":null"#)),
    Break(
      .iamAccessKey, "iam.json", (#""AKIA23CA97846D15C4C8":{"#, #""AKIA23CA97846D15C4C9":{"#)),
    Break(.lambdaCode, "lambda.json", capture: "v0.25.3/secrets", (#""CodeSize":2"#, #""CodeSize":3"#)),
    Break(.lambdaCode, "lambda.json", capture: "v0.25.3/secrets", (#""ZipFile":"UEs=""#, #""ZipFile":"UEw=""#)),
    Break(.lambdaCode, "lambda.json", capture: "v0.25.3/secrets", (#""Code":{"ZipFile":"UEs="}"#, #""Code":{}"#)),
    Break(
      .secretVersion, "secretsmanager.json",
      (#""SecretString":"{\"password\":\"hunter2\"}""#, #""SecretString":"{\"password\":\"hunter3\"}""#)),
    Break(.secretVersion, "secretsmanager.json", (#"["AWSCURRENT"]"#, #"["AWSPREVIOUS"]"#)),
    Break(
      .secretVersion, "secretsmanager.json", capture: "v0.25.3/secrets", (#"["AWSPREVIOUS"]"#, #"["AWSCURRENT"]"#)),
    Break(
      .secretVersion, "secretsmanager.json",
      (#""VersionID":"2a574bb4-923c-49c9-8588-c914631b9fa6""#, #""VersionID":"other""#)),
  ]

  @Test(.enabled(if: Captures.root != nil), arguments: breaks)
  func breaking(_ change: Break) throws {
    try change.verify()
    #expect(!"\(try CheckedFile.findings(change.file, change.text()))".contains("hunter"))
  }

  static let changes: [Change] = [
    Change(rule: .snsSubscription, file: "sns.json", sound: sns, old: #""Owner":"0""#, new: #""Owner":"1""#),
    Change(rule: .snsSubscription, file: "sns.json", sound: sns, old: #""b":"2""#, new: #""b":"3""#),
    Change(
      rule: .snsSubscription, file: "sns.json", sound: sns, old: #""subscriptions":{"t:s""#,
      new: #""subscriptions":{"t:other""#),
    Change(
      rule: .kmsKeyMaterial, file: "kms.json", sound: kms, old: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
      new: "AAAA"),
    Change(rule: .kmsKeyMaterial, file: "kms.json", sound: kms, old: #""AsymmetricKey":"AAAA""#, new: #""x":0"#),
  ]

  @Test(arguments: changes)
  func changing(_ change: Change) throws {
    #expect(try CheckedFile.findings(change.file, change.sound).isEmpty)
    let parts = change.sound.split(separator: change.old, maxSplits: 1, omittingEmptySubsequences: false)
    let findings = try CheckedFile.findings(change.file, parts.joined(separator: change.new))
    #expect(parts.count == 2)
    #expect(CheckedFile.ids(findings) == [change.rule.id])
    #expect(!"\(findings)".contains("e.example"))
  }

  @Test(
    .enabled(if: Captures.root != nil),
    arguments: [
      "v0.18.0/basic", "v0.25.3/basic", "v0.25.3/shop", "v0.25.3/secrets",
    ])
  func capturesAreSound(_ capture: String) throws {
    for checker in CheckerRegistry.all {
      let name = checker.service + ".json"
      let findings = try CheckedFile.findings(name, CheckedFile.captured(capture, name))
      #expect(findings.isEmpty, "\(findings)")
    }
  }

  @Test func nullMapsAreErrorsBesideADecodeError() throws {
    let scratch = try TemporaryDirectory()
    try scratch.write("scheduler.json", #"{"schedules":null}"#)
    var collector = FindingCollector(file: "scheduler.json")
    collector.add(.wrongType, at: 0, "a field has the wrong type")
    let file = ServiceFile(
      directory: scratch.directory, path: "scheduler.json", targets: [], targetsAreExplicit: false, now: 0)
    try SeededMapsChecker.scheduler.check(file, into: &collector)
    #expect(collector.finish().last?.severity == .error)
  }

  @Test func secretsWithoutAValueHaveNoVersion() throws {
    let text = #"{"secrets":{"s":{"Name":"s","VersionID":"v","SecretString":"","SecretBinary":null,"VersionIDs":{}}}}"#
    #expect(try CheckedFile.findings("secretsmanager.json", text).isEmpty)
  }

  /// All of these rules but the one that depends on the target have an example.
  @Test(arguments: (Rule.dynamoDB + Rule.sqs + Rule.services).filter { $0 != .sqsRestored })
  func examplesShowTheirRule(_ rule: Rule) throws {
    let example = try #require(rule.example)
    #expect(CheckedFile.ids(try CheckedFile.findings(example.file, example.broken)).contains(rule.id))
    #expect(try CheckedFile.findings(example.file, example.sound).isEmpty)
  }
}
