import Files

/// What a step sees of a data directory: a copy that nobody else uses, swapped in only when everything is right.
///
/// Not for use from two threads at once.
public final class DirectoryView {
  /// The staged tree.
  package let directory: Directory
  /// Says when to stop.
  package let control: StepControl
  /// What steps had to say, in order.
  package private(set) var notes: [String] = []

  /// What was changed through this view.
  package internal(set) var touched = TouchedEntries()

  package init(_ directory: Directory, control: StepControl = StepControl()) {
    self.directory = directory
    self.control = control
  }

  /// Tells the user something, such as what a step leaves out.
  public func note(_ text: String) { notes.append(text) }

  /// Ends the step when somebody asked for that, or when its time is over. Every record that a view hands out asks
  /// this; a step that computes for long by itself should, too.
  ///
  /// - Throws: `StepError`.
  public func checkpoint() throws { try control.check() }
}
