import Migrations

/// The steps that ship with the tool; those of the spec `upgrade` go on as documents in `migrations/upgrade`.
public let builtInSteps: [any MigrationStep] = [splitNames]

/// From version 1 of `upgrade` to 2: a customer's one `name` becomes given and family name. The last word is the
/// family name; who has one word has no family name, and who has no name gets none.
public let splitNames = SwiftStep(
  "0001-split-names", from: 1, to: 2, title: "Split customers' names", fixture: "upgrade", scope: .tables("customers")
) { view in
  try view.updateItems(in: "customers") { item in
    item["schema"] = 2
    guard let name = item["name"]?.text else { return .keep }
    item["name"] = nil
    guard let space = name.lastIndex(of: " ") else {
      item["given-name"] = .string(name)
      return .keep
    }
    item["given-name"] = .string(String(name[..<space]))
    item["family-name"] = .string(String(name[name.index(after: space)...]))
    return .keep
  }
} revert: { view in
  try view.updateItems(in: "customers") { item in
    item["schema"] = 1
    guard let given = item["given-name"]?.text else { return .keep }
    let family = item["family-name"]?.text.map { " " + $0 } ?? ""
    item["name"] = .string(given + family)
    item["given-name"] = nil
    item["family-name"] = nil
    return .keep
  }
}
