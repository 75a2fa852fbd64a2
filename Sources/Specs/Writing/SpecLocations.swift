import Documents
import KumoState

/// Remembers which entry of the spec a record came from, for the message when two records have one key.
struct SpecLocations {
  private var locations: [SpecLocation] = []

  /// A number for the location; rows of one entry share it.
  mutating func tag(_ location: SpecLocation) -> Int32 {
    if let last = locations.last, last.line == location.line, last.column == location.column {
      return Int32(locations.count - 1)
    }
    locations.append(location)
    return Int32(locations.count - 1)
  }

  /// The location of a tag that `tag` gave.
  func location(_ tag: Int32) -> SpecLocation { locations[Int(tag)] }
}
