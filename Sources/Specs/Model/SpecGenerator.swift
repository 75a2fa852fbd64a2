import Documents

/// What makes a value for each row. Each has an algorithm with a version; the same version gives the
/// same output for ever.
public indirect enum SpecGenerator: Sendable, Hashable {
  /// Parts of a name.
  public enum NamePart: String, Sendable, Hashable, CaseIterable {
    /// Given name.
    case first
    /// Family name.
    case last
    /// Both.
    case full
  }

  /// How a date is written.
  public enum DateFormat: String, Sendable, Hashable, CaseIterable {
    /// `2026-01-02T03:04:05Z`.
    case rfc3339
    /// `2026-01-02`.
    case date
    /// Seconds since 1970, a number.
    case epoch
    /// Milliseconds since 1970, a number.
    case epochMilliseconds = "epoch-ms"
  }

  /// How a row of another data set is chosen.
  public enum RowChoice: String, Sendable, Hashable, CaseIterable {
    /// At random, evenly.
    case random
    /// Row `index` modulo the number of rows.
    case cycle
  }

  /// A bound of a date range.
  public enum DateBound: Sendable, Hashable {
    /// A fixed instant.
    case instant(Instant)
    /// The clock plus a number of seconds.
    case clock(offset: Int64)
  }

  /// `start + index * step`; with `pad` a text with zeros in front.
  case sequence(start: Int64, step: Int64, pad: Int)
  /// One of several values, by weight.
  case pick([WeightedValue])
  /// A whole number of a range.
  case integer(ClosedRange<Int64>)
  /// A decimal number of a range, exact: both bounds as multiples of 10^-places.
  case decimal(ClosedRange<Int64>, places: Int)
  /// A point in time of a range, both ends included, whole seconds.
  case date(from: DateBound, to: DateBound, format: DateFormat)
  /// A UUID; version 7 counts milliseconds from the clock by row, so that order is kept.
  case uuid(version: Int)
  /// A ULID; its time counts milliseconds from the clock by row.
  case ulid
  /// A person's name.
  case name(NamePart)
  /// An address at example.com, example.net or example.org.
  case email
  /// A sentence of that many words.
  case sentence(words: ClosedRange<Int64>)
  /// Sentences.
  case paragraph(sentences: ClosedRange<Int64>)
  /// A word.
  case word
  /// A city.
  case city
  /// A company.
  case company
  /// Lower-case hex digits.
  case hex(digits: Int)
  /// Bytes.
  case bytes(count: Int)
  /// True with a probability, in billionths.
  case bool(probability: Int64)
  /// The value with a probability (in billionths), otherwise nothing at all.
  case optional(SpecValue, probability: Int64)
  /// A list of as many elements as a range allows.
  case list(count: ClosedRange<Int64>, of: SpecValue)
  /// A row of a data set, whose fields can be referred to.
  case row(set: String, choice: RowChoice)
  /// What a field holds, with its type.
  case field(SpecReference)
}

/// A value and how often it is picked.
public struct WeightedValue: Sendable, Hashable {
  /// The value.
  public let value: SpecValue
  /// Relative to the other weights, at least 1.
  public let weight: Int64

  /// A value with a weight.
  public init(_ value: SpecValue, weight: Int64 = 1) {
    self.value = value
    self.weight = weight
  }
}

extension SpecGenerator {
  /// Name and version of the algorithm, as recorded in `fixture.json`. A changed output needs a new version.
  var algorithm: String {
    switch self {
    case .sequence: "seq/1"
    case .pick: "pick/1"
    case .integer: "int/1"
    case .decimal: "decimal/1"
    case .date: "date/1"
    case .uuid(4): "uuid4/1"
    case .uuid: "uuid7/1"
    case .ulid: "ulid/1"
    case .name: "name/1"
    case .email: "email/1"
    case .sentence: "sentence/1"
    case .paragraph: "paragraph/1"
    case .word: "word/1"
    case .city: "city/1"
    case .company: "company/1"
    case .hex: "hex/1"
    case .bytes: "bytes/1"
    case .bool: "bool/1"
    case .optional: "optional/1"
    case .list: "list/1"
    case .row: "row/1"
    case .field: "field/1"
    }
  }
}
