import Glibc

/// Strings as C wants them.
package enum CStrings {
  /// Gives `body` a list of C strings that ends with nil, good during the call only.
  package static func with<R>(_ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }
}
