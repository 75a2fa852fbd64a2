extension Compiler {
  /// The program of a generator, after its parameters are checked.
  func program(_ generator: SpecGenerator, _ site: Site) -> Program {
    check(generator, site)
    let key = key(generator.algorithm, site)
    switch generator {
    case .pick(let choices):
      if choices.isEmpty { return .constant(.null) }
      var sum: Int64 = 0
      let sums = choices.map { choice in
        sum += max(1, min(choice.weight, 1_000_000_000))
        return sum
      }
      // The choice's place: a value that is added at the end changes what is picked, but not what the others make.
      let programs = choices.enumerated().map { program($0.element.value, site.field("pick[\($0.offset)]")) }
      return .pick(programs, sums: sums, key)
    case .optional(let value, let probability):
      return .optional(program(value, site.field("optional")), probability: probability, key)
    case .list(let count, let value):
      return .repeated(program(value, site.field("of")), count: count, key)
    case .row(let name, let choice):
      guard let set = set(named: name, site) else { return .constant(.null) }
      draw(from: set)
      return .row(set: set, choice, key)
    case .field(let reference): return .lookup(lookup(reference, site))
    default: return .generate(generator, key)
    }
  }

  private func check(_ generator: SpecGenerator, _ site: Site) {
    switch generator {
    case .pick(let choices):
      if choices.isEmpty { report(site, "$pick has nothing to choose from") }
      if choices.contains(where: { !(1...1_000_000_000).contains($0.weight) }) {
        report(site, "a weight of $pick is not between 1 and 1000000000")
      }
      if choices.count > 100_000 { report(site, "$pick has more than 100000 choices") }
    case .sequence(let start, let step, let pad):
      if !(0...18).contains(pad) { report(site, "pad is \(pad); expected 0 to 18") }
      let limit: Int64 = 1 << 53
      if !(-limit...limit).contains(start) || !(-1_000_000_000...1_000_000_000).contains(step) {
        report(site, "$seq goes out of range; start must be within ±2^53 and step within ±1000000000")
      }
    case .decimal(_, let places):
      if !(0...18).contains(places) { report(site, "places is \(places); expected 0 to 18") }
    case .date(let from, let to, _):
      if from.seconds(clock: spec.clock) > to.seconds(clock: spec.clock) {
        report(site, "$date has its 'to' before its 'from'")
      }
    case .uuid(let version):
      if version != 4 && version != 7 { report(site, "$uuid has version \(version); expected 4 or 7") }
    case .sentence(let range), .paragraph(let range):
      if range.lowerBound < 1 || range.upperBound > 1000 {
        report(site, "the number of words is not between 1 and 1000")
      }
    case .hex(let count):
      if !(1...100_000).contains(count) { report(site, "$hex has \(count) digits; expected 1 to 100000") }
    case .bytes(let count):
      if !(0...1_000_000).contains(count) { report(site, "$bytes is \(count) long; expected 0 to 1000000") }
    case .bool(let probability), .optional(_, let probability):
      if !(0...1_000_000_000).contains(probability) { report(site, "a probability is not between 0 and 1") }
    case .list(let count, _):
      if count.lowerBound < 0 || count.upperBound > 10_000 { report(site, "count of $list is not between 0 and 10000") }
    default: break
    }
  }
}
