import Synchronization

/// The secrets of one redaction, gathered before anything is rewritten: what was found in one place is removed from
/// every place.
final class SecretVault: Sendable {
  private struct Entry {
    var kind: SecretKind
    var isSearched: Bool
  }

  private let entries = Mutex<[[UInt8]: Entry]>([:])
  private let hasRemovals = Mutex(false)

  /// Adds a secret. Of two kinds the more specific one stays, whatever the order.
  ///
  /// - Parameter isSearched: whether it is to be looked for everywhere, and not only replaced where it was found.
  func add(_ secret: [UInt8], kind: SecretKind, isSearched: Bool) {
    entries.withLock { entries in
      guard let known = entries[secret] else {
        entries[secret] = Entry(kind: kind, isSearched: isSearched)
        return
      }
      entries[secret] = Entry(
        kind: min(known.kind, kind, by: \.specificity), isSearched: known.isSearched || isSearched)
    }
  }

  /// Notes that some content has to be removed whole, whatever is in it.
  func noteRemoval() { hasRemovals.withLock { $0 = true } }

  /// Whether nothing was found.
  var isEmpty: Bool { entries.withLock { $0.isEmpty } && !hasRemovals.withLock { $0 } }

  /// What was gathered, for looking it up.
  func known() -> KnownSecrets {
    entries.withLock { entries in
      KnownSecrets(
        kinds: entries.mapValues(\.kind), searched: entries.filter { $0.value.isSearched }.map(\.key),
        others: entries.filter { !$0.value.isSearched }.map(\.key))
    }
  }
}

/// The secrets of one redaction, no longer changing.
struct KnownSecrets: Sendable {
  /// The kind of each.
  let kinds: [[UInt8]: SecretKind]
  /// Those that are replaced wherever they stand.
  let search: LiteralSearch
  /// How many are too short or too plain for that: replacing them everywhere would replace what is no secret.
  let plainCount: Int

  init(kinds: [[UInt8]: SecretKind], searched: [[UInt8]], others: [[UInt8]]) {
    self.kinds = kinds
    search = LiteralSearch(searched)
    plainCount = others.count + searched.count - search.literals.count
  }
}

extension SecretKind {
  /// The place in the list of kinds: what has a form of its own comes first.
  fileprivate var specificity: Int { SecretKind.allCases.firstIndex(of: self) ?? .max }
}

/// The one of two with the smaller value.
private func min<Value>(_ left: Value, _ right: Value, by value: (Value) -> Int) -> Value {
  value(left) <= value(right) ? left : right
}

/// Whether a secret can be told from other text.
enum Distinctiveness {
  /// A value that its place shows to be a credential: long enough, and no single plain word.
  static func isDistinct(credential value: [UInt8]) -> Bool {
    guard value.count >= LiteralSearch.shortest, Set(value).count >= 5, !value.starts(with: "arn:".utf8) else {
      return false
    }
    let kinds = value.map(kind)
    let digits = kinds.filter { $0 == 2 }.count
    let isMixed = kinds.contains(0) && kinds.dropFirst().contains(1)
    return (digits >= 2 && digits < value.count) || isMixed || (value.count >= 20 && Set(kinds).count >= 2)
  }

  /// A value of a place that holds credentials and other things alike, such as environment variables: only what looks
  /// random is looked for elsewhere, because a region or a table's name stands in a hundred places that must stay.
  static func isDistinct(setting value: [UInt8]) -> Bool {
    guard value.count >= 12, Set(value).count >= 9, !value.starts(with: "arn:".utf8) else { return false }
    // The longest stretch without separators has letters and digits, mixed.
    let longest = value.split { !isAlphanumeric($0) }.max { $0.count < $1.count } ?? []
    guard longest.count >= 10 else { return false }
    var changes = 0
    for (left, right) in zip(longest, longest.dropFirst()) where kind(left) != kind(right) { changes += 1 }
    return changes >= 4 && longest.contains { kind($0) == 2 }
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool { kind(byte) < 3 }

  private static func kind(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): 0
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): 1
    case UInt8(ascii: "0")...UInt8(ascii: "9"): 2
    default: 3
    }
  }
}
