import Files

/// A resource that differs, as its records say; what differs in it is found out by reading it again.
struct Candidate {
  let first: ResourceRecord?
  let second: ResourceRecord?

  var kind: ResourceKind { first?.kind ?? second?.kind ?? .value }
  var verb: ResourceChange.Verb { first == nil ? .added : second == nil ? .removed : .changed }
  /// Where it stands in the files: what is listed is what comes first there.
  fileprivate var place: (Int64, Int64) { (first?.offset ?? second?.offset ?? 0, second?.offset ?? 0) }
}

/// Walks the sorted records of both sides side by side. Memory: one number for each container and kind, and at most
/// four times as many candidates as are described.
struct Merge {
  private struct Slot: Hashable {
    let side: Side
    let container: Int32
    let kind: ResourceKind
  }

  private let first: ScannedFile
  private let second: ScannedFile
  private let limit: Int
  private let missing: [Side: Set<Int32>]
  private var counts: [Slot: ChangeCounts] = [:]
  /// Differences that are listed; some may have been dropped already.
  private var candidates: [Candidate] = []
  private var listed = 0
  private(set) var ignored = 0

  init(_ first: ScannedFile, _ second: ScannedFile, limit: Int) {
    self.first = first
    self.second = second
    self.limit = max(0, limit)
    // By side: the containers of that side which the other one lacks.
    missing = [
      .first: Self.lacking(first.containers, in: second.containers),
      .second: Self.lacking(second.containers, in: first.containers),
    ]
  }

  private static func lacking(_ containers: [[UInt8]], in others: [[UInt8]]) -> Set<Int32> {
    let known = Set(others)
    return Set(containers.indices.filter { !known.contains(containers[$0]) }.map { Int32(clamping: $0) })
  }

  /// - Throws: `FilesError` when runs cannot be read back.
  mutating func run() throws(FilesError) {
    var left = try first.records.makeCursor()
    var right = try second.records.makeCursor()
    while left.first != nil || right.first != nil {
      let key = [left.first?.key, right.first?.key].compactMap { $0 }.min()
      let a = try Self.group(&left, key)
      let b = try Self.group(&right, key)
      match(a, b)
    }
  }

  private static func group(_ cursor: inout RecordCursor, _ key: HalfDigest?) throws(FilesError) -> [ResourceRecord] {
    var group: [ResourceRecord] = []
    while let record = cursor.first, record.key == key {
      // Of members with one name KUMO takes the last.
      if let last = group.last, record.kind.isMember {
        if record.offset > last.offset { group[0] = record }
      } else {
        group.append(record)
      }
      _ = try cursor.next()
    }
    return group
  }

  /// Pairs what is equal first, then the rest in order.
  private mutating func match(_ a: [ResourceRecord], _ b: [ResourceRecord]) {
    if a.count == 1, b.count == 1 { return pair(a[0], b[0]) }
    var (restA, restB) = ([ResourceRecord](), [ResourceRecord]())
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      if i < a.count, j < b.count, a[i].value == b[j].value {
        pair(a[i], b[j])
        i += 1
        j += 1
      } else if j == b.count || (i < a.count && a[i].value < b[j].value) {
        restA.append(a[i])
        i += 1
      } else {
        restB.append(b[j])
        j += 1
      }
    }
    for index in 0..<max(restA.count, restB.count) {
      switch (index < restA.count, index < restB.count) {
      case (true, true): pair(restA[index], restB[index])
      case (true, false): alone(Candidate(first: restA[index], second: nil))
      default: alone(Candidate(first: nil, second: restB[index]))
      }
    }
  }

  private mutating func pair(_ a: ResourceRecord, _ b: ResourceRecord) {
    if a.value == b.value {
      if a.noise != b.noise { ignored += 1 }
      return
    }
    if a.kind == .versionOrder || a.kind == .messageOrder {
      // Other members, other order: those are reported themselves.
      guard a.value.high == b.value.high else { return }
    }
    note(Candidate(first: a, second: b))
  }

  private mutating func alone(_ candidate: Candidate) {
    guard let record = candidate.first ?? candidate.second else { return }
    if record.isSeeded {
      ignored += 1
    } else if record.kind != .versionOrder, record.kind != .messageOrder {
      note(candidate)
    }
  }

  private mutating func note(_ candidate: Candidate) {
    guard let record = candidate.second ?? candidate.first else { return }
    let side: Side = candidate.second == nil ? .first : .second
    var more = ChangeCounts()
    switch candidate.verb {
    case .added: more.added = 1
    case .removed: more.removed = 1
    case .changed: more.changed = 1
    }
    counts[Slot(side: side, container: record.container, kind: record.kind), default: ChangeCounts()].add(more)
    if candidate.verb != .changed, record.kind.isContent, missing[side]?.contains(record.container) == true { return }
    listed += 1
    candidates.append(candidate)
    if candidates.count > 4 * limit + 64 { trim() }
  }

  private mutating func trim() {
    candidates.sort { $0.place < $1.place }
    candidates.removeLast(max(0, candidates.count - limit))
  }

  /// The differences to describe, in the order of the files, and how many further ones are only counted.
  mutating func listedCandidates() -> (candidates: [Candidate], omitted: Int) {
    trim()
    return (candidates, listed - candidates.count)
  }

  /// The counts of each kind in each container.
  func tallies(_ name: (Side, Int32) -> String) -> [ServiceDifference.Tally] {
    struct Place: Hashable {
      let container: String
      let kind: ResourceKind
    }
    var sums: [Place: ChangeCounts] = [:]
    for (slot, counts) in counts {
      sums[Place(container: name(slot.side, slot.container), kind: slot.kind), default: ChangeCounts()].add(counts)
    }
    let sorted = sums.sorted { left, right in
      left.key.container == right.key.container
        ? left.key.kind < right.key.kind
        : left.key.container.utf8.lexicographicallyPrecedes(right.key.container.utf8)
    }
    return sorted.map { .init(container: $0.key.container, kind: $0.key.kind, counts: $0.value) }
  }
}

extension ResourceKind {
  /// Whether it goes with its bucket, table or queue when only one side has that.
  fileprivate var isContent: Bool {
    switch self {
    case .object, .version, .item, .message: true
    default: false
    }
  }
}
