import KumoState

/// Runs operations of a step document on a view.
struct OperationRunner {
  let view: DirectoryView

  /// Runs them in order; operations on items that follow each other share one pass over the file.
  ///
  /// - Throws: `StepError` that names the operation and its place in the document.
  func run(_ operations: [StepOperation]) throws {
    var rest = operations[...]
    while let first = rest.first {
      let group = rest.prefix { operation in
        if case .items = operation.action { return true }
        return false
      }
      if group.isEmpty {
        try locating(first) { try run(first.action) }
        rest = rest.dropFirst()
      } else {
        try runItems(Array(group))
        rest = rest.dropFirst(group.count)
      }
    }
  }

  private func runItems(_ group: [StepOperation]) throws {
    let operations = group.compactMap { operation -> ItemOperation? in
      guard case .items(let items) = operation.action else { return nil }
      return items
    }
    var tables: [[UInt8]] = []
    for operation in operations where !tables.contains(operation.table) { tables.append(operation.table) }
    // An error of an item is that of the operation at hand; everything else (no such table, two items with one key)
    // is told of the first one.
    var current = 0
    do {
      try view.rewriteItems(in: tables) { table, item in
        for index in operations.indices where operations[index].table == table {
          current = index
          if try operations[index].apply(to: &item) == .remove { return .remove }
        }
        return .keep
      }
    } catch let error as StepError {
      throw error.located(at: group[current])
    }
  }

  private func locating(_ operation: StepOperation, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as StepError {
      throw error.located(at: operation)
    }
  }

  private func run(_ action: StepOperation.Action) throws {
    switch action {
    case .items: return
    case .renameTable(let old, let new, let policy): try view.renameTable(old, to: new, references: policy)
    case .rekeyTable(let table, let old, let new): try view.rekeyTable(table, from: old, to: new)
    case .renameQueue(let old, let new, let policy): try view.renameQueue(old, to: new, references: policy)
    case .changeQueue(let queue, let new, let old, _): try view.updateQueue(queue, new, expecting: old)
    case .removeMessages(let queue): try view.updateMessages(in: queue) { _ in .remove }
    case .renameBucket(let old, let new, let policy): try view.renameBucket(old, to: new, references: policy)
    case .renamePrefix(let bucket, let old, let new, let merging):
      try view.renamePrefix(in: bucket, from: old, to: new, merging: merging)
    case .moveObjects(let move):
      try view.moveObjects(
        from: move.bucket, prefix: move.prefix, to: move.newBucket, newPrefix: move.newPrefix, merging: move.merging)
    case .addMetadata(let bucket, let prefix, let texts):
      try changeMetadata(bucket, prefix) { metadata, key in
        for text in texts {
          guard !metadata.contains(where: { $0.name == text.name }) else {
            throw StepError(
              "the object '\(Printable.text(key))' has the metadata '\(Printable.text(text.name))' already",
              hint: "use set-metadata to replace it")
          }
          metadata.append(text)
        }
      }
    case .setMetadata(let bucket, let prefix, let texts):
      try changeMetadata(bucket, prefix) { metadata, _ in
        for text in texts {
          metadata.removeAll { $0.name == text.name }
          metadata.append(text)
        }
      }
    case .removeMetadata(let bucket, let prefix, let names):
      try changeMetadata(bucket, prefix) { metadata, _ in metadata.removeAll { names.contains($0.name) } }
    case .removeObjects(let bucket, let prefix): try view.updateObjects(in: bucket, prefix: prefix) { _ in .remove }
    case .exec(let operation): try operation.run(on: view)
    }
  }

  private func changeMetadata(
    _ bucket: String, _ prefix: String, _ change: (inout [NamedText], _ key: [UInt8]) throws -> Void
  ) throws {
    try view.updateObjects(in: bucket, prefix: prefix) { object in
      guard !object.isDeleteMarker else { return .keep }
      var metadata = object.metadataTexts
      try change(&metadata, object.keyBytes)
      object.metadataTexts = metadata
      return .keep
    }
  }
}

extension StepError {
  /// The same error with the place of the operation before it.
  func located(at operation: StepOperation) -> StepError {
    StepError("\(operation.location): \(operation.name): \(message)", hint: hint)
  }
}
