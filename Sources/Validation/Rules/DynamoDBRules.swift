extension Rule {
  /// Rules about `dynamodb.json`.
  static let dynamoDB: [Rule] = [
    .dynamoDBItems, .dynamoDBTableName, .dynamoDBItemKey, .dynamoDBDuplicateKey, .dynamoDBBinaryKey,
    .dynamoDBKeyAttribute, .dynamoDBKeyDefinition, .dynamoDBAttributeType, .dynamoDBNullAttribute, .dynamoDBNumber,
    .dynamoDBTTL, .regionMismatch,
  ]

  /// Every table has its `items`.
  public static let dynamoDBItems = Rule(
    "dynamodb-items", .error, "every table has its `items`",
    consequence:
      "reads work and the first PutItem panics",
    fix: "replace the null by {}", source: "3.3, 7.1 C15", isFixable: true,
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":null}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{}}}}
        """#))

  /// The table's map key, `Name` and `TableARN` agree.
  public static let dynamoDBTableName = Rule(
    "dynamodb-table-name", .error, "the table's map key, `Name` and `TableARN` agree",
    consequence:
      "KUMO lists one name and serves another",
    fix: "make them agree", source: "3.1",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"u","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{}}}}
        """#))

  /// Every item stands under the key that KUMO makes of its key attributes.
  public static let dynamoDBItemKey = Rule(
    "dynamodb-item-key", .error, "every item stands under the key that KUMO makes of its key attributes",
    consequence:
      "Scan shows the item; GetItem, UpdateItem and DeleteItem miss it, and PutItem makes a twin",
    fix: "write the item under the key that the finding names", source: "3.2, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"a":{"pk":{"S":"a"}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"}}}}}}
        """#))

  /// No two items have the same primary key.
  public static let dynamoDBDuplicateKey = Rule(
    "dynamodb-duplicate-key", .error, "no two items have the same primary key",
    consequence:
      "which of them GetItem returns depends on their map keys; the next PutItem overwrites one",
    fix: "remove one of the items", source: "3.2, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"}},
        "S:b":{"pk":{"S":"a"}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"}},
        "S:b":{"pk":{"S":"b"}}}}}}
        """#))

  /// Binary key attributes hold UTF-8 text.
  public static let dynamoDBBinaryKey = Rule(
    "dynamodb-binary-key", .error, "binary key attributes hold UTF-8 text",
    consequence:
      "KUMO replaces other bytes when it saves: after a restart the item cannot be found, and several can fall together",
    fix: "use a string or number key", source: "3.2, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"B"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"B:\ufffd":{"pk":{
        "B":"gA=="}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"B"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"B:a":{"pk":{"B":"YQ=="}}}}}}
        """#))

  /// Every item has the key attributes of its table, of the declared type.
  public static let dynamoDBKeyAttribute = Rule(
    "dynamodb-key-attribute", .error, "every item has the key attributes of its table, of the declared type",
    consequence:
      "GetItem cannot name the item",
    fix: "add the attribute, or correct its type", source: "3.2, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"id":{"S":"a"}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"}}}}}}
        """#))

  /// `AttributeDefinitions` declares every key attribute.
  public static let dynamoDBKeyDefinition = Rule(
    "dynamodb-key-definition", .error, "`AttributeDefinitions` declares every key attribute",
    consequence:
      "from v0.22 on every item call on the table fails with ValidationException",
    fix: "declare the attribute with its type", source: "3.2, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[],"TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{
        }}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{}}}}
        """#))

  /// Every attribute value has exactly one type.
  public static let dynamoDBAttributeType = Rule(
    "dynamodb-attribute-type", .error, "every attribute value has exactly one type",
    consequence:
      "clients get a value without a type, or one of several",
    fix: "leave one type in the value", source: "3.3, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"},"n":{
        }}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"},"n":{
        "N":"1"}}}}}}
        """#))

  /// No map or list holds a JSON null.
  public static let dynamoDBNullAttribute = Rule(
    "dynamodb-null-attribute", .error, "no map or list holds a JSON null",
    consequence:
      "any read of the item panics",
    fix: "write {\"NULL\":true} for a null value", source: "3.3, 7.1 C15",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"},"l":{
        "L":[null]}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"pk":{"S":"a"},"l":{
        "L":[{"NULL":true}]}}}}}}
        """#))

  /// Every number is one that DynamoDB takes.
  public static let dynamoDBNumber = Rule(
    "dynamodb-number", .warning, "every number is one that DynamoDB takes",
    consequence:
      "KUMO serves the text as it is; clients that make a number of it fail, and DynamoDB would never have taken it",
    fix: "write digits, with a fraction or an exponent, or give the attribute the type S", source: "3.3",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"n":{"N":"2x"},"pk":{
        "S":"a"}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t"},"items":{"S:a":{"n":{"N":"2"},"pk":{
        "S":"a"}}}}}}
        """#))

  /// No item has expired where TTL is on.
  public static let dynamoDBTTL = Rule(
    "dynamodb-ttl", .warning, "no item has expired where TTL is on",
    consequence:
      "KUMO deletes the item 30 seconds after the start",
    fix: "move the expiry into the future, or switch TTL off", source: "3.4, 7.1 D19",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t","TTLAttributeName":"x",
        "TTLEnabled":true},"items":{"S:a":{"pk":{"S":"a"},"x":{"N":"1"}}}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t","TTLAttributeName":"x",
        "TTLEnabled":true},"items":{"S:a":{"pk":{"S":"a"},"x":{"N":"4102444800"}}}}}}
        """#))

  /// All ARNs of a file name one region.
  public static let regionMismatch = Rule(
    "region-mismatch", .warning, "all ARNs of a file name one region",
    consequence:
      "resources of another region than AWS_DEFAULT_REGION are not found by ARN",
    fix: "use one region throughout", source: "3.1, 7.1 D22",
    example: .init(
      file: "dynamodb.json",
      broken: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t",
        "LatestStreamArn":"arn:aws:dynamodb:eu-west-1:000000000000:table/t/stream/2026-01-02T03:04:05.000"},
        "items":{}}}}
        """#,
      sound: #"""
        {"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],
        "AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],
        "TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t",
        "LatestStreamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-02T03:04:05.000"},
        "items":{}}}}
        """#))
}
