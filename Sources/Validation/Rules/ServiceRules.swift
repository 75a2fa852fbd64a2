extension Rule {
  /// Rules about other services.
  static let services: [Rule] = [
    .eventBridgeDefaultBus, .kmsKeyMaterial, .lambdaCode, .secretVersion, .snsSubscription, .iamAccessKey,
  ]

  /// Rules of the default bus come with `eventBuses.default`.
  public static let eventBridgeDefaultBus = Rule(
    "eventbridge-default-bus", .error, "rules of the default bus come with `eventBuses.default`",
    consequence:
      "KUMO makes the bus anew and drops its rules",
    fix: "add the bus to `eventBuses`", source: "1.2, 7.1 B12",
    example: .init(
      file: "eventbridge.json",
      broken: #"{"eventBuses":{},"rules":{"default":{"r":{"name":"r"}}}}"#,
      sound: #"{"eventBuses":{"default":{"name":"default"}},"rules":{"default":{"r":{"name":"r"}}}}"#))

  /// KMS key material is 32, 24 or 16 bytes.
  public static let kmsKeyMaterial = Rule(
    "kms-key-material", .error, "KMS key material is 32, 24 or 16 bytes",
    consequence:
      "every Encrypt and Decrypt with the key fails",
    fix: "restore the key", source: "5.1, 7.1 C18",
    example: .init(
      file: "kms.json",
      broken: #"{"keys":{"k":{"KeyID":"k","KeyMaterial":"AAAA"}},"aliases":{}}"#,
      sound: #"""
        {"keys":{"k":{"KeyID":"k","KeyMaterial":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}},"aliases":{
        }}
        """#))

  /// `CodeSha256` and `CodeSize` are those of the zip file.
  public static let lambdaCode = Rule(
    "lambda-code", .error, "`CodeSha256` and `CodeSize` are those of the zip file",
    consequence:
      "deployment tools see a change in every comparison",
    fix: "correct the two fields", source: "5.1, 7.1 C18",
    example: .init(
      file: "lambda.json",
      broken: #"""
        {"functions":{"f":{"FunctionName":"f","CodeSize":3,
        "CodeSha256":"/Kt/zCtM/9m7RQA7/C5GigTvb3fKggCnNB8CdjFYTSU=","Code":{"ZipFile":"UEs="}}},
        "eventSourceMappings":{}}
        """#,
      sound: #"""
        {"functions":{"f":{"FunctionName":"f","CodeSize":2,
        "CodeSha256":"/Kt/zCtM/9m7RQA7/C5GigTvb3fKggCnNB8CdjFYTSU=","Code":{"ZipFile":"UEs="}}},
        "eventSourceMappings":{}}
        """#))

  /// A secret's value is that of its version, and exactly one version is AWSCURRENT.
  public static let secretVersion = Rule(
    "secretsmanager-current", .error, "a secret's value is that of its version, and exactly one version is AWSCURRENT",
    consequence:
      "GetSecretValue answers differently with and without a version",
    fix: "make the copies equal", source: "5.1, 7.1 C18",
    example: .init(
      file: "secretsmanager.json",
      broken: #"""
        {"secrets":{"s":{"Name":"s","VersionID":"v","SecretString":"old","VersionIDs":{"v":{"VersionID":"v",
        "SecretString":"new","VersionStages":["AWSCURRENT"]}}}},"policies":{}}
        """#,
      sound: #"""
        {"secrets":{"s":{"Name":"s","VersionID":"v","SecretString":"new","VersionIDs":{"v":{"VersionID":"v",
        "SecretString":"new","VersionStages":["AWSCURRENT"]}}}},"policies":{}}
        """#))

  /// The two copies of a subscription are equal.
  public static let snsSubscription = Rule(
    "sns-subscription", .error, "the two copies of a subscription are equal",
    consequence:
      "messages go where one copy says while clients see the other",
    fix: "make the copies equal", source: "5.1, 7.1 C18",
    example: .init(
      file: "sns.json",
      broken: #"""
        {"topics":{"t":{"ARN":"t","Subscriptions":{"t:s":{"ARN":"t:s","TopicARN":"t","Protocol":"sqs"}}}},
        "subscriptions":{"t:s":{"ARN":"t:s","TopicARN":"t","Protocol":"lambda"}}}
        """#,
      sound: #"""
        {"topics":{"t":{"ARN":"t","Subscriptions":{"t:s":{"ARN":"t:s","TopicARN":"t","Protocol":"sqs"}}}},
        "subscriptions":{"t:s":{"ARN":"t:s","TopicARN":"t","Protocol":"sqs"}}}
        """#))

  /// An access key stands under its own id.
  public static let iamAccessKey = Rule(
    "iam-access-key", .error, "an access key stands under its own id",
    consequence:
      "the key cannot be found or deleted",
    fix: "make map key and `AccessKeyID` equal", source: "5.1, 7.1 C18",
    example: .init(
      file: "iam.json",
      broken: #"{"users":{},"accessKeys":{"u":{"AKIAOTHER":{"AccessKeyID":"AKIAEXAMPLE","UserName":"u"}}}}"#,
      sound: #"{"users":{},"accessKeys":{"u":{"AKIAEXAMPLE":{"AccessKeyID":"AKIAEXAMPLE","UserName":"u"}}}}"#))
}
