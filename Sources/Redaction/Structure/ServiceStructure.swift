import Digests
import KumoState

/// What a service's file says about the places in it: the catalogue of sensitive paths (kumo-format.md 5.1) beside the
/// schema, and the fallback by names for fields that neither knows (5.2).
struct ServiceStructure: Sendable {
  /// A place in a file.
  struct Place {
    fileprivate var tree: SensitiveTree.Position?
    /// Index of the schema's node; nil where the schema knows nothing.
    fileprivate var schema: Int?
    /// The name that stands for the value: the nearest key that is a name.
    var name: [UInt8] = []
    /// Whether the name is the user's (a map's key, an attribute, a tag) and not KUMO's.
    var isUserNamed = false
  }

  /// What is to be done with a string.
  enum Verdict {
    /// Look for secrets by their shape.
    case search
    /// It is secret whatever it looks like.
    case take(SecretPlace)
    /// An S3 body: looked at as its blob is.
    case body
  }

  private let tree: SensitiveTree?
  private let schema: Schema?
  private let isDynamoDB: Bool
  private let takesPersonal: Bool
  private let policy: RedactionPolicy?

  /// The structure of a service's file; nil for JSON of an unknown service, in which names decide.
  init(_ service: KumoService?, takesPersonal: Bool, policy: RedactionPolicy? = nil) {
    self.policy = policy
    tree = service.map { SensitiveTree(of: $0) }
    schema = service.flatMap { Schema(of: $0) }
    isDynamoDB = service?.name == "dynamodb"
    self.takesPersonal = takesPersonal
  }

  /// The file's top level.
  var root: Place { Place(tree: tree?.root, schema: schema?.root) }

  /// The place of a member.
  func child(of place: Place, key: [UInt8]) -> Place {
    var child = Place(tree: place.tree.flatMap { tree?.child(of: $0, key: key) })
    var isField = false
    if let schema, let index = place.schema {
      switch schema.nodes[index].kind {
      case .structure:
        let field = schema.field(named: key, of: index)
        child.schema = field.map { schema.fields[$0].node }
        isField = field != nil
      case .map, .numberedMap: child.schema = schema.nodes[index].element
      case .any: child.schema = index
      default: break
      }
    }
    // S, N, M and the like say what a value is, not what it means.
    if (isDynamoDB && key.count <= 4 && AttributeTypeName.isOne(key)) || (isField && ValueName.isOne(key)) {
      (child.name, child.isUserNamed) = (place.name, place.isUserNamed)
    } else {
      (child.name, child.isUserNamed) = (key, !isField)
    }
    return child
  }

  /// The place of an element.
  func element(of place: Place) -> Place {
    var element = Place(tree: place.tree.flatMap { tree?.element(of: $0) })
    if let schema, let index = place.schema {
      let node = schema.nodes[index]
      element.schema = node.kind == .array ? node.element : node.kind == .any ? index : nil
    }
    (element.name, element.isUserNamed) = (place.name, place.isUserNamed)
    return element
  }

  /// Whether nothing at or below a place is taken for where it stands: by the catalogue, or for a name above it.
  func isFree(_ place: Place) -> Bool {
    guard !SecretName.isOne(place.name) else { return false }
    guard let tree, let position = place.tree else { return true }
    return tree.paths(below: position).allSatisfy { path in
      switch path.sensitivity {
      case .secret, .keyMaterial: false
      case .personal: !takesPersonal
      case .content, .reference: true
      }
    }
  }

  /// What is to be done with the string at a place.
  ///
  /// - Parameter address: where it stands in the directory, for the policy; empty when there is none.
  func verdict(at place: Place, value: [UInt8], address: [UInt8]) -> Verdict {
    if let policy, policy.isAlwaysSecret(place: address, name: place.name) {
      return value.withUnsafeBytes { PseudonymForm.isRedacted($0) }
        ? .search : .take(SecretPlace(named: place.name, rule: "policy"))
    }
    if let policy, keeps(value, at: address, policy) { return .search }
    if let path = place.tree.flatMap({ tree?.path(at: $0) }) {
      switch path.sensitivity {
      case .secret, .keyMaterial:
        return .take(SecretPlace(path, isCredential: isCredential(path, name: place.name)))
      case .personal where takesPersonal && !Self.isResourceName(path):
        return .take(SecretPlace(path, isCredential: true))
      case .content where path.service == "s3" && path.steps.last == .field(Array("Body".utf8)): return .body
      default: break
      }
    }
    let isUnknown = place.schema == nil
    guard !place.name.isEmpty, isUnknown || place.isUserNamed else { return .search }
    guard SecretName.isOne(place.name), SecretName.canBeSecret(value) else { return .search }
    return .take(SecretPlace(named: place.name, rule: "field-name"))
  }

  private func keeps(_ value: [UInt8], at address: [UInt8], _ policy: RedactionPolicy) -> Bool {
    if policy.keptPlaces.contains(where: { $0.matches(address) }) { return true }
    guard !policy.keptValues.isEmpty, let digest = try? SHA256Hasher.hash(of: value) else { return false }
    return policy.keptValues.contains(digest)
  }

  /// What the keys of the map at a place are when they are secrets, or personal data that is to go; nil otherwise.
  func keyPlace(at place: Place) -> SecretPlace? {
    guard let path = place.tree.flatMap({ tree?.keyPath(at: $0) }) else { return nil }
    switch path.sensitivity {
    case .secret, .keyMaterial: return SecretPlace(path, isCredential: true)
    case .personal where takesPersonal && !Self.isResourceName(path): return SecretPlace(path, isCredential: true)
    default: return nil
    }
  }

  /// Whether a value of the catalogue is a credential, and not one of many settings that may hold one.
  private func isCredential(_ path: SensitivePath, name: [UInt8]) -> Bool {
    if path.sensitivity == .keyMaterial || SecretName.isOne(name) { return true }
    switch path.service {
    case "secretsmanager", "iam", "cognito-idp", "eks", "securitylake": return true
    default: return false
    }
  }

  /// Personal data that is a resource's own name, by which it is asked for: searched, not replaced.
  private static func isResourceName(_ path: SensitivePath) -> Bool {
    switch path.service {
    case "s3", "sqs", "kinesis", "ec2": true
    default: false
    }
  }
}

/// The names of DynamoDB's types.
private enum AttributeTypeName {
  private static let all = Set(["S", "N", "B", "M", "L", "SS", "NS", "BS", "BOOL", "NULL"].map { Array($0.utf8) })

  static func isOne(_ key: [UInt8]) -> Bool { all.contains(key) }
}

/// Fields of KUMO that hold a value whose name stands beside or above it.
private enum ValueName {
  private static let all = Set(["StringValue", "BinaryValue", "Value"].map { Array($0.utf8) })

  static func isOne(_ key: [UInt8]) -> Bool { all.contains(key) }
}

/// Names that say that a value is secret.
enum SecretName {
  /// Endings of names that speak about a secret and do not hold it.
  private static let harmless = [
    "name", "arn", "id", "type", "policy", "enabled", "length", "count", "hint", "url", "uri", "endpoint", "expiry",
    "expires", "expiration", "expiresat", "expiresin", "at", "date", "version", "status", "field", "label", "limit",
    "rules", "required", "size", "max", "min", "ref", "path", "file", "algorithm", "issuer", "scope",
  ].map { Array($0.utf8) }

  /// Whether a name is that of a secret (kumo-format.md 5.2, without names that end in a harmless word).
  static func isOne(_ name: [UInt8]) -> Bool {
    guard SensitivePaths.hasSensitiveName(name) else { return false }
    let letters = GoText.foldedKey(name).filter { (97...122).contains($0) }
    return !harmless.contains { letters.count > $0.count + 3 && letters.suffix($0.count).elementsEqual($0) }
  }

  /// Whether a value under such a name can be a secret: not a flag, a number, a date, a plain word or a reference.
  static func canBeSecret(_ value: [UInt8]) -> Bool {
    guard value.count >= 6, !value.starts(with: "arn:".utf8), !value.contains(UInt8(ascii: "\n")) else { return false }
    if value.withUnsafeBytes({ PseudonymForm.isRedacted($0) }) { return false }
    if GoTime.parse(value).time != nil { return false }
    let isDigit = value.map { (48...57).contains($0) }
    let isLower = value.allSatisfy { (97...122).contains($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x20 }
    if isDigit.allSatisfy({ $0 }) || isLower { return false }
    // Prose has spaces, and so has a pass phrase; a field of a document is rarely the latter.
    return value.filter { $0 == 0x20 }.count <= 1
  }
}
