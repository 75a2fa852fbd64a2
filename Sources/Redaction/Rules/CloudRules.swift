extension SecretRule {
  /// Amazon, Google and Microsoft.
  static let clouds: [SecretRule] = [
    token(
      "aws-access-key-id", "AWS access key id", .awsAccessKeyID, "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}",
      allowed: ["AKIAIOSFODNN7EXAMPLE", "AKIAI44QH8DHBEXAMPLE", "ASIAIOSFODNN7EXAMPLE"], source: awsIDs,
      examples: ["aws_access_key_id = «AKIA<b32:16>»", #"{"AccessKeyId":"«ASIA<b32:16>»"}"#],
      not: ["AKIAIOSFODNN7EXAMPLE", "AKIA<b32:10>", "AROA<b32:17>", "<AN:12>AKIA<b32:16>"]),
    keyed(
      "aws-secret-key", "AWS secret access key", .awsSecretKey,
      words: "aws[_-]|secret[_-]?access|secret[_-]?key|secretaccesskey", value: "[0-9A-Za-z+/]{40}",
      tail: "0-9A-Za-z+/=", check: .all([.entropy(4), .mixed]),
      allowed: [
        "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY",
        "9drTJvcXLB89EXAMPLELB8923FB892xMFI",
      ], source: awsIDs,
      examples: [
        "aws_secret_access_key = «<b64:40>»", #"{"SecretAccessKey": "«<b64:40>»"}"#,
        "AWS_SECRET_ACCESS_KEY=«<b64:40>»",
      ],
      not: ["aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_commit = <h:40>"]),
    keyed(
      "aws-session-token", "AWS session token", .awsSessionToken, words: "session[_-]?token|security[_-]token",
      value: "(?:FwoGZXIvYXdzE|IQoJb3JpZ2luX2Vj|AQoDYXdzE|FQoDYXdzE|FQoGZXIvYXdzE)[0-9A-Za-z+/=]{80,3000}",
      tail: "0-9A-Za-z+/=", source: awsIDs,
      examples: ["aws_session_token=«IQoJb3JpZ2luX2Vj<b64:400>»", #""SessionToken":"«FwoGZXIvYXdzE<b64:300>==»""#]),
    token(
      "aws-bedrock-api-key", "Amazon Bedrock API key", .vendorToken,
      "(?:ABSK[0-9A-Za-z+/]{109,269}={0,2}|bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[0-9A-Za-z+/=]{20,4000})",
      tail: "0-9A-Za-z+/", source: "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html",
      examples: [
        "AWS_BEARER_TOKEN_BEDROCK=«ABSK<b64:128>»",
        "«bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t<b64:200>»",
      ]),
    keyed(
      "aws-mws-key", "Amazon MWS authentication token", .vendorToken, words: "mws",
      value: "amzn\\.mws\\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://developer-docs.amazon.com/sp-api", examples: ["mws_token=«amzn.mws.<uuid>»"]),
    token(
      "aws-lwa-secret", "Login with Amazon client secret or refresh token", .vendorToken,
      #"(?:amzn1\.oa2-cs\.v1\.[0-9a-f]{64}|Atzr\|[0-9A-Za-z_\-]{100,600})"#, tail: "0-9A-Za-z_",
      source: "https://developer.amazon.com/docs/login-with-amazon/documentation-overview.html",
      examples: ["client_secret=«amzn1.oa2-cs.v1.<h:64>»", "«Atzr|<b64u:300>»"]),
    shaped(
      "aws-signed-url", "Signature of a presigned AWS URL", .urlSignature,
      "X-Amz-Signature=([0-9a-f]{64})", tail: "0-9a-f",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html",
      examples: ["https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=«<h:64>»"],
      not: ["X-Amz-Signature=<h:20>"]),
    shaped(
      "aws-signed-url-token", "Session token in a presigned AWS URL", .awsSessionToken,
      #"X-Amz-Security-Token=([0-9A-Za-z%+/=_\-]{80,3000})"#,
      source: "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html",
      examples: ["?X-Amz-Security-Token=«IQoJb3JpZ2luX2Vj<b64u:300>»&X-Amz-Date=20260101T000000Z"]),
    token(
      "google-api-key", "Google API key", .googleAPIKey, #"AIza[0-9A-Za-z_\-]{35}"#, tail: "0-9A-Za-z_",
      check: .entropy(3), source: "https://cloud.google.com/docs/authentication/api-keys",
      examples: ["https://maps.googleapis.com/api?key=«AIza<b64u:35>»", "GOOGLE_API_KEY=«AIza<b64u:35>»"],
      not: ["AIza<b62:12>"]),
    token(
      "google-oauth-secret", "Google OAuth client secret", .vendorToken, #"GOCSPX-[0-9A-Za-z_\-]{28}"#,
      tail: "0-9A-Za-z_", source: "https://developers.google.com/identity/protocols/oauth2",
      examples: [#""client_secret":"«GOCSPX-<b64u:28>»""#]),
    token(
      "google-oauth-token", "Google OAuth access token", .bearerToken, #"ya29\.[0-9A-Za-z_\-]{30,1000}"#,
      tail: "0-9A-Za-z_", source: "https://developers.google.com/identity/protocols/oauth2",
      examples: ["access_token=«ya29.<b64u:120>»"], not: ["ya29.pdf"]),
    token(
      "google-refresh-token", "Google OAuth refresh token", .vendorToken, #"1//0[0-9A-Za-z_\-]{40,300}"#,
      tail: "0-9A-Za-z_", check: .mixed, source: "https://developers.google.com/identity/protocols/oauth2",
      examples: [#""refresh_token": "«1//0<b64u:100>»""#]),
    token(
      "google-hmac-key", "Google Cloud Storage HMAC access id", .awsAccessKeyID, "GOOG1[A-Z0-9]{56}",
      check: .mixed, source: "https://cloud.google.com/storage/docs/authentication/hmackeys",
      examples: ["access_key=«GOOG1<AN:56>»"]),
    keyed(
      "google-hmac-secret", "Google Cloud Storage HMAC secret", .awsSecretKey, words: "gcs|goog|hmac[_-]?secret",
      value: "[0-9A-Za-z+/]{40}", tail: "0-9A-Za-z+/=", check: .all([.entropy(4), .mixed]),
      source: "https://cloud.google.com/storage/docs/authentication/hmackeys",
      examples: ["GCS_HMAC_SECRET=«<b64:40>»"], not: ["google_commit=<h:40>"]),
    token(
      "firebase-messaging-key", "Firebase Cloud Messaging server key", .vendorToken,
      #"AAAA[0-9A-Za-z_\-]{7}:APA91b[0-9A-Za-z_\-]{120,180}"#, tail: "0-9A-Za-z_",
      source: "https://firebase.google.com/docs/cloud-messaging/auth-server",
      examples: ["key=«AAAA<b64u:7>:APA91b<b64u:134>»"]),
    shaped(
      "azure-storage-key", "Azure storage, Cosmos DB or Batch account key", .azureKey,
      #"(?i:accountkey|account[_-]?key|storage[_-]?key|cosmos[_-]?key|primary[_-]?key|master[_-]?key)[\w.\-]{0,20}"#
        + separator + #"([0-9A-Za-z+/]{86}==)"#,
      certainty: .keyed, check: .base64(64...64),
      allowed: [
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
        "C2y6yDjf5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==",
      ], source: "https://learn.microsoft.com/azure/storage/common/storage-account-keys-manage",
      examples: [
        "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=«<b64of:64>»;EndpointSuffix=core.windows.net",
        #"{"storageKey": "«<b64of:64>»"}"#,
      ]),
    shaped(
      "azure-shared-access-key", "Shared access key of a Service Bus, Event Hubs or IoT Hub", .azureKey,
      #"SharedAccessKey[ \t]{0,2}=[ \t]{0,2}([0-9A-Za-z+/]{43}=)"#, check: .base64(32...32),
      source: "https://learn.microsoft.com/azure/service-bus-messaging/service-bus-sas",
      examples: ["Endpoint=sb://n.servicebus.windows.net/;SharedAccessKeyName=R;SharedAccessKey=«<b64of:32>»"]),
    shaped(
      "azure-sas-signature", "Signature of an Azure shared access URL", .urlSignature,
      #"(?<=[?&;])sig=([0-9A-Za-z%+/]{43,70}(?:=|%3[Dd]))"#, candidate: "sig=[0-9A-Za-z%+/]{43}",
      source: "https://learn.microsoft.com/azure/storage/common/storage-sas-overview",
      examples: [
        "https://a.blob.core.windows.net/c/b?sv=2022-11-02&se=2026-01-01T00%3A00%3A00Z&sr=b&sp=r&sig=«<b62:43>%3D»"
      ]),
    token(
      "azure-client-secret", "Microsoft Entra client secret", .vendorToken,
      #"[0-9A-Za-z_~.]{3}\dQ~[0-9A-Za-z_~.\-]{31,34}"#, tail: "0-9A-Za-z_~.",
      source: "https://learn.microsoft.com/entra/identity-platform/quickstart-register-app",
      examples: ["AZURE_CLIENT_SECRET=«<b62:3>8Q~<b62:34>»"]),
    keyed(
      "azure-subscription-key", "Azure Cognitive Services or API Management key", .vendorToken,
      words: "ocp-apim-subscription-key|subscription[_-]?key|cognitive|azure[_-]?openai", value: "[0-9a-f]{32}",
      check: .entropy(3), source: "https://learn.microsoft.com/azure/ai-services/authentication",
      examples: ["Ocp-Apim-Subscription-Key: «<h:32>»", "AZURE_OPENAI_API_KEY=«<h:32>»"]),
    token(
      "azure-annotated-key", "Azure key with the signature of its service in it", .azureKey,
      "(?:[0-9A-Za-z+/]{76}(?:\\+ASt|\\+ABa|ACDb)[0-9A-Za-z+/]{6}==|[0-9A-Za-z+/]{33}(?:\\+ASb|\\+AEh|AIoT)[0-9A-Za-z+/]{7}="
        + "|[0-9A-Za-z]{42}(?:\\+ACR|AzSe)[0-9A-Za-z]{6}|[0-9A-Za-z]{52}JQQJ99[0-9A-Za-z]{26})",
      candidate: #"(?:\+ASt|\+ABa|ACDb|\+ASb|\+AEh|AIoT|\+ACR|AzSe|JQQJ99)"#, reach: 82, tail: "0-9A-Za-z+/=",
      check: .entropy(4),
      source: "https://learn.microsoft.com/purview/sit-defn-azure-storage-account-key",
      examples: ["AZURE_SEARCH_KEY=«<b62:42>AzSe<b62:6>»", "«<b62:76>+ASt<b62:6>==»", "«<b62:52>JQQJ99<b62:26>»"]),
  ]

  private static let awsIDs =
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids"
}
