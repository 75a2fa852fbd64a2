extension SecretRule {
  /// Mail, messages and telephony.
  static let mail: [SecretRule] = [
    token(
      "sendgrid-key", "SendGrid API key", .vendorToken, #"SG\.[0-9A-Za-z_\-]{20,24}\.[0-9A-Za-z_\-]{39,50}"#,
      tail: "0-9A-Za-z_", source: "https://www.twilio.com/docs/sendgrid/ui/account-and-settings/api-keys",
      examples: ["SENDGRID_API_KEY=«SG.<b64u:22>.<b64u:43>»"]),
    token(
      "mailchimp-key", "Mailchimp API key", .vendorToken, "[0-9a-f]{32}-us[0-9]{1,2}",
      candidate: "[0-9a-f]-us[0-9]", reach: 36, source: "https://mailchimp.com/developer/marketing/docs/fundamentals/",
      examples: ["MAILCHIMP_KEY=«<h:32>-us14»"]),
    token(
      "mandrill-key", "Mailchimp Transactional (Mandrill) key", .vendorToken, "md-[0-9A-Za-z_\\-]{22}",
      tail: "0-9A-Za-z_\\-", check: .all([.mixed, .entropy(3.6)]),
      source: "https://mailchimp.com/developer/transactional/docs/fundamentals/", examples: ["«md-<b62:22>»"],
      not: ["md-content-placeholder-x"]),
    token(
      "mailgun-key", "Mailgun private key", .vendorToken, "key-[0-9a-f]{32}", source: mailgun,
      examples: ["MAILGUN_API_KEY=«key-<h:32>»"]),
    keyed(
      "mailgun-key-new", "Mailgun key, new form", .vendorToken, words: "mailgun",
      value: "[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}", tail: "0-9A-Za-z\\-", source: mailgun,
      examples: ["MAILGUN_API_KEY=«<h:32>-<h:8>-<h:8>»"]),
    token(
      "brevo-key", "Brevo (Sendinblue) API or SMTP key", .vendorToken,
      "x(?:keysib|smtpsib)-[0-9a-f]{64}-[0-9A-Za-z]{16}",
      source: "https://developers.brevo.com/docs/getting-started", examples: ["api-key: «xkeysib-<h:64>-<b62:16>»"]),
    keyed(
      "postmark-token", "Postmark or Mailtrap token", .vendorToken, words: "postmark|mailtrap",
      value: "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32})",
      check: .machineMadeOrUUID, source: "https://postmarkapp.com/developer/api/overview",
      examples: ["X-Postmark-Server-Token: «<uuid>»", "MAILTRAP_TOKEN=«<h:32>»"]),
    keyed(
      "mailjet-key", "Mailjet, SparkPost or Elastic Email key", .vendorToken,
      words: "mailjet|sparkpost|elastic[_-]?email",
      value: "[0-9A-Fa-f]{32,96}", check: .entropy(3), source: "https://dev.mailjet.com/email/guides/getting-started/",
      examples: ["MAILJET_SECRET_KEY=«<h:32>»", "SPARKPOST_API_KEY=«<h:40>»", "ELASTIC_EMAIL_KEY=«<H:96>»"]),
    token(
      "resend-key", "Resend API key", .vendorToken, "re_[0-9A-Za-z]{8}_[0-9A-Za-z]{24}", check: .mixed,
      source: "https://resend.com/docs/api-reference/introduction", examples: ["RESEND_API_KEY=«re_<b62:8>_<b62:24>»"]),
    token(
      "mailersend-token", "MailerSend token", .vendorToken, #"mlsn\.[0-9a-f]{64}"#,
      source: "https://developers.mailersend.com/general.html", examples: ["«mlsn.<h:64>»"]),
    keyed(
      "ses-smtp-password", "Amazon SES SMTP password", .password, words: "ses[_-]|smtp|email[_-]host",
      value: "B[0-9A-Za-z+/]{43}", tail: "0-9A-Za-z+/=", check: .machineMade,
      source: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
      examples: ["SES_SMTP_PASSWORD=«B<b64:43>»"], not: ["sessions: B<a:43>"]),
    token(
      "twilio-api-key", "Twilio API key", .vendorToken, "SK[0-9a-f]{32}", source: twilio,
      examples: ["TWILIO_API_KEY=«SK<h:32>»"], not: ["AC<h:32>"]),
    keyed(
      "twilio-auth-token", "Twilio auth token, or Plivo, Vonage or Sinch secret", .vendorToken,
      words: "twilio|plivo|vonage|nexmo|sinch|messagebird|bandwidth",
      value: "(?:[0-9a-f]{32}|[0-9A-Za-z]{40}|[0-9A-Za-z]{25}|[0-9A-Za-z]{16})", check: .machineMade, source: twilio,
      examples: ["TWILIO_AUTH_TOKEN=«<h:32>»", "NEXMO_API_SECRET=«q4<b62:12>8J»", "MESSAGEBIRD_KEY=«7k<b62:21>0x»"],
      not: ["twilio: <a:32>", "TWILIO_ACCOUNT_SID=AC<h:32>"]),
    token(
      "onesignal-key", "OneSignal REST API key", .vendorToken, "os_v2_(?:app|org)_[a-z2-7]{90,110}",
      source: "https://documentation.onesignal.com/docs/keys-and-ids", examples: ["«os_v2_app_<a:103>»"]),
    token(
      "pubnub-secret", "PubNub secret key", .vendorToken, "sec-c-[0-9A-Za-z+/]{46,50}={0,2}", tail: "0-9A-Za-z+/=",
      source: "https://www.pubnub.com/docs/general/setup/account-setup", examples: ["«sec-c-<b64:48>»"]),
    keyed(
      "pusher-secret", "Pusher, Ably or Stream secret", .vendorToken, words: "pusher|ably|getstream|stream_api",
      value: "(?:[0-9a-f]{20}|[0-9A-Za-z_\\-]{6,8}\\.[0-9A-Za-z_\\-]{6,8}:[0-9A-Za-z_\\-]{16,44}|[0-9a-z]{60,64})",
      tail: "0-9A-Za-z_", check: .machineMade, source: "https://pusher.com/docs/channels/library_auth_reference/",
      examples: ["PUSHER_APP_SECRET=«<h:20>»", "ABLY_API_KEY=«x7<b62:4>.Q2<b62:4>:<b62:40>»"], not: ["pusher: <a:20>"]),
    token(
      "telnyx-key", "Telnyx API key", .vendorToken, "KEY[0-9A-F]{32,48}_[0-9A-Za-z]{20,26}",
      source: "https://developers.telnyx.com/api/authentication", examples: ["«KEY<H:32>_<b62:22>»"]),
    keyed(
      "customerio-key", "Customer.io, Braze, Iterable or Klaviyo key", .vendorToken,
      words: "customer[_.-]?io|braze|iterable|klaviyo",
      value: "(?:pk_[0-9a-f]{34}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{20,40})",
      check: .machineMadeOrUUID, source: "https://developers.klaviyo.com/en/docs/authenticate_",
      examples: ["KLAVIYO_API_KEY=«pk_<h:34>»", "BRAZE_API_KEY=«<uuid>»", "ITERABLE_API_KEY=«<h:32>»"]),
  ]

  private static let mailgun = "https://documentation.mailgun.com/docs/mailgun/api-reference/mg-auth"
  private static let twilio = "https://www.twilio.com/docs/iam/api-keys"
}
