import SystemPackage

/// Everything a command takes from the world around it, as a value: a test runs a real command line in-process with
/// its own.
package struct CommandEnvironment: Sendable {
  /// The words after the program's name.
  package var arguments: [String]
  /// The folder that relative paths start from.
  package var workingDirectory: FilePath
  /// Environment variables.
  package var variables: [String: String]
  /// Where results go.
  package var standardOutput: any OutputStream
  /// Where progress and messages go.
  package var standardError: any OutputStream
  /// Where a spec named `-` is read from.
  package var standardInput: any InputStream
  /// Seconds since 1970 in UTC, for rules about expiry and ages.
  package var now: @Sendable () -> Int64
  /// Whether somebody asked the command to stop.
  package var cancellation: Cancellation
  /// The program's own file, to be started again in a process that may be killed; nil where the command line runs in
  /// another program.
  package var program: FilePath?
  /// Whether the process exists for this command alone, so that all of its children are the command's.
  package var ownsProcess = false

  /// Describes an environment.
  package init(
    arguments: [String], workingDirectory: FilePath, variables: [String: String], standardOutput: any OutputStream,
    standardError: any OutputStream, standardInput: any InputStream, now: @escaping @Sendable () -> Int64,
    cancellation: Cancellation = Cancellation(), program: FilePath? = nil
  ) {
    self.arguments = arguments
    self.workingDirectory = workingDirectory
    self.variables = variables
    self.standardOutput = standardOutput
    self.standardError = standardError
    self.standardInput = standardInput
    self.now = now
    self.cancellation = cancellation
    self.program = program
  }

  /// The path that an argument names, from the working directory.
  package func path(_ argument: String) -> FilePath {
    // The process's own folder adds nothing but "./" in front of every message.
    workingDirectory == "." ? FilePath(argument) : workingDirectory.pushing(FilePath(argument))
  }
}

/// A place for text: a terminal, a pipe, or a test's memory.
package protocol OutputStream: Sendable {
  /// Whether somebody reads it as it appears, on a terminal.
  var isTerminal: Bool { get }
  /// Columns of the terminal, when there is one.
  var columns: Int? { get }
  /// Writes bytes; an error (a closed pipe) ends the command.
  func write(_ bytes: [UInt8]) throws(StreamError)
}

extension OutputStream {
  /// Writes a text.
  package func write(_ text: String) throws(StreamError) { try write(Array(text.utf8)) }
  /// Writes a text and a newline.
  package func line(_ text: String) throws(StreamError) { try write(text + "\n") }
}

/// A source of bytes: standard input, or a test's memory.
package protocol InputStream: Sendable {
  /// Reads everything, up to a limit in bytes.
  func readAll(limit: Int) throws(StreamError) -> [UInt8]
}

/// A stream of the process could not be read or written.
package struct StreamError: Error, Sendable {
  /// What went wrong, without a full stop.
  package var message: String
  /// Whether the reader at the other end has gone, which is no failure worth a word.
  package var isBrokenPipe: Bool
}
