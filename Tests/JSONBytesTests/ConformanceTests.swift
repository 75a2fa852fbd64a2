import JSONBytes
import Testing

@Suite struct ConformanceTests {
  @Test(arguments: Conformance.accepted)
  func accepts(document: ConformanceCase) throws {
    let whole = try JSONReader(bytes: document.bytes).readAll()
    for feeding in Feeding.few {
      #expect(try feeding.reader(document.bytes).readAll() == whole, "\(feeding)")
    }
  }

  @Test(arguments: Conformance.rejected)
  func rejects(document: ConformanceCase) throws {
    let whole = try #require(JSONReader(bytes: document.bytes).failureOfReading())
    for feeding in Feeding.few {
      #expect(feeding.reader(document.bytes).failureOfReading() == whole, "\(feeding)")
    }
  }

  @Test(arguments: Conformance.duplicates)
  func duplicateKeysAreAnOption(document: ConformanceCase) throws {
    #expect(JSONReader(bytes: document.bytes).failureOfReading()?.code == .duplicateKey)
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    #expect(try JSONReader(bytes: document.bytes, options: options).drain() == 6)
  }

  @Test(arguments: Conformance.decisions)
  func decides(decision: Decision) throws {
    let bytes = decision.document.bytes
    for feeding in Feeding.few {
      #expect(feeding.reader(bytes).failureOfReading()?.code == decision.refused, "\(feeding)")
      guard let lenient = decision.lenient else { continue }
      let seen = try feeding.reader(bytes) { $0.loneSurrogates = .allow }.readAll()
      #expect(seen[1].text == lenient, "\(feeding)")
    }
  }

  /// The boundary between two reads at every place of every document.
  @Test func boundariesMakeNoDifference() throws {
    let documents = Conformance.accepted + Conformance.rejected + Conformance.decisions.map(\.document)
    for document in documents where document.bytes.count < 200 {
      // A byte order mark is one at the very beginning only.
      if document.bytes.starts(with: [0xef, 0xbb, 0xbf]) { continue }
      let tail = Array(repeating: UInt8(0x20), count: 300)
      let plain = JSONReader(bytes: document.bytes + tail)
      let expected = Result { () throws(JSONError) in try plain.readAll() }
      for padding in (176 - min(100, document.bytes.count))..<300 where padding % 5 == 1 || document.bytes.count < 24 {
        let feeding = Feeding(bufferSize: 256, padding: padding)
        let reader = feeding.reader(document.bytes + tail)
        switch (expected, Result { () throws(JSONError) in try reader.readAll(shift: padding) }) {
        case (.success(let left), .success(let right)): #expect(left == right, "\(document.name), \(feeding)")
        case (.failure(let left), .failure(let right)):
          #expect(
            left.code == right.code && left.offset == right.offset - padding,
            "\(document.name), \(feeding)\n\(left)\n\(right)")
        default: Issue.record("\(document.name), \(feeding)")
        }
      }
    }
  }
}
