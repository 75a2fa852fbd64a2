import JSONBytes

/// Reads at most `step` bytes at a time.
struct SlowSource: JSONByteSource {
  let bytes: [UInt8]
  let step: Int
  var position = 0

  init(_ bytes: [UInt8], step: Int) { (self.bytes, self.step) = (bytes, step) }

  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, bytes.count - position, step)
    for index in 0..<count { buffer[index] = bytes[position + index] }
    position += count
    return count
  }
}

/// A way to bring a document to the reader.
struct Feeding: Sendable, CustomStringConvertible {
  var step = Int.max
  var bufferSize = 256 << 10
  /// Spaces before the document: they move every boundary inside the reader.
  var padding = 0
  var description: String { "step \(step), buffer \(bufferSize), padding \(padding)" }

  static let few = [Feeding(), Feeding(step: 1), Feeding(step: 7, bufferSize: 256)]

  func reader(_ bytes: [UInt8], _ change: (inout JSONReader.Options) -> Void = { _ in }) -> JSONReader {
    var options = JSONReader.Options()
    options.bufferSize = bufferSize
    change(&options)
    let document = Array(repeating: 0x20, count: padding) + bytes
    return JSONReader(source: SlowSource(document, step: step), options: options)
  }
}

/// One token as a test compares it.
struct Seen: Equatable, CustomStringConvertible {
  var token: JSONToken
  var offset: Int
  var text: [UInt8]
  var path: JSONPointer
  var description: String { "\(token)@\(offset) \(String(decoding: text, as: UTF8.self)) \(path)" }
}

extension JSONReader {
  /// Every token to the end, with text and path.
  func readAll(shift: Int = 0) throws(JSONError) -> [Seen] {
    var seen: [Seen] = []
    while true {
      let token = try next()
      if token == .end { return seen }
      seen.append(Seen(token: token, offset: tokenOffset - shift, text: try string(), path: path))
    }
  }

  /// Every token to the end, looked at no further.
  func drain() throws(JSONError) -> Int {
    var count = 0
    while try next() != .end { count += 1 }
    return count
  }

  /// The error that reading ends with.
  func failureOfReading() -> JSONError? {
    do throws(JSONError) {
      _ = try drain()
      return nil
    } catch {
      return error
    }
  }
}
