import JSONBytes
import KumoState

/// An item of a table. Attributes that a step does not change keep their bytes.
///
/// An item is good as long as the closure runs that it was handed to; to keep something of it, keep values.
public struct Item {
  /// Where the value of a changed attribute is.
  private enum Place {
    case node(JSONNode)
    case json([UInt8])
    case gone
  }

  /// The item as it stands in the file; nil for a new one.
  private var node: JSONNode?
  /// What became of an item of the file so far.
  private(set) var edit = ObjectEdit()
  /// Attributes that are not what they were, by name.
  private var changes: [(name: [UInt8], place: Place)] = []
  /// Attributes of the file under new names.
  private var renamed: [(from: [UInt8], to: [UInt8])] = []

  /// A new item.
  public init(_ attributes: [String: ItemValue] = [:]) {
    node = nil
    for (name, value) in attributes.sorted(by: { $0.key < $1.key }) { self[name] = value }
  }

  init(node: JSONNode) {
    self.node = node
  }

  /// Becomes another item of a file, in the memory that this one had: a step looks at millions of them.
  mutating func become(_ node: JSONNode) {
    self.node = node
    edit.removeAll()
  }

  /// Lets go of the item in the file, so that the next one can be read into the same memory. What was changed is in
  /// `edit`.
  mutating func letGo() {
    node = nil
    if !changes.isEmpty { changes.removeAll(keepingCapacity: true) }
    if !renamed.isEmpty { renamed.removeAll(keepingCapacity: true) }
  }

  /// The value of an attribute; nil when the item lacks it, or when what stands there is no attribute value. Set nil
  /// to take an attribute out.
  public subscript(name: String) -> ItemValue? {
    get { value(of: Array(name.utf8)).map { ItemValue($0) } }
    set {
      if let newValue { set(Array(name.utf8), to: newValue.stored) } else { remove(Array(name.utf8)) }
    }
  }

  /// Whether the item has an attribute.
  public func has(_ name: String) -> Bool { has(Array(name.utf8)) }

  /// Gives an attribute another name; its value keeps its bytes. Nothing happens when the item lacks it.
  ///
  /// - Throws: `StepError` when the item has an attribute of the new name.
  public mutating func rename(_ name: String, to newName: String) throws {
    try rename(Array(name.utf8), to: Array(newName.utf8))
  }

  /// The names of all attributes, sorted by their bytes.
  public var names: [String] { nameBytes.map { String(decoding: $0, as: UTF8.self) } }

  /// Whether anything was changed.
  package var isChanged: Bool { !edit.isEmpty }

  // MARK: By bytes

  var nameBytes: [[UInt8]] {
    var names = node?.members.map { $0.key.string() ?? [] } ?? []
    names.removeAll { name in changes.contains { $0.name == name } }
    for change in changes {
      if case .gone = change.place { continue }
      names.append(change.name)
    }
    return names.sorted { $0.lexicographicallyPrecedes($1) }
  }

  func has(_ name: [UInt8]) -> Bool {
    if let change = changes.last(where: { $0.name == name }) {
      if case .gone = change.place { return false }
      return true
    }
    return node?.value(named: name) != nil
  }

  func value(of name: [UInt8]) -> AttributeValue? {
    if let change = changes.last(where: { $0.name == name }) {
      switch change.place {
      case .gone: return nil
      case .node(let node): return AttributeValue(node)
      case .json(let json): return (try? JSONTape(parsing: json)).flatMap { AttributeValue($0.root) }
      }
    }
    return node?.value(named: name).flatMap { AttributeValue($0) }
  }

  /// The value of an attribute as JSON; nil when the item lacks it.
  func json(of name: [UInt8]) -> [UInt8]? {
    guard let change = changes.last(where: { $0.name == name }) else { return node?.value(named: name)?.rawBytes }
    switch change.place {
    case .gone: return nil
    case .node(let node): return node.rawBytes
    case .json(let json): return json
    }
  }

  mutating func set(_ name: [UInt8], to value: AttributeValue) { set(name, toJSON: value.json) }

  mutating func set(_ name: [UInt8], toJSON json: [UInt8]) {
    if let origin = renamed.first(where: { $0.to == name })?.from {
      edit.set(origin, to: json)
    } else if renamed.contains(where: { $0.from == name }) {
      edit.add(name, json)
    } else {
      edit.set(name, to: json)
    }
    note(name, .json(json))
  }

  mutating func remove(_ name: [UInt8]) {
    guard has(name) else { return }
    if let index = renamed.firstIndex(where: { $0.to == name }) {
      edit.remove(renamed[index].from)
      renamed.remove(at: index)
    } else if renamed.contains(where: { $0.from == name }) {
      edit.dropAddition(name)
    } else {
      edit.remove(name)
    }
    note(name, .gone)
  }

  mutating func rename(_ name: [UInt8], to newName: [UInt8]) throws(StepError) {
    guard name != newName, has(name) else { return }
    guard !has(newName) else {
      throw StepError(
        "an item that has the attribute '\(Printable.text(name))' has '\(Printable.text(newName))', too",
        hint: "take one of them out first, or rename only where {missing: \(Printable.text(newName))}")
    }
    let place = changes.last { $0.name == name }?.place ?? node?[name].map { .node($0) }
    let origin = renamed.first { $0.to == name }?.from ?? name
    if node?[origin] != nil, !renamed.contains(where: { $0.from == name }) || origin != name {
      // Under its first name again, it is no rename at all for this list, but the edit says so once more.
      renamed.removeAll { $0.to == name }
      renamed.append((origin, newName))
      edit.rename(origin, to: newName)
    } else if let json = json(of: name) {
      remove(name)
      return set(newName, toJSON: json)
    }
    note(name, .gone)
    if let place { note(newName, place) }
  }

  private mutating func note(_ name: [UInt8], _ place: Place) {
    changes.removeAll { $0.name == name }
    changes.append((name, place))
  }

  /// The item as JSON.
  var json: [UInt8] {
    if let node { return edit.apply(to: node) }
    var members: [AttributeMember] = []
    for name in nameBytes {
      if let value = value(of: name) { members.append(AttributeMember(name: name, value: value)) }
    }
    var writer = JSONWriter(style: .compact)
    members.write(to: &writer)
    return writer.bytes
  }

  /// Whether one of these attributes is not what it was.
  func hasChanged(anyOf names: [[UInt8]]) -> Bool {
    changes.contains { names.contains($0.name) }
  }
}
