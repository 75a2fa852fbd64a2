#!/usr/bin/env python3
"""Starts a real KUMO on a copy of a data directory and compares what an AWS SDK sees with what the directory's files say.

usage: kumo_check.py KUMO_BINARY PROGRAM DIR...

For each directory: copy, start, compare, stop, start again, compare again, stop, and validate what KUMO saved back with
PROGRAM (kumo-fixtures). The expectation is read from the JSON files with Python's own parser, not with our code.
Needs boto3. Exit code 0 when everything agrees, 1 when not.
"""
import base64, hashlib, json, os, shutil, signal, socket, subprocess, sys, tempfile, time, urllib.request

import boto3
from botocore.config import Config


def client(service, port):
    return boto3.client(
        service, endpoint_url=f"http://127.0.0.1:{port}", region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}, connect_timeout=5, read_timeout=20))


def load(directory, service):
    path = os.path.join(directory, service + ".json")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def body(directory, entry):
    if entry.get("Body") is not None:
        return base64.b64decode(entry["Body"])
    if entry.get("bodyRef"):
        with open(os.path.join(directory, "s3-objects", entry["bodyRef"]), "rb") as file:
            return file.read()
    return b""


def expected(directory):
    view = {"s3": {}, "versions": {}, "dynamodb": {}, "sqs": {}, "secrets": {}, "parameters": {}, "topics": {}}
    for name, bucket in load(directory, "s3").get("buckets", {}).items():
        view["s3"][name] = {
            key: [entry["Size"], hashlib.sha256(body(directory, entry)).hexdigest(), entry["ETag"], entry["ContentType"],
                  {k: v for k, v in (entry["Metadata"] or {}).items() if k != "Content-Type"}]
            for key, entry in bucket["objects"].items() if not entry["IsDeleteMarker"]}
        view["versions"][name] = sorted(
            [key, entry["VersionID"], entry["IsDeleteMarker"], entry["Size"]]
            for key, entries in bucket["versions"].items() for entry in entries)
    for name, table in load(directory, "dynamodb").get("tables", {}).items():
        view["dynamodb"][name] = sorted(json.dumps(item, sort_keys=True) for item in table["items"].values())
    for queue in load(directory, "sqs").get("queues", {}).values():
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        view["sqs"][queue["queue"]["Name"]] = len([m for m in queue["messages"] or [] if m["VisibleAt"] <= now])
    for name, secret in load(directory, "secretsmanager").get("secrets", {}).items():
        view["secrets"][name] = secret["SecretString"] or secret["SecretBinary"]
    for name, parameter in load(directory, "ssm").get("parameters", {}).items():
        view["parameters"][name] = [parameter["Type"], parameter["Value"]]
    for arn, topic in load(directory, "sns").get("topics", {}).items():
        view["topics"][arn] = sorted([s["Protocol"], s["Endpoint"]] for s in topic["Subscriptions"].values())
    return view


def plain(value):
    """An attribute value as boto3's low-level client gives it, in the form of the file."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value


def seen(port, wanted):
    view = {"s3": {}, "versions": {}, "dynamodb": {}, "sqs": {}, "secrets": {}, "parameters": {}, "topics": {}}
    s3, dynamodb, sqs = client("s3", port), client("dynamodb", port), client("sqs", port)
    for bucket in s3.list_buckets()["Buckets"]:
        name = bucket["Name"]
        objects = {}
        listed = s3.list_objects_v2(Bucket=name, MaxKeys=1_000_000).get("Contents", [])
        for key in sorted(set(wanted["s3"].get(name, {})) | {entry["Key"] for entry in listed}):
            try:
                answer = s3.get_object(Bucket=name, Key=key)
            except s3.exceptions.NoSuchKey:
                continue  # a key whose newest version is a delete marker is listed by some releases
            content = answer["Body"].read()
            objects[key] = [answer["ContentLength"], hashlib.sha256(content).hexdigest(), answer["ETag"], answer["ContentType"],
                            {k.lower(): v for k, v in answer["Metadata"].items()}]
        view["s3"][name] = objects
        versions = []
        if wanted["versions"].get(name):
            answer = s3.list_object_versions(Bucket=name, MaxKeys=1_000_000)
            versions = [[v["Key"], v["VersionId"], False, v["Size"]] for v in answer.get("Versions", [])]
            versions += [[m["Key"], m["VersionId"], True, 0] for m in answer.get("DeleteMarkers", [])]
        view["versions"][name] = sorted(versions)
    for name in dynamodb.list_tables()["TableNames"]:
        items, start = [], {}
        while True:
            answer = dynamodb.scan(TableName=name, **start)
            items += [json.dumps(plain(item), sort_keys=True) for item in answer["Items"]]
            if not answer.get("LastEvaluatedKey"):
                break
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}
        view["dynamodb"][name] = sorted(items)
        keys = [key["AttributeName"] for key in dynamodb.describe_table(TableName=name)["Table"]["KeySchema"]]
        for item in dynamodb.scan(TableName=name, Limit=50)["Items"]:
            if "Item" not in dynamodb.get_item(TableName=name, Key={key: item[key] for key in keys}):
                raise AssertionError(f"table {name}: GetItem does not find an item that Scan shows")
    for url in sqs.list_queues().get("QueueUrls", []):
        path = f"http://127.0.0.1:{port}/" + url.split("/", 3)[3]
        answer = sqs.get_queue_attributes(QueueUrl=path, AttributeNames=["All"])["Attributes"]
        view["sqs"][url.rsplit("/", 1)[1]] = int(answer["ApproximateNumberOfMessages"])
    if wanted["secrets"]:
        manager = client("secretsmanager", port)
        for secret in manager.list_secrets()["SecretList"]:
            answer = manager.get_secret_value(SecretId=secret["Name"])
            view["secrets"][secret["Name"]] = answer.get("SecretString") or base64.b64encode(answer["SecretBinary"]).decode()
    if wanted["parameters"]:
        for name in wanted["parameters"]:
            parameter = client("ssm", port).get_parameter(Name=name, WithDecryption=True)["Parameter"]
            view["parameters"][name] = [parameter["Type"], parameter["Value"]]
    if wanted["topics"]:
        sns = client("sns", port)
        for topic in sns.list_topics()["Topics"]:
            listed = sns.list_subscriptions_by_topic(TopicArn=topic["TopicArn"])["Subscriptions"]
            view["topics"][topic["TopicArn"]] = sorted([s["Protocol"], s["Endpoint"]] for s in listed)
    return view


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    def __init__(self, binary, directory, log):
        self.port = free_port()
        environment = {**os.environ, "KUMO_DATA_DIR": directory, "KUMO_HOST": "127.0.0.1", "KUMO_PORT": str(self.port)}
        self.process = subprocess.Popen([binary], env=environment, stdout=log, stderr=log)
        deadline = time.monotonic() + 30
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=1):
                    return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError(f"{binary} does not answer on port {self.port}") from None
                time.sleep(0.02)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)


def compare(wanted, got, when):
    for service in wanted:
        if wanted[service] != got[service]:
            names = sorted(set(wanted[service]) | set(got[service]))
            wrong = [name for name in names if wanted[service].get(name) != got[service].get(name)]
            raise AssertionError(
                f"{when}: {service} differs in {wrong}:\n  file: {str(wanted[service].get(wrong[0]))[:600]}"
                f"\n  SDK:  {str(got[service].get(wrong[0]))[:600]}")


def check(binary, program, directory):
    scratch = tempfile.mkdtemp(prefix="kumo-check-")
    try:
        copy = os.path.join(scratch, "data")
        shutil.copytree(directory, copy)
        wanted = expected(directory)
        with open(os.path.join(scratch, "log"), "wb") as log:
            for when in ("after the start", "after a restart"):
                server = Server(binary, copy, log)
                try:
                    compare(wanted, seen(server.port, wanted), when)
                finally:
                    server.stop()
        for name in ("fixture.json", "manifest-sha256.txt"):  # KUMO rewrote its files: the directory is no fixture any more
            if os.path.exists(os.path.join(copy, name)):
                os.remove(os.path.join(copy, name))
        result = subprocess.run([program, "validate", copy], capture_output=True, text=True)
        if result.returncode != 0:
            raise AssertionError(f"what KUMO saved back does not validate:\n{result.stdout}{result.stderr}")
    finally:
        shutil.rmtree(scratch)


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    failed = False
    for directory in sys.argv[3:]:
        try:
            check(sys.argv[1], sys.argv[2], directory)
            print(f"{directory}: the SDK sees what the files say, before and after a restart")
        except AssertionError as error:
            failed = True
            print(f"{directory}: {error}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
