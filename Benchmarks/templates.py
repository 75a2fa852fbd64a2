"""The examples of our rules and the look-alikes of our tests, made at run time from a seed: no file of the repository holds a
whole credential, even an invented one. The grammar is that of Sources/Redaction/Rules/ExampleTemplate.swift."""
import base64, os, random, re, zlib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
BASE62 = "0123456789" + LETTERS + LETTERS.lower()
ALPHABETS = {
    "d": "0123456789", "h": "0123456789abcdef", "H": "0123456789ABCDEF", "a": LETTERS.lower(), "A": LETTERS,
    "an": LETTERS.lower() + "0123456789", "AN": LETTERS + "0123456789", "b62": BASE62, "b64": BASE62 + "+/", "b64u": BASE62 + "-_",
    "b32": LETTERS + "234567", "bech": "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L",
}
# A string of Swift, as it is or with escapes.
STRING = re.compile(r'#"(.*?)"#|"((?:[^"\\]|\\.)*)"', re.S)


def pick(rng, letters, count):
    return "".join(rng.choice(letters) for _ in range(count))


def encoded(data, safe=False):
    return (base64.urlsafe_b64encode(data).rstrip(b"=") if safe else base64.b64encode(data)).decode()


def part(name, rng):
    """What `<name>` stands for; None for something that is no part."""
    kind, _, size = name.partition(":")
    if size and not re.fullmatch(r"\d+(-\d+)?", size):
        return None
    low, _, high = size.partition("-")
    count = rng.randint(int(low), int(high or low)) if low else 0
    if kind in ALPHABETS and count:
        return pick(rng, ALPHABETS[kind], count)
    if kind == "uuid":
        return "-".join(pick(rng, ALPHABETS["h"], n) for n in (8, 4, 4, 4, 12))
    if kind == "github":
        body, check, digits = pick(rng, BASE62, 30), "", 0
        digits = zlib.crc32(body.encode())
        for _ in range(6):
            check = BASE62[digits % 62] + check
            digits //= 62
        return body + check
    if kind == "jwt":
        claims = '{"sub":"%s","iat":1700000000}' % pick(rng, "0123456789", 10)
        return ".".join(encoded(p, True) for p in (b'{"alg":"HS256","typ":"JWT"}', claims.encode(), rng.randbytes(32)))
    if kind == "basic":
        return encoded(("user:" + pick(rng, BASE62, 14)).encode())
    if kind == "word":
        letters = pick(rng, BASE62, rng.randint(7, 13))
        place = rng.randrange(len(letters))
        return letters[:place] + pick(rng, "0123456789", 1) + letters[place:]
    if kind == "b64of":
        return encoded(rng.randbytes(count))
    if kind == "pem":
        return "\n".join(encoded(rng.randbytes(48)) for _ in range(count))
    return None


def example(template, seed):
    """The text of a template and the secret in it (None without guillemets)."""
    rng = random.Random(seed)
    text = re.sub(r"<([^<>]*)>", lambda match: part(match[1], rng) or match[0], template)
    start, end = text.find("«"), text.find("»")
    return text.replace("«", "").replace("»", ""), text[start + 1:end] if start >= 0 else None


def strings(code):
    """The strings of a list in Swift; those joined by a plus are one."""
    found, last = [], None
    for match in STRING.finditer(code):
        text = match[1] if match[1] is not None else re.sub(
            r"\\(.)", lambda escape: {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}.get(escape[1], escape[1]), match[2])
        if last is not None and re.fullmatch(r"\s*\+\s*", code[last:match.start()]):
            found[-1] += text
        else:
            found.append(text)
        last = match.end()
    return found


def rules():
    """The first example of each rule whose form is published, by the rule's id. Assignments and personal data have no form."""
    folder, found = os.path.join(ROOT, "Sources", "Redaction", "Rules"), {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith("Rules.swift") or name in ("AssignmentRules.swift", "PersonalRules.swift", "BuiltInRules.swift"):
            continue
        with open(os.path.join(folder, name)) as file:
            code = file.read()
        for rule in re.split(r"\n    (?=(?:token|keyed|shaped)\()", code)[1:]:
            examples = re.search(r"examples: \[(.*)", rule, re.S)
            if examples:
                found[strings(rule)[0]] = strings(examples[1])[0]
    return found


def look_alikes():
    """Four texts of each template of the tests that look like secrets and are none."""
    with open(os.path.join(ROOT, "Tests", "RedactionTests", "LookAlikes.swift")) as file:
        code = file.read()
    body = re.sub(r"\n\s*//[^\n]*", "", code[code.index("templates: [String] = [") + 23:code.index("\n  ]\n")])
    return sorted({example(template, 501 + seed)[0] for template in strings(body) for seed in range(4)})
