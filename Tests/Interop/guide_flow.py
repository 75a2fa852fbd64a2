#!/usr/bin/env python3
"""The guide's flow with a real AWS SDK (boto3), as the command of `kumo-fixtures run`.

usage: kumo-fixtures run --repeat 2 --restart-between -- guide_flow.py            # write, restart, read again
       kumo-fixtures run -- guide_flow.py fail                                    # write a secret, then fail

The first iteration writes an object, sends a message and puts a row; the harness stops and starts KUMO; the second one finds all
three. With `fail` an assertion fails after a secret was written: the artifact that is left must not hold it.
"""
import os, sys

import boto3
from botocore.config import Config

SECRET = "AKIA" + "Q3EGUHZTKXVLPQ7R"  # in two parts, or scanners would find it here



def storage():
    return boto3.client("s3", config=Config(s3={"addressing_style": "path"}))


s3 = storage()
sqs, dynamodb = boto3.client("sqs"), boto3.client("dynamodb")


def write():
    s3.create_bucket(Bucket="receipts")
    s3.put_object(Bucket="receipts", Key="2026/1.txt", Body=b"paid", Metadata={"kind": "receipt"})
    s3.put_object(Bucket="receipts", Key="2026/empty", Body=b"")
    queue = sqs.create_queue(QueueName="jobs")["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody="send the receipt")
    dynamodb.create_table(
        TableName="invoices", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}], BillingMode="PAY_PER_REQUEST")
    dynamodb.put_item(TableName="invoices", Item={"id": {"S": "1"}, "state": {"S": "paid"}})


def read():
    answer = s3.get_object(Bucket="receipts", Key="2026/1.txt")
    # Python's HTTP library writes names of headers in its own way.
    metadata = {name.lower(): value for name, value in answer["Metadata"].items()}
    assert answer["Body"].read() == b"paid" and metadata == {"kind": "receipt"}, answer
    assert s3.get_object(Bucket="receipts", Key="2026/empty")["Body"].read() == b""
    assert dynamodb.get_item(TableName="invoices", Key={"id": {"S": "1"}})["Item"]["state"]["S"] == "paid"
    queue = sqs.get_queue_url(QueueName="jobs")["QueueUrl"]
    # Up to v0.19 KUMO loads messages and cannot deliver them (kumo-format.md 4.2); it still counts them.
    if os.environ.get("OLD_KUMO"):
        count = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["All"])["Attributes"]["ApproximateNumberOfMessages"]
        assert count == "1", count
    else:
        assert sqs.receive_message(QueueUrl=queue)["Messages"][0]["Body"] == "send the receipt"


if sys.argv[1:] == ["fail"]:
    write()
    # A new connection: after a PUT without a body botocore may wait for ever for the answer to the next one (v0.25.3 of KUMO,
    # also without this tool).
    storage().put_object(Bucket="receipts", Key="config.txt", Body=f"aws_access_key_id = {SECRET}\n".encode())
    dynamodb.put_item(TableName="invoices", Item={"id": {"S": "2"}, "note": {"S": f"the key is {SECRET}"}})
    print("failing on purpose")
    sys.exit(1)
if os.environ["KUMO_FIXTURES_ITERATION"] == "1":
    write()
else:
    read()
    print("all three are still there")
