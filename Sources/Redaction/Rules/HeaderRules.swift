extension SecretRule {
  /// Credentials in headers, URLs, command lines and connection strings: standards rather than vendors.
  static let carriers: [SecretRule] = [
    shaped(
      "jwt", "JSON Web Token", .jwt,
      #"(?<![0-9A-Za-z_\-])(ey[JA][0-9A-Za-z_\-]{8,4000}\.[0-9A-Za-z_\-]{8,16000}\.[0-9A-Za-z_\-]{10,1400})"#,
      candidate: #"ey[JA][0-9A-Za-z_\-]{8}"#, tail: "0-9A-Za-z_", check: .jwt,
      source: "https://www.rfc-editor.org/rfc/rfc7519#section-3", examples: ["token=«<jwt>»", "Bearer «<jwt>»"],
      not: ["eyJ<b62:20>.<b62:20>.<b62:20>", "eyJ<b62:40>"]),
    shaped(
      "jwe", "Encrypted JSON Web Token", .jwt,
      #"(?<![0-9A-Za-z_\-])(eyJ[0-9A-Za-z_\-]{8,4000}\.[0-9A-Za-z_\-]{0,1400}\.[0-9A-Za-z_\-]{16,24}\.[0-9A-Za-z_\-]{8,16000}\.[0-9A-Za-z_\-]{20,44})"#,
      candidate: #"eyJ[0-9A-Za-z_\-]{8}"#, tail: "0-9A-Za-z_", check: .jwt,
      source: "https://www.rfc-editor.org/rfc/rfc7516#section-3.1",
      examples: ["«eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..<b64u:16>.<b64u:60>.<b64u:22>»"]),
    shaped(
      "bearer-token", "Token after Bearer", .bearerToken,
      #"(?i:\bbearer)(?:[ \t]|%20|\+){1,3}([0-9A-Za-z_\-.~+/]{16,8000}={0,2})"#,
      candidate: #"(?i:bearer)(?:[ \t]|%20|\+){1,3}[0-9A-Za-z_\-.~+/]{16}"#, certainty: .keyed,
      check: .machineMadeOrUUID, source: "https://www.rfc-editor.org/rfc/rfc6750#section-2.1",
      examples: ["Authorization: Bearer «<b62:32>»", #""authorization": "bearer «<b64u:60>»""#, "Bearer «<uuid>»"],
      not: ["Bearer authentication-is-required-here", "the bearer of this letter"]),
    shaped(
      "basic-credentials", "User name and password after Basic", .basicCredentials,
      #"(?i:\bbasic)(?:[ \t]|%20){1,3}([0-9A-Za-z+/_\-]{8,1400}={0,2})"#,
      candidate: #"(?i:basic)(?:[ \t]|%20){1,3}[0-9A-Za-z+/_\-]{8}"#, certainty: .keyed, check: .userAndPassword,
      source: "https://www.rfc-editor.org/rfc/rfc7617#section-2",
      examples: ["Authorization: Basic «<basic>»"], not: ["Basic authentication", "basic understanding of things"]),
    shaped(
      "digest-response", "Response of HTTP digest authentication", .genericToken,
      #"(?i:digest)[ \t][^\r\n]{0,600}?\bresponse="?([0-9a-f]{32,64})"#,
      candidate: #"(?i:digest)[ \t]{1,3}[a-z]{2,12}="#,
      tail: "0-9a-f", source: "https://www.rfc-editor.org/rfc/rfc7616#section-3.4",
      examples: [#"Authorization: Digest username="u", realm="r", nonce="n", response="«<h:32>»""#]),
    shaped(
      "url-password", "Password in a URL", .urlPassword,
      #"://[^\s:/?#@"'<>\\]{0,100}:([^\s/"'<>\\]{1,300})@(?=[0-9A-Za-z\[_$%{.])"#,
      candidate: #"://[^\s:/?#@"'<>\\]{0,100}:[^\s/"'<>\\]{1,300}@"#, check: .urlPassword,
      source: "https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1",
      examples: [
        "DATABASE_URL=postgres://app:«<b62:12>»@db.internal:5432/app", "redis://:«<b62:16>»@cache:6379/0",
        "mongodb+srv://root:«p@ss<b62:8>»@c0.mongodb.net/t", "amqp://guest:«<b62:9>»@mq//",
        "https://user:«<h:40>»@git.example.org/r.git",
      ],
      not: [
        "https://example.org:8080/path@2", "postgres://user:${DB_PASSWORD}@db/app", "http://[::1]:80/a",
        "redis://:password@localhost", "ssh://git@github.com:22/o/r",
      ]),
    shaped(
      "connection-string-password", "Password in an ADO.NET, ODBC or JDBC connection string", .password,
      #"[;?&][ \t]{0,3}(?i:password|pwd)[ \t]{0,3}=[ \t]{0,3}'?([^;&"'\s\\]{3,200})"#,
      candidate: #"[;?&][ \t]{0,3}(?i:password|pwd)[ \t]{0,3}=[ \t]{0,3}'?[^;&"'\s\\]{3}"#, check: .urlPassword,
      source: "https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax",
      examples: [
        "Server=tcp:s,1433;Initial Catalog=d;User ID=u;Password=«<b62:10>!»;Encrypt=True",
        "jdbc:postgresql://h:5432/d?user=u&password=«<b62:10>»", "Driver={x};Uid=u;Pwd=«<b62:9>»;",
      ], not: ["Server=s;User ID=u;Password=${PW};", "?password=&x=1"]),
    shaped(
      "connection-string-password-first", "Password before the server in a connection string", .password,
      #"(?i:\b(?:password|pwd))=([^;"'\s\\]{3,200});[ \t]{0,3}(?i:server|data source|host|database|uid|user id|user|port)[ \t]{0,2}="#,
      candidate: #"(?i:password|pwd)=[^;"'\s\\]{3,200};[ \t]{0,3}(?i:server|data source|host|database|uid|user)"#,
      check: .urlPassword, source: "https://learn.microsoft.com/dotnet/framework/data/adonet/connection-string-syntax",
      examples: ["Password=«<b62:10>»;Server=db;User=u"]),
    shaped(
      "command-line-user", "User and password of a command line, as curl -u", .password,
      #"[ "'](?:-u|--user|--proxy-user)(?:[ \t]{1,3}|=)["']?[^\s:"'$]{1,64}:([^\s"'\\]{3,200})"#,
      candidate: #"[ "'](?:-u|--user|--proxy-user)(?:[ \t]{1,3}|=)["']?[^\s:"'$]{1,64}:[^\s"'\\]{3}"#,
      certainty: .keyed,
      check: .password, source: "https://curl.se/docs/manpage.html#-u",
      examples: ["curl -u admin:«<word>» https://h/", "curl --user 'a:«<b62:7>9x»' h"],
      not: ["docker run -u 1000:1000 image", "install --user root:wheel"]),
    shaped(
      "command-line-password", "Password of mysql -p or sshpass -p", .password,
      #"(?:sshpass[ \t]{1,3}-p[ \t]{0,3}|mysql(?:dump|admin)?[ \t][^\r\n|;]{0,120}?[ \t]-p)["']?([^\s"'\\\-][^\s"'\\]{3,100})"#,
      candidate: #"(?:sshpass[ \t]{1,3}-p|mysql(?:dump|admin)?[ \t][^\r\n|;]{0,120}[ \t]-p)"#, certainty: .keyed,
      check: .password, source: "https://dev.mysql.com/doc/refman/8.4/en/connecting.html",
      examples: ["mysql -h db -u root -p«<word>» app", "sshpass -p «<word>» ssh h"],
      not: ["mysql -u root -p app"]),
    shaped(
      "netrc-password", "Password in a .netrc", .password,
      #"\b(?:login|account)[ \t]{1,8}\S{1,128}\s{1,8}password[ \t]{1,8}(\S{3,200})"#,
      candidate: #"(?:login|account)[ \t]{1,8}\S{1,128}\s{1,8}password[ \t]{1,8}\S{3}"#, check: .urlPassword,
      source: "https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html",
      examples: ["machine h login u password «<b62:10>»", "machine h\n  login u\n  password «<b62:10>»\n"]),
    shaped(
      "pgpass-password", "Password in a .pgpass", .password,
      #"(?m)^[^\s:#]{1,100}:5432:[^\s:]{1,63}:[^\s:]{1,63}:([^\s:]{3,128})$"#,
      candidate: #"[^\s:#]{1,100}:5432:[^\s:]{1,63}:[^\s:]{1,63}:[^\s:]{3}"#, check: .urlPassword,
      source: "https://www.postgresql.org/docs/current/libpq-pgpass.html",
      examples: ["db.internal:5432:app:app:«<b62:12>»"]),
    shaped(
      "sql-password", "Password in an SQL statement", .password,
      #"(?i:identified[ \t]{1,4}(?:with[ \t]{1,4}\w{1,40}[ \t]{1,4})?by|\bpassword)[ \t]{1,4}\\?['"]([^'"\r\n\\]{3,128})\\?['"]"#,
      candidate:
        #"(?i:identified[ \t]{1,4}(?:with[ \t]{1,4}\w{1,40}[ \t]{1,4})?by|password)[ \t]{1,4}\\?['"][^'"\r\n\\]{3}"#,
      certainty: .keyed, check: .password, source: "https://www.postgresql.org/docs/current/sql-createrole.html",
      examples: [
        "CREATE USER u IDENTIFIED BY '«<word>»';", "ALTER ROLE r WITH ENCRYPTED PASSWORD '«<word>»';",
      ],
      not: ["ALTER ROLE r WITH PASSWORD NULL"]),
    shaped(
      "google-signed-url", "Signature of a signed Google Cloud URL", .urlSignature,
      "X-Goog-Signature=([0-9a-f]{128,1024})", tail: "0-9a-f",
      source: "https://cloud.google.com/storage/docs/access-control/signed-urls",
      examples: ["https://storage.googleapis.com/b/o?X-Goog-Expires=900&X-Goog-Signature=«<h:512>»"],
      not: ["X-Goog-Signature=<h:20>"]),
    shaped(
      "signed-url", "Signature of a CloudFront or S3 version 2 URL", .urlSignature,
      #"(?<=[?&;])Signature=((?:[0-9A-Za-z~_+/\-]|%2[BbFf]){26,700}(?:=|%3[Dd]){0,2})"#,
      candidate: #"Signature=[0-9A-Za-z~_+/%\-]{26}"#, tail: "0-9A-Za-z", check: .mixed,
      source:
        "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-canned-policy.html",
      examples: ["https://d.cloudfront.net/x?Expires=1&Signature=«<b62:340>__»&Key-Pair-Id=K"],
      not: ["&Signature=short"]),
    shaped(
      "session-cookie", "Session cookie", .genericToken,
      #"(?i:cookie)["']?[ \t]{0,2}[:=][ \t]{0,2}["']?[^\r\n"']{0,400}?(?i:sess(?:ion)?|sid|auth|jwt|token|remember)[\w.\-]{0,24}=([^;\s"',\\]{16,4000})"#,
      candidate: #"(?i:cookie)["']?[ \t]{0,2}[:=]"#, certainty: .keyed, check: .machineMadeOrUUID,
      source: "https://www.rfc-editor.org/rfc/rfc6265#section-4.1",
      examples: ["Set-Cookie: a=b; sessionid=«<an:32>»; Path=/"],
      not: ["Set-Cookie: theme=dark; Path=/"]),
    shaped(
      "password-hash", "Password hash (bcrypt, crypt, argon2, pbkdf2, LDAP)", .passwordHash,
      #"(\$2[abxy]\$[0-9]{2}\$[./0-9A-Za-z]{53}|\$[156]\$(?:rounds=[0-9]{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{22,86}|\$apr1\$[./0-9A-Za-z]{1,8}\$[./0-9A-Za-z]{22}|\$argon2(?:id?|d)\$v=[0-9]{1,2}\$m=[0-9]{1,8},t=[0-9]{1,4},p=[0-9]{1,3}\$[0-9A-Za-z+/]{8,90}\$[0-9A-Za-z+/]{16,90}|pbkdf2_sha(?:1|256|512)\$[0-9]{1,8}\$[./0-9A-Za-z]{4,64}\$[0-9A-Za-z+/]{20,90}={0,2}|\{S(?:SHA(?:256|512)?|MD5)\}[0-9A-Za-z+/]{20,120}={0,2})"#,
      candidate:
        #"(?:\$2a\$[0-9]{2}\$|\$2b\$[0-9]{2}\$|\$2x\$[0-9]{2}\$|\$2y\$[0-9]{2}\$|\$[156]\$(?:rounds=[0-9]{1,9}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{22}|\$apr1\$|\$argon2|pbkdf2_sha|\{SSHA|\{SMD5)"#,
      tail: "./0-9A-Za-z", source: "https://passlib.readthedocs.io/en/stable/modular_crypt_format.html",
      examples: ["$pw = '«$2b$12$<b62:53>»'", "root:«$6$<b62:16>$<b62:86>»:19000:0", "«{SSHA}<b62:40>»"],
      not: ["cost is $2 and $5", "$1$ and $2$"]),
    token(
      "pem-in-base64", "Private key in PEM armour, in base64", .pemPrivateKey,
      "LS0tLS1CRUdJTi[0-9A-Za-z+/]{100,20000}={0,2}",
      candidate: "LS0tLS1CRUdJTi[0-9A-Za-z+/]{4}",
      tail: "0-9A-Za-z+/=", check: .base64Holding("PRIVATE KEY"),
      source: "https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/",
      examples: [
        "client-key-data: «LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpN<b64:400>»"
      ], not: ["LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1J<b64:400>"]),
  ]
}
