/// The patterns of one service as a tree to walk down beside a JSON reader: one look-up for each key or element.
package struct SensitiveTree: Sendable {
  /// A place in the tree; follow it with `child` and `element` as the reader enters values.
  package struct Position: Hashable, Sendable {
    fileprivate let index: Int
  }

  private struct Node {
    var fields: [(name: [UInt8], node: Int)] = []
    var anyKey: Int?
    var anyElement: Int?
    var value: SensitivePath?
    var key: SensitivePath?
  }

  private var nodes = [Node()]

  /// The tree of a service; empty for services without sensitive fields.
  package init(of service: KumoService) {
    for path in SensitivePaths.paths(of: service) {
      var index = 0
      for step in path.steps { index = self.step(step, from: index) }
      if path.isKey {
        nodes[index].key = path
      } else {
        nodes[index].value = path
      }
    }
  }

  private mutating func step(_ step: SensitivePath.Step, from index: Int) -> Int {
    switch step {
    case .field(let name):
      let folded = GoText.foldedKey(name)
      if let known = nodes[index].fields.first(where: { $0.name == folded }) { return known.node }
      nodes[index].fields.append((folded, nodes.count))
    case .anyKey:
      if let known = nodes[index].anyKey { return known }
      nodes[index].anyKey = nodes.count
    case .anyElement:
      if let known = nodes[index].anyElement { return known }
      nodes[index].anyElement = nodes.count
    }
    nodes.append(Node())
    return nodes.count - 1
  }

  /// The file's top level.
  package var root: Position { Position(index: 0) }

  /// The place of the value under `key` (unescaped) in the object at `position`; nil when nothing sensitive is there.
  package func child(of position: Position, key: some Collection<UInt8>) -> Position? {
    let node = nodes[position.index]
    if let any = node.anyKey { return Position(index: any) }
    if !node.fields.isEmpty {
      let folded = GoText.foldedKey(key)
      if let field = node.fields.first(where: { $0.name == folded }) { return Position(index: field.node) }
    }
    return inherited(position)
  }

  /// The place of any element of the array at `position`; nil when nothing sensitive is there.
  package func element(of position: Position) -> Position? {
    nodes[position.index].anyElement.map { Position(index: $0) } ?? inherited(position)
  }

  /// The pattern that makes the value at `position` sensitive.
  package func path(at position: Position) -> SensitivePath? { nodes[position.index].value }

  /// The pattern that makes the keys of the map at `position` sensitive.
  package func keyPath(at position: Position) -> SensitivePath? { nodes[position.index].key }

  /// Every pattern for values and keys at `position` and below it.
  package func paths(below position: Position) -> [SensitivePath] {
    let node = nodes[position.index]
    let next = node.fields.map(\.node) + [node.anyKey, node.anyElement].compactMap { $0 }
    return [node.value, node.key].compactMap { $0 } + next.flatMap { paths(below: Position(index: $0)) }
  }

  /// Below a pattern that includes its subtree everything is where the pattern is.
  private func inherited(_ position: Position) -> Position? {
    nodes[position.index].value?.includesSubtree == true ? position : nil
  }
}
