import Digests
import KumoState

/// What becomes of one object when its directory gets another layout (kumo-format.md 2.3 and 6).
struct BodyForm: Equatable {
  /// What `Body` is to be.
  enum Inline: Equatable {
    /// As it stands.
    case keep
    /// No member.
    case absent
    case null
    case emptyText
    /// The content of this blob in base64.
    case blob([UInt8])
  }

  var inline = Inline.keep
  /// The value of `bodyRef`; empty for no member.
  var reference: [UInt8]
  /// The blob that must be there, made of the inline body when it is not.
  var blob: (digest: SHA256Digest, length: Int64)?

  static func == (left: BodyForm, right: BodyForm) -> Bool {
    left.inline == right.inline && left.reference == right.reference && left.blob?.digest == right.blob?.digest
  }

  /// Whether `s3.json` changes for it.
  func changes(_ object: LayoutObject) -> Bool { inline != .keep || reference != object.reference }
}

extension LayoutObject {
  /// Why an object cannot be given another layout.
  enum Trouble: Error, Equatable {
    /// It names a blob that is not there.
    case missingBlob
    /// Its blob holds other bytes than its name says.
    case damagedBlob
    /// `bodyRef` is no digest.
    case badReference
    /// `Body` is no base64.
    case badBody
    /// `Body` and `bodyRef` are two different contents.
    case contradiction
    /// A size, but neither body nor reference.
    case lostBody
  }

  /// How the object is written in a layout.
  ///
  /// - Parameters:
  ///   - stored: what `bodyRef` leads to.
  ///   - hasEmptyBlob: whether there is a blob of no bytes, which only releases after v0.29.0 write.
  /// - Throws: `Trouble` when its content is not certain: what would be written could only be wrong.
  func form(in layout: Layout, stored: S3Body, hasEmptyBlob: Bool) throws(Trouble) -> BodyForm {
    if case .unreadable? = inline { throw .badBody }
    if isDeleteMarker {
      return BodyForm(inline: layout.hasBodies ? .null : .absent, reference: [])
    }
    switch (inline, stored) {
    case (_, .unreadable): throw .badReference
    case (.content(let digest, let length)?, _):
      guard reference.isEmpty || reference == digest.hexBytes else { throw .contradiction }
      return form(of: digest, length: length, in: layout)
    case (_, .empty):
      // A reference to the empty blob, which the layout L1 names and does not write, is the same as none.
      guard reference.isEmpty || reference == S3BodyHasher.emptyReference else { throw .damagedBlob }
      guard size == 0 else { throw .lostBody }
      let keepsReference = layout == .blobs && hasEmptyBlob && !reference.isEmpty
      return BodyForm(
        inline: layout.hasBodies ? .emptyText : .absent, reference: keepsReference ? reference : [])
    case (_, .missing): throw .missingBlob
    case (_, .content(let digest, let length)):
      guard reference == digest.hexBytes else { throw .damagedBlob }
      return form(of: digest, length: length, in: layout)
    }
  }

  private func form(of digest: SHA256Digest, length: Int64, in layout: Layout) -> BodyForm {
    let name = digest.hexBytes
    var form = BodyForm(inline: .keep, reference: layout.hasBlobs ? name : [])
    if !layout.hasBodies {
      form.inline = .absent
    } else if inline == nil {
      form.inline = .blob(name)
    }
    if layout.hasBlobs { form.blob = (digest, length) }
    return form
  }

  /// The form without what stands there already: `keep` where nothing changes.
  func settled(_ form: BodyForm) -> BodyForm {
    var form = form
    let hasBody = members.contains { $0.role == .body }
    switch form.inline {
    case .absent where !hasBody: form.inline = .keep
    // `null` and the empty string are the same to KUMO; what stands there stays.
    case .null where hasBody && inline == nil, .emptyText where hasBody && inline == nil: form.inline = .keep
    default: break
    }
    return form
  }
}
