#!/usr/bin/env python3
"""A small stand-in for an emulator: enough of S3, DynamoDB and SQS for the tests of a teardown over the API.

usage: small_aws.py [PORT]        prints the port on its first line

Unlike KUMO it pages every list (three entries a page), as AWS does, and refuses a bucket that is not empty. It keeps
everything in memory. GET /dump gives all of it as JSON. Python's standard library only.
"""
import http.server, json, os, signal, socketserver, sys, urllib.parse
from xml.sax.saxutils import escape

PAGE = 3
buckets, tables, queues = {}, {}, {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", kind="application/xml"):
        if isinstance(body, str):
            body = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def json(self, value, status=200):
        self.answer(status, json.dumps(value), "application/x-amz-json-1.0")

    def refuse(self, code, status=400):
        self.json({"__type": "com.amazonaws#" + code, "message": code}, status)

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True))
        if url.path == "/health":
            return self.answer(200, '{"status":"healthy"}', "application/json")
        if url.path == "/dump":
            return self.json({"buckets": buckets, "tables": tables, "queues": queues})
        if url.path == "/":
            names = "".join(f"<Bucket><Name>{name}</Name></Bucket>" for name in sorted(buckets))
            return self.answer(200, f"<ListAllMyBucketsResult><Buckets>{names}</Buckets></ListAllMyBucketsResult>")
        bucket = buckets.get(url.path.strip("/"))
        if bucket is None:
            return self.answer(404, "<Error><Code>NoSuchBucket</Code></Error>")
        keys = sorted(key for key in bucket if key.startswith(query.get("prefix", "")))
        if "versions" not in query:
            rows = "".join(f'<Contents><Key>{escape(key)}</Key><ETag>"x"</ETag></Contents>' for key in keys)
            return self.answer(200, f"<ListBucketResult>{rows}</ListBucketResult>")
        entries = [(key, version) for key in keys for version in bucket[key]]
        marker = (query.get("key-marker", ""), query.get("version-id-marker", ""))
        if marker[0]:
            entries = [entry for entry in entries if (entry[0], int(entry[1][1:])) > (marker[0], int(marker[1][1:]))]
        more = len(entries) > PAGE
        entries = entries[:PAGE]
        rows = "".join(
            f"<{kind}><Key>{escape(key)}</Key><VersionId>{version}</VersionId><Owner><ID>x</ID></Owner></{kind}>"
            for key, version in entries
            for kind in [("DeleteMarker" if bucket[key][version] == "marker" else "Version")])
        tail = f"<NextKeyMarker>{escape(entries[-1][0])}</NextKeyMarker>" if more else ""
        tail += f"<NextVersionIdMarker>{entries[-1][1]}</NextVersionIdMarker>" if more else ""
        self.answer(200, f"<ListVersionsResult><IsTruncated>{str(more).lower()}</IsTruncated>{tail}{rows}</ListVersionsResult>")

    def do_HEAD(self):
        name, _, key = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)[1:].partition("/")
        self.send_response(200 if key in buckets.get(name, {}) else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_PUT(self):
        name, _, key = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)[1:].partition("/")
        body = self.body()
        if not key:
            buckets.setdefault(name, {})
            return self.answer(200)
        versions = buckets[name].setdefault(key, {})
        versions[f"v{len(versions) + 1}"] = "marker" if body == b"marker" else "body"
        self.answer(200)

    def do_DELETE(self):
        url = urllib.parse.urlsplit(self.path)
        name, _, key = urllib.parse.unquote(url.path)[1:].partition("/")
        version = dict(urllib.parse.parse_qsl(url.query)).get("versionId")
        bucket = buckets.get(name)
        if bucket is None:
            return self.answer(404, "<Error><Code>NoSuchBucket</Code></Error>")
        if not key:
            if bucket:
                return self.answer(409, "<Error><Code>BucketNotEmpty</Code></Error>")
            del buckets[name]
        elif "locked" in key:
            return self.answer(403, "<Error><Code>AccessDenied</Code></Error>")
        elif key in bucket:
            bucket[key].pop(version, None)
            if not bucket[key]:
                del bucket[key]
        self.answer(204)

    def do_POST(self):
        request = json.loads(self.body() or b"{}")
        action = self.headers.get("X-Amz-Target", "").split(".")[-1]
        getattr(self, action, lambda _: self.refuse("UnknownOperation"))(request)

    def ListTables(self, request):
        names = sorted(name for name in tables if name > request.get("ExclusiveStartTableName", ""))
        answer = {"TableNames": names[:PAGE]}
        if len(names) > PAGE:
            answer["LastEvaluatedTableName"] = names[PAGE - 1]
        self.json(answer)

    def CreateTable(self, request):
        tables[request["TableName"]] = {"schema": request["KeySchema"], "items": {}}
        self.json({})

    def table(self, request):
        table = tables.get(request["TableName"])
        if table is None:
            self.refuse("ResourceNotFoundException")
        return table

    def key(self, table, item):
        return json.dumps([item[part["AttributeName"]] for part in table["schema"]], sort_keys=True)

    def DescribeTable(self, request):
        if table := self.table(request):
            self.json({"Table": {"TableName": request["TableName"], "KeySchema": table["schema"]}})

    def PutItem(self, request):
        if table := self.table(request):
            table["items"][self.key(table, request["Item"])] = request["Item"]
            self.json({})

    def GetItem(self, request):
        if table := self.table(request):
            item = table["items"].get(self.key(table, request["Key"]))
            self.json({"Item": item} if item else {})

    def DeleteItem(self, request):
        if table := self.table(request):
            table["items"].pop(self.key(table, request["Key"]), None)
            self.json({})

    def Scan(self, request):
        if table := self.table(request):
            keys = sorted(table["items"])
            if "ExclusiveStartKey" in request:
                start = self.key(table, request["ExclusiveStartKey"])
                keys = [key for key in keys if key > start]
            items = [table["items"][key] for key in keys[:PAGE]]
            answer = {"Items": items, "Count": len(items)}
            if len(keys) > PAGE:
                answer["LastEvaluatedKey"] = {part["AttributeName"]: items[-1][part["AttributeName"]] for part in table["schema"]}
            self.json(answer)

    def DeleteTable(self, request):
        if self.table(request) is not None:
            if "protected" in request["TableName"]:
                return self.refuse("ValidationException")
            del tables[request["TableName"]]
            self.json({})

    def url(self, name):
        return "http://localhost:4566/000000000000/" + name

    def ListQueues(self, request):
        names = sorted(name for name in queues if name > request.get("NextToken", ""))
        answer = {"QueueUrls": [self.url(name) for name in names[:PAGE]]}
        if len(names) > PAGE:
            answer["NextToken"] = names[PAGE - 1]
        self.json(answer)

    def CreateQueue(self, request):
        redrive = request.get("Attributes", {}).get("RedrivePolicy")
        queues[request["QueueName"]] = {"waiting": 0, "inFlight": 0} | ({"RedrivePolicy": redrive} if redrive else {})
        self.json({"QueueUrl": self.url(request["QueueName"])})

    def queue(self, request):
        queue = queues.get(request["QueueUrl"].split("/")[-1])
        if queue is None:
            self.refuse("QueueDoesNotExist")
        return queue

    def SendMessage(self, request):
        if queue := self.queue(request):
            queue["waiting"] += 1
            self.json({})

    def ReceiveMessage(self, request):
        if queue := self.queue(request):
            queue["waiting"] -= 1
            queue["inFlight"] += 1
            self.json({})

    def PurgeQueue(self, request):
        if queue := self.queue(request):
            queue["waiting"] = 0
            self.json({})

    def GetQueueAttributes(self, request):
        if queue := self.queue(request):
            redrive = {"RedrivePolicy": queue["RedrivePolicy"]} if "RedrivePolicy" in queue else {}
            self.json({"Attributes": redrive | {"ApproximateNumberOfMessages": str(queue["waiting"]),
                                                "ApproximateNumberOfMessagesNotVisible": str(queue["inFlight"])}})

    def DeleteQueue(self, request):
        if self.queue(request) is not None:
            del queues[request["QueueUrl"].split("/")[-1]]
            self.json({})


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    # Without asking the network for this machine's name.
    http.server.HTTPServer.server_bind = socketserver.TCPServer.server_bind
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()
