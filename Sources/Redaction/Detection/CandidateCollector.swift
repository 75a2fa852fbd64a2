/// Where matches of one rule may begin.
struct CandidatePlaces {
  let rule: Int
  /// First and last byte at which a match may begin.
  var starts: ClosedRange<Int>
}

/// Takes candidates from Vectorscan and joins those of one rule that lie close, so that each place is looked at once.
final class CandidateCollector {
  private let reaches: [CandidateDatabase.Reach]
  /// The open stretch of each rule, as an index into `places`; -1 for none.
  private var open: [Int32]
  private(set) var places: [CandidatePlaces] = []

  init(reaches: [CandidateDatabase.Reach]) {
    self.reaches = reaches
    open = Array(repeating: -1, count: reaches.count)
    places.reserveCapacity(256)
  }

  /// Forgets all candidates.
  func reset() {
    for place in places { open[place.rule] = -1 }
    places.removeAll(keepingCapacity: true)
  }

  /// Notes that a candidate of `rule` ends before byte `end`. A telling name is no rule, and of no interest here.
  func add(rule: Int, end: Int) {
    guard rule < reaches.count else { return }
    let reach = reaches[rule]
    let (first, last) = (max(0, end - reach.most), max(0, end - reach.least))
    let index = Int(open[rule])
    if index >= 0, first <= places[index].starts.upperBound + 1, last + 1 >= places[index].starts.lowerBound {
      let held = places[index].starts
      places[index].starts = min(held.lowerBound, first)...max(held.upperBound, last)
    } else {
      open[rule] = Int32(truncatingIfNeeded: places.count)
      places.append(CandidatePlaces(rule: rule, starts: first...last))
    }
  }

  /// The stretches by rule and place, none overlapping another of the same rule.
  func takeSorted() -> [CandidatePlaces] {
    places.sort { ($0.rule, $0.starts.lowerBound) < ($1.rule, $1.starts.lowerBound) }
    return places
  }
}

/// Takes only where candidates end, for a screen.
final class EndCollector {
  private(set) var ends: [Range<Int>] = []

  /// Notes that a candidate ends before byte `end`.
  func add(end: Int) {
    let last = max(0, end - 1)
    if ends.last?.lowerBound != last { ends.append(last..<(last + 1)) }
  }
}
