import Redaction

/// Texts that look like secrets and are none: generated, so that they are many and always the same.
enum LookAlikes {
  /// Templates of `ExampleTemplate` without a secret; each is made four times with other values.
  private static let templates: [String] = [
    // Identifiers and digests
    #""id": "<uuid>""#, "request-id: <uuid>", "x-amz-request-id: <AN:16>", #""ETag": "\"<h:32>\"""#, "etag: <h:32>-3",
    "sha256:<h:64>", "md5 <h:32>", "commit <h:40>", "git checkout <h:40>", "<h:40> refs/heads/main", "digest = <h:64>",
    #""VersionId": "<b62:32>""#, #""hash": {"S": "<h:64>"}"#, "Content-MD5: <b64of:16>", "sha384-<b64of:48>",
    "integrity sha512-<b64of:64>", #""integrity": "sha512-<b64of:64>""#, "image: repo/app@sha256:<h:64>",
    "traceparent: 00-<h:32>-<h:16>-01", "X-Amzn-Trace-Id: Root=1-<h:8>-<h:24>", "ulid 01<AN:24>", #""_id": "<h:24>""#,
    "MessageId=<uuid>", #""ReceiptHandle": "<uuid>""#, #""SequenceNumber":"<d:56>""#, "correlation_id=<uuid>",
    "session <uuid> started", "order-<d:12>", "tx 0x<h:64>", "wallet 0x<h:40>", "block <d:8> hash 0x<h:64>",
    // AWS names
    "arn:aws:s3:::bucket-<d:6>/key", "arn:aws:iam::<d:12>:role/app-role", "arn:aws:sqs:eu-central-1:<d:12>:orders",
    "arn:aws:secretsmanager:us-east-1:<d:12>:secret:db-<b62:6>", "arn:aws:kms:us-east-1:<d:12>:key/<uuid>",
    "subnet-<h:17>", "i-<h:17>", "vpc-<h:8>", "AIDA<b32:17>", "AROA<b32:17>:session", "ami-<h:17>",
    #""NextToken": "<b64:80>""#, #""ContinuationToken":"<b64:60>""#, #""SecretId": "prod/db/main-<d:2>""#,
    #""SecretArn":"arn:aws:secretsmanager:us-east-1:<d:12>:secret:x""#, #""KeyId": "<uuid>""#, "AccountId=<d:12>",
    #""ClientRequestToken": "<uuid>""#, #""KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}]"#,
    // Dates, numbers, telephone-like
    "2026-11-<d:2>T10:00:00Z", "1970-01-01T00:00:00.<d:9>Z", "+49 30 <d:7>", "(555) 010-<d:4>", "IBAN DE<d:20>",
    "4111 1111 1111 1111", "version 1.<d:2>.<d:2>-rc.1+build.<d:4>", "tokens: <d:7>", "max_tokens=<d:4>",
    "total_tokens: <d:5>", "password_length=<d:2>", "pi 3.14159265358979323846264338327950288419716939937510",
    // Encoded data
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA<b64:300>", "data:font/woff2;base64,d09GMgABAAAAA<b64:200>",
    #""body": "<b64:400>""#, #"{"B":"<b64of:40>"}"#, "<b64of:200>", "<h:200>", "%7B%22a%22%3A<d:4>%7D",
    "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "H4sIAAAAAAAA<b64:120>", "UEsDBBQAAAAIA<b64:100>",
    "-----BEGIN CERTIFICATE-----\n<pem:10>\n-----END CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----\n<pem:4>\n-----END PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE REQUEST-----\n<pem:6>\n-----END CERTIFICATE REQUEST-----",
    "-----BEGIN PGP SIGNATURE-----\n\n<pem:5>\n-----END PGP SIGNATURE-----",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA<b64:43> a@b",
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB<b64:340>== user@host", "SHA256:<b64:43>", "PublicKey = <b64of:32>",
    // Examples of documentation and placeholders
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "sk_test_XXXXXXXXXXXXXXXXXXXXXXXX",
    "api_key: YOUR_API_KEY_HERE", "token: <your-token>", "password: changeme", "export TOKEN=$MY_TOKEN",
    "token=${TOKEN:-}",
    "secret: '{{ .Values.secret }}'", "password: !vault |", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "PASSWORD=********",
    "postgres://user:password@localhost/db", "https://user:pass@example.com/", "Authorization: Bearer <token>",
    "Authorization: Basic ${AUTH}", "password=REDACTED", "xoxb-not-a-real-token", "AKIAXXXXXXXXXXXXXXXX",
    "secret_key = ''",
    "postgres://app:${DB_PASSWORD}@db/app", "password: %(DB_PASSWORD)s", "--password-file /run/secrets/db",
    "secretKeyRef: {name: db-credentials, key: password}", "api_key = os.environ['API_KEY']",
    "apiKey: process.env.API_KEY,",
    // Words in prose and labels
    "The password must have at least 8 characters and one digit.", "Enter your password, then press Return.",
    "This token is used to authenticate the request.", "Secret sharing was invented by Shamir in 1979.",
    "He kept the secret for 25 years.", "A bearer of bad news arrived at 10.", "basic authentication is off by default",
    #""passwordLabel": "Password (8 or more)""#, "password: required", "password: string, min 8",
    "token: Optional[str]",
    "tokenType: Bearer", "secret santa: 24 December", "key: value", "api key rotation every 90 days", "token expired",
    "invalid password for user admin", "password reset link sent", "forgot password?", "token bucket with rate 100",
    "private key not found", "no api key given", "wrong secret length: 32", "password field is hidden",
    // Code, minified and not
    "function login(e,t){return this.password=t,e.token||n(e.secret)}", "const token=await getToken(user.id);",
    "if(password.length<8)throw new Error('too short')", "password = request.form['password']", "self.token = token",
    "let secret = try SecretStore.load(name: \"db\")", "var apiKey:String?", "token := r.Header.Get(\"X-Token\")",
    "!function(e){var t={};function n(r){if(t[r])return t[r].exports}}([function(e,t){e.exports=n(17)}]);",
    "e.password=a.b.c,e.secretKey=k(),e.token=r.tokens[0]", "<input type=\"password\" name=\"password\" id=\"pw1\">",
    "private_key_path=/etc/ssl/private/app1.key", "PWD=/home/user1/project2", "OLDPWD=/tmp/x1",
    "token_url=https://id.example/o2",
    "secret_name=app-db-2", "passwordHash: bcrypt", "authMethod=password", "class=\"token string4\"", "span.token-9",
    "kubectl create secret generic db --from-file=./a1.txt", "#token-<d:4>", "csrf-token-field-2",
    // Other tools' data
    "GET /token/<d:6> HTTP/1.1 200 <d:4>",
    "user-agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/1<d:2>.0",
    "Set-Cookie: theme=dark; Path=/", "Server: AmazonS3", "x-amz-id-2: <b64:56>=", "cache-control: max-age=<d:6>",
    "C:\\Users\\a\\AppData\\Local\\Temp\\<an:8>.tmp", "/var/lib/docker/overlay2/<h:64>/merged",
    "pkg:npm/left-pad@1.<d:1>.0",
    "npm_config_registry=https://registry.npmjs.org/", "github.com/o/r/commit/<h:40>", "twitter.com/i/status/<d:19>",
    "SK<d:6>", "AC<h:32>", "pk_live_<b62:24>", "pub-c-<uuid>", "price_<b62:24>", "cus_<b62:14>", "pi_<b62:24>",
    "evt_<b62:24>",
  ]

  /// At least 300 texts.
  static let texts: [[UInt8]] = templates.flatMap { template in
    (0..<4).map { ExampleTemplate(template).example(seed: UInt64(501 + $0)).bytes }
  }.reduce(into: (seen: Set<[UInt8]>(), kept: [[UInt8]]())) { result, text in
    if result.seen.insert(text).inserted { result.kept.append(text) }
  }.kept
}
