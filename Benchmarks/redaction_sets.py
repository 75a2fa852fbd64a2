"""Makes the data sets of the redaction benchmarks from a seed, with invented credentials planted in them:

DIR/a         20,000 bodies named by their SHA-256, half text, half noise (about 700 MB)
DIR/b         one dynamodb.json of 300 MB in KUMO's own form
DIR/c         200 small files of services and 537 small bodies (about 8 MB)
DIR/labelled  one file for each form that our rules know in each of seven places; DIR/labelled.json says which lines hold the secret
DIR/alike     one file for each text that looks like a secret and is none
"""
import base64, gzip, hashlib, json, os, random, sys

import datasets, templates

KINDS = ("aws-access-key-id", "github-pat", "gitlab-pat", "google-api-key", "slack-bot-token", "sendgrid-key", "stripe-secret-key")
TABLE = (
    '{"tables":{"t":{"table":{"Name":"t","KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],"AttributeDefinitions":'
    '[{"AttributeName":"pk","AttributeType":"S"}],"ProvisionedThroughput":null,"GlobalSecondaryIndexes":null,'
    '"LocalSecondaryIndexes":null,"CreationDateTime":"2026-01-02T03:04:05Z","TableStatus":"ACTIVE","ItemCount":%d,"TableSizeBytes":0,'
    '"TableARN":"arn:aws:dynamodb:us-east-1:000000000000:table/t","BillingMode":"PAY_PER_REQUEST","DeletionProtection":false,'
    '"TTLAttributeName":"","TTLEnabled":false,"StreamEnabled":false,"StreamViewType":"","LatestStreamArn":""},"items":{')


def planter(every):
    """Gives every so many calls the next credential: about 100 of each kind over a data set."""
    rules = templates.rules()

    def plant(number):
        if number % every:
            return None
        number //= every
        text, _ = templates.example(rules[KINDS[number % len(KINDS)]], 9000 + number)
        return text

    return plant


def table(folder, size):
    rng, plant = random.Random(7), planter(2300)
    os.makedirs(folder)
    names, texts = datasets.WORDS, [" ".join(rng.choice(datasets.WORDS) for _ in range(rng.randint(1, 5))) for _ in range(4000)]
    with open(os.path.join(folder, "dynamodb.json"), "w") as file:
        file.write(TABLE % 0)
        number, length = 0, 0
        while length < size:
            key = "c%08d" % number
            item = '"S:%s":{"pk":{"S":"%s"},"id":{"S":"%016x"},"%s":{"S":"%s"},"%s":{"N":"%d"},"%s":{"S":"%s"}' % (
                key, key, rng.getrandbits(64), rng.choice(names), rng.choice(texts), rng.choice(names), rng.randrange(100000),
                rng.choice(names), rng.choice(texts))
            secret = plant(number)
            if secret:
                item += ',"note":{"S":%s}' % json.dumps(secret)
            length += file.write(("," if number else "") + item + "}")
            number += 1
        file.write("}}}}")


def small_files(folder):
    rng, plant = random.Random(8), planter(7)
    os.makedirs(os.path.join(folder, "s3-objects"))
    for index in range(200):
        records = json.loads("[%s}]" % datasets.text(rng, 24_000).decode().rsplit("},", 1)[0])
        if plant(index):
            records.append({"note": plant(index)})
        with open(os.path.join(folder, "service%03d.json" % index), "w") as file:
            json.dump({"items": {str(place): record for place, record in enumerate(records)}}, file)
    for index in range(537):
        body = datasets.text(rng, 4_000) if index % 2 else rng.randbytes(4_000)
        body += (plant(index) or "").encode()
        with open(os.path.join(folder, "s3-objects", hashlib.sha256(body).hexdigest()), "wb") as file:
            file.write(body)


def big_object(folder):
    """One S3 object of 2 GB, half text, half noise, with its s3.json."""
    os.makedirs(os.path.join(folder, "s3-objects"))
    rng, plant = random.Random(10), planter(3)
    path, sha, md5, size = os.path.join(folder, "body"), hashlib.sha256(), hashlib.md5(), 0
    pieces = [datasets.text(rng, 1 << 20) for _ in range(16)] + [rng.randbytes(1 << 20) for _ in range(16)]
    with open(path, "wb") as file:
        for number in range(2000):
            piece = pieces[rng.randrange(32)] + b"\n%016x\n" % rng.getrandbits(64) + (plant(number) or "").encode() + b"\n"
            file.write(piece)
            sha.update(piece)
            md5.update(piece)
            size += len(piece)
    os.rename(path, os.path.join(folder, "s3-objects", sha.hexdigest()))
    record = {
        "Key": "big", "Body": "", "ETag": '"%s"' % md5.hexdigest(), "Size": size, "LastModified": "2026-01-02T03:04:05Z",
        "ContentType": "application/octet-stream", "Metadata": {}, "Tags": None, "VersionID": "", "IsDeleteMarker": False,
        "ServerSideEncryption": "", "SSEKMSKeyID": "", "bodyRef": sha.hexdigest()}
    bucket = {
        "name": "b", "creationDate": "2026-01-02T03:04:05Z", "objects": {"big": record}, "versions": {}, "versioningStatus": "",
        "versionIdcounter": 0, "eventBridgeEnabled": False}
    with open(os.path.join(folder, "s3.json"), "w") as file:
        json.dump({"buckets": {"b": bucket}}, file, separators=(",", ":"))


def indented(text):
    return "".join("    " + line + "\n" for line in text.split("\n"))


# name of the place: (suffix, encoded, content around the example)
PLACES = {
    "text": (".txt", False, lambda text: "2026-11-22T10:00:00Z request done\n%s\nnext line\n" % text),
    "json": (".json", False, lambda text: '{\n "id": 17,\n "note": %s\n}\n' % json.dumps(text)),
    "env": (".env", False, lambda text: "LEVEL=info\n%s\nPORT=8080\n" % text),
    "yaml": (".yaml", False, lambda text: "settings:\n  note: |\n%s  level: info\n" % indented(text)),
    "base64": (".txt", True, lambda text: "body: %s\n" % base64.b64encode(text.encode()).decode()),
    "percent": (".txt", True, lambda text: "q=%s\n" % "".join("%%%02X" % byte for byte in text.encode())),
    "gzip": (".gz", True, lambda text: gzip.compress(text.encode() + b"\n", mtime=0)),
}


def labelled(folder, truth):
    os.makedirs(folder)
    labels = {}
    for number, (rule, template) in enumerate(sorted(templates.rules().items())):
        for place, (suffix, is_encoded, around) in PLACES.items():
            # Every fifth form is encoded, too.
            if is_encoded and number % 5:
                continue
            text, secret = templates.example(template, 70_000 + number)
            content = around(text)
            name = "%s-%s%s" % (rule, place, suffix)
            if isinstance(content, str):
                content = content.encode()
            first = last = 1
            # The line on which the secret begins, and the one on which it ends.
            for whole in (secret, json.dumps(secret)[1:-1], indented(secret)[4:-1]):
                at = content.find(whole.encode())
                if at >= 0 and not is_encoded:
                    first = 1 + content.count(b"\n", 0, at)
                    last = first + whole.count("\n")
                    break
            labels[name] = {"rule": rule, "place": place, "encoded": is_encoded, "first": first, "last": last}
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
    with open(truth, "w") as file:
        json.dump(labels, file, indent=1)


def alike(folder):
    os.makedirs(folder)
    for number, text in enumerate(templates.look_alikes()):
        with open(os.path.join(folder, "%03d.txt" % number), "w") as file:
            file.write(text + "\n")


def make(folder):
    """Makes what is not there yet."""
    plant = planter(14)
    makers = {
        "a": lambda path: datasets.many_files(path, lambda number: (plant(number) or "").encode()),
        "b": lambda path: table(path, 300_000_000),
        "c": small_files,
        "labelled": lambda path: labelled(path, os.path.join(folder, "labelled.json")),
        "alike": alike,
    }
    for name, maker in makers.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            maker(path + ".part")
            os.rename(path + ".part", path)


if __name__ == "__main__":
    make(sys.argv[1])
