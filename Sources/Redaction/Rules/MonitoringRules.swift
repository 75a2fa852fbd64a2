extension SecretRule {
  /// Monitoring, logs, incidents and analytics.
  static let monitoring: [SecretRule] = [
    keyed(
      "datadog-key", "Datadog API or application key", .vendorToken, words: "datadog|dd[_-](?:api|app|client)",
      value: "(?:[0-9a-f]{40}|[0-9a-f]{32})", check: .entropy(3),
      source: "https://docs.datadoghq.com/account_management/api-app-keys/",
      examples: ["DD_API_KEY=«<h:32>»", "DATADOG_APP_KEY=«<h:40>»", "dd-api-key: «<h:32>»"],
      not: ["datadog/agent@<h:20>"]),
    token(
      "newrelic-key", "New Relic user, insert, browser or REST key", .vendorToken,
      "NR(?:AK|AA|RA|BR|JS|II|IQ)-[0-9A-Za-z_\\-]{19,36}", tail: "0-9A-Za-z_", check: .mixed, source: newrelic,
      examples: ["NEW_RELIC_API_KEY=«NRAK-<AN:27>»", "«NRII-<b64u:32>»"]),
    token(
      "newrelic-license", "New Relic licence key", .vendorToken,
      "(?:eu01xx|gov01x|[0-9a-f]{6})[0-9a-f]{26,30}(?:FFFF)?NRAL",
      candidate: "[0-9a-fF]NRAL", reach: 44, source: newrelic,
      examples: ["NEW_RELIC_LICENSE_KEY=«<h:36>NRAL»", "«eu01xx<h:30>NRAL»"]),
    token(
      "grafana-service-account", "Grafana service account token", .vendorToken, "glsa_[0-9A-Za-z]{32}_[0-9a-fA-F]{8}",
      source: grafana, examples: ["GRAFANA_TOKEN=«glsa_<b62:32>_<h:8>»"]),
    token(
      "grafana-cloud-token", "Grafana Cloud access policy token", .vendorToken, "glc_eyJ[0-9A-Za-z+/]{60,400}={0,2}",
      tail: "0-9A-Za-z+/=", source: grafana, examples: ["«glc_eyJ<b64:140>==»"]),
    token(
      "grafana-api-key", "Grafana API key, older form", .vendorToken, "eyJrIjoi[0-9A-Za-z+/]{60,400}={0,2}",
      tail: "0-9A-Za-z+/=.", source: grafana, examples: ["Bearer «eyJrIjoi<b62:84>==»"]),
    token(
      "sentry-org-token", "Sentry organisation token", .vendorToken,
      #"sntrys_eyJ[0-9A-Za-z+/=_]{40,400}_[0-9A-Za-z+/]{43}"#, tail: "0-9A-Za-z+/=", source: sentry,
      examples: ["SENTRY_AUTH_TOKEN=«sntrys_eyJ<b62:120>=_<b64:43>»"]),
    token(
      "sentry-user-token", "Sentry user token", .vendorToken, "sntry[ua]_[0-9a-f]{64}", source: sentry,
      examples: ["«sntryu_<h:64>»"]),
    keyed(
      "sentry-token-old", "Sentry token, older form", .vendorToken, words: "sentry", value: "[0-9a-f]{64}",
      check: .entropy(3), source: sentry, examples: ["SENTRY_AUTH_TOKEN=«<h:64>»"]),
    shaped(
      "sentry-dsn-secret", "Secret key of a Sentry DSN", .urlPassword,
      #"://[0-9a-f]{32}:([0-9a-f]{32})@[0-9A-Za-z.\-]{3,100}/[0-9]"#,
      source: "https://docs.sentry.io/concepts/key-terms/dsn-explainer/",
      examples: ["https://<h:32>:«<h:32>»@o1.ingest.sentry.example/1"]),
    keyed(
      "honeycomb-key", "Honeycomb API key", .vendorToken, words: "honeycomb",
      value: "(?:hc[abx][il][ck]_[0-9a-z]{58}|[0-9A-Za-z]{22}|[0-9a-f]{32})", check: .machineMade,
      source: "https://docs.honeycomb.io/configure/environments/manage-api-keys/",
      examples: ["HONEYCOMB_API_KEY=«<h:32>»", "x-honeycomb-team: «b7<b62:18>3X»"], not: ["honeycomb: <a:22>"]),
    token(
      "dynatrace-token", "Dynatrace token", .vendorToken, #"dt0[a-z][0-9]{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}"#,
      source: "https://docs.dynatrace.com/docs/manage/identity-access-management/access-tokens-and-oauth-clients",
      examples: ["Api-Token «dt0c01.<b32:24>.<b32:64>»"]),
    keyed(
      "pagerduty-key", "PagerDuty API key", .vendorToken, words: "pagerduty|pd[_-]api", value: "[0-9A-Za-z_+\\-]{20}",
      tail: "0-9A-Za-z_+\\-", check: .machineMade,
      source: "https://support.pagerduty.com/main/docs/api-access-keys",
      examples: ["PAGERDUTY_API_KEY=«y<b62:9>_7+<b62:7>»"], not: ["pagerduty: integration-service"]),
    keyed(
      "pagerduty-integration", "PagerDuty integration key, Rollbar, Bugsnag, Airbrake or Raygun token", .vendorToken,
      words: "pagerduty|rollbar|bugsnag|airbrake|raygun|appsignal|honeybadger|logentries", value: "[0-9a-f]{32}",
      check: .entropy(3), source: "https://docs.rollbar.com/reference/authentication",
      examples: ["ROLLBAR_ACCESS_TOKEN=«<h:32>»", "bugsnag_api_key: «<h:32>»"]),
    keyed(
      "incident-key", "Opsgenie, Splunk, Loggly, Logtail or VictorOps key", .vendorToken,
      words: "opsgenie|genie[_-]?key|splunk|loggly|logtail|victorops|better[_-]?stack",
      value: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://docs.splunk.com/Documentation/Splunk/latest/Data/UsetheHTTPEventCollector",
      examples: ["Authorization: Splunk «<uuid>»", "OPSGENIE_API_KEY=«<uuid>»", "Authorization: GenieKey «<uuid>»"]),
    keyed(
      "logging-key", "Sumo Logic, Logz.io, Mezmo, Papertrail or Coralogix key", .vendorToken,
      words: "sumo(?:logic)?|logz|mezmo|logdna|papertrail|coralogix", value: "[0-9A-Za-z_]{20,64}", tail: "0-9A-Za-z_",
      check: .machineMadeOrUUID, source: "https://help.sumologic.com/docs/manage/security/access-keys/",
      examples: ["SUMOLOGIC_ACCESS_KEY=«<b62:64>»", "LOGDNA_KEY=«<h:32>»", "coralogix: «cxtp_<b62:30>»"],
      not: ["sumo: <a:30>"]),
    token(
      "axiom-token", "Axiom API or personal token", .vendorToken,
      "xa[ap]t-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://axiom.co/docs/reference/tokens", examples: ["AXIOM_TOKEN=«xaat-<uuid>»"]),
    token(
      "posthog-key", "PostHog personal or secret key", .vendorToken, "ph[xs]_[0-9A-Za-z]{40,50}", check: .mixed,
      source: "https://posthog.com/docs/api", examples: ["«phx_<b62:43>»"], not: ["phc_<b62:43>"]),
    keyed(
      "uptimerobot-key", "UptimeRobot API key", .vendorToken, words: "uptime[_-]?robot",
      value: "(?:ur|u|m)[0-9]{6,9}-[0-9a-f]{24}", check: .entropy(3), source: "https://uptimerobot.com/api/",
      examples: ["UPTIMEROBOT_API_KEY=«ur<d:7>-<h:24>»"]),
    token(
      "checkly-key", "Checkly API key", .vendorToken, "cu_[0-9a-f]{32}", source: "https://www.checklyhq.com/docs/api/",
      examples: ["CHECKLY_API_KEY=«cu_<h:32>»"]),
    keyed(
      "analytics-key", "Segment, Mixpanel, Amplitude or Heap secret", .vendorToken,
      words: "segment|mixpanel|amplitude", value: "[0-9A-Za-z]{32}", check: .machineMade,
      source: "https://segment.com/docs/connections/find-writekey/", examples: ["SEGMENT_WRITE_KEY=«<b62:32>»"],
      not: ["segment: <a:32>"]),
    keyed(
      "elastic-key", "Elastic API key", .vendorToken, words: "elastic(?:search)?|apikey|kibana",
      value: "[0-9A-Za-z+/]{48,80}={0,2}", tail: "0-9A-Za-z+/=", check: .all([.entropy(4), .mixed]),
      source: "https://www.elastic.co/docs/api/doc/elasticsearch/authentication",
      examples: ["Authorization: ApiKey «<b64:60>»", "ELASTIC_API_KEY=«<b64:58>==»"], not: ["elastic: <h:48>"]),
    keyed(
      "statuspage-key", "Statuspage, Pingdom or StatusCake key", .vendorToken, words: "statuspage|pingdom|statuscake",
      value: "[0-9A-Za-z_\\-]{20,70}", tail: "0-9A-Za-z_\\-", check: .machineMadeOrUUID,
      source: "https://developer.statuspage.io/",
      examples: ["STATUSPAGE_API_KEY=«<uuid>»", "PINGDOM_TOKEN=«<b64u:60>»"],
      not: ["statuspage: component-operational-now"]),
  ]

  private static let newrelic = "https://docs.newrelic.com/docs/apis/intro-apis/new-relic-api-keys/"
  private static let grafana =
    "https://grafana.com/docs/grafana-cloud/account-management/authentication-and-permissions/"
  private static let sentry = "https://docs.sentry.io/account/auth-tokens/"
}
