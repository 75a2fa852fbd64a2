import JSONBytes

/// Finds and deletes items and tables of a running emulator.
package struct LiveItems: Sendable {
  private let calls: LiveCalls

  /// Works on an emulator.
  package init(_ calls: LiveCalls) { self.calls = calls }

  private static let version = "DynamoDB_20120810."

  /// What a table's primary key is called; nil for a table that is gone.
  ///
  /// - Throws: `EmulatorError`.
  package func keyNames(of table: [UInt8]) throws(EmulatorError) -> [[UInt8]]? {
    do throws(EmulatorError) {
      let schema = try calls.call(Self.version + "DescribeTable", body(table))["Table"]?["KeySchema"]
      return schema?.elements.compactMap { $0["AttributeName"]?.string() } ?? []
    } catch {
      if error.serverCode == "ResourceNotFoundException" { return nil }
      throw error
    }
  }

  /// Looks through a table and gives the keys of items that are wanted, each as the object that `DeleteItem` takes.
  ///
  /// - Parameters:
  ///   - names: of the key's attributes.
  ///   - isWanted: told an item.
  ///   - visit: told each key that is wanted; false ends the search.
  /// - Throws: `EmulatorError`.
  package func keys(
    in table: [UInt8], names: [[UInt8]], where isWanted: (JSONNode) -> Bool, _ visit: ([UInt8]) -> Bool
  ) throws(EmulatorError) {
    try LiveScan(calls: calls, table: table, select: .items).read { item in
      isWanted(item) ? visit(Self.key(of: item, names)) : true
    }
  }

  private static func key(of item: JSONNode, _ names: [[UInt8]]) -> [UInt8] {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    for name in names {
      guard let value = item[name] else { continue }
      json.key(name)
      json.raw(value.rawBytes)
    }
    json.endObject()
    return json.bytes
  }

  /// Deletes an item; one that is gone is no error, and neither is a table that is.
  ///
  /// - Throws: `EmulatorError`.
  package func delete(_ key: [UInt8], in table: [UInt8]) throws(EmulatorError) {
    let request = body(table) { json in
      json.key("Key")
      json.raw(key)
    }
    try tolerating { () throws(EmulatorError) in _ = try calls.call(Self.version + "DeleteItem", request) }
  }

  /// Deletes a table with all its items; one that is gone is no error.
  ///
  /// - Throws: `EmulatorError`, also for a table that is protected from deletion.
  package func deleteTable(_ table: [UInt8]) throws(EmulatorError) {
    try tolerating { () throws(EmulatorError) in _ = try calls.call(Self.version + "DeleteTable", body(table)) }
  }

  private func tolerating(_ call: () throws(EmulatorError) -> Void) throws(EmulatorError) {
    do throws(EmulatorError) {
      try call()
    } catch {
      if error.serverCode != "ResourceNotFoundException" { throw error }
    }
  }

  private func body(_ table: [UInt8], _ more: (inout JSONWriter) -> Void = { _ in }) -> [UInt8] {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    json.key("TableName")
    json.string(table)
    more(&json)
    json.endObject()
    return json.bytes
  }
}
