import Documents
import Files
import JSONBytes
import KumoState

/// Writes `secretsmanager.json` (kumo-format.md 5.1; field order as v0.25.3 writes it).
struct SecretsManagerWriter {
  let directory: Directory
  let region: String

  func write(_ secrets: [ResolvedSecret]) throws {
    let output = try ServiceFile(directory: directory, service: "secretsmanager")
    output.json.beginObject()
    output.json.key("secrets")
    output.json.beginObject()
    for secret in secrets.sorted(by: { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }) {
      output.json.key(secret.name)
      write(secret, to: &output.json)
      try output.drain()
    }
    output.json.endObject()
    output.json.key("policies")
    output.json.beginObject()
    output.json.endObject()
    output.json.endObject()
    try output.finish()
  }

  private func write(_ secret: ResolvedSecret, to json: inout JSONWriter) {
    guard let current = secret.versions.last else { return json.null() }
    json.beginObject()
    json.member(
      "ARN", Array("arn:aws:secretsmanager:\(region):000000000000:secret:\(secret.name)-\(secret.arnSuffix)".utf8))
    json.member("Name", Array(secret.name.utf8))
    json.member("Description", secret.description)
    json.member("KmsKeyID", "")
    json.member("VersionID", Array(current.id.utf8))
    writeValue(current.value, to: &json)
    json.member("CreatedDate", secret.created.rfc3339)
    json.member("LastChangedDate", current.created.rfc3339)
    for name in ["LastAccessedDate", "DeletedDate"] as [StaticString] {
      json.key(name)
      json.null()
    }
    json.key("Tags")
    json.tagList(secret.tags.map(NamedText.init))
    json.key("VersionIDs")
    json.beginObject()
    for version in secret.versions.sorted(by: { Array($0.id.utf8).lexicographicallyPrecedes(Array($1.id.utf8)) }) {
      json.key(version.id)
      write(version, stage: stage(of: version, in: secret), to: &json)
    }
    json.endObject()
    json.key("RotationEnabled")
    json.bool(false)
    json.member("RotationLambdaARN", "")
    json.key("RotationRules")
    json.null()
    json.member("PrimaryRegion", "")
    json.key("ReplicationStatus")
    json.null()
    json.member("OwningService", "")
    for name in ["NextRotationDate", "LastRotationDate"] as [StaticString] {
      json.key(name)
      json.null()
    }
    json.key("RecoveryWindowInDays")
    json.int(0)
    json.key("ScheduledDeletionDate")
    json.null()
    json.member("Type", "")
    json.key("ExternalSecretRotationMetadata")
    json.null()
    json.member("ExternalSecretRotationRoleArn", "")
    json.endObject()
  }

  private func stage(of version: ResolvedSecretVersion, in secret: ResolvedSecret) -> StaticString? {
    let fromNewest = secret.versions.reversed().firstIndex { $0.id == version.id }.map { $0.base }
    if fromNewest == secret.versions.endIndex { return "AWSCURRENT" }
    if fromNewest == secret.versions.endIndex - 1 { return "AWSPREVIOUS" }
    return nil
  }

  private func write(_ version: ResolvedSecretVersion, stage: StaticString?, to json: inout JSONWriter) {
    json.beginObject()
    json.member("VersionID", Array(version.id.utf8))
    writeValue(version.value, to: &json)
    json.key("VersionStages")
    json.beginArray()
    if let stage { json.string(stage) }
    json.endArray()
    json.member("CreatedDate", version.created.rfc3339)
    json.member("KmsKeyID", "")
    json.endObject()
  }

  private func writeValue(_ value: ResolvedSecretVersion.Value, to json: inout JSONWriter) {
    switch value {
    case .string(let text):
      json.member("SecretString", text)
      json.key("SecretBinary")
      json.null()
    case .binary(let bytes):
      json.member("SecretString", "")
      json.member("SecretBinary", Base64Encoder.encode(bytes))
    }
  }
}

/// Writes `ssm.json`.
struct SSMWriter {
  let directory: Directory
  let region: String

  func write(_ parameters: [ResolvedParameter]) throws {
    let sorted = parameters.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    let output = try ServiceFile(directory: directory, service: "ssm")
    output.json.beginObject()
    output.json.key("parameters")
    output.json.beginObject()
    for parameter in sorted {
      output.json.key(parameter.name)
      write(parameter, to: &output.json)
      try output.drain()
    }
    output.json.endObject()
    output.json.key("tags")
    output.json.beginObject()
    for parameter in sorted where !parameter.tags.isEmpty {
      // KUMO's key is the resource type and the id of the request (its ssm tagKey).
      output.json.key("Parameter:\(parameter.name)")
      output.json.tagList(parameter.tags.map(NamedText.init))
    }
    output.json.endObject()
    output.json.endObject()
    try output.finish()
  }

  private func write(_ parameter: ResolvedParameter, to json: inout JSONWriter) {
    let path = parameter.name.hasPrefix("/") ? String(parameter.name.dropFirst()) : parameter.name
    json.beginObject()
    json.member("Name", Array(parameter.name.utf8))
    json.member("Type", Array(parameter.type.rawValue.utf8))
    json.member("Value", parameter.value)
    json.key("Version")
    json.int(1)
    json.member("LastModifiedDate", parameter.lastModified.rfc3339)
    json.member("ARN", Array("arn:aws:ssm:\(region):000000000000:parameter/\(path)".utf8))
    json.member("DataType", "text")
    json.member("Tier", "Standard")
    json.member("Description", parameter.description)
    json.endObject()
  }
}

/// Writes `sns.json`. A subscription stands there twice: under its topic and in the list of all.
struct SNSWriter {
  let directory: Directory

  func write(_ topics: [ResolvedTopic]) throws {
    let sorted = topics.sorted { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    let output = try ServiceFile(directory: directory, service: "sns")
    output.json.beginObject()
    output.json.key("topics")
    output.json.beginObject()
    for topic in sorted {
      output.json.key(arn(of: topic))
      write(topic, to: &output.json)
      try output.drain()
    }
    output.json.endObject()
    output.json.key("subscriptions")
    writeSubscriptions(sorted.flatMap { topic in topic.subscriptions.map { ($0, topic) } }, to: &output.json)
    output.json.endObject()
    try output.finish()
  }

  /// The region in a topic's ARN is fixed in every release read.
  private func arn(of topic: ResolvedTopic) -> String { "arn:aws:sns:us-east-1:000000000000:\(topic.name)" }

  private func write(_ topic: ResolvedTopic, to json: inout JSONWriter) {
    let displayName = topic.attributes.first { $0.key.elementsEqual("DisplayName".utf8) }?.value ?? []
    json.beginObject()
    json.member("ARN", Array(arn(of: topic).utf8))
    json.member("Name", Array(topic.name.utf8))
    json.member("DisplayName", displayName)
    json.member("CreatedTime", topic.created.rfc3339)
    json.key("Attributes")
    json.stringMap(topic.attributes.map(NamedText.init))
    json.key("Subscriptions")
    writeSubscriptions(topic.subscriptions.map { ($0, topic) }, to: &json)
    json.endObject()
  }

  private func writeSubscriptions(_ subscriptions: [(ResolvedSubscription, ResolvedTopic)], to json: inout JSONWriter) {
    json.beginObject()
    let named = subscriptions.map { (arn: "\(arn(of: $0.1)):\($0.0.id)", subscription: $0.0, topic: $0.1) }
    for entry in named.sorted(by: { Array($0.arn.utf8).lexicographicallyPrecedes(Array($1.arn.utf8)) }) {
      json.key(entry.arn)
      json.beginObject()
      json.member("ARN", Array(entry.arn.utf8))
      json.member("TopicARN", Array(arn(of: entry.topic).utf8))
      json.member("Protocol", Array(entry.subscription.subscriptionProtocol.utf8))
      json.member("Endpoint", endpoint(of: entry.subscription))
      json.member("Owner", "000000000000")
      json.key("ConfirmationWasAuthenticated")
      json.bool(["sqs", "lambda"].contains(entry.subscription.subscriptionProtocol))
      json.key("SubscriptionAttributes")
      json.stringMap(attributes(of: entry.subscription))
      json.endObject()
    }
    json.endObject()
  }

  private func endpoint(of subscription: ResolvedSubscription) -> [UInt8] {
    switch subscription.endpoint {
    case .text(let text): text
    case .queue(let name): SQSQueue.arn(ofQueueNamed: Array(name.utf8))
    }
  }

  private func attributes(of subscription: ResolvedSubscription) -> [NamedText] {
    var attributes = subscription.attributes.map(NamedText.init)
    if subscription.raw {
      attributes.append(NamedText(name: Array("RawMessageDelivery".utf8), value: Array("true".utf8)))
    }
    return attributes
  }
}
