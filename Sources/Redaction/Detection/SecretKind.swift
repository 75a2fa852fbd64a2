/// What class of secret was found: decides what a pseudonym must look like.
package enum SecretKind: String, Sendable, Hashable, CaseIterable {
  /// The 20 characters that name an AWS access key; not secret alone, but half of a pair.
  case awsAccessKeyID = "aws-access-key-id"
  /// The 40 characters that sign requests to AWS.
  case awsSecretKey = "aws-secret-key"
  /// The long token of temporary AWS credentials.
  case awsSessionToken = "aws-session-token"
  /// A Google API key: `AIza` and 35 characters.
  case googleAPIKey = "google-api-key"
  /// 64 random bytes in base64: the key of an Azure storage account and of its relatives.
  case azureKey = "azure-key"
  /// A signature in an Azure shared access URL or a presigned URL.
  case urlSignature = "url-signature"
  /// A GitHub token.
  case githubToken = "github-token"
  /// A GitLab token.
  case gitlabToken = "gitlab-token"
  /// A Slack token.
  case slackToken = "slack-token"
  /// A URL that is itself the credential: chat webhooks and the like.
  case webhookURL = "webhook-url"
  /// A payment provider's key.
  case paymentKey = "payment-key"
  /// A package registry's token.
  case registryToken = "registry-token"
  /// An AI vendor's key.
  case aiKey = "ai-key"
  /// Any other vendor's token that has a form of its own.
  case vendorToken = "vendor-token"
  /// A JSON Web Token.
  case jwt
  /// A private key in PEM armour, from BEGIN to END.
  case pemPrivateKey = "pem-private-key"
  /// A PGP private key in armour, from BEGIN to END.
  case pgpPrivateKey = "pgp-private-key"
  /// The private part of a PuTTY key file.
  case puttyPrivateKey = "putty-private-key"
  /// A private key in another form: age, WireGuard, JWK.
  case privateKey = "private-key"
  /// The password in a URL: only the password, not the URL.
  case urlPassword = "url-password"
  /// The base64 text after `Basic`, a user name and a password.
  case basicCredentials = "basic-credentials"
  /// The token after `Bearer`.
  case bearerToken = "bearer-token"
  /// A password.
  case password
  /// A password as a hash that can be guessed at: crypt(3), bcrypt.
  case passwordHash = "password-hash"
  /// A client's secret in OAuth, or one that two sides share.
  case clientSecret = "client-secret"
  /// The key of an API that has no form of its own.
  case apiKey = "api-key"
  /// The raw or encoded bytes of a key of KMS.
  case kmsKeyMaterial = "kms-key-material"
  /// A code for one use: a confirmation, an activation.
  case oneTimeCode = "one-time-code"
  /// A text with which a program reaches its database or queue.
  case connectionString = "connection-string"
  /// What names a credential, or an id that only two sides know.
  case credentialID = "credential-id"
  /// A value of Secrets Manager without a class of its own.
  case secretString = "secret-string"
  /// The value of a parameter of Systems Manager.
  case parameterValue = "parameter-value"
  /// The value of an environment variable, an argument or another setting.
  case setting
  /// Where notifications go: a URL, an address, a number.
  case notificationEndpoint = "notification-endpoint"
  /// A value that only its name shows to be secret.
  case genericToken = "generic-token"
  /// An e-mail address.
  case emailAddress = "email-address"
  /// A telephone number.
  case phoneNumber = "phone-number"
  /// What a rule of the user's found.
  case custom
}
