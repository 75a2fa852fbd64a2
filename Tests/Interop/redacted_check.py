#!/usr/bin/env python3
"""Compares what an AWS SDK sees of a data directory and of its redacted copy on a real KUMO.

usage: redacted_check.py KUMO_BINARY PROGRAM PLANTED_JSON SOURCE REDACTED

First everything of kumo_check.py for the redacted directory. Then both are served, every object, version, item, message, secret
and parameter is read, and the two views must be the same except where a planted value stood: in a text, only the lines with
one. Sizes, ETags and MD5s must be those of what was received. Needs boto3.
"""
import hashlib, json, os, shutil, sys, tempfile

sys.dont_write_bytecode = True  # nothing of the other scripts is left in the sources
import kumo_check
import leak_search


def view(binary, directory, log):
    """Every value that a client can read, by its place."""
    scratch = tempfile.mkdtemp(prefix="redacted-check-")
    found = {}
    try:
        copy = os.path.join(scratch, "data")
        shutil.copytree(directory, copy)
        server = kumo_check.Server(binary, copy, log)
        try:
            found.update(objects(server.port))
            found.update(items(server.port))
            found.update(messages(server.port))
            found.update(secrets(server.port, directory))
        finally:
            server.stop()
    finally:
        shutil.rmtree(scratch)
    return found


def objects(port):
    s3, found = kumo_check.client("s3", port), {}
    for bucket in (entry["Name"] for entry in s3.list_buckets()["Buckets"]):
        for index, entry in enumerate(s3.list_objects_v2(Bucket=bucket).get("Contents", [])):
            answer = s3.get_object(Bucket=bucket, Key=entry["Key"])
            body, etag = answer["Body"].read(), answer["ETag"].strip('"')
            assert len(body) == answer["ContentLength"] == entry["Size"], f"{bucket}: the size of an object is wrong"
            if "-" not in etag:
                assert etag == hashlib.md5(body).hexdigest(), f"{bucket}: the ETag of an object is wrong"
            found[f"s3 {bucket} {index} key"] = entry["Key"]
            found[f"s3 {bucket} {index} type"] = answer["ContentType"]
            found[f"s3 {bucket} {index} body"] = body.decode("latin-1")
            for number, (name, value) in enumerate(sorted(answer["Metadata"].items())):
                found[f"s3 {bucket} {index} metadata {number}"] = f"{name}={value}"
    return found


def leaves(value, place):
    if isinstance(value, dict):
        return {key: leaf for name, inner in value.items() for key, leaf in leaves(inner, f"{place}/{name}").items()}
    if isinstance(value, list):
        return {key: leaf for index, inner in enumerate(value) for key, leaf in leaves(inner, f"{place}/{index}").items()}
    return {place: str(value)}


def items(port):
    dynamodb, found = kumo_check.client("dynamodb", port), {}
    for table in dynamodb.list_tables()["TableNames"]:
        # Neither a key nor its order is the same afterwards: items are told apart by the names of their attributes.
        listed = sorted((kumo_check.plain(item) for item in dynamodb.scan(TableName=table)["Items"]), key=sorted)
        found.update(leaves(listed, f"dynamodb {table}"))
    return found


def messages(port):
    sqs, found = kumo_check.client("sqs", port), {}
    for url in sqs.list_queues().get("QueueUrls", []):
        name, index = url.rsplit("/", 1)[1], 0
        here = f"http://127.0.0.1:{port}/" + url.split("/", 3)[3]
        while True:
            batch = sqs.receive_message(
                QueueUrl=here, MaxNumberOfMessages=10, MessageAttributeNames=["All"], VisibilityTimeout=600).get("Messages", [])
            for message in batch:
                digest = hashlib.md5(message["Body"].encode()).hexdigest()
                assert digest == message["MD5OfBody"], f"queue {name}: the MD5 of a message is wrong"
                found[f"sqs {name} {index} body"] = message["Body"]
                attributes = kumo_check.plain(message.get("MessageAttributes", {}))
                found.update(leaves(attributes, f"sqs {name} {index}"))
                index += 1
            if not batch:
                break
    return found


def secrets(port, directory):
    found = {}
    for name in kumo_check.load(directory, "secretsmanager").get("secrets", {}):
        manager = kumo_check.client("secretsmanager", port)
        text = manager.get_secret_value(SecretId=name)["SecretString"]
        found.update(leaves(json.loads(text) if text.startswith("{") else text, f"secret {name}"))
    for name in kumo_check.load(directory, "ssm").get("parameters", {}):
        ssm = kumo_check.client("ssm", port)
        found[f"parameter {name}"] = ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"]
    return found


def compare(source, redacted, planted):
    assert source.keys() == redacted.keys(), "a client sees other things: " + str(sorted(source.keys() ^ redacted.keys()))
    changed = 0
    for place, old in source.items():
        new = redacted[place]
        if old == new:
            continue
        before, after = old.split("\n"), new.split("\n")
        assert len(before) == len(after), f"{place}: other lines than before"
        for left, right in zip(before, after):
            if left == right:
                continue
            data = left.encode("latin-1", "replace")
            # A document by its place goes as a whole, with the name of the user beside the password.
            is_secret = place.startswith(("secret ", "parameter "))
            assert is_secret or any(leak_search.search(data, planted, 6, set())), f"{place}: changed without a secret in it"
            changed += 1
    return changed


def main():
    if len(sys.argv) != 6:
        sys.exit(__doc__)
    binary, program, planted, source, redacted = sys.argv[1:]
    with open(planted, encoding="utf-8") as file:
        values = [(entry["where"], entry["value"].encode()) for entry in json.load(file)]
    try:
        kumo_check.check(binary, program, redacted)
        with open(os.devnull, "wb") as log:
            before, after = view(binary, source, log), view(binary, redacted, log)
        changed = compare(before, after, values)
    except AssertionError as error:
        print(error)
        sys.exit(1)
    print(f"{len(before)} values are served, {changed} of them without the secret that was in them, the others as they were")


if __name__ == "__main__":
    main()
