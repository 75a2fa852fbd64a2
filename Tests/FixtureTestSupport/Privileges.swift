import Glibc

/// Runs code as a user for whom permission bits count, also when the tests run as root.
///
/// Only the calling thread's identity for file access is changed (setfsuid(2)), so other tests are not disturbed; the
/// code must not suspend. Gives nil when the identity cannot be changed.
package func withoutPrivileges<R>(_ body: () throws -> R) rethrows -> R? {
  guard geteuid() == 0 else { return try body() }
  typealias SetIdentity = @convention(c) (UInt32) -> Int32
  // Glibc does not show the function to Swift.
  guard let symbol = dlsym(nil, "setfsuid") else { return nil }
  let setIdentity = unsafeBitCast(symbol, to: SetIdentity.self)
  let nobody: UInt32 = 65534
  _ = setIdentity(nobody)
  defer { _ = setIdentity(0) }
  // The call tells nothing about success; asking with an impossible id gives the present one.
  guard UInt32(bitPattern: setIdentity(UInt32.max)) == nobody else { return nil }
  return try body()
}
