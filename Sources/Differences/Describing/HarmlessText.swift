import Files

/// Decides which texts from a data directory may be shown. Where a secret is expected nothing is shown whatever it
/// looks like; this is for the rest, where one may have strayed.
enum HarmlessText {
  /// Whether a text cannot well be a secret: short, printable, made of words and small numbers, nothing random in it.
  static func isHarmless(_ text: [UInt8]) -> Bool {
    guard text.count <= 200 else { return false }
    var run = Run()
    for byte in text {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): run.digits += 1
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): run.capitals += 1
      case UInt8(ascii: "a")...UInt8(ascii: "z"): run.smalls += 1
      case 0x20...0x7e:
        guard run.isHarmless else { return false }
        run = Run()
      default: return false
      }
    }
    return run.isHarmless
  }

  /// A text that is shown: printable, and short enough for a line.
  static func quoted(_ text: [UInt8]) -> String { "\"" + DisplayName.escape(text) + "\"" }

  /// Letters and digits next to each other.
  private struct Run {
    var digits = 0
    var capitals = 0
    var smalls = 0

    /// A word, a number like an account's, or a short mixture such as a UUID's parts; a key or token is longer.
    var isHarmless: Bool {
      let letters = capitals + smalls
      if letters == 0 { return digits <= 12 }
      if digits == 0 { return letters <= 28 }
      // Lower-case hex digits and names like `v12` or `us2west`; both cases with digits in between are random.
      return digits + letters <= 12 && (capitals == 0 || smalls == 0 || digits <= 2)
    }
  }
}
