import JSONBytes

/// Asks an emulator what it serves, with plain unsigned requests, which KUMO answers (tried with v0.18.0 and v0.25.3).
package struct LiveView {
  private let endpoint: Endpoint
  private let deadline: Deadline

  /// Looks at an emulator; everything must be answered by the deadline.
  package init(_ endpoint: Endpoint, deadline: Deadline) {
    self.endpoint = endpoint
    self.deadline = deadline
  }

  /// Counts everything. Memory does not grow with objects, items or messages.
  ///
  /// - Throws: `EmulatorError`.
  package func state() throws(EmulatorError) -> ServedState {
    var state = ServedState()
    for bucket in try buckets() { state.buckets[bucket] = try objectCount(in: bucket) }
    for table in try tables() { state.tables[table] = try itemCount(in: table) }
    for (name, url) in try queues() { state.queues[name] = try messageCount(in: url) }
    return state
  }

  /// The names of all buckets.
  package func buckets() throws(EmulatorError) -> [[UInt8]] {
    let response = try fetch(HTTPRequest("GET", "/"))
    var names: [[UInt8]] = []
    var scanner = TagScanner(tag: "Name")
    try eachPiece(of: response) { scanner.feed($0) { names.append($0) } }
    return names
  }

  /// How many objects a bucket lists; 0 also for a bucket that KUMO's own routes shadow and that answers 404.
  ///
  /// v0.18 pages no list (it cuts at `max-keys` and says that nothing was cut), so everything is asked for at once.
  package func objectCount(in bucket: [UInt8]) throws(EmulatorError) -> Int {
    let target = "/\(HTTPRequest.encode(bucket))?list-type=2&max-keys=2147483647"
    let response = try fetch(HTTPRequest("GET", target), accepting: [200, 404])
    guard response.status == 200 else { return 0 }
    var count = 0
    var scanner = TagScanner(tag: "Key")
    try eachPiece(of: response) { scanner.feed($0) { _ in count += 1 } }
    return count
  }

  /// The names of all tables.
  package func tables() throws(EmulatorError) -> [[UInt8]] {
    var names: [[UInt8]] = []
    var last: [UInt8]?
    repeat {
      var json = JSONWriter(style: .compact)
      json.beginObject()
      if let last {
        json.key("ExclusiveStartTableName")
        json.string(last)
      }
      json.endObject()
      let answer = try call("DynamoDB_20120810.ListTables", json.bytes)
      names += answer["TableNames"]?.elements.compactMap { $0.string() } ?? []
      last = answer["LastEvaluatedTableName"]?.string()
    } while last != nil
    return names
  }

  /// How many items a table has: counted by a scan, because the number in a table's description may be an old one. KUMO
  /// sends the items along although only the count is asked for; they are read over.
  package func itemCount(in table: [UInt8]) throws(EmulatorError) -> Int {
    var count = 0
    var start: [UInt8]?
    repeat {
      var json = JSONWriter(style: .compact)
      json.beginObject()
      json.key("TableName")
      json.string(table)
      json.key("Select")
      json.string("COUNT")
      if let start {
        json.key("ExclusiveStartKey")
        json.raw(start)
      }
      json.endObject()
      let response = try fetch(HTTPRequest(action: "DynamoDB_20120810.Scan", body: json.bytes))
      let page = try scanPage(response)
      count += page.count
      start = page.last
    } while start != nil
    return count
  }

  private func scanPage(_ response: HTTPResponse) throws(EmulatorError) -> (count: Int, last: [UInt8]?) {
    let reader = JSONReader(source: HTTPBodySource(response))
    var page: (count: Int, last: [UInt8]?) = (0, nil)
    do {
      guard try reader.next() == .beginObject else { throw unexpected("a scan") }
      while try reader.next() == .key {
        let isCount = reader.tokenEquals("Count")
        let isLast = reader.tokenEquals("LastEvaluatedKey")
        let token = try reader.next()
        if isCount, let number = reader.integer() { page.count = Int(number) }
        if isLast, token == .beginObject {
          var tape = JSONTape()
          try reader.capture(into: &tape)
          page.last = tape.root.rawBytes
        } else {
          try reader.skipValue()
        }
      }
    } catch let error as EmulatorError {
      throw error
    } catch {
      throw unexpected("a scan")
    }
    return page
  }

  /// The names and addresses of all queues.
  package func queues() throws(EmulatorError) -> [(name: [UInt8], url: [UInt8])] {
    let answer = try call("AmazonSQS.ListQueues", Array("{}".utf8))
    let urls = answer["QueueUrls"]?.elements.compactMap { $0.string() } ?? []
    return urls.map { url in
      (name: Array(url.suffix(from: (url.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)), url: url)
    }
  }

  /// How many messages a queue has, in flight and delayed ones too.
  package func messageCount(in url: [UInt8]) throws(EmulatorError) -> Int {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    json.key("QueueUrl")
    json.string(url)
    json.key("AttributeNames")
    json.beginArray()
    json.string("All")
    json.endArray()
    json.endObject()
    let attributes = try call("AmazonSQS.GetQueueAttributes", json.bytes)["Attributes"]
    func number(_ name: StaticString) -> Int {
      attributes?[name]?.string().flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
    return number("ApproximateNumberOfMessages") + number("ApproximateNumberOfMessagesNotVisible")
      + number("ApproximateNumberOfMessagesDelayed")
  }

  private func call(_ action: String, _ body: [UInt8]) throws(EmulatorError) -> JSONNode {
    let response = try fetch(HTTPRequest(action: action, body: body))
    let bytes = try response.body()
    do {
      return try JSONTape(parsing: bytes).root
    } catch {
      throw unexpected(action)
    }
  }

  private func fetch(
    _ request: HTTPRequest, accepting statuses: Set<Int> = [200]
  ) throws(EmulatorError) -> HTTPResponse {
    let response = try HTTPResponse.fetch(request, from: endpoint, deadline: deadline)
    guard statuses.contains(response.status) else {
      let what = request.headers.first?.value ?? "\(request.method) \(request.target)"
      throw EmulatorError(.badResponse, "\(endpoint) answers \(response.status) to \(what)")
    }
    return response
  }

  private func eachPiece(
    of response: HTTPResponse, _ body: (ArraySlice<UInt8>) -> Void
  ) throws(EmulatorError) {
    while true {
      let piece = try response.next()
      if piece.isEmpty { return }
      body(piece)
    }
  }

  private func unexpected(_ what: String) -> EmulatorError {
    EmulatorError(.badResponse, "\(endpoint) does not answer \(what) as KUMO does")
  }
}
