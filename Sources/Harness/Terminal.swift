import Glibc

/// The terminal that a command was given.
enum Terminal {
  /// Makes this process's group the foreground group again when a command that took the terminal, as a shell with job
  /// control does, has not given it back.
  static func takeBack() {
    guard isatty(0) == 1, tcgetpgrp(0) != getpgrp() else { return }
    // A group in the background would be stopped by this signal when it changes the terminal.
    let before = signal(SIGTTOU, SIG_IGN)
    tcsetpgrp(0, getpgrp())
    signal(SIGTTOU, before)
  }
}
