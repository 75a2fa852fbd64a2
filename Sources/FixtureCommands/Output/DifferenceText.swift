import Differences

/// A difference for people: each service with its counts and changes, and a summary line at the end.
struct DifferenceText {
  /// Only the counts of each container.
  var isStatistic = false

  func render(_ difference: DirectoryDifference) -> String {
    var text = ""
    for service in difference.services where !service.total.isZero {
      text += isStatistic ? statistic(service) : changes(service)
    }
    return text + summary(difference) + "\n"
  }

  /// One line that says it all.
  func summary(_ difference: DirectoryDifference) -> String {
    let services = difference.services.filter { !$0.total.isZero }.count
    let total = difference.total
    var line =
      total.isZero
      ? "no differences in \(count(difference.comparedServices, "service"))"
      : "\(count(total.sum, "difference")) in \(count(services, "service")): \(numbers(total))"
    if difference.ignored > 0 {
      line += "; ignored \(count(difference.ignored, "difference")) that KUMO makes by itself (--exact shows them)"
    }
    return line
  }

  private func statistic(_ service: ServiceDifference) -> String {
    var text = service.service + "\n"
    let rows = service.tallies.map { tally in
      [tally.container, tally.counts.sum == 1 ? tally.kind.noun : tally.kind.plural, signs(tally.counts)]
    }
    let widths = (0..<2).map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      var line = " "
      for column in 0..<2 where widths[column] > 0 {
        line += " " + row[column] + String(repeating: " ", count: widths[column] - row[column].count + 1)
      }
      text += line + " " + row[2] + "\n"
    }
    return text
  }

  private func changes(_ service: ServiceDifference) -> String {
    var byKind: [ResourceKind: ChangeCounts] = [:]
    for tally in service.tallies {
      var counts = byKind[tally.kind] ?? ChangeCounts()
      counts.added += tally.counts.added
      counts.removed += tally.counts.removed
      counts.changed += tally.counts.changed
      byKind[tally.kind] = counts
    }
    let kinds = byKind.sorted { $0.key < $1.key }.map { kind, counts in
      "\(counts.sum) \(counts.sum == 1 ? kind.noun : kind.plural) (\(numbers(counts)))"
    }
    var text = "\(service.service): \(kinds.joined(separator: ", "))\n"
    for change in service.changes { text += self.change(change, in: service) }
    if service.omitted > 0 { text += "  … and \(count(service.omitted, "more change")) (--limit shows more)\n" }
    return text
  }

  private func change(_ change: ResourceChange, in service: ServiceDifference) -> String {
    let sign = change.verb == .added ? "+" : change.verb == .removed ? "-" : "~"
    var line = "  \(sign) \(change.kind.noun) \(name(of: change))"
    if let summary = change.summary { line += " (\(summary))" }
    if let contents = contents(of: change, in: service) { line += " \(contents)" }
    var text = line + "\n"
    for field in change.fields { text += "      \(self.field(field))\n" }
    if change.omittedFields > 0 { text += "      … and \(count(change.omittedFields, "more field"))\n" }
    return text
  }

  private func name(of change: ResourceChange) -> String {
    let own: String
    if let name = change.name {
      own = name
    } else {
      let place = [change.firstOffset.map { "A: \($0)" }, change.secondOffset.map { "B: \($0)" }]
      let length = change.nameLength > 0 ? "\(count(change.nameLength, "byte")), " : ""
      own = "(\(length)at byte \(place.compactMap { $0 }.joined(separator: ", ")))"
    }
    if change.kind == .bucket || change.kind == .table || change.kind == .queue { return own }
    if change.container.isEmpty { return own }
    return own.isEmpty ? change.container : "\(change.container) \(own)"
  }

  /// What came or went with a bucket, table or queue.
  private func contents(of change: ResourceChange, in service: ServiceDifference) -> String? {
    guard change.verb != .changed, change.kind == .bucket || change.kind == .table || change.kind == .queue else {
      return nil
    }
    let parts = service.tallies.filter { $0.container == change.container && $0.kind != change.kind }.map { tally in
      "\(tally.counts.sum) \(tally.counts.sum == 1 ? tally.kind.noun : tally.kind.plural)"
    }
    return parts.isEmpty ? nil : "with " + parts.joined(separator: ", ")
  }

  private func field(_ field: FieldChange) -> String {
    let path = field.path.isEmpty ? "" : field.path + ": "
    switch (field.before, field.after) {
    case (nil, nil): return path + "changed"
    case (nil, let after?): return path + "added, " + value(after)
    case (let before?, nil): return path + "removed, " + value(before)
    case (let before?, let after?):
      if before == after { return path + "changed, " + value(before) }
      if case .hidden(let type, let length) = before, case .hidden(type, let other) = after {
        return path + "changed, \(type), \(length) -> \(count(other, "byte"))"
      }
      return path + value(before) + " -> " + value(after)
    }
  }

  private func value(_ value: ShownValue) -> String {
    switch value {
    case .text(let text): text
    case .hidden("number", _): "a number"
    case .hidden(let type, let length): "\(type), \(count(length, "byte"))"
    case .container(let type, let number):
      type == "L" || type == "array" || type.hasSuffix("S")
        ? "\(type) of \(count(number, "element"))" : "\(type) of \(count(number, "member"))"
    }
  }

  private func numbers(_ counts: ChangeCounts) -> String {
    let parts = [(counts.added, "added"), (counts.removed, "removed"), (counts.changed, "changed")]
    return parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }

  private func signs(_ counts: ChangeCounts) -> String {
    let parts = [(counts.added, "+"), (counts.removed, "-"), (counts.changed, "~")]
    return parts.filter { $0.0 > 0 }.map { "\($0.1)\($0.0)" }.joined(separator: " ")
  }

  private func count(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }
}
