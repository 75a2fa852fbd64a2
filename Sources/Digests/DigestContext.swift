import COpenSSL

/// One OpenSSL digest computation, used again and again: fetching an algorithm costs more than hashing a small file.
///
/// Not for use from two threads at once; each worker has its own.
final class DigestContext {
  private let algorithm: OpaquePointer
  private let context: OpaquePointer
  private let size: Int
  /// Whether the context stands at the beginning of a message or inside one.
  private var started = false
  /// A failure in the middle is told at the end: hashing has one place where callers must look.
  private var failed = false

  /// - Parameters:
  ///   - name: OpenSSL's name of the algorithm.
  ///   - size: how many bytes its digest has.
  init(_ name: String, size: Int) throws(DigestError) {
    guard let algorithm = EVP_MD_fetch(nil, name, nil) else { throw DigestError.last("load \(name)") }
    guard let context = EVP_MD_CTX_new() else {
      EVP_MD_free(algorithm)
      throw DigestError.last("start \(name)")
    }
    self.algorithm = algorithm
    self.context = context
    self.size = size
  }

  deinit {
    EVP_MD_CTX_free(context)
    EVP_MD_free(algorithm)
  }

  /// Adds bytes to the message.
  func update(_ bytes: UnsafeRawBufferPointer) {
    if !started { start() }
    guard !failed, !bytes.isEmpty else { return }
    failed = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) != 1
  }

  private func start() {
    started = true
    failed = EVP_DigestInit_ex2(context, algorithm, nil) != 1
  }

  /// Ends the message, writes its digest and stands ready for the next.
  ///
  /// - Parameter digest: as many bytes as the digest has.
  /// - Returns: false when OpenSSL failed at any point of this message.
  func finish(into digest: UnsafeMutableRawBufferPointer) -> Bool {
    if !started { start() }
    started = false
    var length = UInt32(0)
    guard !failed, digest.count == size, EVP_DigestFinal_ex(context, digest.baseAddress, &length) == 1 else {
      failed = false
      return false
    }
    return Int(length) == size
  }

  /// Forgets the message so far.
  func reset() {
    started = false
    failed = false
  }
}
