import Specs

/// A small tour: a bit of everything that a spec can say. The same spec as a document is docs/examples/tour.yaml.
public let tour = FixtureSpec(
  name: "tour", version: 1, appVersion: "1.0.0", description: "A bit of everything that a spec can say",
  clock: "2026-01-02T03:04:05Z"
) {
  let people = DataSet("people", count: 5) { row in
    [
      "id": .uuid(), "name": .name(), "email": "\(row.id)@example.com",
      "joined": .date(from: .clock(offset: -31_536_000), to: .clock(offset: 0), format: .date),
    ]
  }
  people

  Bucket("tour-documents", versioning: .enabled) {
    Object("hello.txt", body: .text("hello"), metadata: ["author": "tour"], tags: ["kind": "greeting"])
    Object(
      "settings.json",
      body: .json(["theme": "dark", "limits": ["uploads": 10, "rate": .number("0.5")], "beta": false]))
    Object("pixel.bin", body: .data([0x00, 0xFF, 0x10]), contentType: "application/x-pixel")
    Object(
      "notes.md", contentType: "text/markdown",
      versions: [.body(.text("first draft")), .body(.text("second draft")), .delete(), .body(.text("final"))])
    Objects(count: 3) { row in
      Object("logs/\(row.index, pad: 3).bin", body: .bytes(4096))
    }
    Objects(forEach: people) { person in
      Object("people/\(person.id).json", body: .json(["name": .field(person.name), "email": .field(person.email)]))
    }
  }

  Table(
    "tour-items", key: .init(hash: .string("pk"), range: .number("sk")),
    globalIndexes: [TableIndex("by-email", key: .init(hash: .string("email")), projection: .include(["name"]))],
    tags: ["team": "core"]
  ) {
    Item([
      "pk": "types", "sk": 1, "text": "plain", "number": .number("19.90"), "yes": true, "nothing": nil,
      "list": [1, "two", false], "map": ["inner": ["deep": "value"]], "bytes": .bytes([0x00, 0xFF]),
      "texts": .stringSet("a", "b"), "numbers": .numberSet(1, .number("2.5")),
    ])
    Items(forEach: people) { person in
      Item([
        "pk": "person#\(person.id)", "sk": 0, "name": .field(person.name), "email": .field(person.email),
        "joined": .field(person.joined), "score": .decimal(0...10_000, places: 2),
        "nickname": .optional(.word(), percent: 50),
      ])
    }
  }

  Queue("tour-jobs", visibilityTimeout: 60, redrive: Redrive(to: "tour-jobs-dead", maximumReceives: 3)) {
    Message("plain text")
    Messages(forEach: people) { person in
      Message(
        json: ["type": "welcome", "person": .field(person.id)],
        attributes: [.string("kind", "welcome"), .number("priority", .integer(1...5))])
    }
  }
  Queue("tour-jobs-dead")
  Queue("tour-steps.fifo", contentBasedDeduplication: true) {
    Messages(count: 3) { row in
      Message("step \(row.index)", group: "tour")
    }
  }

  Secret(
    "tour/database", json: ["user": "app", "password": .hex(24)],
    olderValues: [["user": "app", "password": "changed-since"]])
  Parameter("/tour/greeting", value: "hello")
  Parameter("/tour/regions", value: "us-east-1,eu-west-1", type: .stringList)
  Topic("tour-news") {
    Subscription(queue: "tour-jobs", raw: true)
    Subscription("https", endpoint: "https://example.com/hook")
  }
  Raw("kms", ["keys": [:], "aliases": [:]])
}
