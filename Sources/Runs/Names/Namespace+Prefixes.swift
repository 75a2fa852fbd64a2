extension Namespace {
  /// Something that a namespace can be the beginning of.
  public struct Resource: Hashable, Sendable, CustomStringConvertible {
    /// How the resource is named on the command line: `s3`, `dynamodb-key`.
    public let name: String
    /// The most bytes that the service allows for the whole name.
    public let limit: Int
    let before: String
    let after: String

    private init(_ name: String, limit: Int, before: String = "", after: String = "-") {
      self.name = name
      self.limit = limit
      self.before = before
      self.after = after
    }

    /// Buckets.
    public static let s3 = Resource("s3", limit: 63)
    /// Keys of objects in a bucket that tests share.
    public static let s3Key = Resource("s3-key", limit: 1024, after: "/")
    /// Tables.
    public static let dynamoDB = Resource("dynamodb", limit: 255)
    /// Hash keys of items in a table that tests share.
    public static let dynamoDBKey = Resource("dynamodb-key", limit: 2048, after: "#")
    /// Queues; `.fifo` counts.
    public static let sqs = Resource("sqs", limit: 80)
    /// Topics.
    public static let sns = Resource("sns", limit: 256)
    /// Secrets.
    public static let secretsManager = Resource("secretsmanager", limit: 512, after: "/")
    /// Parameters.
    public static let ssm = Resource("ssm", limit: 1011, before: "/", after: "/")
    /// Log groups.
    public static let logs = Resource("logs", limit: 512, before: "/", after: "/")
    /// Streams.
    public static let kinesis = Resource("kinesis", limit: 128)
    /// Rules and buses.
    public static let eventBridge = Resource("eventbridge", limit: 64)
    /// Functions.
    public static let lambda = Resource("lambda", limit: 64)
    /// State machines.
    public static let states = Resource("states", limit: 80)
    /// Roles and users.
    public static let iam = Resource("iam", limit: 64)
    /// Aliases of keys.
    public static let kms = Resource("kms", limit: 256, before: "alias/")

    /// All of them, in the order of their names.
    public static let all: [Resource] = [
      s3, s3Key, dynamoDB, dynamoDBKey, sqs, sns, secretsManager, ssm, logs, kinesis, eventBridge, lambda, states, iam,
      kms,
    ].sorted { $0.name < $1.name }

    /// The resource with a name, as the command line takes it.
    public init?(named name: String) {
      guard let found = Self.all.first(where: { $0.name == name }) else { return nil }
      self = found
    }

    /// The name on the command line.
    public var description: String { name }
  }

  /// What the names of a resource begin with: `invoice-retry-` for buckets, `/invoice-retry/` for parameters.
  public func prefix(for resource: Resource) -> String { resource.before + name + resource.after }
}
