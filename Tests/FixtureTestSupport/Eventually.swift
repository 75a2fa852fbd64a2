import Glibc

/// Looks again and again until something is so; for what another process or thread does in its own time.
///
/// Two minutes by default: a machine may be slow and busy, and only a test that fails waits as long.
///
/// - Returns: whether it is so.
package func eventually(
  within limit: Duration = .seconds(120), _ isSo: () throws -> Bool
) rethrows -> Bool {
  let deadline = ContinuousClock.now + limit
  while try !isSo() {
    guard ContinuousClock.now < deadline else { return false }
    usleep(2_000)
  }
  return true
}
