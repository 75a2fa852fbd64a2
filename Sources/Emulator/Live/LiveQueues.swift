import JSONBytes

/// Empties and deletes queues of a running emulator.
package struct LiveQueues: Sendable {
  private let calls: LiveCalls

  /// Works on an emulator.
  package init(_ calls: LiveCalls) { self.calls = calls }

  /// Throws away all messages of a queue; a queue that is gone is no error.
  ///
  /// - Throws: `EmulatorError`.
  package func purge(_ url: [UInt8]) throws(EmulatorError) { try call("AmazonSQS.PurgeQueue", url) }

  /// Deletes a queue; one that is gone is no error.
  ///
  /// - Throws: `EmulatorError`.
  package func delete(_ url: [UInt8]) throws(EmulatorError) { try call("AmazonSQS.DeleteQueue", url) }

  private func call(_ action: String, _ url: [UInt8]) throws(EmulatorError) {
    var json = JSONWriter(style: .compact)
    json.beginObject()
    json.key("QueueUrl")
    json.string(url)
    json.endObject()
    do throws(EmulatorError) {
      _ = try calls.call(action, json.bytes)
    } catch {
      // `AWS.SimpleQueueService.NonExistentQueue` of KUMO, `QueueDoesNotExist` of AWS.
      let isGone = error.serverCode?.hasSuffix("NonExistentQueue") == true
      guard !isGone, error.serverCode?.hasSuffix("QueueDoesNotExist") != true else { return }
      throw error
    }
  }
}
