import Digests
import Files
import JSONBytes
import KumoState

/// Reads the file of any other service: each entry of a map at its top, each element of an array there, and whatever
/// else stands there, is one resource.
final class OtherScan {
  var form: CanonicalForm
  let service: KumoService?
  private let seeds: SeededState
  private var tape = JSONTape()

  init(service: KumoService?, _ form: CanonicalForm) {
    self.service = service
    self.form = form
    seeds = SeededState(service: service, form)
  }

  func run(_ reader: JSONReader, into sink: inout ScanSink) throws {
    _ = try reader.next()
    if form.isExact { try sink.addShape(reader.token, of: [], at: 0) }
    guard reader.token == .beginObject else {
      sink.beginContainer([])
      try reader.capture(into: &tape)
      try sink.add(.value, part: [2], content: form.bytes(of: tape.root, type: nil), at: 0)
      _ = try reader.next()
      return
    }
    try reader.forEachMember { name, offset in try readMember(name, offset, reader, &sink) }
    _ = try reader.next()
  }

  private func readMember(
    _ name: [UInt8], _ offset: Int, _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    let field = form.schema.flatMap { $0.field(named: name, of: $0.root) }
    // 1.2: KUMO ignores a member that it does not know; a file that we do not know is compared as it stands.
    let member = field.flatMap { form.schema?.fields[$0] }
    let memberName = member?.name ?? name
    sink.beginContainer(memberName)
    let type = member?.node
    let kind = type.flatMap { form.schema?.nodes[$0].kind }
    let element = type.flatMap { form.schema?.nodes[$0].element }
    let isUnknown = form.schema != nil && member == nil && !form.isExact
    switch reader.token {
    case .beginObject where kind == .map || kind == .numberedMap || kind == nil:
      if form.isExact { try addValue([UInt8(reader.token.rawValue)], nil, offset, &sink) }
      try reader.forEachMember { key, keyOffset in
        try readEntry(.entry, key, keyOffset, memberName, element, isUnknown, reader, &sink)
      }
    case .beginArray:
      if form.isExact { try addValue([UInt8(reader.token.rawValue)], nil, offset, &sink) }
      try reader.forEachElement { elementOffset in
        try readEntry(.element, nil, elementOffset, memberName, element, isUnknown, reader, &sink)
      }
    default:
      try reader.capture(into: &tape)
      form.noise.removeAll()
      let root = form.schema.map(\.root)
      guard let content = form.member(name, tape.root, of: form.schema == nil ? nil : root) else {
        if !form.noise.bytes.isEmpty { try addValue([], form.noise.bytes, offset, &sink) }
        return
      }
      try addValue(content.content, form.noise.bytes, offset, &sink)
    }
  }

  private func addValue(_ content: [UInt8], _ noise: [UInt8]?, _ offset: Int, _ sink: inout ScanSink) throws {
    // What is noise only counts for nothing when the other side lacks it.
    try sink.add(.value, content: content, noise: noise ?? [], at: offset, isSeeded: content.isEmpty)
  }

  private func readEntry(
    _ kind: ResourceKind, _ key: [UInt8]?, _ offset: Int, _ member: [UInt8], _ type: Int?, _ isUnknown: Bool,
    _ reader: JSONReader, _ sink: inout ScanSink
  ) throws {
    try reader.capture(into: &tape)
    if key != nil, type != nil, form.isNothing(tape.root, type: type) { return }
    form.noise.removeAll()
    let seed = form.isExact ? nil : key.flatMap { seeds.entry(member: member, key: $0) }
    form.ignoresTimes = seed != nil
    var content = form.bytes(of: tape.root, type: type)
    form.ignoresTimes = false
    let isSeeded = isUnknown || (seed?.isDefault(content) ?? false)
    if isUnknown {
      form.noise.append(raw: content)
      content = []
    }
    let name = try key ?? identity(of: tape.root, content)
    try sink.add(kind, name: name, content: content, noise: form.noise.bytes, at: offset, isSeeded: isSeeded)
  }

  /// What tells an element from the others: its id, or what it holds.
  private func identity(of node: JSONNode, _ content: [UInt8]) throws -> [UInt8] {
    for name in ["MessageId", "EventID", "Id"] as [StaticString] {
      if let id = node.member(folding: name)?.string(), !id.isEmpty { return id }
    }
    return try SHA256Hasher.hash(of: content).bytes
  }
}
