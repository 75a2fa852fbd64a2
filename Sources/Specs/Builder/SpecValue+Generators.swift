extension SpecValue {
  /// `start`, `start + step`, … by row; with `pad`, text with zeros in front.
  public static func sequence(start: Int64 = 1, step: Int64 = 1, pad: Int = 0) -> SpecValue {
    .generated(.sequence(start: start, step: step, pad: pad))
  }
  /// One of these, evenly.
  public static func pick(_ values: SpecValue...) -> SpecValue {
    .generated(.pick(values.map { WeightedValue($0) }))
  }
  /// One of these, by weight.
  public static func pick(weighted values: [WeightedValue]) -> SpecValue { .generated(.pick(values)) }
  /// A whole number.
  public static func integer(_ range: ClosedRange<Int64>) -> SpecValue { .generated(.integer(range)) }
  /// An exact decimal number: `.decimal(100...9999, places: 2)` gives 1.00 to 99.99.
  public static func decimal(_ unscaled: ClosedRange<Int64>, places: Int) -> SpecValue {
    .generated(.decimal(unscaled, places: places))
  }
  /// A point in time.
  public static func date(
    from: SpecGenerator.DateBound, to: SpecGenerator.DateBound, format: SpecGenerator.DateFormat = .rfc3339
  ) -> SpecValue {
    .generated(.date(from: from, to: to, format: format))
  }
  /// A UUID of version 4 or 7.
  public static func uuid(version: Int = 4) -> SpecValue { .generated(.uuid(version: version)) }
  /// A ULID.
  public static func ulid() -> SpecValue { .generated(.ulid) }
  /// A person's name.
  public static func name(_ part: SpecGenerator.NamePart = .full) -> SpecValue { .generated(.name(part)) }
  /// A mail address at an example domain.
  public static func email() -> SpecValue { .generated(.email) }
  /// A sentence.
  public static func sentence(words: ClosedRange<Int64> = 5...12) -> SpecValue { .generated(.sentence(words: words)) }
  /// A paragraph.
  public static func paragraph(sentences: ClosedRange<Int64> = 3...6) -> SpecValue {
    .generated(.paragraph(sentences: sentences))
  }
  /// A word.
  public static func word() -> SpecValue { .generated(.word) }
  /// A city.
  public static func city() -> SpecValue { .generated(.city) }
  /// A company.
  public static func company() -> SpecValue { .generated(.company) }
  /// Hex digits.
  public static func hex(_ digits: Int) -> SpecValue { .generated(.hex(digits: digits)) }
  /// Random bytes.
  public static func randomBytes(_ count: Int) -> SpecValue { .generated(.bytes(count: count)) }
  /// True in `percent` of the rows.
  public static func bool(percent: Int64 = 50) -> SpecValue { .generated(.bool(probability: percent * 10_000_000)) }
  /// Left out in all but `percent` of the rows.
  public static func optional(_ value: SpecValue, percent: Int64 = 50) -> SpecValue {
    .generated(.optional(value, probability: percent * 10_000_000))
  }
  /// A list of generated values.
  public static func list(count: ClosedRange<Int64>, of value: SpecValue) -> SpecValue {
    .generated(.list(count: count, of: value))
  }
  /// A row of a data set, for a field of another: its own fields can then be referred to.
  public static func row(of set: DataSet, _ choice: SpecGenerator.RowChoice = .random) -> SpecValue { set.row(choice) }
  /// A set of texts.
  public static func stringSet(_ values: SpecValue...) -> SpecValue { .typed(.stringSet, .list(values)) }
  /// A set of numbers.
  public static func numberSet(_ values: SpecValue...) -> SpecValue { .typed(.numberSet, .list(values)) }
  /// A set of byte strings.
  public static func binarySet(_ values: SpecValue...) -> SpecValue { .typed(.binarySet, .list(values)) }
}
