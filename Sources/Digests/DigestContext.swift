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

  /// Ends the message, gives its digest and stands ready for the next.
  func finish() throws(DigestError) -> [UInt8] {
    if !started { start() }
    started = false
    var digest = [UInt8](repeating: 0, count: size)
    var length = UInt32(0)
    guard !failed, EVP_DigestFinal_ex(context, &digest, &length) == 1, Int(length) == size else {
      failed = false
      throw DigestError.last("finish a digest")
    }
    return digest
  }

  /// Forgets the message so far.
  func reset() {
    started = false
    failed = false
  }
}
