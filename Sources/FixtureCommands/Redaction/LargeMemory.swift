import CLinux

/// How memory for large contents goes back to the system.
enum LargeMemory {
  /// Gives every buffer of 1 MiB or more memory of its own, which goes with it. The C library would keep the memory of
  /// freed ones for each thread, and what large bodies need one after another would add up.
  static func giveBack() { cl_give_back_from(1 << 20) }
}
