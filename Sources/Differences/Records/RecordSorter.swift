import Files
import SystemPackage

/// Collects records in any order and gives them back sorted by key, holding only one run of them at a time.
///
/// Memory: `runLength` records of 56 bytes (7 MiB by default), and 56 KiB for each full run while they are merged:
/// for a million records about 8 MiB, for a hundred million 50 MiB.
struct RecordSorter {
  private let scratch: FilePath
  private let runLength: Int
  private var run: [ResourceRecord] = []
  private var store: RunStore?

  init(scratch: FilePath, runLength: Int) {
    self.scratch = scratch
    self.runLength = max(16, runLength)
  }

  /// Adds a record.
  ///
  /// - Throws: `FilesError` when a full run cannot be put away.
  mutating func append(_ record: ResourceRecord) throws(FilesError) {
    run.append(record)
    guard run.count >= runLength else { return }
    run.sort(by: ResourceRecord.precedes)
    if store == nil { store = try RunStore(in: scratch) }
    try store?.append(run)
    run.removeAll(keepingCapacity: true)
  }

  /// Everything that was added.
  consuming func sorted() -> SortedRecords {
    run.sort(by: ResourceRecord.precedes)
    return SortedRecords(memory: run, file: store?.reader, runs: store?.runs ?? [])
  }
}

/// Sorted runs in one file that has no name any more.
private struct RunStore {
  let reader: ReadableFile
  private let file: WritableFile
  var runs: [Range<Int>] = []

  init(in scratch: FilePath) throws(FilesError) {
    let directory = try Directory.open(scratch)
    let name = try RelativePath(text: ".kumo-fixtures-diff.\(UInt64.random(in: 0 ... .max))")
    file = try directory.create(name)
    reader = try directory.open(name)
    // Without a name it is gone when the process is, however it ends.
    try directory.remove(name)
  }

  mutating func append(_ records: [ResourceRecord]) throws(FilesError) {
    let start = runs.last?.upperBound ?? 0
    let file = file
    try records.withUnsafeBufferPointer { (records) throws(FilesError) -> Void in
      try file.write(UnsafeRawBufferPointer(records))
    }
    runs.append(start..<(start + records.count))
  }
}

/// Records in the order of their keys: of several runs in a file and one in memory.
struct SortedRecords: Sendable {
  fileprivate let memory: [ResourceRecord]
  fileprivate let file: ReadableFile?
  fileprivate let runs: [Range<Int>]

  /// Walks them.
  func makeCursor() throws(FilesError) -> RecordCursor { try RecordCursor(self) }
}

/// A walk over sorted records.
struct RecordCursor {
  /// One run, of which a window is held.
  private struct Run {
    var window: [ResourceRecord]
    var index = 0
    /// What of the run is still in the file.
    var rest: Range<Int>
  }

  private static let windowLength = 1024
  private let file: ReadableFile?
  private var runs: [Run] = []
  /// Numbers of the runs that are not used up; the one with the least record first (a binary heap).
  private var heap: [Int] = []

  fileprivate init(_ records: SortedRecords) throws(FilesError) {
    file = records.file
    for range in records.runs {
      var run = Run(window: [], rest: range)
      if try fill(&run) { runs.append(run) }
    }
    if !records.memory.isEmpty { runs.append(Run(window: records.memory, rest: 0..<0)) }
    heap = Array(runs.indices)
    for index in stride(from: heap.count / 2, through: 0, by: -1) where index < heap.count { sink(index) }
  }

  /// The next record, without going on.
  var first: ResourceRecord? { heap.first.map { runs[$0].window[runs[$0].index] } }

  /// Gives the next record and goes on.
  ///
  /// - Throws: `FilesError` when a run cannot be read back.
  mutating func next() throws(FilesError) -> ResourceRecord? {
    guard let number = heap.first else { return nil }
    let record = runs[number].window[runs[number].index]
    runs[number].index += 1
    if runs[number].index == runs[number].window.count {
      var run = runs[number]
      if try fill(&run) {
        runs[number] = run
      } else {
        heap[0] = heap[heap.count - 1]
        heap.removeLast()
      }
    }
    if !heap.isEmpty { sink(0) }
    return record
  }

  private func head(_ number: Int) -> ResourceRecord { runs[number].window[runs[number].index] }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    ResourceRecord.precedes(head(heap[left]), head(heap[right]))
  }

  private mutating func sink(_ start: Int) {
    var index = start
    while true {
      var least = index
      for child in [2 * index + 1, 2 * index + 2] where child < heap.count && precedes(child, least) { least = child }
      if least == index { return }
      heap.swapAt(index, least)
      index = least
    }
  }

  /// Reads the next window; false at the end of the run.
  private func fill(_ run: inout Run) throws(FilesError) -> Bool {
    guard let file, !run.rest.isEmpty else { return false }
    let count = min(Self.windowLength, run.rest.count)
    let start = run.rest.lowerBound
    let stride = MemoryLayout<ResourceRecord>.stride
    var failure: FilesError?
    run.window = [ResourceRecord](unsafeUninitializedCapacity: count) { buffer, initialized in
      let bytes = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count * stride)
      var done = 0
      do throws(FilesError) {
        while done < bytes.count {
          let piece = UnsafeMutableRawBufferPointer(rebasing: bytes[done...])
          let got = try file.read(into: piece, at: Int64(start * stride + done))
          guard got > 0 else {
            throw FilesError(.changed, path: "\(file.path)", message: "a temporary file became shorter while in use")
          }
          done += got
        }
      } catch {
        failure = error
      }
      initialized = failure == nil ? count : 0
    }
    if let failure { throw failure }
    run.index = 0
    run.rest = (start + count)..<run.rest.upperBound
    return true
  }
}
