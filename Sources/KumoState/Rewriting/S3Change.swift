import Files

/// What becomes of an object or version that `S3Rewriter` asks about.
package enum S3Verdict {
  /// It stays as it is.
  case keep
  /// It goes.
  case remove
  /// Some of its fields change.
  case change(S3Change)
}

/// New values for fields of one object or version.
package struct S3Change {
  /// A new key: the map key and `Key` change together.
  package var key: [UInt8]?
  /// New values as JSON. A field that the object does not have is added at its end.
  package var fields: [(field: S3ObjectField, json: [UInt8])] = []
  /// Writes the new inline body in base64, piece by piece, when the object has one.
  package var body: BodyWriter?

  /// Hands pieces of base64 to the sink.
  package typealias BodyWriter = (_ sink: ([UInt8]) throws -> Void) throws -> Void

  /// No change.
  package init() {}
}

/// An object to be added to a map of objects, or a version to a list.
package struct S3Addition {
  /// The map key; not used for versions.
  package var key: [UInt8]
  /// Where its content comes from.
  package var content: Content

  /// A value as JSON, or another object of the same file with a change made to it.
  package enum Content {
    case json([UInt8])
    case copy(S3Entry, S3Change)
  }

  /// Names a content.
  package init(key: [UInt8], content: Content) {
    self.key = key
    self.content = content
  }
}
