/// The checkers of this folder that look at one service's file each.
enum ServicesCheckers {
  /// DynamoDB, SQS and the services whose files hold copies or digests that must agree.
  static let all: [any FileRuleChecker] = [
    DynamoDBChecker(), SQSChecker(), EventBridgeChecker(), IAMChecker(), KMSChecker(), LambdaChecker(),
    SeededMapsChecker.organizations, SeededMapsChecker.scheduler, SecretsManagerChecker(),
    SeededMapsChecker.serviceQuotas, SNSChecker(),
  ]
}
