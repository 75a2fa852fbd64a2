import Files
import JSONBytes
import KumoState

/// Checks `dynamodb.json` (kumo-format.md 3): tables, item map keys, attribute values, expiry.
///
/// Memory is one record at a time, and 24 bytes for each item that stands under a wrong map key. Items under their
/// right keys need no index: two of them are equal only if the file has a map key twice, which the syntax pass refuses.
struct DynamoDBChecker: FileRuleChecker {
  let service = "dynamodb"

  func check(_ file: ServiceFile, into findings: inout FindingCollector) throws(JSONError) {
    var pass = DynamoDBPass(file: file)
    try pass.run(into: &findings)
    try pass.findTwins(into: &findings)
  }
}

/// One run over the file, and what it has to remember.
private struct DynamoDBPass {
  let file: ServiceFile
  /// For each item under a wrong map key: hash of table and right key, byte offset of the item.
  private var misplaced: [UInt64: Int] = [:]
  /// The first region that an ARN of the file names.
  private var region: [UInt8]?
  /// All descriptions, read beforehand only when a table has its items before its description.
  private var heads: [[UInt8]: DynamoDBTableHead]?

  init(file: ServiceFile) {
    self.file = file
  }

  mutating func run(into findings: inout FindingCollector) throws(JSONError) {
    var reader = DynamoDBReader(try file.reader())
    var head: DynamoDBTableHead?
    var items = DynamoDBItemChecker(head: nil, now: file.now)
    var hasDescription = false
    var hasItems = false
    while true {
      switch try reader.next() {
      case .item:
        items.check(reader.tape.root, key: reader.itemKey, in: reader, into: &findings)
        if items.isMisplaced { noteMisplaced(items.rightKey, in: reader, into: &findings) }
      case .beginTable:
        (head, hasDescription, hasItems) = (nil, false, false)
      case .noTable(let isNull):
        if isNull { reportNull("the table is null", in: reader, into: &findings) }
      case .description:
        hasDescription = true
        head = checkDescription(in: reader, into: &findings)
      case .beginItems:
        hasItems = true
        if head == nil { head = try headReadBeforehand(reader.tableName) }
        items = DynamoDBItemChecker(head: head, now: file.now)
      case .noItems(let isNull):
        hasItems = true
        guard isNull else { continue }
        findings.add(
          .dynamoDBItems, at: reader.offset, pointer: reader.pointer,
          "`items` of table \(DisplayName.quote(reader.tableName)) is null")
      case .endTable:
        checkCompleteness(hasDescription, hasItems, in: reader, into: &findings)
      case .tags:
        checkRegion(of: reader.tagsARN, at: reader.offset, pointer: reader.pointer, into: &findings)
      case .endItems:
        continue
      case .end:
        return
      }
    }
  }

  /// A second run, only when items were misplaced: reports each item that stands where a misplaced one belongs.
  mutating func findTwins(into findings: inout FindingCollector) throws(JSONError) {
    guard !misplaced.isEmpty else { return }
    var reader = DynamoDBReader(try file.reader())
    var keys: DynamoDBItemKeys?
    while true {
      switch try reader.next() {
      case .beginTable: keys = nil
      case .description: keys = DynamoDBTableHead(reader.tape.root).map { DynamoDBItemKeys(names: $0.keys.map(\.name)) }
      case .beginItems where keys == nil:
        keys = try headReadBeforehand(reader.tableName).map { DynamoDBItemKeys(names: $0.keys.map(\.name)) }
      case .item:
        guard let other = misplaced[identity(reader.tableName, reader.itemKey)], other != reader.offset else {
          continue
        }
        keys?.make(from: reader.tape.root)
        guard keys?.bytes == reader.itemKey else { continue }
        reportTwin(of: other, in: reader, into: &findings)
      case .end: return
      default: continue
      }
    }
  }

  private mutating func noteMisplaced(
    _ key: [UInt8], in reader: DynamoDBReader, into findings: inout FindingCollector
  ) {
    let identity = identity(reader.tableName, key)
    if let other = misplaced[identity] {
      reportTwin(of: other, in: reader, into: &findings)
    } else {
      misplaced[identity] = reader.offset
    }
  }

  private func reportTwin(of other: Int, in reader: DynamoDBReader, into findings: inout FindingCollector) {
    findings.add(
      .dynamoDBDuplicateKey, at: reader.offset, pointer: reader.pointer,
      "the item has the same primary key as the one at byte \(other) of table \(DisplayName.quote(reader.tableName))")
  }

  private mutating func headReadBeforehand(_ table: [UInt8]) throws(JSONError) -> DynamoDBTableHead? {
    if heads == nil { heads = try DynamoDBTableHead.collect(file.reader()) }
    return heads?[table]
  }

  private mutating func checkDescription(
    in reader: DynamoDBReader, into findings: inout FindingCollector
  ) -> DynamoDBTableHead? {
    let node = reader.tape.root
    if node.isNull { reportNull("`table` is null", in: reader, into: &findings) }
    guard let head = DynamoDBTableHead(node) else { return nil }
    let checker = DynamoDBTableChecker(head: head, mapKey: reader.tableName, pointer: reader.pointer)
    checker.checkNames(into: &findings)
    checker.checkKeys(targets: file.targets, explicitly: file.targetsAreExplicit, into: &findings)
    for (name, arn) in [("TableARN", head.arn), ("LatestStreamArn", head.streamARN)] {
      guard let bytes = arn.bytes, !bytes.isEmpty else { continue }
      checkRegion(of: bytes, at: arn.offset, pointer: reader.pointer.appending(key: name.utf8), into: &findings)
    }
    return head
  }

  private mutating func checkRegion(
    of arn: [UInt8], at offset: Int, pointer: JSONPointer, into findings: inout FindingCollector
  ) {
    guard let found = DynamoDBTableHead.region(of: arn) else { return }
    guard let region, region != found else {
      region = found
      return
    }
    findings.add(
      .regionMismatch, at: offset, pointer: pointer,
      "the ARN names region \(DisplayName.quote(found)), an earlier one \(DisplayName.quote(region))")
  }

  private func checkCompleteness(
    _ hasDescription: Bool, _ hasItems: Bool, in reader: DynamoDBReader, into findings: inout FindingCollector
  ) {
    if !hasDescription { reportNull("the entry has no `table`", in: reader, into: &findings) }
    if !hasItems {
      findings.add(
        .dynamoDBItems, at: reader.offset, pointer: reader.pointer,
        fix: "add \"items\":{} to the table's entry",
        "table \(DisplayName.quote(reader.tableName)) has no `items`")
    }
  }

  private func reportNull(_ what: String, in reader: DynamoDBReader, into findings: inout FindingCollector) {
    findings.add(
      .nullEntry, at: reader.offset, pointer: reader.pointer,
      "\(what) (table \(DisplayName.quote(reader.tableName))): KUMO's process dies 30 s after each start")
  }

  private func identity(_ table: [UInt8], _ key: [UInt8]) -> UInt64 {
    var hasher = Hasher()
    hasher.combine(table)
    hasher.combine(key)
    return UInt64(bitPattern: Int64(hasher.finalize()))
  }
}
