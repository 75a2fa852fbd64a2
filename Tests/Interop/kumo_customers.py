#!/usr/bin/env python3
"""Lets a real KUMO take what the application of the example `upgrade` writes: customers, their files, messages about them.

usage: kumo_customers.py KUMO_BINARY DIR

KUMO works in DIR itself and saves everything when it is stopped, so that DIR is afterwards what a server wrote. Needs boto3.
"""
import json, subprocess, sys

from kumo_check import Server, client


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    binary, directory = sys.argv[1:]
    server = Server(binary, directory, subprocess.DEVNULL)
    try:
        s3, dynamodb, sqs = (client(service, server.port) for service in ("s3", "dynamodb", "sqs"))
        for number, name in enumerate(["Zoë <Ann> & Co", "Prince", "李 小龍"]):
            key = f"made-{number}"
            dynamodb.put_item(TableName="customers", Item={
                "id": {"S": key}, "name": {"S": name}, "email": {"S": f"{key}@example.com"}, "price-plan": {"S": "19.90 EUR"},
                "schema": {"N": "1"}, "seen": {"L": [{"NULL": True}, {"B": b"\x00\xff"}]}})
            s3.put_object(
                Bucket="customer-files", Key=f"export/{key}/profile.json", Body=json.dumps({"name": name}).encode(),
                ContentType="application/json", Metadata={"by": "client"})
            url = f"http://127.0.0.1:{server.port}/000000000000/customer-changes"
            sqs.send_message(QueueUrl=url, MessageBody=json.dumps({"customer": key, "name": name}))
        s3.put_object(Bucket="customer-files", Key="export/empty", Body=b"")
        dynamodb.delete_item(TableName="customers", Key={"id": {"S": "0003"}})
        s3.delete_object(Bucket="customer-files", Key="export/0003/profile.json")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
