import KumoState

/// How far a service's file is read token by token: what lies deeper is held whole, one record at a time.
struct RecordDepths: Sendable {
  /// The way to the records; an empty name is any key or element.
  private let ways: [[[UInt8]]]

  init(_ service: String?) {
    let ways: [String] =
      switch service {
      case "s3": ["buckets//objects", "buckets//versions/"]
      case "dynamodb": ["tables//items"]
      case "sqs": ["queues//messages"]
      case "logs": ["logGroups//streams//events"]
      case "kinesis": ["streams//shards//records"]
      case "firehose": ["streams//records"]
      case "ebs": ["blocks/"]
      case "athena": ["queryResults//Rows"]
      default: []
      }
    self.ways = ways.map { way in
      way.split(separator: "/", omittingEmptySubsequences: false).map { GoText.foldedKey(Array($0.utf8)) }
    }
  }

  /// Whether anything so many steps below the top level can be entered.
  private func mayDescend(at depth: Int) -> Bool { depth <= 1 || ways.contains { depth <= $0.count } }

  /// Whether only what the screen hears can be in the records of a container that is entered, so that the others are
  /// passed over.
  ///
  /// - Parameter depth: steps from the top level to the container.
  func isFree(_ place: ServiceStructure.Place, at depth: Int, in structure: ServiceStructure) -> Bool {
    !mayDescend(at: depth + 1) && structure.isFree(place)
  }

  /// Whether the container at a path is entered.
  func descends(_ path: [[UInt8]]) -> Bool {
    if path.count <= 1 { return true }
    return ways.contains { way in
      path.count <= way.count
        && zip(path, way).allSatisfy { step, name in name.isEmpty || GoText.foldedKey(step) == name }
    }
  }
}
