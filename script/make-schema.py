#!/usr/bin/env python3
"""Makes Sources/KumoState/Schema/SchemaText.swift from lists of the JSON paths KUMO persists.

usage: script/make-schema.py OLDEST.tsv NEWEST.tsv script/kumo-paths-extra.tsv > Sources/KumoState/Schema/SchemaText.swift

A list has three columns: file, path, Go type ({x} a map keyed by x, [] an array, ? omitempty, ! not persisted).
The grammar of the output is described in Sources/KumoState/Schema/SchemaParser.swift.
"""
import re
import sys
from collections import Counter

LEAVES = {
    "string": "s", "string (sha256 hex)": "h", "bool": "b", "int": "i", "int64": "i", "int32": "j", "uint64": "u",
    "float64": "f", "time.Time": "t", "[]byte(base64)": "y", "any": "a",
    "AWSTimestamp custom:MarshalJSON": "E", "AWSTimestamp custom:MarshalJSON,UnmarshalJSON": "e",
    "Timestamp custom:MarshalJSON,UnmarshalJSON": "e",
}
OLDEST, NEWEST, EXTRA = range(3)
TOKEN = re.compile(r"\.([^.{}\[\]?]+)(\??)|\{([^}]*)\}|(\[\])")


class Node:
    def __init__(self):
        self.kind = None  # "{", "*", "#", "[" or a leaf letter, "^"
        self.custom = False
        self.fields = {}  # name -> Field
        self.child = None

    def become(self, kind, where):
        if self.kind not in (None, kind):
            sys.exit(f"{where}: a {self.kind} cannot also be a {kind}")
        self.kind = kind


class Field:
    def __init__(self):
        self.node = Node()
        self.omitempty = self.dangerous = False
        self.lists = set()


def add(root, path, kind, index, where):
    node, field, end = root, None, 1
    if "!" in path:
        return
    for token in TOKEN.finditer(path, 1):
        if token.start() != end:
            sys.exit(f"{where}: cannot read the path at {path[end:]}")
        end = token.end()
        name, optional, key, element = token.groups()
        if name:
            node.become("{", where)
            field = node.fields.setdefault(name, Field())
            field.omitempty |= bool(optional)
            field.lists.add(index)
            node = field.node
        else:
            node.become("[" if element else "#" if key.startswith("int") else "*", where)
            node.child = node.child or Node()
            node = node.child
    if end != len(path):
        sys.exit(f"{where}: cannot read the path at {path[end:]}")
    if kind == "(null is dangerous)":
        field.dangerous = True
    elif kind == "xml.Name":
        for part in ("Space", "Local"):
            add(root, f"{path}.{part}", "string", index, where)
    elif kind.startswith("<recursive"):
        node.become("^", where)
    elif kind.startswith(("Object custom", "AttributeValue custom")):
        node.become("{", where)
        node.custom = True
    elif kind in LEAVES:
        node.become(LEAVES[kind], where)
    else:
        sys.exit(f"{where}: unknown type {kind}")


def mark(field):
    """- gone after the oldest list, + not in the oldest, * only in the extra list."""
    if OLDEST in field.lists:
        return "" if NEWEST in field.lists else "-"
    return "+" if NEWEST in field.lists else "*"


def text(node, shared=None, top=False):
    """The node's text; structs in `shared` (full text -> number) become references."""
    if node.kind == "{":
        if shared is not None and not top and (number := shared.get(text(node))) is not None:
            return f"&{number}"
        parts = []
        for name, field in node.fields.items():
            flags = ("?" if field.omitempty else "") + ("!" if field.dangerous else "") + mark(field)
            parts.append(f"{name}{flags}:{text(field.node, shared)}")
        return ("!" if node.custom else "") + "{" + ",".join(parts) + "}"
    if node.kind in ("[", "*", "#"):
        return node.kind + text(node.child, shared)
    return node.kind or "a"


def structs(node):
    for child in [field.node for field in node.fields.values()] + ([node.child] if node.child else []):
        yield from structs(child)
        if child.kind == "{":
            yield child


def main():
    services = {"sts.json": Node()}
    services["sts.json"].kind = "{"
    in_oldest = set()
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    # The newest list first: its order of fields is the order KUMO writes.
    for index in (NEWEST, OLDEST, EXTRA):
        name = sys.argv[1 + index]
        with open(name) as lines:
            for number, line in enumerate(lines, 1):
                if line.startswith("#"):
                    continue
                file, path, kind = line.rstrip("\n").split("\t")
                if index == OLDEST:
                    in_oldest.add(file)
                add(services.setdefault(file, Node()), path, kind, index, f"{name}:{number}")
    print("// swift-format-ignore-file")
    print("// Made by script/make-schema.py; do not edit. Grammar: SchemaParser.swift.\n")
    print("/// The persisted JSON of every service, one line each (kumo-format.md, lists of paths).")
    print("enum SchemaText {")
    print("  static let all: [(service: StaticString, text: StaticString)] = [")
    for file in sorted(services):
        root = services[file]
        if file not in in_oldest:  # The whole file is new: marking each field would say nothing.
            for struct in list(structs(root)) + [root]:
                for field in struct.fields.values():
                    field.lists.add(OLDEST)
        strip_inner_marks(root)
        counts = Counter(map(text, structs(root)))
        order = dict.fromkeys(t for t in map(text, structs(root)) if counts[t] > 1 and len(t) > 12)
        shared = {t: number for number, t in enumerate(order)}
        bodies = {}
        for struct in structs(root):
            if (t := text(struct)) in shared and t not in bodies:
                bodies[t] = text(struct, shared, top=True)
        parts = list(bodies.values()) + [text(root, shared, top=True)]
        print(f'    ("{file[:-5]}", #"{";".join(parts)}"#),')
    print("  ]\n}")


def strip_inner_marks(node):
    """Below a field that is itself new or gone, only the field carries the mark."""
    for field in node.fields.values():
        if not {OLDEST, NEWEST} <= field.lists:
            for struct in list(structs(field.node)) + [field.node]:
                for inner in struct.fields.values():
                    inner.lists |= {OLDEST, NEWEST}
        strip_inner_marks(field.node)
    if node.child:
        strip_inner_marks(node.child)


main()
