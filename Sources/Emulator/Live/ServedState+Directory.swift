import Files
import KumoState

extension ServedState {
  /// What a data directory holds, as KUMO would serve it when it loads everything.
  ///
  /// - Throws: `EmulatorError` with `.badResponse` when a file of S3, DynamoDB or SQS cannot be read: KUMO would
  ///   start that service empty.
  package init(holding directory: Directory) throws(EmulatorError) {
    self.init()
    let inspection = DirectoryInspection(directory)
    if let problem = inspection.problems.first {
      throw EmulatorError(
        .badResponse, "\(problem.file) in '\(directory.path)' cannot be read: \(problem.message)",
        hint: "run 'kumo-fixtures validate \(directory.path)'")
    }
    for bucket in inspection.s3?.buckets ?? [] { buckets[bucket.name] = bucket.objectCount }
    for table in inspection.dynamoDB?.tables ?? [] { tables[table.name] = table.itemCount }
    for queue in inspection.sqs?.queues ?? [] {
      let slash = queue.url.lastIndex(of: UInt8(ascii: "/")) ?? -1
      queues[Array(queue.url.suffix(from: slash + 1))] = queue.messageCount
    }
  }
}
