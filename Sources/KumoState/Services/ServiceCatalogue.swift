/// A service of KUMO that keeps a file (kumo-format.md 1.1).
package struct KumoService: Hashable, Sendable {
  /// The account id in the ARNs a service makes (kumo-format.md 7.3).
  package enum Account: String, Sendable {
    /// `000000000000`, the id of most services.
    case zero = "000000000000"
    /// `123456789012`.
    case sample = "123456789012"
  }

  /// The file's name without `.json`; this, not the package name, is what users name a service by.
  package let name: String
  /// What people call it.
  package let displayName: String
  /// KUMO's own package name, where it differs from `name`.
  package let packageName: String
  /// The first release whose file list has it; v0.6's list is taken to be that of v0.7, which was read.
  package let since: KumoRelease
  /// The account id in its ARNs.
  package let account: Account

  fileprivate init(
    _ name: String, _ displayName: String, package packageName: String? = nil, since: KumoRelease = .v6,
    account: Account = .zero
  ) {
    self.name = name
    self.displayName = displayName
    self.packageName = packageName ?? name
    self.since = since
    self.account = account
  }

  /// The file's name in the data directory.
  package var fileName: String { name + ".json" }
}

/// The services that keep a file, in byte order of their names.
package enum ServiceCatalogue {
  /// All 78 services.
  package static let all: [KumoService] = [
    KumoService("acm", "AWS Certificate Manager"),
    KumoService("amplify", "AWS Amplify"),
    KumoService("apigateway", "Amazon API Gateway"),
    KumoService("apigatewayv2", "Amazon API Gateway v2", since: .v25),
    KumoService("appmesh", "AWS App Mesh", account: .sample),
    KumoService("appsync", "AWS AppSync"),
    KumoService("athena", "Amazon Athena"),
    KumoService("backup", "AWS Backup"),
    KumoService("batch", "AWS Batch"),
    KumoService("ce", "AWS Cost Explorer", account: .sample),
    KumoService("cloudformation", "AWS CloudFormation", account: .sample),
    KumoService("cloudfront", "Amazon CloudFront"),
    KumoService("cloudtrail", "AWS CloudTrail", account: .sample),
    KumoService("codeconnections", "AWS CodeConnections"),
    KumoService("codeguru-profiler", "Amazon CodeGuru Profiler", package: "codeguruprofiler"),
    KumoService("codeguru-reviewer", "Amazon CodeGuru Reviewer", package: "codegurureviewer"),
    KumoService("cognito-idp", "Amazon Cognito", package: "cognito"),
    KumoService("configservice", "AWS Config", account: .sample),
    KumoService("dataexchange", "AWS Data Exchange"),
    KumoService("dlm", "Amazon Data Lifecycle Manager", account: .sample),
    KumoService("docdb", "Amazon DocumentDB", package: "documentdb", since: .v18),
    KumoService("ds", "AWS Directory Service", account: .sample),
    KumoService("dynamodb", "Amazon DynamoDB"),
    KumoService("ebs", "Amazon EBS direct APIs"),
    KumoService("ec2", "Amazon EC2"),
    KumoService("ecr", "Amazon ECR"),
    KumoService("ecs", "Amazon ECS"),
    KumoService("eks", "Amazon EKS", account: .sample),
    KumoService("elasticache", "Amazon ElastiCache"),
    KumoService("elasticbeanstalk", "AWS Elastic Beanstalk"),
    KumoService("elbv2", "Elastic Load Balancing v2"),
    KumoService("emrserverless", "Amazon EMR Serverless", account: .sample),
    KumoService("entityresolution", "AWS Entity Resolution"),
    KumoService("eventbridge", "Amazon EventBridge"),
    KumoService("finspace", "Amazon FinSpace", account: .sample),
    KumoService("firehose", "Amazon Data Firehose"),
    KumoService("forecast", "Amazon Forecast", account: .sample),
    KumoService("gamelift", "Amazon GameLift", account: .sample),
    KumoService("glacier", "Amazon S3 Glacier"),
    KumoService("globalaccelerator", "AWS Global Accelerator"),
    KumoService("glue", "AWS Glue"),
    KumoService("iam", "AWS IAM", account: .sample),
    KumoService("kafka", "Amazon MSK", account: .sample),
    KumoService("kinesis", "Amazon Kinesis Data Streams"),
    KumoService("kms", "AWS KMS"),
    KumoService("lambda", "AWS Lambda"),
    KumoService("location", "Amazon Location Service", since: .v18, account: .sample),
    KumoService("logs", "Amazon CloudWatch Logs", package: "cloudwatchlogs"),
    KumoService("macie2", "Amazon Macie", since: .v18, account: .sample),
    KumoService("memorydb", "Amazon MemoryDB"),
    KumoService("monitoring", "Amazon CloudWatch", package: "cloudwatch"),
    KumoService("mq", "Amazon MQ", since: .v18, account: .sample),
    KumoService("neptune", "Amazon Neptune", since: .v18),
    KumoService("organizations", "AWS Organizations", account: .sample),
    KumoService("pinpointsmsvoicev2", "AWS End User Messaging SMS", since: .v18),
    KumoService("pipes", "Amazon EventBridge Pipes", account: .sample),
    KumoService("rds", "Amazon RDS"),
    KumoService("redshift", "Amazon Redshift", since: .v18),
    KumoService("rekognition", "Amazon Rekognition", account: .sample),
    KumoService("resiliencehub", "AWS Resilience Hub", account: .sample),
    KumoService("route53", "Amazon Route 53"),
    KumoService("route53resolver", "Amazon Route 53 Resolver", account: .sample),
    KumoService("s3", "Amazon S3"),
    KumoService("s3control", "Amazon S3 Control"),
    KumoService("s3tables", "Amazon S3 Tables"),
    KumoService("sagemaker", "Amazon SageMaker", account: .sample),
    KumoService("scheduler", "Amazon EventBridge Scheduler", account: .sample),
    KumoService("secretsmanager", "AWS Secrets Manager"),
    KumoService("securitylake", "Amazon Security Lake", account: .sample),
    KumoService("service-quotas", "Service Quotas", package: "servicequotas", account: .sample),
    KumoService("ses", "Amazon SES", since: .v21),
    KumoService("sesv2", "Amazon SES v2"),
    KumoService("sns", "Amazon SNS"),
    KumoService("sqs", "Amazon SQS"),
    KumoService("ssm", "AWS Systems Manager"),
    KumoService("states", "AWS Step Functions", package: "sfn"),
    KumoService("sts", "AWS STS"),
    KumoService("xray", "AWS X-Ray"),
  ]

  /// The services `release` writes a file for at shutdown.
  package static func services(in release: KumoRelease) -> [KumoService] {
    all.filter { release >= $0.since }
  }

  /// The service whose file is called `name` + `.json`; exact, as file names are.
  package static func service(named name: some Sequence<UInt8>) -> KumoService? {
    byName[Array(name)]
  }

  private static let byName: [[UInt8]: KumoService] = Dictionary(
    uniqueKeysWithValues: all.map { (Array($0.name.utf8), $0) })
}
