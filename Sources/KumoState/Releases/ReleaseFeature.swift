/// Things that some releases of KUMO do or store and others do not. Every range is stated in kumo-format.md (section
/// named with each case).
package enum ReleaseFeature: String, CaseIterable, Sendable {
  // Server behaviour
  /// 1.2, 1.3: state is kept on disk at all.
  case persistence
  /// 1.3: every mutation, or a background loop after it, writes the file; before, only a graceful shutdown does.
  case savesBeforeShutdown
  /// 1.3: `KUMO_PERSIST_FLUSH_INTERVAL_MS` and the background flush.
  case backgroundFlush
  /// 1.4: `KUMO_HOST` and `KUMO_PORT` change the bind address.
  case bindsByEnvironment
  /// 1.5: reserved first path segments match whole segments; before, any bucket that only begins with one is shadowed.
  case matchesWholeSegments

  // S3
  /// 2.1: `eventBridgeEnabled` of a bucket.
  case bucketEventBridge
  /// 2.2: `Tags` of an object.
  case objectTags
  /// 2.1: `publicAccessBlock`, `encryption` and `policy` of a bucket.
  case bucketPolicy
  /// 2.1: `logging`, `objectAcls`, `website`, `lifecycle` and `objectRestores` of a bucket.
  case bucketLifecycle
  /// 2.1: `queueConfigurations` of a bucket.
  case queueNotifications
  /// 2.2: `ServerSideEncryption` and `SSEKMSKeyID` of an object.
  case objectEncryption
  /// 2.1: `lambdaConfigurations` of a bucket.
  case lambdaNotifications
  /// 2.1: `topicConfigurations` of a bucket, and `filter` in every notification.
  case topicNotifications
  /// 2.2: `bodyRef` and the directory `s3-objects`.
  case blobs
  /// 2.1: CreateMultipartUpload works on a bucket that came from disk.
  case multipartOnRestoredBuckets

  // DynamoDB
  /// 3.3: empty strings, lists and maps are stored as such; before, the attribute became `{}`.
  case emptyCollections
  /// 3.1: `StreamEnabled`, `StreamViewType` and `LatestStreamArn`.
  case tableStreams
  /// 3: the top-level map `tags`.
  case tableTags
  /// 3.2: key attributes are checked against `AttributeDefinitions` on every call.
  case validatesKeyAttributes
  /// 3.1: `TableClass` and `TableClassUpdatedAt`.
  case tableClass

  // SQS
  /// 4.2: a restored queue can be received from, and a restored FIFO queue sent to.
  case restoredQueuesWork
  /// 4.1: `Policy` of a queue.
  case queuePolicy
  /// 4.1: `maxReceiveCount` may be a JSON number in the redrive policy.
  case numericMaxReceiveCount
  /// 4.2: an in-flight message comes back when its visibility ends, and goes to the dead-letter queue in time.
  case redelivery

  // Other files
  /// 6: `deliveredEvents` in eventbridge.json.
  case deliveredEvents
  /// 6: `oidcProviders`, `instanceProfiles` and `InlinePolicies` in iam.json.
  case iamProviders
  /// 6: `AsymmetricKey` in kms.json.
  case asymmetricKeys

  /// The releases that have it.
  package var releases: ReleaseRange {
    switch self {
    case .persistence: ReleaseRange(.v6)
    case .savesBeforeShutdown, .tableTags, .validatesKeyAttributes: ReleaseRange(.v22)
    case .backgroundFlush: ReleaseRange(.v25)
    case .bindsByEnvironment, .matchesWholeSegments, .bucketPolicy, .iamProviders: ReleaseRange(.v19)
    case .bucketEventBridge, .objectTags, .emptyCollections: ReleaseRange(KumoRelease(0, 8))
    case .bucketLifecycle, .restoredQueuesWork: ReleaseRange(.v20)
    case .queueNotifications, .objectEncryption, .tableStreams, .queuePolicy, .numericMaxReceiveCount, .redelivery:
      ReleaseRange(.v21)
    case .blobs: ReleaseRange(.v25p3)
    case .lambdaNotifications, .multipartOnRestoredBuckets: ReleaseRange(.v26)
    case .topicNotifications, .tableClass: ReleaseRange(.later)
    case .deliveredEvents: ReleaseRange(.v6, through: .v18)
    case .asymmetricKeys: ReleaseRange(.v24)
    }
  }
}

extension KumoRelease {
  /// Whether this release has `feature`.
  package func has(_ feature: ReleaseFeature) -> Bool { feature.releases.contains(self) }
}
