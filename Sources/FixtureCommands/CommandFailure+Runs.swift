import Emulator
import Harness
import Runs

extension CommandFailure {
  /// What an error of the rooms around a test command means to the user.
  init(describingRun error: any Error) {
    switch error {
    case let error as RunsError:
      let isRefusal = error.code == .taken || error.code == .wrongState || error.code == .notARun
      self.init(isRefusal ? .refused : .failure, error.message, hint: error.hint)
    case let error as EmulatorError: self.init(.failure, error.message, hint: error.hint)
    case let error as HarnessProblem:
      self.init(.failure, error.message, hint: error.hint, details: error.details)
    case let error as HarnessError:
      self.init(describingRun: error.cause)
      message = "\(error.stage.rawValue): \(message)"
    default: self.init(describing: error)
    }
  }

  /// Gives the errors of a piece of work their meaning.
  static func translating<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as StreamError {
      throw error
    } catch {
      throw CommandFailure(describingRun: error)
    }
  }
}
