import Documents
import Testing

struct NearestNameTests {
  @Test(arguments: [
    ("dynamdb", "dynamodb"), ("dynmaodb", "dynamodb"), ("s4", "s3"), ("SQS", "sqs"),
    ("secretmanager", "secretsmanager"),
  ])
  func nearestName(_ written: String, _ meant: String) {
    #expect(
      NearestName.find(Array(written.utf8), among: ["dynamodb", "s3", "sqs", "secretsmanager", "sns", "ssm"]) == meant)
  }

  @Test(arguments: ["", "package-lock", "x", String(repeating: "s", count: 1000)])
  func noNearestName(_ written: String) {
    #expect(NearestName.find(Array(written.utf8), among: ["dynamodb", "secretsmanager"]) == nil)
  }

  @Test(
    "The nearest name", arguments: [("bukets", "buckets"), ("tabels", "tables"), ("QUEUES", "queues"), ("zzz", nil)])
  func nearest(name: String, expected: String?) {
    #expect(NearestName.find(name, among: ["buckets", "tables", "queues"]) == expected)
  }
}
