import Documents

/// A value made ready to run: references are looked up, every generator has the key of its stream.
indirect enum Program: Sendable {
  /// A part of a template.
  enum Part: Sendable {
    case literal([UInt8])
    case lookup(Lookup, pad: Int)
  }

  /// Constants that need no row.
  enum Constant: Sendable {
    case null
    case bool(Bool)
    case number([UInt8])
    case string([UInt8])
    case bytes([UInt8])
  }

  case constant(Constant)
  case template([Part])
  case list([Program])
  case map([ProgramMember])
  /// A generator without inner values.
  case generate(SpecGenerator, StreamKey)
  /// Picks by weight: the sum of the weights up to and including each value.
  case pick([Program], sums: [Int64], StreamKey)
  case optional(Program, probability: Int64, StreamKey)
  case repeated(Program, count: ClosedRange<Int64>, StreamKey)
  case row(set: Int, SpecGenerator.RowChoice, StreamKey)
  case lookup(Lookup)
  case typed(AttributeType, Program)
}

/// A named program of a map.
struct ProgramMember: Sendable {
  let name: [UInt8]
  let program: Program
}

/// Where a reference leads.
enum Lookup: Sendable {
  /// The index of the row.
  case index
  /// Known already.
  case constant([UInt8])
  /// A field of the row at hand, by its place in a generated set, then further names.
  case field(Int, rest: [[UInt8]], source: String)
  /// A field of the row at hand, by name.
  case name([UInt8], rest: [[UInt8]], source: String)
}

/// A data set made ready.
struct CompiledSet: Sendable {
  enum Source: Sendable {
    case generated(count: Int, [ProgramMember])
    case rows([[ProgramMember]])
    /// A file that is walked row by row.
    case file(RowFile)
  }

  let name: String
  let source: Source
  /// Places of the fields of a generated set.
  let fields: [[UInt8]: Int]
  var location: SpecLocation
}

/// What all rows share.
final class Environment: Sendable {
  let clock: Instant
  let sets: [CompiledSet]
  /// Rows of file sets that are drawn from, by the set's index; read once when the spec is resolved.
  let loaded: [Int: [[(name: [UInt8], value: JSONValue)]]]

  init(clock: Instant, sets: [CompiledSet], loaded: [Int: [[(name: [UInt8], value: JSONValue)]]]) {
    self.clock = clock
    self.sets = sets
    self.loaded = loaded
  }
}
