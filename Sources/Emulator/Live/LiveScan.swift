import JSONBytes

/// Pages through a `Scan` of a table on a running emulator, an item at a time: a page may be a megabyte and more.
struct LiveScan {
  /// What is asked of each page.
  enum Select: String {
    case items = "ALL_ATTRIBUTES"
    case count = "COUNT"
  }

  let calls: LiveCalls
  let table: [UInt8]
  let select: Select

  /// Reads page after page until there are no more or `visit` says false, and gives the sum of the pages' counts.
  ///
  /// - Parameter visit: told each item; a count has none.
  /// - Throws: `EmulatorError`.
  @discardableResult
  func read(_ visit: (JSONNode) -> Bool = { _ in true }) throws(EmulatorError) -> Int {
    var count = 0
    var start: [UInt8]?
    var goesOn = true
    repeat {
      let response = try calls.stream("DynamoDB_20120810.Scan", request(from: start))
      let page = try page(response) { item in
        if goesOn { goesOn = visit(item) }
      }
      count += page.count
      start = page.last
    } while start != nil && goesOn
    return count
  }

  private func request(from start: [UInt8]?) -> [UInt8] {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    json.key("TableName")
    json.string(table)
    json.key("Select")
    json.string(select.rawValue)
    if let start {
      json.key("ExclusiveStartKey")
      json.raw(start)
    }
    json.endObject()
    return json.bytes
  }

  /// Reads one page, and gives the key that it ended with when there are more. KUMO sends the items along when only the
  /// count is asked for; they are read over.
  private func page(
    _ response: HTTPResponse, _ visit: (JSONNode) -> Void
  ) throws(EmulatorError) -> (count: Int, last: [UInt8]?) {
    let reader = JSONReader(source: HTTPBodySource(response))
    var tape = JSONTape()
    var page: (count: Int, last: [UInt8]?) = (0, nil)
    do {
      guard try reader.next() == .beginObject else { throw calls.unexpected("a scan") }
      while try reader.next() == .key {
        let isItems = reader.tokenEquals("Items")
        let isCount = reader.tokenEquals("Count")
        let isLast = reader.tokenEquals("LastEvaluatedKey")
        let token = try reader.next()
        if select == .items, isItems, token == .beginArray {
          while try reader.next() != .endArray {
            try reader.capture(into: &tape)
            visit(tape.root)
          }
        } else if isLast, token == .beginObject {
          try reader.capture(into: &tape)
          page.last = tape.root.rawBytes
        } else {
          if isCount, let number = reader.integer() { page.count = Int(number) }
          try reader.skipValue()
        }
      }
    } catch let error as EmulatorError {
      throw error
    } catch {
      throw calls.unexpected("a scan")
    }
    return page
  }
}
