import JSONBytes
import KumoState

/// Finds the places in which two values of one type differ, and shows of them what may be shown.
struct NodeComparison {
  private(set) var fields: [FieldChange] = []
  private(set) var omitted = 0
  private var form: CanonicalForm
  private let tree: SensitiveTree?
  private let limit: Int

  /// Where both values stand.
  struct Place {
    var path: FieldPath
    /// The node of the schema; nil where KUMO's types do not reach.
    var type: Int?
    /// The place in the tree of sensitive places; nil when nothing below is in it.
    var position: SensitiveTree.Position?
  }

  init(_ form: CanonicalForm, _ tree: SensitiveTree?, limit: Int) {
    self.form = form
    self.tree = tree
    self.limit = limit
  }

  /// Adds a difference that the caller found.
  mutating func add(_ path: String, _ before: ShownValue?, _ after: ShownValue?) {
    guard fields.count < limit else {
      omitted += 1
      return
    }
    fields.append(FieldChange(path: path, before: before, after: after))
  }

  /// Compares what stands at one place; nil is nothing.
  mutating func compare(_ a: JSONNode?, _ b: JSONNode?, at place: Place) {
    let left = a.flatMap { form.isNothing($0, type: place.type) ? nil : $0 }
    let right = b.flatMap { form.isNothing($0, type: place.type) ? nil : $0 }
    switch (left, right) {
    case (nil, nil): return
    case (let left?, let right?):
      guard form.bytes(of: left, type: place.type) != form.bytes(of: right, type: place.type) else { return }
      if left.isObject, right.isObject { return compareObjects(left, right, at: place) }
      if left.isArray, right.isArray { return compareArrays(left, right, at: place) }
      add(place.path.text, show(left, at: place), show(right, at: place))
    default:
      add(place.path.text, left.map { show($0, at: place) }, right.map { show($0, at: place) })
    }
  }

  private mutating func compareObjects(_ a: JSONNode, _ b: JSONNode, at place: Place) {
    let isStructure = !form.isExact && place.type.map { form.schema?.nodes[$0].kind == .structure } ?? false
    var names: [[UInt8]] = []
    var (left, right): ([[UInt8]: JSONNode], [[UInt8]: JSONNode]) = ([:], [:])
    for (object, isFirst) in [(a, true), (b, false)] {
      for (key, value) in object.members {
        guard let name = memberName(key.string() ?? [], of: isStructure ? place.type : nil) else { continue }
        if left[name] == nil, right[name] == nil { names.append(name) }
        if isFirst { left[name] = value } else { right[name] = value }
      }
    }
    for name in names {
      if isStructure, isSame(name, left[name], right[name], of: place.type) { continue }
      compare(left[name], right[name], at: child(name, of: place, isStructure: isStructure))
    }
  }

  /// Whether a field is the same to KUMO on both sides, absent and zero included.
  private mutating func isSame(_ name: [UInt8], _ a: JSONNode?, _ b: JSONNode?, of type: Int?) -> Bool {
    let left = a.flatMap { form.member(name, $0, of: type) }
    let right = b.flatMap { form.member(name, $0, of: type) }
    return left?.content == right?.content
  }

  /// The name that KUMO gives a field; nil for one that it ignores.
  private func memberName(_ name: [UInt8], of type: Int?) -> [UInt8]? {
    guard let type, let schema = form.schema else { return name }
    return schema.field(named: name, of: type).map { schema.fields[$0].name }
  }

  private func child(_ name: [UInt8], of place: Place, isStructure: Bool) -> Place {
    let field = place.type.flatMap { form.schema?.field(named: name, of: $0) }.flatMap { form.schema?.fields[$0] }
    let isSecretKey = place.position.flatMap { tree?.keyPath(at: $0) } != nil
    let element = place.type.map { form.schema?.nodes[$0].element ?? -1 }
    return Place(
      path: field != nil ? place.path.field(name) : place.path.key(name, isSecret: isSecretKey),
      type: field?.node ?? element.flatMap { $0 < 0 ? nil : $0 },
      position: place.position.flatMap { tree?.child(of: $0, key: name) })
  }

  /// Elements that are equal at both ends are passed over; of the rest, each is compared with the one in its place.
  private mutating func compareArrays(_ a: JSONNode, _ b: JSONNode, at place: Place) {
    let element = place.type.flatMap { form.schema?.nodes[$0].element }.flatMap { $0 < 0 ? nil : $0 }
    let position = place.position.flatMap { tree?.element(of: $0) }
    let (left, right) = (Array(a.elements), Array(b.elements))
    let leftBytes = left.map { form.bytes(of: $0, type: element) }
    let rightBytes = right.map { form.bytes(of: $0, type: element) }
    var start = 0
    while start < min(left.count, right.count), leftBytes[start] == rightBytes[start] { start += 1 }
    var end = 0
    while end < min(left.count, right.count) - start,
      leftBytes[left.count - 1 - end] == rightBytes[right.count - 1 - end]
    { end += 1 }
    for index in start..<max(left.count - end, right.count - end, start) {
      let inner = Place(path: place.path.index(index), type: element, position: position)
      let one = index < left.count - end ? left[index] : nil
      let other = index < right.count - end ? right[index] : nil
      if let one, let other {
        compare(one, other, at: inner)
      } else {
        add(inner.path.text, one.map { show($0, at: inner) }, other.map { show($0, at: inner) })
      }
    }
  }

  /// What of a value may be shown at a place.
  func show(_ node: JSONNode, at place: Place) -> ShownValue {
    switch node.kind {
    case .null: return .text("null")
    case .true: return .text("true")
    case .false: return .text("false")
    case .object: return .container(type: "object", count: node.count)
    case .array: return .container(type: "array", count: node.count)
    case .number:
      return isOpen(place) ? .text(String(decoding: node.rawBytes, as: UTF8.self)) : .hidden(type: "number", length: 0)
    case .string:
      let text = node.string() ?? []
      let kind = place.type.flatMap { form.schema?.nodes[$0].kind }
      if kind == .bytes {
        return .hidden(type: "bytes", length: (try? Base64Decoder.decode(text).count) ?? text.count)
      }
      let isTime = kind == .time && GoTime.parse(text).time != nil
      guard isOpen(place), isTime || HarmlessText.isHarmless(text) else {
        return .hidden(type: "string", length: text.count)
      }
      return .text(isTime ? String(decoding: text, as: UTF8.self) : HarmlessText.quoted(text))
    }
  }

  /// Whether values here may be shown: a known field, no sensitive place, no name that suggests a secret.
  private func isOpen(_ place: Place) -> Bool {
    guard place.type != nil, form.schema != nil, !place.path.suggestsSecret else { return false }
    guard let path = place.position.flatMap({ tree?.path(at: $0) }) else { return true }
    return path.sensitivity == .reference
  }
}
