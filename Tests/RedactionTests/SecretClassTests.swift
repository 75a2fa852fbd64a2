import FixtureTestSupport
import KumoState
import Testing

@testable import Redaction

/// A secret that its place or its name shows has the class of that place, in findings and in the record of a redaction.
@Suite struct SecretClassTests {
  private static let files = [
    "secretsmanager.json":
      #"{"secrets":{"a":{"SecretString":"{\"user\":\"Ulm-17\",\"password\":\"Zu1cker!Kuchen\"}"},"#
      + #""b":{"SecretBinary":"AQIDBAUGBwgJCgsMDQ4PEA=="}}}"#,
    "ssm.json": #"{"parameters":{"p":{"Value":"hello-there-7","Type":"SecureString"}}}"#,
    "iam.json":
      #"{"accessKeys":{"u":{"AKIAQ3EGR7TM2KXW5LNB":{"AccessKeyID":"AKIAQ3EGR7TM2KXW5LNB","#
      + #""SecretAccessKey":"not the usual 40 letters"}}}}"#,
    "kms.json": #"{"keys":{"k":{"KeyMaterial":"MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="}}}"#,
    "cognito-idp.json":
      #"{"users":{"p":{"u":{"Password":"Kuchen 17 mal"}}},"userPoolClients":{"c":{"ClientSecret":"c17e49aa02b1"}}}"#,
    "lambda.json": #"{"functions":{"f":{"Environment":{"Variables":{"MODE":"a1b2-production"}}}}}"#,
    "dynamodb.json":
      #"{"tables":{"t":{"items":{"S:1":{"pk":{"S":"1"},"apiKey":{"S":"q7-Wert-99"},"dbPassword":{"S":"q7-Wert-98"}}}}}}"#,
  ]

  private static let classes: [String: SecretKind] = [
    "secretsmanager.json/secrets/a/SecretString": .secretString,
    "secretsmanager.json/secrets/b/SecretBinary": .secretString,
    "ssm.json/parameters/p/Value": .parameterValue,
    "iam.json/accessKeys/u/***": .awsAccessKeyID,
    "iam.json/accessKeys/u/***/AccessKeyID": .awsAccessKeyID,
    "iam.json/accessKeys/u/***/SecretAccessKey": .awsSecretKey,
    "kms.json/keys/k/KeyMaterial": .kmsKeyMaterial,
    "cognito-idp.json/users/p/u/Password": .password,
    "cognito-idp.json/userPoolClients/c/ClientSecret": .clientSecret,
    "lambda.json/functions/f/Environment/Variables/MODE": .setting,
    "dynamodb.json/tables/t/items/S:1/apiKey/S": .apiKey,
    "dynamodb.json/tables/t/items/S:1/dbPassword/S": .password,
  ]

  @Test func `Findings have the class of their place`() throws {
    let folder = try TemporaryDirectory()
    for (name, text) in Self.files { try folder.write(name, Array(text.utf8)) }
    let result = try Redacted(folder.path)
    var found: [String: Set<SecretKind>] = [:]
    for finding in result.findings {
      found["\(finding.file)\(finding.pointer ?? "")", default: []].insert(finding.kind)
    }
    var wanted = Self.classes.mapValues { Set([$0]) }
    // The password of the document has a name of its own.
    wanted["secretsmanager.json/secrets/a/SecretString"] = [.secretString, .password]
    #expect(found == wanted)
    let recorded = Set(result.report.counts.map(\.kind))
    #expect(recorded == Set(wanted.values.joined()))
  }

  @Test func `Every secret place of the catalogue has a class`() {
    for path in SensitivePaths.all where path.sensitivity == .secret || path.sensitivity == .keyMaterial {
      let kind = SecretKind(at: path)
      let isKey = [.kmsKeyMaterial, .pemPrivateKey].contains(kind)
      #expect(isKey == (path.sensitivity == .keyMaterial), "\(path.service) \(path.steps)")
    }
  }
}
