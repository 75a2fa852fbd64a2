#!/usr/bin/env python3
"""Lets a real KUMO work on a copy of a data directory and checks that `diff` says exactly what happened to it.

usage: kumo_effects.py KUMO_BINARY PROGRAM ORIGINAL [SERVED]

SERVED is what KUMO is given, ORIGINAL (default: the same) what it must be equal to: the same data in another layout, say.
  1. Start and stop: an AWS SDK sees what ORIGINAL's files say, and `PROGRAM diff` says nothing.
  2. Known client calls, stop: `PROGRAM diff` says exactly these.
  3. Start again: the SDK sees everything that was there, and everything new.
Needs boto3. Exit code 0 when everything agrees, 1 when not.
"""
import json, os, shutil, subprocess, sys, tempfile

from kumo_check import Server, client, compare, expected, load, seen


def difference(program, first, second):
    result = subprocess.run([program, "diff", first, second, "--format", "json"], capture_output=True, text=True)
    if result.returncode not in (0, 1):
        raise AssertionError(f"diff failed: {result.stderr}")
    return result.returncode, json.loads(result.stdout), result.stdout


def value(kind, text):
    return {"S": {"S": text}, "N": {"N": "987654321"}, "B": {"B": text.encode()}}[kind]


def call(directory, port):
    """Makes client calls and gives what they must show as: (service, kind, change, container, name)."""
    s3, dynamodb, sqs = client("s3", port), client("dynamodb", port), client("sqs", port)
    done = []
    for name, bucket in sorted(load(directory, "s3").get("buckets", {}).items()):
        if bucket["versioningStatus"]:
            continue
        s3.put_object(Bucket=name, Key="effects/new", Body=b"made by a client")
        done.append(("s3", "object", "added", name, "effects/new"))
        keys = sorted(bucket["objects"])
        if keys:
            s3.delete_object(Bucket=name, Key=keys[0])
            done.append(("s3", "object", "removed", name, keys[0]))
        if len(keys) > 1:
            s3.put_object(Bucket=name, Key=keys[1], Body=b"another body")
            done.append(("s3", "object", "changed", name, keys[1]))
        break
    s3.create_bucket(Bucket="effects-bucket")
    s3.put_object(Bucket="effects-bucket", Key="k", Body=b"")
    done.append(("s3", "bucket", "added", "effects-bucket", "effects-bucket"))
    for name, table in sorted(load(directory, "dynamodb").get("tables", {}).items()):
        kinds = {d["AttributeName"]: d["AttributeType"] for d in table["table"]["AttributeDefinitions"]}
        keys = [key["AttributeName"] for key in table["table"]["KeySchema"]]
        dynamodb.put_item(TableName=name, Item={**{key: value(kinds[key], "effects") for key in keys}, "more": {"BOOL": True}})
        parts = [f"{kinds[key]}:{'987654321' if kinds[key] == 'N' else 'effects'}" for key in keys]
        done.append(("dynamodb", "item", "added", name, "|".join(parts)))
        items = sorted(table["items"].items())
        if items:
            item_key, item = items[0]
            dynamodb.update_item(
                TableName=name, Key={key: item[key] for key in keys}, UpdateExpression="SET effectsAttribute = :v",
                ExpressionAttributeValues={":v": {"S": "x"}})
            done.append(("dynamodb", "item", "changed", name, item_key))
        if len(items) > 1:
            dynamodb.delete_item(TableName=name, Key={key: items[1][1][key] for key in keys})
            done.append(("dynamodb", "item", "removed", name, items[1][0]))
        break
    for url, queue in sorted(load(directory, "sqs").get("queues", {}).items()):
        if queue["queue"]["FifoQueue"]:
            continue
        path = f"http://127.0.0.1:{port}/" + url.split("/", 3)[3]
        sent = sqs.send_message(QueueUrl=path, MessageBody="made by a client")
        done.append(("sqs", "message", "added", url, sent["MessageId"]))
        break
    sqs.create_queue(QueueName="effects-queue")
    base = "http://localhost:4566/000000000000/effects-queue"
    done.append(("sqs", "queue", "added", base, base))
    client("ssm", port).put_parameter(Name="effects-parameter", Value="x", Type="SecureString")
    done.append(("ssm", "entry", "added", "parameters", "effects-parameter"))
    return sorted(done)


def shown(document):
    """What diff shows, in the same form. A name that is not shown is a question mark."""
    found = []
    for service in document["services"]:
        for change in service["changes"]:
            found.append((service["service"], change["kind"], change["change"], change["container"], change["name"] or "?"))
    return sorted(found)


def same(left, right):
    return len(left) == len(right) and all(
        a[:4] == b[:4] and (a[4] == b[4] or "?" in (a[4], b[4])) for a, b in zip(sorted(left), sorted(right)))


def serve(binary, directory, log, work=lambda port: None):
    """Starts KUMO on a directory, does something, stops it, so that it saves."""
    server = Server(binary, directory, log)
    try:
        return work(server.port)
    finally:
        server.stop()


def check(binary, program, original, served):
    scratch = tempfile.mkdtemp(prefix="kumo-effects-")

    def copied(directory, name):
        copy = os.path.join(scratch, name)
        shutil.copytree(directory, copy)
        for root, names, files in os.walk(copy):
            for entry in names + files:
                os.chmod(os.path.join(root, entry), 0o750 if entry in names else 0o600)
        return copy

    def nothing(first, second, when):
        code, _, text = difference(program, first, second)
        if code != 0:
            raise AssertionError(f"diff shows something {when}: {text}")

    try:
        with open(os.path.join(scratch, "log"), "wb") as log:
            copy = copied(served, "data")
            serve(binary, copy, log)
            nothing(original, copy, "after a start and a stop")
            # Reading is kept apart: a secret that is read gets a LastAccessedDate, which diff shows.
            wanted = expected(original)
            serve(binary, copied(served, "read"), log, lambda port: compare(wanted, seen(port, wanted), "after the start"))
            calls = serve(binary, copy, log, lambda port: call(original, port))
            _, document, text = difference(program, original, copy)
            if not same(calls, shown(document)):
                raise AssertionError(f"the calls were {calls}, diff shows {text}")
            saved = copied(copy, "saved")
            serve(binary, copy, log)
            nothing(saved, copy, "after the second restart")
            # What KUMO saved holds the old and the new, by the comparison above.
            after = expected(saved)
            serve(binary, copy, log, lambda port: compare(after, seen(port, after), "after the calls and a restart"))
        return len(calls)
    finally:
        shutil.rmtree(scratch)


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    binary, program, original = sys.argv[1:4]
    served = sys.argv[4] if len(sys.argv) == 5 else original
    try:
        print(f"{served}: diff is empty after a restart, and shows {check(binary, program, original, served)} client calls")
    except AssertionError as error:
        print(f"{served}: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
