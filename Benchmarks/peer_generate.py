"""Writes data of the same shape and size as large.yaml with Python's own json, hashlib and base64: the peer of `generate`."""
import base64, hashlib, json, os, random, sys

out = sys.argv[1]
os.makedirs(os.path.join(out, "s3-objects"))
rng = random.Random(1)
words = "order paid late early blue green river stone lamp paper window garden morning letter".split()
items = {}
for i in range(100_000):
    pk = f"customer-{i:06}"
    items["S:" + pk] = {
        "email": {"S": f"user{i}@example.com"}, "id": {"S": pk}, "name": {"S": rng.choice(words) + " " + rng.choice(words)},
        "note": {"S": " ".join(rng.choice(words) for _ in range(rng.randint(6, 14)))}, "seen": {"BOOL": True},
        "tags": {"SS": ["new", str(i)]}, "total": {"N": f"{rng.randint(0, 999900) / 100:.2f}"}}
table = {"Name": "customers", "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}]}
with open(os.path.join(out, "dynamodb.json"), "w") as file:
    json.dump({"tables": {"customers": {"table": table, "items": items}}}, file, separators=(",", ":"), sort_keys=True)
objects = {}
for i in range(10_000):
    body = rng.randbytes(4096)
    digest = hashlib.sha256(body).hexdigest()
    with open(os.path.join(out, "s3-objects", digest), "wb") as file:
        file.write(body)
    objects[f"data/{i:05}.bin"] = {
        "Body": base64.b64encode(body).decode(), "ETag": '"' + hashlib.md5(body).hexdigest() + '"', "Size": 4096, "bodyRef": digest}
with open(os.path.join(out, "s3.json"), "w") as file:
    json.dump({"buckets": {"blobs": {"name": "blobs", "objects": objects}}}, file, separators=(",", ":"), sort_keys=True)
for folder, _, names in os.walk(out):
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            hashlib.file_digest(file, "sha256").hexdigest()
