import JSONBytes
import KumoState

/// Keeps `StoredBytes` of log groups and streams right, which count the bytes of the messages (KUMO v0.25.3,
/// cloudwatchlogs/storage.go). The counts stand before the events, so the claims of a group are held until its end.
struct LogConsistency {
  private struct Counter {
    let range: Range<Int>
    let value: Int64
    var change: Int64 = 0
  }

  private var held: [FileClaim] = []
  private var group: Counter?
  private var streams: [[UInt8]: Counter] = [:]
  private var changes: [[UInt8]: Int64] = [:]

  /// Takes a record of `logs.json`: a group's or stream's description, or an event.
  mutating func take(_ record: Consistency.Record) {
    held += record.keyed + record.found
    let path = record.path
    if let stored = record.value.member(folding: "StoredBytes"), let value = stored.int64() {
      let length = stored.withRawBytes { $0.count }
      let counter = Counter(range: stored.offset..<(stored.offset + length), value: value)
      if path.count == 3 { group = counter } else if path.count == 5 { streams[path[3]] = counter }
    }
    guard path.count == 6, let message = record.value.member(folding: "Message"), let old = message.string(),
      let new = record.found.text(of: message)
    else { return }
    changes[path[3], default: 0] += Int64(new.count - old.count)
  }

  /// Gives everything held, in order, with the counts.
  mutating func release() -> [FileClaim] {
    let total = changes.values.reduce(0, +)
    var counters: [Counter] = []
    if var group, total != 0 {
      group.change = total
      counters.append(group)
    }
    for (name, change) in changes where change != 0 {
      guard var counter = streams[name] else { continue }
      counter.change = change
      counters.append(counter)
    }
    let claims =
      held
      + counters.map { counter in
        let text = String(max(0, counter.value + counter.change))
        return FileClaim(range: counter.range, replacement: Array(text.utf8), hits: [], pointer: nil)
      }
    self = LogConsistency()
    return claims.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
