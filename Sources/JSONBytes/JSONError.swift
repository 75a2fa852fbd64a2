/// Why a document was refused, and where.
///
/// Offsets, lines and columns count bytes, never characters: the document may not be text at all. Public only because
/// `JSONReader.next` throws it; see there.
public struct JSONError: Error, Sendable, Equatable {
  /// What kind of fault it is. New codes may be added, so compare with the ones you know and keep a default.
  package struct Code: Sendable, Hashable, CustomStringConvertible {
    enum Kind: String {
      case truncated, emptyDocument, byteOrderMark, trailingData, unexpectedCharacter, invalidLiteral, invalidNumber
      case invalidUTF8, invalidEscape, loneSurrogate, controlCharacter, duplicateKey, tooDeep, tooLong, sourceFailed
      case invalidPointer
    }
    let kind: Kind

    /// The document ends inside its value.
    package static let truncated = Code(kind: .truncated)
    /// Nothing but whitespace.
    package static let emptyDocument = Code(kind: .emptyDocument)
    /// The document begins with the UTF-8 form of U+FEFF.
    package static let byteOrderMark = Code(kind: .byteOrderMark)
    /// Something other than whitespace follows the value.
    package static let trailingData = Code(kind: .trailingData)
    /// A byte that cannot stand where it stands (a missing comma or colon, a trailing comma, a comment...).
    package static let unexpectedCharacter = Code(kind: .unexpectedCharacter)
    /// A bare word other than `true`, `false`, `null`.
    package static let invalidLiteral = Code(kind: .invalidLiteral)
    /// A number outside RFC 8259's grammar (leading zero, `1.`, `+1`, hex...).
    package static let invalidNumber = Code(kind: .invalidNumber)
    /// A string holds bytes that are not UTF-8.
    package static let invalidUTF8 = Code(kind: .invalidUTF8)
    /// A backslash followed by something RFC 8259 does not list.
    package static let invalidEscape = Code(kind: .invalidEscape)
    /// A `\uD8xx` without its other half.
    package static let loneSurrogate = Code(kind: .loneSurrogate)
    /// A raw byte below 0x20 inside a string.
    package static let controlCharacter = Code(kind: .controlCharacter)
    /// The second occurrence of a key in one object, compared after unescaping.
    package static let duplicateKey = Code(kind: .duplicateKey)
    /// More containers are open than the options allow.
    package static let tooDeep = Code(kind: .tooDeep)
    /// A token (or captured value) longer than the options allow to be held in memory.
    package static let tooLong = Code(kind: .tooLong)
    /// The byte source failed; the reader's `sourceError` holds its own error.
    package static let sourceFailed = Code(kind: .sourceFailed)
    /// Text that is not an RFC 6901 pointer.
    package static let invalidPointer = Code(kind: .invalidPointer)

    /// The stable name of the code, as used in reports.
    package var description: String { kind.rawValue }
  }

  /// One pointer, so that a throwing call returns its error in a register: `next` is called once per token.
  private let details: Details

  private final class Details: Sendable {
    let code: Code
    let offset: Int
    let line: Int
    let column: Int
    let message: String

    init(_ code: Code, _ offset: Int, _ line: Int, _ column: Int, _ message: String) {
      (self.code, self.offset, self.line, self.column, self.message) = (code, offset, line, column, message)
    }
  }

  package var code: Code { details.code }
  /// Absolute offset of the offending byte, from 0. For `.truncated` it is the length of the document.
  package var offset: Int { details.offset }
  /// 1-based line of `offset`; lines end at LF.
  package var line: Int { details.line }
  /// 1-based column of `offset`, in bytes.
  package var column: Int { details.column }
  /// One sentence, lower-case first letter, no trailing stop, without the position.
  package var message: String { details.message }

  package init(code: Code, offset: Int, line: Int, column: Int, message: String) {
    details = Details(code, offset, line, column, message)
  }

  /// Everything about the two errors is equal.
  public static func == (left: JSONError, right: JSONError) -> Bool {
    left.code == right.code && left.offset == right.offset && left.line == right.line && left.column == right.column
      && left.message == right.message
  }
}

extension JSONError: CustomStringConvertible {
  /// The message with its position, for a person.
  public var description: String { "\(message) at line \(line), column \(column) (byte \(offset))" }
}
