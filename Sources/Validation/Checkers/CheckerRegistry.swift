/// The checkers of single services; S3's is not among them, because it needs the blobs beside its file.
enum CheckerRegistry {
  /// Every checker; several may look at one service's file.
  static let all: [any FileRuleChecker] = [
    DynamoDBChecker(), SQSChecker(), EventBridgeChecker(), IAMChecker(), KMSChecker(), LambdaChecker(),
    SeededMapsChecker.organizations, SeededMapsChecker.scheduler, SecretsManagerChecker(),
    SeededMapsChecker.serviceQuotas, SNSChecker(),
  ]
}
