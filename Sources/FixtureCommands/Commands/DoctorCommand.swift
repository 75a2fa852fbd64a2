import ArgumentParser
import Emulator
import Files
import Glibc
import Harness
import JSONBytes
import SystemPackage

/// `doctor`: whether this machine keeps the promises that everything is built on.
package struct DoctorCommand: FixtureCommand {
  package static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say whether this file system and this KUMO do what is expected of them.",
    discussion: """
      Tries renames, exchange, fsync, locks, names and copies in a scratch directory, and lets KUMO write one object \
      to see which layout it writes. Exit code 1 when something is broken that a promise rests on.

      Examples:
        kumo-fixtures doctor
        kumo-fixtures doctor /mnt/data --kumo ./kumo --format json
      """)

  @Argument(help: "The directory whose file system is looked at.")
  var path = "."

  @Option(name: .long, help: "KUMO's program (default: KUMO_BIN, or 'kumo' from PATH).")
  var kumo: String?

  @Option(name: .long, help: "Form of the result: text or json.")
  var format: ResultFormat = .text

  package init() {}

  /// One line of the result.
  private struct Line {
    let name: String
    /// `ok`, `note` or `broken`.
    let state: String
    let meaning: String
  }

  package func run(in context: CommandContext) throws -> ExitStatus {
    let place = context.environment.path(path)
    var lines = try FileSystemProbe.run(in: place).map { answer in
      Line(
        name: answer.name, state: answer.isGood ? "ok" : answer.isNeeded ? "broken" : "note", meaning: answer.meaning)
    }
    lines.append(try ownership(of: place))
    lines.append(try writer(in: context))
    switch format {
    case .text:
      for line in lines { try context.result("\(line.state)  \(line.name): \(line.meaning)") }
    case .json:
      var json = JSONWriter(style: .pretty)
      json.objects(lines) { json, line in
        json.field("name", line.name)
        json.field("state", line.state)
        json.field("meaning", line.meaning)
      }
      try context.result(json)
    }
    return lines.contains { $0.state == "broken" } ? .findings : .success
  }

  /// Whether KUMO in its own container, which runs as user 10000 (kumo-format.md 1.3), could use a directory made here.
  private func ownership(of place: FilePath) throws -> Line {
    let status = try Directory.open(place).status()
    let isFit = status.owner == 10_000 || status.mode & 0o007 == 0o007
    return Line(
      name: "container-user", state: isFit ? "ok" : "note",
      meaning: isFit
        ? "KUMO's container (user 10000) can write here"
        : "KUMO's container (user 10000) cannot write here: run it with --user \(geteuid()), or it starts empty silently"
    )
  }

  private func writer(in context: CommandContext) throws -> Line {
    let environment = context.environment
    let name = kumo ?? environment.variables["KUMO_BIN"] ?? "kumo"
    guard let program = ProgramPath.find(name, in: environment.variables, from: environment.workingDirectory) else {
      guard kumo == nil else { return Line(name: "kumo", state: "broken", meaning: "there is no program '\(name)'") }
      return Line(name: "kumo", state: "note", meaning: "no KUMO here: name one with --kumo or KUMO_BIN")
    }
    // Never committed, so it is removed with everything in it.
    let stage = try StagedDirectory.create(
      for: FilePath(environment.variables["TMPDIR"] ?? "/tmp").appending("kumo-doctor"))
    defer { try? stage.discard() }
    do {
      let answer = try WriterProbe.run(program, in: stage.directory.path, environment: environment.variables)
      let releases = answer.releases.map { " (\($0))" } ?? ""
      return Line(
        name: "kumo", state: "ok",
        meaning:
          "\(program) writes the layout \(answer.layout)\(releases), and answered after \(answer.startMilliseconds) ms")
    } catch let error as EmulatorError {
      return Line(name: "kumo", state: "broken", meaning: "\(program): \(error.message)")
    }
  }
}
