import Dispatch
import Glibc
import Synchronization

/// A value that is set once and that tasks can wait for.
final class Once<Value: Sendable>: Sendable {
  private enum State {
    case empty([CheckedContinuation<Value, Never>])
    case full(Value)
  }

  private let state = Mutex<State>(.empty([]))

  /// Sets the value; only the first one counts.
  func set(_ value: Value) {
    let waiting = state.withLock { state -> [CheckedContinuation<Value, Never>] in
      guard case .empty(let waiting) = state else { return [] }
      state = .full(value)
      return waiting
    }
    for continuation in waiting { continuation.resume(returning: value) }
  }

  /// The value, as soon as there is one.
  func value() async -> Value {
    await withCheckedContinuation { continuation in
      let value = state.withLock { state -> Value? in
        switch state {
        case .full(let value): return value
        case .empty(let waiting):
          state = .empty(waiting + [continuation])
          return nil
        }
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}

/// Something that a thread waits at until it is opened.
final class Gate: Sendable {
  private let semaphore = DispatchSemaphore(value: 0)
  func open() { semaphore.signal() }
  func wait() { semaphore.wait() }
}

/// Threads that belong to nobody's pool.
enum OwnThread {
  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Runs something on a new thread; on this one when the system gives none.
  static func run(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let pointer = Unmanaged.passRetained(Body(body)).toOpaque()
    let code = pthread_create(
      &thread, nil,
      { pointer in
        if let pointer { Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run() }
        return nil
      }, pointer)
    if code == 0 {
      pthread_detach(thread)
    } else {
      Unmanaged<Body>.fromOpaque(pointer).takeRetainedValue().run()
    }
  }
}

/// The process's environment.
enum Variables {
  static func current() -> [String: String] {
    var variables: [String: String] = [:]
    var pointer = environ
    while let entry = pointer.pointee {
      let text = String(cString: entry)
      if let equals = text.firstIndex(of: "=") {
        variables[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      pointer += 1
    }
    return variables
  }
}
