import Documents
import KumoState

extension DocumentReader {
  func bucket(_ node: DocumentNode, _ path: String) -> Bucket? {
    guard
      let fields = fields(
        node, path, known: ["name", "versioning", "objects", "settings"], required: ["name"]),
      let name = text(fields["name"], fields.path("name"))
    else { return nil }
    return Bucket(
      name: name, versioning: choice(fields["versioning"], fields.path("versioning")) ?? .disabled,
      settings: members(fields["settings"], fields.path("settings")),
      objects: list(fields["objects"], fields.path("objects"), object), location: node.location)
  }

  private func object(_ node: DocumentNode, _ path: String) -> Object? {
    let known = [
      "key", "body", "versions", "content-type", "metadata", "tags", "modified", "count", "for-each", "label",
    ]
    guard let fields = fields(node, path, known: known, required: ["key"]),
      let key = template(fields["key"], fields.path("key"))
    else { return nil }
    var versions: [ObjectVersion] = []
    switch (fields["body"], fields["versions"]) {
    case (let body?, nil):
      guard let body = self.body(body, fields.path("body")) else { return nil }
      versions = [ObjectVersion(body: body, location: node.location)]
    case (nil, let list?): versions = self.list(list, fields.path("versions"), version)
    case (nil, nil):
      report(node.location, path, "an object has no body", hint: "give body: or versions:; an empty one is body: \"\"")
      return nil
    case (_?, let list?):
      report(list.location, path, "an object has both body and versions", hint: "put the body into the last version")
      return nil
    }
    return Object(
      key: key, versions: versions, contentType: template(fields["content-type"], fields.path("content-type")),
      metadata: members(fields["metadata"], fields.path("metadata")),
      tags: members(fields["tags"], fields.path("tags")),
      modified: fields["modified"].map { value($0, fields.path("modified")) }, repetition: repetition(fields),
      label: text(fields["label"], fields.path("label")), location: node.location)
  }

  private func version(_ node: DocumentNode, _ path: String) -> ObjectVersion? {
    guard let fields = fields(node, path, known: ["body", "delete", "content-type", "metadata", "tags"]) else {
      return nil
    }
    if let delete = fields["delete"] {
      if bool(delete, fields.path("delete")) != true || fields["body"] != nil {
        report(node.location, path, "a version is {delete: true} or has a body")
      }
      return ObjectVersion(location: node.location)
    }
    guard let bodyNode = fields["body"], let body = body(bodyNode, fields.path("body")) else {
      if fields["body"] == nil {
        report(node.location, path, "'body' is missing", hint: "a delete marker is {delete: true}")
      }
      return nil
    }
    return ObjectVersion(
      body: body, contentType: template(fields["content-type"], fields.path("content-type")),
      metadata: fields["metadata"].map { members($0, fields.path("metadata")) },
      tags: fields["tags"].map { members($0, fields.path("tags")) }, location: node.location)
  }

  /// Text alone, or a map with one of text, json, base64, file, bytes.
  private func body(_ node: DocumentNode, _ path: String) -> ObjectBody? {
    if plainText(node) != nil { return template(node, path).map { .text($0) } }
    guard case .map(let members) = node.kind, members.count == 1, let member = members.first else {
      expected("text, or one of {text: …}, {json: …}, {base64: …}, {file: PATH}, {bytes: N}", node, path)
      return nil
    }
    let inner = "\(path).\(member.keyText)"
    switch member.keyText {
    case "text": return template(member.value, inner).map { .text($0) }
    case "json": return .json(value(member.value, inner))
    case "base64":
      if let text = plainText(member.value), let bytes = Base64.decode(Array(text.utf8)) { return .data(bytes) }
      expected("base64 with its padding", member.value, inner)
    case "file": return text(member.value, inner).map { .file($0) }
    case "bytes": return range(member.value, inner, unit: ByteSizeText.bytes).map { .bytes($0) }
    default:
      report(
        member.location, path, "unknown kind of body '\(DocumentNode.excerpt(member.key))'",
        hint: NearestName.hint(for: member.keyText, among: ["text", "json", "base64", "file", "bytes"]))
    }
    return nil
  }
}
