import KumoState

/// The words that can make a name telling (`SecretName`), as patterns of Vectorscan beside those of the rules: where
/// none of them stands, no value is secret by its name.
enum TellingNames {
  /// In the order of their numbers in the database.
  static let patterns: [String] =
    SensitivePaths.telling.map { word in
      // `?` in a word stands for at most one byte of any kind; Go compares the long s and the Kelvin sign as s and k.
      "(?is)"
        + String(decoding: word, as: UTF8.self).replacing("?", with: ".?")
        .replacing("s", with: #"(?:s|\xC5\xBF)"#).replacing("k", with: #"(?:k|\xE2\x84\xAA)"#)
    } + [
      // A parameter of this type is secret whatever its name.
      "(?i)securestring"
    ]
}
