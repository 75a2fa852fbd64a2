import CLinux
import Glibc

/// Keeps what the process holds in memory out of everything that a crash leaves behind: data directories have secrets
/// in them.
enum CrashSilence {
  /// Swift's runtime, when told to (SWIFT_BACKTRACE) or on a terminal, prints registers and the memory they point at;
  /// the system may write all of the memory to a core file.
  static func begin() {
    for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
    cl_keep_memory_private()
  }
}
