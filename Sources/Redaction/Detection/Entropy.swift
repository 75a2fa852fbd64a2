import Glibc

/// Shannon entropy of short texts.
enum Entropy {
  /// Bits for each byte, by the frequency of each byte value; 0 for nothing.
  static func bitsPerByte(_ value: UnsafeRawBufferPointer) -> Double {
    guard !value.isEmpty else { return 0 }
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 256) { counts in
      counts.initialize(repeating: 0)
      for byte in value { counts[Int(byte)] += 1 }
      let total = Double(value.count)
      var bits = 0.0
      for count in counts where count > 0 {
        let share = Double(count) / total
        bits -= share * log2(share)
      }
      return bits
    }
  }
}
