/// An entry to be added.
package struct RewriteEntry: Sendable {
  /// The map key.
  package let key: [UInt8]
  /// The value as JSON.
  package let value: [UInt8]

  /// Names a value.
  package init(key: [UInt8], value: [UInt8]) {
    self.key = key
    self.value = value
  }
}

/// What becomes of a record that a rewriter asks about.
package enum RewriteVerdict {
  /// It stays as it is.
  case keep
  /// It goes, key and value.
  case remove
  /// It gets another map key or value (as JSON); nil keeps the one that it has.
  case replace(key: [UInt8]?, value: [UInt8]?)
  /// It gets another map key, unless nil, and some of the members of its value change.
  case edit(key: [UInt8]?, ObjectEdit)
  /// Entries are added where the record says.
  case append([RewriteEntry])
}

/// What a rewrite did.
package struct RewriteOutcome: Sendable, Equatable {
  /// Whether any byte differs.
  package var isChanged = false
  /// Whether an item or a table was added or got another key, so that two may have the same one now.
  package var mayCollide = false

  /// Nothing, or a change in which no key is new.
  package init(isChanged: Bool = false) {
    self.isChanged = isChanged
  }
}
