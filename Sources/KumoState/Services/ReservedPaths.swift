/// First path segments that KUMO's own routes take, so that a bucket with such a name cannot be reached
/// (kumo-format.md 1.5).
package enum ReservedPaths {
  /// Segments reserved in every release read.
  package static let always: [String] = [
    "kumo", "lambda", "2015-03-31", "eks", "iam", "buckets", "namespaces", "tables", "get-table", "apigateway", "ses",
    "2020-05-31", "2013-04-01", "service", "appsync", "v1", "tags", "applications", "v20190125", "scheduler", "dlm",
    "mq", "v20180820", "kx", "kafka", "create-app", "describe-app", "update-app", "delete-app", "list-apps",
    "create-resiliency-policy", "describe-resiliency-policy", "update-resiliency-policy", "delete-resiliency-policy",
    "list-resiliency-policies", "start-app-assessment", "describe-app-assessment", "delete-app-assessment",
    "list-app-assessments", "tag-resource", "untag-resource", "list-tags-for-resource", "schemas",
    "matchingworkflows", "idmappingworkflows", "providerservices", "-", "snapshots", "apps", "backup-vaults", "backup",
    "associations", "codereviews", "feedback", "profilingGroups", "maps", "places", "routes", "geofencing", "tracking",
    "metadata", "macie", "allow-lists", "jobs", "custom-data-identifiers", "findingsfilters", "findings",
    "managed-data-identifiers", "health",
  ]

  /// Segments reserved in v0.25.3 but not in v0.18; taken to hold from v0.19 on, to be on the safe side.
  package static let newer: [String] = [
    "_aws", "_runtime", "2017-03-31", "2019-09-25", "2020-06-30", "apigatewayv2", "v2", "restapis",
  ]

  /// The reserved segment that shadows `bucket` in `release`, or nil. Up to v0.18 a bucket that merely begins with a
  /// reserved segment is shadowed too (`backup-prod`, `v1-data`).
  package static func segment(shadowing bucket: [UInt8], in release: KumoRelease) -> String? {
    let segments = release.has(.matchesWholeSegments) ? always + newer : always
    if let exact = segments.first(where: { bucket.elementsEqual($0.utf8) }) { return exact }
    guard !release.has(.matchesWholeSegments) else { return nil }
    // `/health` is an exact path in every release.
    return segments.first { $0 != "health" && bucket.starts(with: $0.utf8) }
  }
}
