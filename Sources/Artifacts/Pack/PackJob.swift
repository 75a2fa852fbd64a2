/// One piece of the tar stream: what one worker reads, hashes and compresses into one frame.
///
/// The cut depends on names and sizes only, so that any number of workers makes the same artifact.
enum PackJob: Sendable, Hashable {
  /// Whole members, by their range in the plan.
  case group(Range<Int>)
  /// A part of a member that is larger than a frame.
  case part(member: Int, offset: Int, length: Int)

  static func cut(_ plan: PackPlan, frameBytes: Int) -> [PackJob] {
    var jobs: [PackJob] = []
    var start = 0
    var size = 0
    for (index, member) in plan.members.enumerated() {
      let cost = TarBlock.size + member.size + TarBlock.padding(member.size)
      if member.size > frameBytes || size + cost > frameBytes + frameBytes / 8 {
        if start < index { jobs.append(.group(start..<index)) }
        start = index
        size = 0
      }
      if member.size > frameBytes {
        for offset in stride(from: 0, to: member.size, by: frameBytes) {
          jobs.append(.part(member: index, offset: offset, length: min(frameBytes, member.size - offset)))
        }
        start = index + 1
        continue
      }
      size += cost
      if size >= frameBytes {
        jobs.append(.group(start..<(index + 1)))
        start = index + 1
        size = 0
      }
    }
    // The last job also carries the end of the archive, so there is always one.
    if start < plan.members.count || jobs.isEmpty { jobs.append(.group(start..<plan.members.count)) }
    return jobs
  }
}
