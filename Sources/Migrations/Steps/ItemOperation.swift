import KumoState

/// A change to the items of one table that looks at one item at a time. Several in a row are one pass over the file.
struct ItemOperation: Sendable {
  /// What is done to an item.
  enum Action: Sendable {
    /// A new attribute; an item that has it already is an error.
    case add([UInt8], ValueTemplate)
    /// An attribute that may be there before.
    case set([UInt8], ValueTemplate)
    /// The attribute goes.
    case remove([UInt8])
    /// Another name for an attribute; an item that has both is an error.
    case rename([UInt8], to: [UInt8])
    /// A second attribute of the same value; an item that has both is an error.
    case copy([UInt8], to: [UInt8])
    /// Text becomes a number or the other way round.
    case retype([UInt8], from: AttributeType, to: AttributeType, onError: ErrorPolicy)
    /// The item goes.
    case removeItem
  }

  /// What happens to an item whose attribute cannot be retyped.
  enum ErrorPolicy: String, Sendable, CaseIterable {
    /// The step fails.
    case fail
    /// The attribute stays as it is.
    case keep
    /// The attribute goes.
    case remove
  }

  let table: [UInt8]
  let filter: ItemFilter
  let action: Action

  /// Does it to an item.
  ///
  /// - Throws: `StepError` when the item is not as the operation needs it.
  func apply(to item: inout Item) throws(StepError) -> RecordFate {
    guard filter.takes(item) else { return .keep }
    switch action {
    case .add(let name, let value):
      try refuse(name, in: item)
      item.set(name, toJSON: try value.json(for: item))
    case .set(let name, let value):
      let json = try value.json(for: item)
      if item.json(of: name) != json { item.set(name, toJSON: json) }
    case .remove(let name): item.remove(name)
    case .rename(let name, let newName):
      // Also when the first name is not there: taken back, the item could not be told from the others.
      try refuse(newName, in: item)
      try item.rename(name, to: newName)
    case .copy(let name, let newName):
      try refuse(newName, in: item)
      guard let json = item.json(of: name) else { return .keep }
      item.set(newName, toJSON: json)
    case .retype(let name, let from, let to, let policy): try retype(name, from, to, policy, of: &item)
    case .removeItem: return .remove
    }
    return .keep
  }

  private func refuse(_ name: [UInt8], in item: Item) throws(StepError) {
    guard item.has(name) else { return }
    throw StepError(
      "an item of table '\(Printable.text(table))' has the attribute '\(Printable.text(name))' already",
      hint: "leave such items out with where: {missing: \(Printable.text(name))}, or use set-attribute to replace it")
  }

  private func retype(
    _ name: [UInt8], _ from: AttributeType, _ to: AttributeType, _ policy: ErrorPolicy, of item: inout Item
  ) throws(StepError) {
    guard let value = item.value(of: name) else {
      if item.has(name) { try give(policy, name, of: &item, "is no attribute value") }
      return
    }
    switch (value, from, to) {
    case (.s(let text), .string, .number):
      guard NumberForm.isNumber(text) else { return try give(policy, name, of: &item, "is text that is no number") }
      item.set(name, to: .n(text))
    case (.n(let text), .number, .string): item.set(name, to: .s(text))
    case (let value, _, let to) where value.type == to && policy != .fail: return
    default: try give(policy, name, of: &item, "is of type \(value.type.name), not \(from.name)")
    }
  }

  private func give(
    _ policy: ErrorPolicy, _ name: [UInt8], of item: inout Item, _ what: String
  ) throws(StepError) {
    switch policy {
    case .keep: return
    case .remove: item.remove(name)
    case .fail:
      throw StepError(
        "'\(Printable.text(name))' of an item of table '\(Printable.text(table))' \(what)",
        hint: "say on-error: keep or on-error: remove, or leave such items out with where:")
    }
  }

  // MARK: Taking back

  /// The operation that takes this one back; nil when something is lost, or when items that the filter left out could
  /// not be told from those that were changed.
  var inverse: ItemOperation? {
    let looksAt = filter.attributes
    switch action {
    case .add(let name, _) where !looksAt.contains(name):
      return ItemOperation(table: table, filter: filter, action: .remove(name))
    case .copy(let name, let newName) where !looksAt.contains(newName):
      var filter = filter
      filter.conditions.append(.exists(name))
      return ItemOperation(table: table, filter: filter, action: .remove(newName))
    case .rename(let name, let newName) where !looksAt.contains(name) && !looksAt.contains(newName):
      return ItemOperation(table: table, filter: filter, action: .rename(newName, to: name))
    case .retype(let name, let from, let to, .fail) where !looksAt.contains(name):
      return ItemOperation(table: table, filter: filter, action: .retype(name, from: to, to: from, onError: .fail))
    case .add, .copy, .rename, .retype, .set, .remove, .removeItem: return nil
    }
  }
}
