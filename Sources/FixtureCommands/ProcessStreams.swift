import Glibc
import SystemPackage

/// Standard output or standard error of this process.
package struct ProcessOutput: OutputStream {
  private let descriptor: FileDescriptor

  /// The process's standard output.
  package static let standardOutput = ProcessOutput(descriptor: .standardOutput)
  /// The process's standard error.
  package static let standardError = ProcessOutput(descriptor: .standardError)

  package var isTerminal: Bool { isatty(descriptor.rawValue) == 1 }

  package var columns: Int? {
    var size = winsize()
    guard ioctl(descriptor.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  package func write(_ bytes: [UInt8]) throws(StreamError) {
    do {
      _ = try descriptor.writeAll(bytes)
    } catch {
      let errno = error as? Errno
      throw StreamError(
        message: "cannot write the output: \(errno?.description ?? String(describing: error))",
        isBrokenPipe: errno == .brokenPipe)
    }
  }
}

/// Standard input of this process.
package struct ProcessInput: InputStream {
  /// Reads the process's standard input.
  package init() {}

  package func readAll(limit: Int) throws(StreamError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count: Int
      do {
        count = try piece.withUnsafeMutableBytes { try FileDescriptor.standardInput.read(into: $0) }
      } catch {
        throw StreamError(message: "cannot read standard input: \(error)", isBrokenPipe: false)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: piece[..<count])
      if bytes.count > limit {
        throw StreamError(message: "standard input has more than \(limit) bytes", isBrokenPipe: false)
      }
    }
  }
}
