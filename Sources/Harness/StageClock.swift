/// Measures stages and gives their errors the stage's name.
struct StageClock {
  private(set) var milliseconds: [(stage: HarnessError.Stage, count: Int)] = []

  mutating func time<R>(_ stage: HarnessError.Stage, _ body: () throws -> R) throws(HarnessError) -> R {
    let start = ContinuousClock.now
    defer { milliseconds.append((stage: stage, count: Int((ContinuousClock.now - start) / .milliseconds(1)))) }
    do {
      return try body()
    } catch let error as HarnessError {
      throw error
    } catch {
      throw HarnessError(stage, error)
    }
  }
}
