import JSONBytes

/// Asks an emulator what it serves, with plain requests, as KUMO answers them (tried with v0.18.0 and v0.25.3).
package struct LiveView {
  private let calls: LiveCalls

  /// Looks at an emulator; everything must be answered by the deadline.
  package init(_ endpoint: Endpoint, deadline: Deadline) {
    calls = LiveCalls(endpoint, deadline: deadline)
  }

  /// Looks at an emulator.
  package init(_ calls: LiveCalls) { self.calls = calls }

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
    let response = try calls.send(HTTPRequest("GET", "/"), service: "s3")
    var names: [[UInt8]] = []
    var scanner = XMLScanner()
    let name = Array("Name".utf8)
    try eachPiece(of: response) { piece in
      scanner.feed(piece) { event in
        if case .close(name, let text) = event { names.append(text) }
      }
    }
    return names
  }

  /// How many objects a bucket lists; 0 also for a bucket that KUMO's own routes shadow and that answers 404.
  ///
  /// v0.18 pages no list (it cuts at `max-keys` and says that nothing was cut), so everything is asked for at once.
  package func objectCount(in bucket: [UInt8]) throws(EmulatorError) -> Int {
    let target = "/\(HTTPRequest.encode(bucket))?list-type=2&max-keys=2147483647"
    let response = try calls.send(HTTPRequest("GET", target), service: "s3", accepting: [200, 404])
    guard response.status == 200 else { return 0 }
    var count = 0
    var scanner = XMLScanner()
    // KUMO lists keys whose newest version is a delete marker, too (v0.18.0 and v0.25.3); they have no ETag.
    let etag = Array("ETag".utf8)
    try eachPiece(of: response) { piece in
      scanner.feed(piece) { event in
        if case .close(etag, let text) = event, !text.isEmpty { count += 1 }
      }
    }
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
      let answer = try calls.call("DynamoDB_20120810.ListTables", json.bytes)
      names += answer["TableNames"]?.elements.compactMap { $0.string() } ?? []
      last = answer["LastEvaluatedTableName"]?.string()
    } while last != nil
    return names
  }

  /// How many items a table has: counted by a scan, because the number in a table's description may be an old one.
  package func itemCount(in table: [UInt8]) throws(EmulatorError) -> Int {
    try LiveScan(calls: calls, table: table, select: .count).read()
  }

  /// The names and addresses of all queues.
  package func queues() throws(EmulatorError) -> [(name: [UInt8], url: [UInt8])] {
    var urls: [[UInt8]] = []
    var token: [UInt8]?
    repeat {
      var json = JSONWriter(style: .compact)
      json.beginObject()
      if let token {
        json.key("NextToken")
        json.string(token)
        // Servers that page want to know how.
        json.key("MaxResults")
        json.int(1000)
      }
      json.endObject()
      let answer = try calls.call("AmazonSQS.ListQueues", json.bytes)
      urls += answer["QueueUrls"]?.elements.compactMap { $0.string() } ?? []
      token = answer["NextToken"]?.string()
    } while token != nil
    return urls.map { url in
      (name: Array(url.suffix(from: (url.lastIndex(of: UInt8(ascii: "/")) ?? -1) + 1)), url: url)
    }
  }

  /// How many messages a queue has, in flight and delayed ones too.
  package func messageCount(in url: [UInt8]) throws(EmulatorError) -> Int {
    let (waiting, inFlight) = try messages(in: url)
    return waiting + inFlight
  }

  /// How many messages a queue has that can be received, now or later, and how many are in flight.
  package func messages(in url: [UInt8]) throws(EmulatorError) -> (waiting: Int, inFlight: Int) {
    let attributes = try attributes(of: url)
    func number(_ name: StaticString) -> Int {
      attributes?[name]?.string().flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    }
    return (
      waiting: number("ApproximateNumberOfMessages") + number("ApproximateNumberOfMessagesDelayed"),
      inFlight: number("ApproximateNumberOfMessagesNotVisible")
    )
  }

  /// The name of the queue that a queue's failed messages go to; nil when there is none.
  package func deadLetterQueue(of url: [UInt8]) throws(EmulatorError) -> [UInt8]? {
    // The policy is a document in a text: {"deadLetterTargetArn":"arn:aws:sqs:REGION:ACCOUNT:NAME","maxReceiveCount":3}
    guard let policy = try attributes(of: url)?["RedrivePolicy"]?.string(),
      let target = (try? JSONTape(parsing: policy).root)?["deadLetterTargetArn"]?.string(),
      let colon = target.lastIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return Array(target[(colon + 1)...])
  }

  private func attributes(of url: [UInt8]) throws(EmulatorError) -> JSONNode? {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    json.key("QueueUrl")
    json.string(url)
    json.key("AttributeNames")
    json.beginArray()
    json.string("All")
    json.endArray()
    json.endObject()
    return try calls.call("AmazonSQS.GetQueueAttributes", json.bytes)["Attributes"]
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
}
