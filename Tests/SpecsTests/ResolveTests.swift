import Documents
import KumoState
import Testing

@testable import Specs

@Suite("Resolution: what a spec gives")
struct ResolveTests {
  private let base = """
    fixture: a
    version: 1
    data:
      people: {count: 3, fields: {id: {$uuid: 4}, name: {$name: full}}}
    s3:
      buckets:
        - name: first
          objects:
            - {key: "a-${index}", count: 3, body: {bytes: 16}}
            - {key: "${id}.json", for-each: people, body: {json: {n: {$field: name}, w: {$word: }}}}
    dynamodb:
      tables:
        - name: items
          key: {hash: id}
          items:
            - {for-each: people, item: {id: "${id}", word: {$word: }, list: {$list: {count: 2, of: {$int: 0..99}}}}}
    sqs:
      queues:
        - name: jobs
          messages:
            - {body: {json: {id: {$uuid: 4}}}, count: 2}
    secretsmanager:
      secrets:
        - {name: db, string: "p-x"}
    """

  @Test(
    "What is added changes no other bytes",
    arguments: [
      ("    - name: first\n", "    - name: zero\n      objects: [{key: z, body: {bytes: 8}}]\n    - name: first\n"),
      ("      objects:\n", "      objects:\n        - {key: new, body: {bytes: 8}}\n"),
      ("people: {count", "extra: {count: 2, fields: {id: {$uuid: 4}}}\n  people: {count"),
      ("    - name: items\n", "    - {name: before, key: {hash: id}, items: [{id: {$uuid: 4}}]}\n    - name: items\n"),
      ("        - {for-each: people, item", "        - {id: first, v: {$uuid: 4}}\n        - {for-each: people, item"),
      ("    - name: jobs\n", "    - {name: ahead, messages: [{body: {json: {$uuid: 4}}}]}\n    - name: jobs\n"),
      ("    - {name: db", "    - {name: ab, json: {k: {$hex: 8}}}\n    - {name: db"),
      ("fields: {id:", "fields: {more: {$word: }, id:"),
    ])
  func independence(at place: String, with text: String) throws {
    #expect(base.contains(place))
    let before = try resolve(base).contents()
    let after = try resolve(base.replacing(place, with: text, maxReplacements: 1)).contents()
    for (name, values) in before {
      // What was there is still there, in its order.
      let kept = (after[name] ?? []).filter { values.contains($0) }
      #expect(kept == values, "\(name)")
    }
  }

  @Test("A further attribute changes no other attribute")
  func fieldIndependence() throws {
    let before = try resolve(base).items()
    let after = try resolve(base.replacing("word: {$word: }", with: "aword: {$word: }, word: {$word: }")).items()
    for (old, new) in zip(before, after) {
      for (name, value) in old { #expect(new[name] == value) }
      #expect(new["aword"] != nil)
    }
  }

  @Test("The streams can be walked again and give the same")
  func again() throws {
    let fixture = try resolve(base)
    #expect(try fixture.contents() == fixture.contents())
    #expect(try fixture.contents() == resolve(base).contents())
  }

  @Test("Another seed gives other values, another clock other times")
  func seedAndClock() throws {
    let before = try resolve(base)
    let seed = try resolve("seed: other\n" + base)
    #expect(try before.items()[0]["id"] != seed.items()[0]["id"])
    #expect(before.digest != seed.digest)
    let clock = try resolve("clock: 2030-01-01T00:00:00Z\n" + base)
    #expect(clock.buckets[0].created.description == "2030-01-01T00:00:00Z")
    #expect(try before.items() == clock.items())
  }

  @Test("A namespace before names: resources and what refers to them")
  func namespaceNames() throws {
    let fixture = try resolve(
      """
      fixture: a
      version: 1
      namespace: inv-7
      s3: {buckets: [{name: docs, objects: [{key: k, body: "${name-prefix}docs ${namespace}"}]}]}
      dynamodb: {tables: [{name: t-1, key: {hash: id}, items: [{id: x}]}]}
      sqs: {queues: [{name: q, redrive: {to: d, max-receives: 2}}, {name: d}]}
      ssm: {parameters: [{name: /app/x, value: v}, {name: plain, value: v}]}
      secretsmanager: {secrets: [{name: app/db, string: s}]}
      sns: {topics: [{name: t, subscriptions: [{queue: q}]}]}
      """)
    #expect(fixture.buckets[0].name == "inv-7-docs")
    #expect(fixture.tables[0].name == "inv-7-t-1")
    #expect(fixture.queues.map(\.name) == ["inv-7-q", "inv-7-d"])
    #expect(fixture.queues[0].redrive?.queue == "inv-7-d")
    #expect(fixture.parameters.map(\.name) == ["/inv-7/app/x", "inv-7-plain"])
    #expect(fixture.secrets[0].name == "inv-7-app/db")
    #expect(fixture.topics[0].name == "inv-7-t")
    #expect(fixture.topics[0].subscriptions[0].endpoint == .queue("inv-7-q"))
    #expect(try fixture.items()[0]["id"]?.text == "S:x")
    try fixture.buckets[0].forEachObject { object in
      #expect(object.key == Array("k".utf8))
      guard case .bytes(let body)? = object.versions[0].content?.body else { return }
      #expect(String(decoding: body, as: UTF8.self) == "inv-7-docs inv-7")
    }
  }

  @Test("A namespace before keys: object keys, hash keys, groups; the random values stay")
  func namespaceKeys() throws {
    let text = """
      fixture: a
      version: 1
      s3: {buckets: [{name: docs, objects: [{key: k, body: x}]}]}
      dynamodb: {tables: [{name: t-1, key: {hash: id}, items: [{id: x, v: {$uuid: 4}}]}]}
      sqs: {queues: [{name: q.fifo, messages: [{body: b, group: g, deduplication-id: d}]}]}
      """
    let plain = try resolve(text)
    let fixture = try resolve("namespace: ns\nnamespace-mode: keys\n" + text)
    #expect(fixture.buckets[0].name == "docs")
    try fixture.buckets[0].forEachObject { #expect($0.key == Array("ns/k".utf8)) }
    #expect(try fixture.items()[0]["id"]?.text == "S:ns#x")
    #expect(try fixture.items()[0]["v"] == plain.items()[0]["v"])
    try fixture.queues[0].forEachMessage { message in
      #expect(message.group == Array("ns#g".utf8))
      #expect(message.deduplicationID == Array("ns#d".utf8))
    }
    #expect(
      problems("namespace: ns\nnamespace-mode: keys\n" + table("- id: 1", key: "{hash: 'id:N'}")).contains {
        $0.contains("the namespace cannot be put in front of it")
      })
  }

  @Test("Lengths are checked with the prefix")
  func prefixedLength() {
    let name = String(repeating: "b", count: 60)
    let text = "fixture: a\nversion: 1\ns3: {buckets: [{name: \(name)}]}\n"
    #expect(problems(text).isEmpty)
    #expect(problems("namespace: long\n" + text).contains { $0.contains("(with the namespace) of 65 bytes") })
  }

  @Test(
    "Names",
    arguments: [
      ("s3: {buckets: [{name: a..b}]}", false), ("s3: {buckets: [{name: 192.168.0.1}]}", false),
      ("s3: {buckets: [{name: a-b.c}]}", true), ("s3: {buckets: [{name: -ab}]}", false),
      ("s3: {buckets: [{name: abc}, {name: abc}]}", false), ("sqs: {queues: [{name: a.b}]}", false),
      ("sqs: {queues: [{name: .fifo}]}", false), ("sqs: {queues: [{name: a.fifo}]}", true),
      ("ssm: {parameters: [{name: a/b, value: x}]}", false), ("ssm: {parameters: [{name: /a/b, value: x}]}", true),
      ("dynamodb: {tables: [{name: ab, key: {hash: i}}]}", false),
      ("dynamodb: {tables: [{name: a_b, key: {hash: i, range: i}}]}", false),
      ("sns: {topics: [{name: t, subscriptions: [{protocol: mail, endpoint: x}]}]}", false),
      ("sns: {topics: [{name: t, subscriptions: [{queue: nowhere}]}]}", false),
    ])
  func names(section: String, allowed: Bool) {
    #expect(problems("fixture: a\nversion: 1\n\(section)\n").isEmpty == allowed)
  }

  @Test("Messages: attributes, delays, limits")
  func messages() throws {
    let fixture = try resolve(
      """
      fixture: a
      version: 1
      clock: 2026-01-02T03:04:05Z
      sqs:
        queues:
          - name: q
            delay: 5
            messages:
              - {body: one, attributes: {s: text, n: 1.50, b: {binary: AP8=}}, delay: 2m}
              - {body: two, sent: 2026-01-01T00:00:00Z}
      """)
    var messages: [ResolvedMessage] = []
    try fixture.queues[0].forEachMessage { messages.append($0) }
    #expect(messages[0].attributes.map(\.dataType) == ["Binary", "Number", "String"])
    #expect(messages[0].attributes[1].value == .number(Array("1.50".utf8)))
    #expect(messages.map(\.delay) == [120, 5])
    #expect(messages.map(\.sent.description) == ["2026-01-02T03:04:05Z", "2026-01-01T00:00:00Z"])
    #expect(messages[0].id != messages[1].id)
    let text = "fixture: a\nversion: 1\nsqs: {queues: [{name: q, max-message-size: 1KiB, messages: [{body: X}]}]}"
    #expect(problems(text.replacing("X", with: "\"\"")).contains { $0.contains("empty body") })
    #expect(
      problems(text.replacing("X", with: String(repeating: "x", count: 1025))).contains {
        $0.contains("1025 bytes long")
      })
  }

  @Test("Objects: versions, times, types, metadata")
  func objects() throws {
    let fixture = try resolve(
      """
      fixture: a
      version: 1
      s3:
        buckets:
          - name: docs
            versioning: enabled
            settings: {policy: '{"a": "$${aws:x}"}', corsRules: [{allowedMethods: [GET]}]}
            objects:
              - {key: a, versions: [{body: one}, {delete: true}, {body: {json: {a: "<&>"}}, content-type: x/y}]}
              - {key: "b${index}", count: 2, body: {base64: AP8=}, metadata: {Up: "1"}, tags: {z: 1, a: b}}
      """)
    var objects: [ResolvedObject] = []
    try fixture.buckets[0].forEachObject { objects.append($0) }
    #expect(fixture.buckets[0].settings.map { String(decoding: $0.name, as: UTF8.self) } == ["policy", "corsRules"])
    #expect(fixture.buckets[0].settings[0].value == .string(Array(#"{"a": "${aws:x}"}"#.utf8)))
    #expect(objects.map { String(decoding: $0.key, as: UTF8.self) } == ["a", "b0", "b1"])
    #expect(objects[0].versions.map(\.lastModified.seconds) == [1_767_225_600, 1_767_225_601, 1_767_225_602])
    #expect(objects[0].versions[1].content == nil)
    let last = try #require(objects[0].versions[2].content)
    guard case .bytes(let body) = last.body else {
      Issue.record("the body is \(last.body)")
      return
    }
    #expect(String(decoding: body, as: UTF8.self) == #"{"a":"<&>"}"#)
    #expect(last.contentType == Array("x/y".utf8))
    let content = try #require(objects[2].versions[0].content)
    #expect(content.metadata.map(\.key) == [Array("up".utf8)])
    #expect(content.tags.map(\.key) == [Array("a".utf8), Array("z".utf8)])
    #expect(content.contentTypeGiven == false)
    #expect(objects[2].versions[0].lastModified.seconds == 1_767_225_601)
  }

  @Test("Keys and names that Swift takes for equal stay apart")
  func canonicalEquivalence() throws {
    let fixture = try resolve(
      table("- {id: \"\\u00e9\", \"k\\u00e9\": 1}\n- {id: \"e\\u0301\"}"))
    var keys: [AttributeValue] = []
    try fixture.tables[0].forEachItem { item in
      keys += item.attributes.filter { $0.name == Array("id".utf8) }.map(\.value)
    }
    #expect(keys == [.s([0xC3, 0xA9]), .s([0x65, 0xCC, 0x81])])
  }

  @Test("Seeded bodies can be large without being made")
  func largeBody() throws {
    let fixture = try resolve(
      "fixture: a\nversion: 1\ns3: {buckets: [{name: big, objects: [{key: k, body: {bytes: 1024GiB}}]}]}\n")
    try fixture.buckets[0].forEachObject { #expect($0.versions[0].content?.body.count == 1 << 40) }
  }

  @Test("The generators in use are named with their versions")
  func generators() throws {
    #expect(
      try resolve(base).generators == [
        "body/1", "field/1", "int/1", "list/1", "message-id/1", "name/1", "secret-arn/1", "secret-id/1", "uuid4/1",
        "word/1",
      ])
  }
}
