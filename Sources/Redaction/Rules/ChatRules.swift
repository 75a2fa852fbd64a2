extension SecretRule {
  /// Chat and social networks.
  static let chats: [SecretRule] = [
    token(
      "slack-bot-token", "Slack bot token", .slackToken, "xoxb-[0-9]{8,14}-[0-9A-Za-z\\-]{18,60}", tail: "0-9A-Za-z",
      source: slack, examples: ["SLACK_BOT_TOKEN=«xoxb-<d:12>-<d:13>-<b62:24>»"], not: ["xoxb-<d:4>"]),
    token(
      "slack-user-token", "Slack user token", .slackToken, "xoxp-(?:[0-9]{8,14}-){2,3}[0-9A-Za-z]{24,64}",
      source: slack, examples: ["token: «xoxp-<d:12>-<d:12>-<d:13>-<h:32>»"]),
    token(
      "slack-app-token", "Slack app-level token", .slackToken, "xapp-[0-9]-[A-Z0-9]{8,14}-[0-9]{10,14}-[0-9a-f]{64}",
      source: slack, examples: ["SLACK_APP_TOKEN=«xapp-1-A<AN:10>-<d:13>-<h:64>»"]),
    token(
      "slack-config-token", "Slack configuration access or refresh token", .slackToken,
      "xoxe(?:\\.xox[bp])?-[0-9]-[0-9A-Za-z]{140,200}", source: slack,
      examples: ["«xoxe.xoxp-1-<b62:163>»", "«xoxe-1-<b62:147>»"]),
    token(
      "slack-legacy-token", "Slack legacy, workspace or session token", .slackToken,
      "xox[acors]-(?:[0-9]-)?[0-9]{8,14}-[0-9A-Za-z\\-]{18,160}", source: slack,
      examples: ["«xoxs-<d:12>-<d:12>-<d:12>-<h:32>»", "«xoxa-2-<d:12>-<h:32>»"]),
    token(
      "slack-cookie", "Slack session cookie", .slackToken, "xoxd-[0-9A-Za-z%+/=]{60,400}", tail: "0-9A-Za-z%+/=",
      source: slack, examples: ["d=«xoxd-<b64:120>»; path=/"]),
    shaped(
      "slack-webhook", "Slack incoming webhook or workflow trigger", .webhookURL,
      #"(https://hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/[0-9A-Za-z+/]{30,80})"#, tail: "0-9A-Za-z/",
      source: "https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks",
      examples: ["url: «https://hooks.slack.com/services/T<AN:10>/B<AN:10>/<b62:24>»"],
      not: ["https://hooks.slack.com/services/", "https://hooks.slack.com/services/T<AN:8>/B<AN:8>"]),
    keyed(
      "slack-signing-secret", "Slack signing or client secret", .vendorToken,
      words: "slack[\\w.\\-]{0,10}(?:sign|client)",
      value: "[0-9a-f]{32}", check: .entropy(3), source: slack, examples: ["SLACK_SIGNING_SECRET=«<h:32>»"]),
    keyed(
      "discord-bot-token", "Discord bot token", .vendorToken, words: "discord|bot[_-]?token",
      value: "[MNO][0-9A-Za-z_\\-]{23,27}\\.[0-9A-Za-z_\\-]{6}\\.[0-9A-Za-z_\\-]{27,40}", tail: "0-9A-Za-z_",
      source: discord, examples: ["DISCORD_TOKEN=«MT<b62:24>.<b64u:6>.<b64u:38>»"]),
    keyed(
      "discord-client-secret", "Discord OAuth client secret", .vendorToken, words: "discord",
      value: "[0-9A-Za-z_\\-]{32}", tail: "0-9A-Za-z_\\-", check: .all([.entropy(3.5), .mixed]), source: discord,
      examples: ["DISCORD_CLIENT_SECRET=«<b62:32>»"], not: ["discord: <a:32>"]),
    shaped(
      "discord-webhook", "Discord webhook", .webhookURL,
      #"(https://(?:ptb\.|canary\.)?discord(?:app)?\.com/api/(?:v\d{1,2}/)?webhooks/[0-9]{17,20}/[0-9A-Za-z_\-]{60,72})"#,
      tail: "0-9A-Za-z_\\-", source: "https://discord.com/developers/docs/resources/webhook",
      examples: ["«https://discord.com/api/webhooks/<d:18>/<b64u:68>»"]),
    shaped(
      "telegram-bot-token", "Telegram bot token", .vendorToken,
      #"(?:(?<![0-9A-Za-z])|(?<=bot))([0-9]{8,10}:AA[0-9A-Za-z_\-]{33})"#,
      candidate: #"[0-9]:AA[0-9A-Za-z_\-]{33}"#, reach: 46, tail: "0-9A-Za-z_\\-",
      source: "https://core.telegram.org/bots/api#authorizing-your-bot",
      examples: ["https://api.telegram.org/bot«<d:10>:AA<b64u:33>»/sendMessage", "TELEGRAM_TOKEN=«<d:9>:AA<b64u:33>»"],
      not: ["<d:9>:AB<b64u:33>"]),
    shaped(
      "teams-webhook", "Microsoft Teams incoming webhook", .webhookURL,
      #"(https://[0-9a-z\-]{1,60}\.webhook\.office\.com/webhookb2/[0-9a-f\-]{36}@[0-9a-f\-]{36}/IncomingWebhook/[0-9A-Za-z_\-/]{32,140})"#,
      tail: "0-9A-Za-z",
      source: "https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/add-incoming-webhook",
      examples: ["«https://acme.webhook.office.com/webhookb2/<uuid>@<uuid>/IncomingWebhook/<h:32>/<uuid>»"]),
    shaped(
      "google-chat-webhook", "Google Chat webhook", .webhookURL,
      #"(https://chat\.googleapis\.com/v1/spaces/[0-9A-Za-z_\-]{8,20}/messages\?key=[0-9A-Za-z_\-]{39}&token=[0-9A-Za-z_\-%]{40,60})"#,
      tail: "0-9A-Za-z_", source: "https://developers.google.com/workspace/chat/quickstart/webhooks",
      examples: ["«https://chat.googleapis.com/v1/spaces/<b62:11>/messages?key=AIza<b64u:35>&token=<b64u:43>»"]),
    token(
      "matrix-access-token", "Matrix (Synapse) access token", .vendorToken,
      "syt_[0-9A-Za-z+/=]{2,80}_[A-Za-z]{20}_[0-9A-Za-z]{6}",
      source: "https://element-hq.github.io/synapse/latest/usage/administration/admin_api/",
      examples: ["access_token=«syt_<b62:12>_<A:20>_<b62:6>»"]),
    keyed(
      "mattermost-token", "Mattermost access token", .vendorToken, words: "mattermost|mm[_-]token",
      value: "[0-9a-z]{26}", check: .all([.entropy(3), .mixed]),
      source: "https://developers.mattermost.com/integrate/reference/personal-access-token/",
      examples: ["MATTERMOST_TOKEN=«<an:26>»"]),
    keyed(
      "line-channel-token", "LINE channel access token", .vendorToken, words: "line[_-]?(?:channel|bot|access)",
      value: "[0-9A-Za-z+/]{150,180}={0,2}", tail: "0-9A-Za-z+/=",
      source: "https://developers.line.biz/en/docs/basics/channel-access-token/",
      examples: ["LINE_CHANNEL_ACCESS_TOKEN=«<b64:170>=»"]),
    shaped(
      "twitch-oauth", "Twitch chat token", .vendorToken, #"(?<![a-z])oauth:([0-9a-z]{30})"#,
      candidate: "oauth:[0-9a-z]{30}", tail: "0-9A-Za-z", check: .mixed,
      source: "https://dev.twitch.tv/docs/irc/authenticate-bot/", examples: ["PASS oauth:«<an:30>»"]),
    keyed(
      "twitch-client-secret", "Twitch client secret", .vendorToken, words: "twitch", value: "[0-9a-z]{30}",
      check: .all([.entropy(3), .mixed]), source: "https://dev.twitch.tv/docs/authentication/",
      examples: ["TWITCH_CLIENT_SECRET=«<an:30>»"]),
    token(
      "x-bearer-token", "X (Twitter) app bearer token", .bearerToken, "A{20,22}[0-9A-Za-z%]{60,120}",
      check: .entropy(3), source: "https://docs.x.com/resources/fundamentals/authentication",
      examples: ["bearer_token=«AAAAAAAAAAAAAAAAAAAAA<b62:30>%2B<b62:50>»"], not: ["AAAAAAAAAAAAAAAAAAAAAAAA"]),
    keyed(
      "x-api-secret", "X (Twitter) API secret or access token", .vendorToken, words: "twitter|x[_-]api[_-]?(?:key|sec)",
      value: "(?:[0-9]{15,19}-[0-9A-Za-z]{40}|[0-9A-Za-z]{45,50})", check: .all([.entropy(3.5), .mixed]),
      source: "https://docs.x.com/resources/fundamentals/authentication",
      examples: ["TWITTER_API_SECRET=«<b62:50>»", "TWITTER_ACCESS_TOKEN=«<d:19>-<b62:40>»"]),
    token(
      "facebook-access-token", "Facebook user or page access token", .vendorToken, "EAA[0-9A-Za-z]{80,300}",
      check: .all([.entropy(4), .mixed]),
      source: "https://developers.facebook.com/docs/facebook-login/guides/access-tokens",
      examples: ["access_token=«EAAG<b62:170>»"], not: ["EAA<b62:20>"]),
    shaped(
      "facebook-app-token", "Facebook app access token", .vendorToken,
      #"access_token=([0-9]{13,17}(?:\||%7[Cc])[0-9A-Za-z_\-]{27,32})"#, tail: "0-9A-Za-z",
      source: "https://developers.facebook.com/docs/facebook-login/guides/access-tokens",
      examples: ["https://graph.facebook.com/me?access_token=«<d:15>|<b64u:27>»"]),
    keyed(
      "facebook-app-secret", "Facebook or Instagram app secret", .vendorToken,
      words: "facebook|instagram|fb[_-](?:app|client)", value: "[0-9a-f]{32}", check: .entropy(3),
      source: "https://developers.facebook.com/docs/facebook-login/security", examples: ["FACEBOOK_APP_SECRET=«<h:32>»"]
    ),
    token(
      "instagram-token", "Instagram access token", .vendorToken, "IG(?:QV|QW|AA)[0-9A-Za-z_\\-]{100,300}",
      tail: "0-9A-Za-z_", source: "https://developers.facebook.com/docs/instagram-platform",
      examples: ["«IGQV<b62:140>»"]),
    token(
      "linkedin-client-secret", "LinkedIn client secret", .vendorToken,
      #"WPL_AP\d\.[0-9A-Za-z]{16}\.[0-9A-Za-z+/=]{6,12}"#,
      tail: "0-9A-Za-z+/=", source: "https://learn.microsoft.com/linkedin/shared/authentication/authentication",
      examples: ["LINKEDIN_CLIENT_SECRET=«WPL_AP1.<b62:16>.<b62:6>==»"]),
    keyed(
      "linkedin-client-secret-old", "LinkedIn client secret, older form", .vendorToken, words: "linkedin",
      value: "[0-9A-Za-z]{16}", check: .all([.entropy(3), .mixed]),
      source: "https://learn.microsoft.com/linkedin/shared/authentication/authentication",
      examples: ["LINKEDIN_SECRET=«A7<b62:14>»"], not: ["linkedin: <a:16>"]),
  ]

  private static let slack = "https://docs.slack.dev/authentication/tokens"
  private static let discord = "https://discord.com/developers/docs/reference#authentication"
}
