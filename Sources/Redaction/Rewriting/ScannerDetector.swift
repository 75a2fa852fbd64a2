/// The detectors as the rewriting half asks them.
package struct ScannerDetector: SecretDetecting {
  private let scanner: SecretScanner

  /// Asks a scanner.
  package init(_ scanner: SecretScanner) { self.scanner = scanner }

  package func detect(
    in bytes: UnsafeRawBufferPointer, into detections: inout [Detection]
  ) throws(RedactionError) {
    try scanner.scan(bytes, into: &detections)
  }

  package func ruleID(_ index: Int) -> String { scanner.rules.rules[index].id }

  package func keeps(_ value: UnsafeRawBufferPointer) -> Bool { false }
}
