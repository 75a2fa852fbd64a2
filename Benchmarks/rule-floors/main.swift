import Files
import Glibc
import Redaction
import SystemPackage

// usage: rule-floors FILE [SHARE]
// Searches FILE with each detector alone and says which are slower than SHARE (0.5) of what one detector with a good
// literal reaches in the same run. Such a rule slows the whole database: exit code 1. Built by `Benchmarks/run --redaction`.

/// Seconds of this thread's own time.
func cpuTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Searches a text with some rules, in blocks of a megabyte; MB a second of the fastest of some rounds.
func speed(of rules: [SecretRule], over text: [UInt8], rounds: Int = 3) throws -> Double {
  let session = try SecretScanner(rules: RuleSet(rules), cache: nil).session()
  var best = Double.infinity
  for _ in 0..<rounds {
    let start = cpuTime()
    var found: [Detection] = []
    for offset in stride(from: 0, to: text.count, by: 1 << 20) {
      try text.withUnsafeBytes { bytes in
        let block = UnsafeRawBufferPointer(rebasing: bytes[offset..<min(offset + 1 << 20, bytes.count)])
        try session.scan(block, into: &found)
      }
    }
    best = min(best, cpuTime() - start)
  }
  return Double(text.count) / 1e6 / best
}

let arguments = CommandLine.arguments
guard arguments.count > 1, let share = arguments.count > 2 ? Double(arguments[2]) : 0.5 else {
  print("usage: rule-floors FILE [SHARE]")
  exit(64)
}
guard let file = try? ReadableFile.open(FilePath(arguments[1])) else {
  print("'\(arguments[1])' cannot be read")
  exit(66)
}
var text = [UInt8](repeating: 0, count: min(Int(file.size), 32 << 20))
_ = try text.withUnsafeMutableBytes { (bytes) throws(FilesError) in try file.read(into: bytes, at: 0) }
let all = SecretRule.builtIn
// Four letters that stand nowhere by chance.
let reference = all.filter { $0.id == "github-pat" }
var base = try speed(of: reference, over: text)
var slow: [String] = []
for (index, rule) in all.enumerated() {
  // What else the machine does changes: the measure is taken again and again.
  if index % 16 == 0 { base = try speed(of: reference, over: text) }
  var reached = try speed(of: [rule], over: text)
  // Twice before a rule is blamed.
  if reached < base * share {
    base = try speed(of: reference, over: text, rounds: 6)
    reached = max(reached, try speed(of: [rule], over: text, rounds: 6))
  }
  guard reached < base * share else { continue }
  slow.append(rule.id)
  print("rule '\(rule.id)' reaches \(Int(reached)) MB/s alone, \(reference[0].id) \(Int(base)): give it a literal")
}
let together = try speed(of: all, over: text)
let summary = "\(slow.count) below \(share) of \(Int(base)) MB/s alone"
print("\(all.count) rules: \(summary); together \(Int(together)) MB/s a core")
exit(slow.isEmpty ? 0 : 1)
