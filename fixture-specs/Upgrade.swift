import Specs

/// Version 1 of data that an application will want in another shape later: customers have one `name` (to be split
/// into given and family name), prices are text with a currency, and old exports lie under a prefix that will go.
/// Made to try migrations on.
public let upgrade = FixtureSpec(
  name: "upgrade", version: 1, appVersion: "1.4.0", description: "Version 1 of data that a migration will change",
  clock: "2025-06-01T08:00:00Z"
) {
  let customers = DataSet("customers", count: 40) { row in
    ["id": "\(row.index, pad: 4)", "name": .name(.full), "email": "user\(row.index)@example.com"]
  }
  customers

  Table("customers", key: .init(hash: .string("id"))) {
    Items(forEach: customers) { customer in
      Item([
        "id": .field(customer.id), "name": .field(customer.name), "email": .field(customer.email),
        "price-plan": .pick("9.90 EUR", "19.90 EUR", "49.00 EUR"), "schema": 1,
      ])
    }
    // Names that a careless split gets wrong.
    Item(["id": "one-word", "name": "Madonna", "email": "one@example.com", "price-plan": "9.90 EUR", "schema": 1])
    Item([
      "id": "three-words", "name": "Ana María Lopez", "email": "three@example.com", "price-plan": "9.90 EUR",
      "schema": 1,
    ])
    Item(["id": "no-name", "email": "none@example.com", "price-plan": "9.90 EUR", "schema": 1])
  }

  Bucket("customer-files") {
    Objects(forEach: customers) { customer in
      Object(
        "export/\(customer.id)/profile.json", body: .json(["id": .field(customer.id), "name": .field(customer.name)]))
    }
  }

  Queue("customer-changes") {
    Messages(forEach: customers) { customer in
      Message(json: ["customer": .field(customer.id), "name": .field(customer.name), "schema": 1])
    }
  }
}
