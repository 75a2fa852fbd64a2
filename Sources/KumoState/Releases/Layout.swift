/// How a data directory keeps the bodies of S3 objects (kumo-format.md 0 and 2.3).
package enum Layout: String, CaseIterable, Sendable, CustomStringConvertible {
  /// L0: `Body` as base64 in s3.json, no blob files. What v0.6 to v0.25.2 write.
  case inline
  /// L1, in the form that loads everywhere: `Body`, `bodyRef` and a blob for each non-empty object; an empty object has
  /// none of the last two. What v0.25.3 to v0.29.0 write, except that they also give empty objects a `bodyRef`.
  case portable
  /// L2: `bodyRef` and a blob, no `Body`. What releases after v0.29.0 write.
  case blobs

  /// The layout's name: `inline`, `portable` or `blobs`.
  package var description: String { rawValue }

  /// The releases that load every body of such a directory.
  package var loadingReleases: ReleaseRange {
    switch self {
    case .inline, .portable: ReleaseRange(.v6)
    case .blobs: ReleaseRange(.v25p3)
    }
  }

  /// The releases that write it.
  package var writingReleases: ReleaseRange {
    switch self {
    case .inline: ReleaseRange(.v6, through: .v25p2)
    case .portable: ReleaseRange(.v25p3, through: .v29)
    case .blobs: ReleaseRange(.later)
    }
  }

  /// Whether `release` loads every body. Releases before v0.6 load nothing.
  package func loads(in release: KumoRelease) -> Bool { loadingReleases.contains(release) }

  /// Whether s3.json holds bodies.
  package var hasBodies: Bool { self != .blobs }
  /// Whether the directory holds blob files.
  package var hasBlobs: Bool { self != .inline }
}

/// What the objects of an s3.json say about its layout; there is no marker in any file (kumo-format.md 6).
package enum DetectedLayout: Hashable, Sendable, CustomStringConvertible {
  /// No object with a body: every release loads it alike.
  case none
  /// All objects agree.
  case layout(Layout)
  /// Objects of several layouts; the releases that load all of them are those of `Layout.blobs`.
  case mixed

  /// Collects what single objects say.
  package struct Counts: Sendable, Equatable {
    /// Objects with a non-empty `Body` and no `bodyRef`.
    package var inline = 0
    /// Objects with both.
    package var portable = 0
    /// Objects with a `bodyRef` and no `Body`.
    package var blobs = 0

    /// No objects yet.
    package init() {}

    /// Adds one object or version. Empty objects (`size` 0) say nothing: L1 and L2 differ there only by accident.
    package mutating func add(size: Int64, hasBody: Bool, hasReference: Bool) {
      guard size != 0 || hasBody else { return }
      switch (hasBody, hasReference) {
      case (true, false): inline += 1
      case (true, true): portable += 1
      case (false, true): blobs += 1
      case (false, false): break
      }
    }

    /// The layout of all objects so far.
    package var layout: DetectedLayout {
      let present = [(inline, Layout.inline), (portable, .portable), (blobs, .blobs)].filter { $0.0 > 0 }
      guard let first = present.first else { return .none }
      return present.count == 1 ? .layout(first.1) : .mixed
    }
  }

  /// The layout, when all objects agree.
  package var layout: Layout? {
    if case .layout(let layout) = self { return layout }
    return nil
  }

  /// `none`, `mixed`, or the layout's name.
  package var description: String {
    switch self {
    case .none: "none"
    case .layout(let layout): layout.description
    case .mixed: "mixed"
    }
  }
}
