import Digests
import KumoState

/// Compares every current object of a bucket with the newest version of its key, in one pass over the file.
///
/// Which of the two maps comes first is indexed by hashes: 32 bytes a key, about 64 with the table's room to grow. Keys
/// are told apart by a 64-bit hash with a random seed, so two of a million keys are confused once in 10⁷ runs.
struct S3CopyIndex {
  /// What is compared of a copy.
  struct Copy {
    /// Hash of what a client downloads: version id, ETag, size, body, whether it is a delete marker.
    var content: Int
    /// Hash of what goes with it: time, type, metadata, encryption. Tags are left out: after a restart KUMO sets them
    /// on the current object only.
    var attributes: Int
    /// Offset of its key in the file times four, plus `Kind`.
    private var place: Int

    init(_ object: S3StoredObject, body: SHA256Digest?, offset: Int) {
      var content = Hasher()
      content.combine(object.versionID)
      content.combine(object.etag)
      content.combine(object.size)
      content.combine(object.isDeleteMarker)
      content.combine(body)
      self.content = content.finalize()
      var attributes = Hasher()
      attributes.combine(object.lastModified?.seconds)
      attributes.combine(object.lastModified?.nanoseconds)
      attributes.combine(object.contentType)
      attributes.combine(object.metadataHash)
      attributes.combine(object.encryption)
      attributes.combine(object.encryptionKey)
      self.attributes = attributes.finalize()
      let isMultipart = S3ETag(object.etag).isMultipart
      let kind: Kind = !object.versionID.isEmpty ? .versioned : isMultipart ? .multipart : .unversioned
      place = offset << 2 | kind.rawValue
    }

    /// Whether and why an object may differ from its versions.
    enum Kind: Int {
      case versioned
      /// Without a version id: written before versioning was on, and then there are no versions of its key.
      case unversioned
      /// A multipart upload without a version id: up to v0.25.3 it replaces the current object and leaves the versions.
      case multipart
    }

    var offset: Int { place >> 2 }
    var kind: Kind { Kind(rawValue: place & 3) ?? .versioned }
  }

  /// Which map a copy comes from.
  enum Side { case objects, versions }

  /// A difference, to be reported once it is known that the bucket's versioning is on.
  struct Difference {
    enum Kind { case content, attributes, onlyInObjects, onlyInVersions }
    let kind: Kind
    let offset: Int
    /// The key, where it is at hand.
    let key: [UInt8]?
  }

  private var first: Side?
  private var waiting: [Int: Copy] = [:]
  /// The first differences; enough for a report.
  private(set) var differences: [Difference] = []
  /// How many there are.
  private(set) var differenceCount = 0

  /// Adds one copy; compares it when the other side's is known.
  mutating func add(_ copy: Copy, key: [UInt8], side: Side) {
    let first = first ?? side
    self.first = first
    var hasher = Hasher()
    hasher.combine(key)
    let hash = hasher.finalize()
    guard side != first else {
      waiting[hash] = copy
      return
    }
    guard let other = waiting.removeValue(forKey: hash) else {
      if side == .versions || copy.kind == .versioned {
        differ(side == .objects ? .onlyInObjects : .onlyInVersions, at: copy.offset, key)
      }
      return
    }
    let current = side == .objects ? copy : other
    if current.kind == .multipart { return }
    if copy.content != other.content {
      differ(.content, at: current.offset, key)
    } else if copy.attributes != other.attributes {
      differ(.attributes, at: current.offset, key)
    }
  }

  /// Ends a bucket: copies that nothing was compared with. The order is that of the file.
  mutating func finish() {
    guard let first else { return }
    for copy in waiting.values.sorted(by: { $0.offset < $1.offset }) {
      if first == .versions {
        differ(.onlyInVersions, at: copy.offset, nil)
      } else if copy.kind == .versioned {
        differ(.onlyInObjects, at: copy.offset, nil)
      }
    }
    waiting.removeAll(keepingCapacity: false)
  }

  private mutating func differ(_ kind: Difference.Kind, at offset: Int, _ key: [UInt8]?) {
    differenceCount += 1
    if differences.count < FindingCollector.limit {
      differences.append(Difference(kind: kind, offset: offset, key: key))
    }
  }
}
