/// Something that must hold in a data directory, and what happens to a KUMO user when it does not.
///
/// The rule reference (`docs/rules.md`, `kumo-fixtures validate --rules`) and a test of every rule are made from
/// these values.
public struct Rule: Sendable, Equatable {
  /// A file that breaks the rule and the same file put right, as small as can be.
  public struct Example: Sendable, Equatable {
    /// The file's name in the data directory.
    public var file: String
    /// A content that breaks the rule.
    public var broken: String
    /// The same content put right.
    public var sound: String

    /// Shows a rule.
    public init(file: String, broken: String, sound: String) {
      self.file = file
      self.broken = broken
      self.sound = sound
    }
  }

  /// The rule's id: stable, lower case, what reports and baselines name.
  public var id: String
  /// How much a broken rule usually hurts.
  public var severity: Severity
  /// What must hold.
  public var title: String
  /// What KUMO does when it does not hold.
  public var consequence: String
  /// What to do about it.
  public var fix: String
  /// Whether `validate --fix` repairs it.
  public var isFixable: Bool
  /// Where the rule comes from, in kumo-format.md.
  public var source: String
  /// An example, where one file shows it.
  public var example: Example?

  /// Describes a rule.
  public init(
    _ id: String, _ severity: Severity, _ title: String, consequence: String, fix: String, source: String,
    isFixable: Bool = false, example: Example? = nil
  ) {
    self.id = id
    self.severity = severity
    self.title = title
    self.consequence = consequence
    self.fix = fix
    self.source = source
    self.isFixable = isFixable
    self.example = example
  }

  /// Two rules are the same when their ids are.
  public static func == (left: Rule, right: Rule) -> Bool { left.id == right.id }
}

extension Rule {
  /// Every rule, in the order of the rule reference.
  public static let all: [Rule] = files + schema + s3 + dynamoDB + sqs + services + fixture
}
