import JSONBytes

/// Single values against their type, by the rules of Go's `encoding/json` (checked against Go 1.25.5 and 1.27.3).
extension SchemaWalker {
  /// The current token begins a value of type `node`: checks it, or enters it when it is an object or array.
  /// `isEntry`: a map's value, an array's element or the document itself.
  mutating func value(
    _ reader: JSONReader, _ node: Int, isEntry: Bool, dangerousNull: Bool, inOwnDecoder: Bool,
    _ report: (SchemaDeviation) -> Void
  ) throws(JSONError) {
    let type = nodes[node]
    let stops = inOwnDecoder || type.hasOwnDecoder
    switch (reader.token, type.kind) {
    case (.string, .string): return
    case (.beginObject, .structure), (.beginObject, .map), (.beginObject, .numberedMap), (.beginArray, .array):
      enter(node, inOwnDecoder: stops)
    case (_, .any): try reader.skipValue()
    case (.null, _):
      if dangerousNull || (isEntry && type.isObject) {
        report(deviation(.null, reader, node: node, expected: type.kind.expectation, found: "null"))
      }
    case (.true, .bool), (.false, .bool): return
    case (.number, .int64), (.number, .int32), (.number, .uint64), (.number, .float), (.number, .epochNumber):
      try checkNumber(reader, node, stops, report)
    case (.string, .time), (.string, .unreadableEpoch):
      checkTime(reader, node, report)
    case (.string, .bytes):
      try checkBase64(reader, node, stops, report)
    case (.string, .digest):
      checkDigest(reader, node, report)
    case (.number, .unreadableEpoch):
      report(
        deviation(
          .unreadableEpoch, reader, node: node,
          expected: "a time as a string (KUMO cannot read back the number it writes)",
          found: "a number", stops: true))
    case (.beginArray, .bytes):
      report(
        deviation(
          .unusual, reader, node: node, expected: "a base64 string", found: "an array, whose numbers Go takes as bytes")
      )
      try reader.skipValue()
    default:
      report(
        deviation(
          .wrongType, reader, node: node, expected: type.kind.expectation, found: reader.token.name, stops: stops))
      try reader.skipValue()
    }
  }

  private func checkNumber(
    _ reader: JSONReader, _ node: Int, _ stops: Bool, _ report: (SchemaDeviation) -> Void
  ) throws(JSONError) {
    let kind = nodes[node].kind
    let fits: Bool
    switch kind {
    case .int64: fits = reader.integer() != nil
    case .int32: fits = reader.integer().map { Int32(exactly: $0) != nil } ?? false
    case .uint64: fits = reader.unsigned() != nil
    default: fits = try isFinite(reader)
    }
    guard !fits else { return }
    let isInteger = try reader.withTokenBytes { text in
      text.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- UInt8(ascii: "0") < 10 }
    }
    let isFloat = kind == .float || kind == .epochNumber
    report(
      deviation(
        isInteger || isFloat ? .range : .fraction, reader, node: node, expected: kind.expectation,
        found: isInteger || isFloat ? "a number out of range" : "a number with a fraction or an exponent", stops: stops)
    )
  }

  /// Whether the current number fits a float64; only long ones and those with an exponent need a conversion.
  private func isFinite(_ reader: JSONReader) throws(JSONError) -> Bool {
    try reader.withTokenBytes { text in
      let isShort = text.count <= 300 && !text.contains { $0 | 0x20 == UInt8(ascii: "e") }
      return isShort || Double(String(decoding: text, as: UTF8.self)).map { $0.isFinite } ?? false
    }
  }

  private func checkTime(_ reader: JSONReader, _ node: Int, _ report: (SchemaDeviation) -> Void) {
    // A string beyond the reader's buffer is no time, and need not be held to know that.
    let reading = reader.wholeText.map { GoTime.parse($0) } ?? .invalid(.length)
    let expected = "an RFC 3339 time"
    switch reading {
    case .valid(let time), .lenient(let time, _):
      if !time.isWritable {
        report(
          deviation(
            .unwritableTime, reader, node: node, expected: expected,
            found: "a time that KUMO can read but never save again"))
      } else if case .lenient(_, let fault) = reading {
        report(
          deviation(.unusual, reader, node: node, expected: expected, found: "a time Go tolerates: \(fault.rawValue)"))
      }
    case .invalid(let fault):
      let reason = reader.textIsEscaped ? "it has escapes, which Go does not undo in times" : fault.rawValue
      report(
        deviation(.time, reader, node: node, expected: expected, found: "a string that is none: \(reason)", stops: true)
      )
    }
  }

  private func checkBase64(
    _ reader: JSONReader, _ node: Int, _ stops: Bool, _ report: (SchemaDeviation) -> Void
  ) throws(JSONError) {
    var decoder = Base64Decoder()
    var failure: Base64Error?
    var place: Place?
    do {
      if let text = reader.wholeText, !reader.textIsEscaped {
        try decoder.check(text)
      } else {
        // Streaming moves the reader on, so where the value begins has to be known before.
        place = Place(reader)
        try reader.streamString { piece in
          guard failure == nil else { return }
          do throws(Base64Error) { try decoder.check(piece) } catch { failure = error }
        }
      }
      if failure == nil { try decoder.finish() }
    } catch let error as JSONError {
      throw error
    } catch let error as Base64Error {
      failure = error
    } catch {
      // The reader throws JSONError only and the decoder Base64Error only.
      return
    }
    guard let failure else { return }
    report(
      deviation(
        .base64, at: place ?? Place(reader), node: node, expected: "padded standard base64",
        found: "\(failure.problem.rawValue) at character \(failure.offset)", stops: stops))
  }

  private func checkDigest(_ reader: JSONReader, _ node: Int, _ report: (SchemaDeviation) -> Void) {
    let isDigest = reader.wholeText.map { $0.isEmpty || BlobDirectoryName.isDigest($0) } ?? false
    guard !isDigest else { return }
    report(
      deviation(
        .digest, reader, node: node, expected: "64 lower-case hex digits (the SHA-256 of the body)",
        found: "a string that is no digest"))
  }

  /// Go parses the keys of an int32 map with `strconv.ParseInt`, which takes a sign and leading zeros.
  func checkMapKey(_ reader: JSONReader, _ report: (SchemaDeviation) -> Void) throws(JSONError) {
    let key = try reader.string()
    let isNumber = key.count <= 64 && Int32(String(decoding: key, as: UTF8.self)) != nil
    guard !isNumber else { return }
    report(deviation(.mapKey, reader, node: -1, expected: "a key that is an int32 number", found: "another key"))
  }
}

extension SchemaWalker {
  /// Where a token stands; costs a look through the buffer, so it is only made for deviations and byte fields.
  struct Place {
    let offset: Int
    let line: Int
    let column: Int
    let pointer: JSONPointer

    init(_ reader: JSONReader) {
      offset = reader.tokenOffset
      (line, column) = reader.position(of: offset)
      pointer = reader.path
    }
  }

  func deviation(
    _ kind: SchemaDeviation.Kind, _ reader: JSONReader, node: Int, expected: String, found: String, stops: Bool = false
  ) -> SchemaDeviation {
    deviation(kind, at: Place(reader), node: node, expected: expected, found: found, stops: stops)
  }

  func deviation(
    _ kind: SchemaDeviation.Kind, at place: Place, node: Int, expected: String, found: String, stops: Bool
  ) -> SchemaDeviation {
    SchemaDeviation(
      kind: kind, offset: place.offset, line: place.line, column: place.column, pointer: place.pointer,
      expected: expected, found: found, node: node, stopsDecoding: stops)
  }
}

extension SchemaNode.Kind {
  /// What the type asks for, in words.
  package var expectation: String {
    switch self {
    case .structure, .map: "an object"
    case .numberedMap: "an object with numbers as keys"
    case .array: "an array"
    case .string: "a string"
    case .digest: "a digest as a string"
    case .bool: "true or false"
    case .int64: "an integer"
    case .int32: "an integer of 32 bits"
    case .uint64: "an integer that is not negative"
    case .float: "a number"
    case .time, .unreadableEpoch: "an RFC 3339 time as a string"
    case .epochNumber: "seconds since 1970 as a number"
    case .bytes: "a base64 string"
    case .any: "anything"
    }
  }
}

extension JSONToken {
  /// The kind of value that begins with this token, in words.
  fileprivate var name: String {
    switch self {
    case .beginObject, .endObject: "an object"
    case .beginArray, .endArray: "an array"
    case .key, .string: "a string"
    case .number: "a number"
    case .true, .false: "a truth value"
    case .null: "null"
    case .end: "nothing"
    }
  }
}
