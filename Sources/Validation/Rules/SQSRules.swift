extension Rule {
  /// Rules about `sqs.json`.
  static let sqs: [Rule] = [
    .sqsAttributes, .sqsMD5, .sqsQueueURL, .sqsQueuePath, .sqsQueueARN, .sqsRedrive, .sqsRedriveTarget, .sqsFIFO,
    .sqsSequence, .sqsMessageID, .sqsVisibility, .sqsDelayed, .sqsRestored,
  ]

  /// `Attributes` of a message is an object with its three keys.
  public static let sqsAttributes = Rule(
    "sqs-attributes", .error, "`Attributes` of a message is an object with its three keys",
    consequence:
      "null or absent: every receive panics",
    fix: "restore the three attributes", source: "4.2, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":null}],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"}}],"sequenceCounter":0}}}
        """#))

  /// `MD5OfBody` is the MD5 of the body.
  public static let sqsMD5 = Rule(
    "sqs-md5", .error, "`MD5OfBody` is the MD5 of the body",
    consequence:
      "SDKs that check it refuse the message",
    fix: "correct the MD5", source: "4.2, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1","MD5OfBody":"",
        "Attributes":{"ApproximateFirstReceiveTimestamp":"","ApproximateReceiveCount":"0",
        "SentTimestamp":"1"}}],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"}}],"sequenceCounter":0}}}
        """#))

  /// A queue's map key and `URL` are http://localhost:4566/000000000000/ and its name.
  public static let sqsQueueURL = Rule(
    "sqs-queue-url", .error, "a queue's map key and `URL` are http://localhost:4566/000000000000/ and its name",
    consequence:
      "GetQueueUrl and CreateQueue do not find it, or clients are sent elsewhere",
    fix: "use the constant URL; KUMO serves it on any port", source: "4, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/p","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#))

  /// No two queues have the same URL path.
  public static let sqsQueuePath = Rule(
    "sqs-queue-path", .error, "no two queues have the same URL path",
    consequence:
      "calls hit one of the two at random",
    fix: "remove one of the queues", source: "4, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0},
        "http://kumo/000000000000/q":{"queue":{"Name":"q","URL":"http://localhost:4566/000000000000/q",
        "ARN":"arn:aws:sqs:us-east-1:000000000000:q","VisibilityTimeout":30,"FifoQueue":false},"messages":[
        ],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#))

  /// A queue's ARN names it.
  public static let sqsQueueARN = Rule(
    "sqs-queue-arn", .error, "a queue's ARN names it",
    consequence:
      "redrives and subscriptions miss the queue",
    fix: "correct the ARN", source: "4.1, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:p",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#))

  /// `RedrivePolicy`, `MaxReceiveCount` and `DeadLetterTargetArn` agree.
  public static let sqsRedrive = Rule(
    "sqs-redrive", .error, "`RedrivePolicy`, `MaxReceiveCount` and `DeadLetterTargetArn` agree",
    consequence:
      "KUMO acts on the two fields and shows the policy",
    fix: "make the three agree", source: "4.1, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/d":{"queue":{"Name":"d",
        "URL":"http://localhost:4566/000000000000/d","ARN":"arn:aws:sqs:us-east-1:000000000000:d",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0},
        "http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false,
        "RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"maxReceiveCount\":\"3\"}",
        "MaxReceiveCount":0,"DeadLetterTargetArn":""},"messages":[],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/d":{"queue":{"Name":"d",
        "URL":"http://localhost:4566/000000000000/d","ARN":"arn:aws:sqs:us-east-1:000000000000:d",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0},
        "http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false,
        "RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"maxReceiveCount\":\"3\"}",
        "MaxReceiveCount":3,"DeadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:d"},"messages":[],
        "sequenceCounter":0}}}
        """#))

  /// The dead-letter queue is in the file.
  public static let sqsRedriveTarget = Rule(
    "sqs-redrive-target", .error, "the dead-letter queue is in the file",
    consequence:
      "KUMO discards failed messages without a word",
    fix: "add the queue, or remove the redrive", source: "4.2, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false,
        "RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"maxReceiveCount\":\"3\"}",
        "MaxReceiveCount":3,"DeadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:d"},"messages":[],
        "sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/d":{"queue":{"Name":"d",
        "URL":"http://localhost:4566/000000000000/d","ARN":"arn:aws:sqs:us-east-1:000000000000:d",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0},
        "http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false,
        "RedrivePolicy":"{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:d\",\"maxReceiveCount\":\"3\"}",
        "MaxReceiveCount":3,"DeadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:d"},"messages":[],
        "sequenceCounter":0}}}
        """#))

  /// A queue is FIFO exactly when its name ends in .fifo, and its messages have a group.
  public static let sqsFIFO = Rule(
    "sqs-fifo", .error, "a queue is FIFO exactly when its name ends in .fifo, and its messages have a group",
    consequence:
      "ordering and deduplication do not happen, or the message is never delivered in order",
    fix: "correct the name, the flag or the group", source: "4.1, 4.2, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q.fifo":{"queue":{"Name":"q.fifo",
        "URL":"http://localhost:4566/000000000000/q.fifo","ARN":"arn:aws:sqs:us-east-1:000000000000:q.fifo",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q.fifo":{"queue":{"Name":"q.fifo",
        "URL":"http://localhost:4566/000000000000/q.fifo","ARN":"arn:aws:sqs:us-east-1:000000000000:q.fifo",
        "VisibilityTimeout":30,"FifoQueue":true},"messages":[],"sequenceCounter":0}}}
        """#))

  /// `sequenceCounter` is at least the greatest sequence number.
  public static let sqsSequence = Rule(
    "sqs-sequence", .error, "`sequenceCounter` is at least the greatest sequence number",
    consequence:
      "new messages repeat sequence numbers",
    fix: "raise the counter", source: "4.2, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q.fifo":{"queue":{"Name":"q.fifo",
        "URL":"http://localhost:4566/000000000000/q.fifo","ARN":"arn:aws:sqs:us-east-1:000000000000:q.fifo",
        "VisibilityTimeout":30,"FifoQueue":true},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"},"MessageGroupID":"g","SequenceNumber":"7"}],
        "sequenceCounter":6}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q.fifo":{"queue":{"Name":"q.fifo",
        "URL":"http://localhost:4566/000000000000/q.fifo","ARN":"arn:aws:sqs:us-east-1:000000000000:q.fifo",
        "VisibilityTimeout":30,"FifoQueue":true},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"},"MessageGroupID":"g","SequenceNumber":"7"}],
        "sequenceCounter":7}}}
        """#))

  /// Message ids are unique.
  public static let sqsMessageID = Rule(
    "sqs-message-id", .error, "message ids are unique",
    consequence:
      "consumers that remember ids skip messages",
    fix: "give every message an id of its own", source: "7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"}},{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"}}],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"}},{"MessageID":"2","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"}}],"sequenceCounter":0}}}
        """#))

  /// `VisibilityTimeout` is there and greater than 0.
  public static let sqsVisibility = Rule(
    "sqs-visibility-timeout", .error, "`VisibilityTimeout` is there and greater than 0",
    consequence:
      "there is no default at load: a received message is delivered again at once",
    fix: "set it; KUMO's own default is 30", source: "4.1, 7.1 C16",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[],"sequenceCounter":0}}}
        """#))

  /// Every message can be received now.
  public static let sqsDelayed = Rule(
    "sqs-delayed", .warning, "every message can be received now",
    consequence:
      "the message is hidden until the time it names",
    fix: "set `VisibleAt` to a past time", source: "4.2, 7.1 D20",
    example: .init(
      file: "sqs.json",
      broken: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"},"VisibleAt":"2126-01-02T03:04:05Z"}],
        "sequenceCounter":0}}}
        """#,
      sound: #"""
        {"queues":{"http://localhost:4566/000000000000/q":{"queue":{"Name":"q",
        "URL":"http://localhost:4566/000000000000/q","ARN":"arn:aws:sqs:us-east-1:000000000000:q",
        "VisibilityTimeout":30,"FifoQueue":false},"messages":[{"MessageID":"1","Body":"m1",
        "MD5OfBody":"ae7be26cdaa742ca148068d5ac90eaca","Attributes":{"ApproximateFirstReceiveTimestamp":"",
        "ApproximateReceiveCount":"0","SentTimestamp":"1"},"VisibleAt":"2026-01-02T03:04:05Z"}],
        "sequenceCounter":0}}}
        """#))

  /// Queues with messages are loaded by v0.20 or later.
  public static let sqsRestored = Rule(
    "sqs-restored", .error, "queues with messages are loaded by v0.20 or later",
    consequence:
      "v0.18 and v0.19 panic on every receive from a loaded queue that has messages",
    fix: "use v0.20 or later, or start with empty queues", source: "4.2, 7.1 D21")
}
