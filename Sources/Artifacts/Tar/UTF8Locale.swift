import Glibc

/// The locale under which libarchive is called.
///
/// A Swift program starts in locale "C", where libarchive 3.6.2 crashes or marks non-ASCII names as binary
/// (swift-practice.md 4). The locale is set for the calling thread only and put back at the end; it must not be held
/// across a suspension point.
final class UTF8Locale {
  private let locale: locale_t

  /// Fails when the system has no C.UTF-8, which glibc has built in since 2.35 and Debian ships since long before.
  init() throws(ArtifactError) {
    guard let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil) else {
      throw ArtifactError(
        .unreadable, "this system has no C.UTF-8 locale, so member names cannot be written in UTF-8",
        hint: "install the locale C.UTF-8 (package libc-bin on Debian)")
    }
    self.locale = locale
  }

  deinit { freelocale(locale) }

  /// Runs `body` with the calling thread's locale set.
  func use<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    let before = uselocale(locale)
    defer { uselocale(before) }
    return try body()
  }
}
