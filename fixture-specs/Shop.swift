import Specs

/// A shop: customers and their orders in DynamoDB, a receipt for each order in S3, events and dead letters in SQS.
/// One set of rows feeds all of them, so that an order's id is the same wherever it appears.
public let shop = FixtureSpec(
  name: "shop", version: 3, appVersion: "3.2.0",
  description: "Orders, receipts, events and dead letters with ids that agree everywhere", clock: "2026-01-02T03:04:05Z"
) {
  let customers = DataSet("customers", count: 60) { row in
    [
      "id": "C\(row.index, pad: 5)", "name": .name(), "email": "customer-\(row.index)@example.com", "city": .city(),
      "since": .date(from: .clock(offset: -3 * 31_536_000), to: .clock(offset: -31_536_000), format: .date),
    ]
  }
  let orders = DataSet("orders", count: 300) { row in
    [
      "id": .ulid(), "customer": .row(of: customers),
      "status": .pick(weighted: [
        WeightedValue("delivered", weight: 6), WeightedValue("shipped", weight: 2), WeightedValue("paid", weight: 1),
        WeightedValue("cancelled", weight: 1),
      ]),
      "total": .decimal(500...49_999, places: 2),
      "placed": .date(from: .clock(offset: -30 * 86_400), to: .clock(offset: 0)),
      "lines": .list(
        count: 1...4, of: ["sku": "SKU-\(row.index, pad: 4)", "product": .word(), "quantity": .integer(1...5)]),
    ]
  }
  let failures = DataSet("failures", count: 7) { row in
    ["order": .row(of: orders), "reason": .pick("card declined", "address unknown", "timeout")]
  }
  customers
  orders
  failures

  Table("shop-customers", key: .init(hash: .string("id")), tags: ["service": "shop"]) {
    Items(forEach: customers) { customer in
      Item([
        "id": .field(customer.id), "name": .field(customer.name), "email": .field(customer.email),
        "city": .field(customer.city), "since": .field(customer.since),
      ])
    }
  }
  Table(
    "shop-orders", key: .init(hash: .string("pk"), range: .string("sk")),
    globalIndexes: [TableIndex("by-status", key: .init(hash: .string("status"), range: .string("placed")))],
    stream: .newAndOldImages, tags: ["service": "shop"]
  ) {
    Items(forEach: orders) { order in
      Item([
        "pk": "customer#\(order.customer.id)", "sk": "order#\(order.id)", "status": .field(order.status),
        "placed": .field(order.placed), "total": .field(order.total), "lines": .field(order.lines),
      ])
    }
  }

  Bucket("shop-receipts", versioning: .enabled) {
    Objects(forEach: orders) { order in
      Object(
        "receipts/\(order.customer.id)/\(order.id).json",
        body: .json([
          "order": .field(order.id),
          "customer": ["id": .field(order.customer.id), "name": .field(order.customer.name)],
          "total": .field(order.total), "placed": .field(order.placed),
        ]), metadata: ["order": "\(order.id)"])
    }
  }
  Bucket("shop-exports") {
    Object("README.txt", body: .text("Nightly exports of the shop.\n"))
    Objects(count: 12) { row in
      Object("daily/\(row.index, pad: 2).csv.gz", body: .bytes(16_384), contentType: "application/gzip")
    }
  }

  Queue("shop-events", redrive: Redrive(to: "shop-events-dead", maximumReceives: 5)) {
    Messages(forEach: orders) { order in
      Message(
        json: ["type": "order.\(order.status)", "order": .field(order.id), "customer": .field(order.customer.id)],
        attributes: [.string("type", "order.\(order.status)")])
    }
  }
  Queue("shop-events-dead", messageRetention: 1_209_600) {
    Messages(forEach: failures) { failure in
      Message(
        json: ["type": "order.failed", "order": .field(failure.order.id), "reason": .field(failure.reason)],
        attributes: [.string("type", "order.failed")])
    }
  }
  Queue("shop-payments.fifo", contentBasedDeduplication: true) {
    Messages(forEach: orders) { order in
      Message(
        json: ["order": .field(order.id), "amount": .field(order.total)], group: "\(order.customer.id)")
    }
  }

  Topic("shop-news") {
    Subscription(queue: "shop-events", raw: true)
  }
  Secret("shop/payment-provider", json: ["key-id": .hex(12), "key": .hex(40)])
  Parameter("/shop/currency", value: "EUR")
}
