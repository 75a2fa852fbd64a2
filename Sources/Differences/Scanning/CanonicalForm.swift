import JSONBytes
import KumoState

/// Writes values so that two are equal bytes exactly when KUMO takes them for the same (kumo-format.md 7.2).
///
/// By the types of KUMO's own code: a field that is absent, `null`, empty or Go's zero is one and the same, except
/// where 7.2 says otherwise; times are instants, base64 is its bytes, fields are found in any case, lists of tags
/// have no order. What KUMO ignores or changes by itself goes to `noise`.
struct CanonicalForm: Sendable {
  let schema: Schema?
  let isExact: Bool
  /// Fields that KUMO changes without being asked, whatever their place.
  private let restless: Set<[UInt8]>
  /// For each node of the schema: a structure of `Key` and `Value`.
  private let isTag: [Bool]
  /// Content that does not count.
  var noise = CanonicalBytes()
  /// Times count as noise: in what KUMO makes anew at each start.
  var ignoresTimes = false

  init(service: KumoService?, isExact: Bool) {
    schema = service.flatMap { Schema(of: $0) }
    self.isExact = isExact
    // 3.1: `ItemCount` is refreshed only when somebody asks for it.
    restless = service?.name == "dynamodb" ? [Array("ItemCount".utf8)] : []
    isTag =
      schema.map { schema in
        schema.nodes.map { node in
          guard node.kind == .structure else { return false }
          let names = node.fields.map { GoText.foldedKey(schema.fields[$0].name) }
          return Set(names) == [Array("key".utf8), Array("value".utf8)]
        }
      } ?? []
  }

  /// The bytes of one value of type `type` (a node of the schema, nil for none).
  mutating func bytes(of node: JSONNode, type: Int?) -> [UInt8] {
    var out = CanonicalBytes()
    append(node, type: type, to: &out)
    return out.bytes
  }

  /// Whether the value is nothing to KUMO: null, or an empty object or array of a type that makes both alike.
  func isNothing(_ node: JSONNode, type: Int?) -> Bool {
    if isExact { return false }
    if node.isNull { return true }
    guard node.count == 0, let schema, let type else { return false }
    switch (node.kind, schema.nodes[type].kind) {
    case (.object, .map), (.object, .numberedMap), (.array, .array): return true
    default: return false
    }
  }

  mutating func append(_ node: JSONNode, type: Int?, to out: inout CanonicalBytes) {
    guard !isExact, let schema, let type else { return out.append(asJSON: node) }
    let expected = schema.nodes[type]
    switch (node.kind, expected.kind) {
    case (.object, .structure):
      appendStructure(node, type, to: &out)
    case (.object, .map), (.object, .numberedMap):
      appendMap(node, element: expected.element, to: &out)
    case (.array, .array):
      appendArray(node, element: expected.element, to: &out)
    case (.string, .time), (.string, .unreadableEpoch):
      appendTime(node, to: &out)
    case (.number, .unreadableEpoch), (.number, .time):
      // 5.3: written as a string, saved again as seconds.
      guard let seconds = node.double(), abs(seconds) < 1e12 else { return out.append(number: node) }
      let whole = seconds.rounded(.down)
      let nanoseconds = Int32(((seconds - whole) * 1e9).rounded())
      append(time: GoTime(seconds: Int64(whole), nanoseconds: nanoseconds), to: &out)
    case (.string, .bytes):
      let text = node.string() ?? []
      if let content = try? Base64Decoder.decode(text) { out.append(.bytes, content) } else { out.append(.text, text) }
    default:
      out.append(asJSON: node)
    }
  }

  private mutating func appendStructure(_ node: JSONNode, _ type: Int, to out: inout CanonicalBytes) {
    var members: [(name: [UInt8], content: [UInt8])] = []
    members.reserveCapacity(node.count)
    for (key, value) in node.members {
      if let member = member(key.string() ?? [], value, of: type) { members.append(member) }
    }
    members.sort { $0.name.lexicographicallyPrecedes($1.name) }
    out.append(members: members)
  }

  /// One field of a structure; nil when it is what KUMO has for an absent one, or only noise.
  mutating func member(
    _ name: [UInt8], _ value: JSONNode, of type: Int?
  ) -> (name: [UInt8], content: [UInt8])? {
    guard !isExact, let schema, let type else {
      return (name, bytes(of: value, type: nil))
    }
    guard let index = schema.field(named: name, of: type) else {
      // 1.2: KUMO ignores unknown names and drops them at the next save.
      noise.append(.object, name)
      noise.append(asJSON: value)
      return nil
    }
    let field = schema.fields[index]
    guard !isZero(value, field) else { return nil }
    if restless.contains(field.name) {
      noise.append(.state, field.name)
      noise.append(asJSON: value)
      return nil
    }
    let content = bytes(of: value, type: field.node)
    // An object whose fields are all zero is what KUMO writes for none.
    return !field.dangerousNull && content.isEmptyContainer ? nil : (field.name, content)
  }

  /// Whether a field's value is what Go has for an absent one.
  private func isZero(_ value: JSONNode, _ field: SchemaField) -> Bool {
    switch value.kind {
    case .null: return true
    case .string:
      if value.stringEquals("") { return true }
      guard schema?.nodes[field.node].kind == .time else { return false }
      return time(of: value)?.isZero == true
    // With `omitempty` a field may be a pointer, for which absent and false are two things.
    case .false: return !field.omitsEmpty
    case .number: return !field.omitsEmpty && value.double() == 0
    default: return false
    }
  }

  private mutating func appendMap(_ node: JSONNode, element: Int, to out: inout CanonicalBytes) {
    var members: [(name: [UInt8], content: [UInt8])] = []
    members.reserveCapacity(node.count)
    for (key, value) in node.members where !isEmptyList(value, element) {
      var content = CanonicalBytes()
      append(value, type: element, to: &content)
      members.append((key.string() ?? [], content.bytes))
    }
    out.append(members: members)
  }

  /// An entry that is a map or list of its own and has nothing in it.
  private func isEmptyList(_ node: JSONNode, _ type: Int) -> Bool {
    guard let kind = schema?.nodes[type].kind, kind == .map || kind == .numberedMap || kind == .array else {
      return false
    }
    return isNothing(node, type: type)
  }

  private mutating func appendArray(_ node: JSONNode, element: Int, to out: inout CanonicalBytes) {
    var elements: [[UInt8]] = []
    elements.reserveCapacity(node.count)
    for value in node.elements { elements.append(bytes(of: value, type: element)) }
    if isTag[element] { elements.sort { $0.lexicographicallyPrecedes($1) } }
    out.append(.array, count: elements.count)
    for content in elements { out.append(raw: content) }
  }

  private func time(of node: JSONNode) -> GoTime? {
    node.withRawBytes { GoTime.parse(UnsafeRawBufferPointer(rebasing: $0.dropFirst().dropLast())).time }
  }

  private mutating func appendTime(_ node: JSONNode, to out: inout CanonicalBytes) {
    guard let time = time(of: node) else { return out.append(.text, node.string() ?? []) }
    append(time: time, to: &out)
  }

  private mutating func append(time: GoTime, to out: inout CanonicalBytes) {
    var text: [UInt8] = []
    time.inUTC.append(to: &text)
    if ignoresTimes {
      noise.append(.time, text)
      out.append(.time)
    } else {
      out.append(.time, text)
    }
  }
}

extension [UInt8] {
  /// An object or array without anything in it.
  fileprivate var isEmptyContainer: Bool {
    count == 2 && self[1] == 0
      && (self[0] == CanonicalBytes.Tag.object.rawValue || self[0] == CanonicalBytes.Tag.array.rawValue)
  }
}
