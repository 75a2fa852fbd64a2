/// What a redaction replaced, as `fixture.json` records it: numbers and places, never a value.
public struct RedactionRecord: Sendable, Equatable {
  /// How many secrets of one class were replaced in one place.
  public struct Count: Sendable, Equatable {
    /// The class, such as `github-token`.
    public var kind: String
    /// The file, printable; `s3-objects` for all bodies together.
    public var place: String
    /// How many.
    public var count: Int

    /// Counts secrets.
    public init(kind: String, place: String, count: Int) {
      (self.kind, self.place, self.count) = (kind, place, count)
    }
  }

  /// The version of the tool.
  public var toolVersion: String
  /// Whether pseudonyms come from a key that somebody keeps; otherwise the key is gone.
  public var hasStablePseudonyms: Bool
  /// Replaced secrets, by place and class.
  public var counts: [Count]
  /// How many contents were removed whole because they could not be decoded or written anew.
  public var removedWhole: Int

  /// Describes a redaction.
  public init(toolVersion: String, hasStablePseudonyms: Bool, counts: [Count], removedWhole: Int) {
    self.toolVersion = toolVersion
    self.hasStablePseudonyms = hasStablePseudonyms
    self.counts = counts
    self.removedWhole = removedWhole
  }
}
