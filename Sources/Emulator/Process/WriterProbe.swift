import Files
import KumoState
import SystemPackage

/// Finds out what a KUMO program writes, by letting it write.
package enum WriterProbe {
  /// What was found.
  package struct Answer: Sendable, Equatable {
    /// The S3 layout, as users name it.
    package let layout: String
    /// The releases that write so; nil when the files do not show it.
    package let releases: String?
    /// Milliseconds until it answered.
    package let startMilliseconds: Int
  }

  /// Starts a program on an empty directory, stores one object, stops it and looks at the files.
  ///
  /// - Parameter directory: empty, absolute.
  /// - Throws: `EmulatorError`; `FilesError` when the directory cannot be read.
  package static func run(
    _ program: FilePath, in directory: FilePath, environment: [String: String]
  ) throws -> Answer {
    let launch = EmulatorProcess.Launch(
      program: program, dataDirectory: directory, log: directory.appending("kumo.log"), environment: environment)
    let emulator = try EmulatorProcess.start(launch)
    let deadline = Deadline(in: .seconds(20))
    for (target, body) in [("/doctor", ""), ("/doctor/object", "body")] {
      var request = HTTPRequest("PUT", target)
      request.body = Array(body.utf8)
      let response = try HTTPResponse.fetch(request, from: emulator.endpoint, deadline: deadline)
      guard (200..<300).contains(response.status) else {
        throw EmulatorError(.badResponse, "KUMO answers \(response.status) to PUT \(target)")
      }
    }
    let (_, wasKilled) = emulator.stop(bytes: 0)
    let inspection = DirectoryInspection(try Directory.open(directory))
    guard !wasKilled, inspection.s3 != nil else {
      throw EmulatorError(
        .badResponse, "KUMO saved nothing when it was stopped", hint: "releases before v0.6 keep everything in memory")
    }
    return Answer(
      layout: inspection.layout.description, releases: inspection.writingReleases.map { "\($0)" },
      startMilliseconds: emulator.startMilliseconds)
  }
}
