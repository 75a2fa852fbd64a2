extension SecretRule {
  /// Work, documents, customers and identity as a service.
  static let office: [SecretRule] = [
    token(
      "notion-token", "Notion integration token", .vendorToken,
      "(?:ntn_[0-9]{11}[0-9A-Za-z]{35}|secret_[0-9A-Za-z]{43})",
      check: .mixed, source: "https://developers.notion.com/docs/authorization",
      examples: ["NOTION_TOKEN=«ntn_<d:11><b62:35>»", "«secret_<b62:43>»"], not: ["secret_<a:43>"]),
    token(
      "airtable-token", "Airtable personal access token", .vendorToken, #"pat[0-9A-Za-z]{14}\.[0-9a-f]{64}"#,
      source: "https://airtable.com/developers/web/guides/personal-access-tokens", examples: ["«pat<b62:14>.<h:64>»"]),
    keyed(
      "asana-token", "Asana personal access token or client secret", .vendorToken, words: "asana",
      value: "(?:[0-9]/[0-9]{15,17}(?:/[0-9]{15,17})?:[0-9a-f]{32}|[0-9a-f]{32})", check: .entropy(3),
      source: "https://developers.asana.com/docs/personal-access-token",
      examples: ["ASANA_TOKEN=«1/<d:16>:<h:32>»", "ASANA_CLIENT_SECRET=«<h:32>»"]),
    token(
      "linear-key", "Linear API key or OAuth token", .vendorToken, "lin_(?:api|oauth)_[0-9A-Za-z]{40,64}",
      source: "https://linear.app/developers/graphql", examples: ["LINEAR_API_KEY=«lin_api_<b62:40>»"]),
    token(
      "figma-token", "Figma token", .vendorToken, #"fig(?:d|u|ur|o|or|dr|dh|uh)_[0-9A-Za-z_\-]{40}"#,
      tail: "0-9A-Za-z_",
      source: "https://developers.figma.com/docs/rest-api/authentication/",
      examples: ["X-Figma-Token: «figd_<b64u:40>»"]),
    token(
      "clickup-token", "ClickUp personal token", .vendorToken, "pk_[0-9]{6,10}_[A-Z0-9]{32}",
      source: "https://developer.clickup.com/docs/authentication", examples: ["«pk_<d:8>_<AN:32>»"]),
    token(
      "trello-token", "Trello token", .vendorToken, "ATTA[0-9a-f]{64}[0-9A-F]{8}",
      source: "https://developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction/",
      examples: ["«ATTA<h:64><H:8>»"]),
    keyed(
      "trello-key", "Trello API secret", .vendorToken, words: "trello", value: "(?:[0-9a-f]{64}|[0-9a-f]{32})",
      check: .entropy(3), source: "https://developer.atlassian.com/cloud/trello/guides/rest-api/api-introduction/",
      examples: ["TRELLO_SECRET=«<h:64>»", "TRELLO_KEY=«<h:32>»"]),
    token(
      "dropbox-token", "Dropbox access token", .vendorToken, #"sl\.(?:[uB]\.)?[0-9A-Za-z_\-=]{130,1500}"#,
      tail: "0-9A-Za-z_", source: "https://developers.dropbox.com/oauth-guide", examples: ["«sl.u.<b64u:200>»"]),
    token(
      "contentful-token", "Contentful management token", .vendorToken, #"CFPAT-[0-9A-Za-z_\-]{43}"#, tail: "0-9A-Za-z_",
      source: "https://www.contentful.com/developers/docs/references/authentication/", examples: ["«CFPAT-<b64u:43>»"]),
    keyed(
      "content-system-key", "Contentful, Sanity, Storyblok or Prismic token", .vendorToken,
      words: "contentful|sanity|storyblok|prismic|datocms|strapi", value: "[0-9A-Za-z_\\-]{22,200}",
      tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://www.contentful.com/developers/docs/references/authentication/",
      examples: ["CONTENTFUL_ACCESS_TOKEN=«<b62:43>»", "SANITY_TOKEN=«sk<b62:180>»"],
      not: ["sanity-check: everything-is-fine-here"]),
    token(
      "typeform-token", "Typeform token", .vendorToken, #"tfp_[0-9A-Za-z_\-.=]{40,60}"#, tail: "0-9A-Za-z_",
      source: "https://www.typeform.com/developers/get-started/personal-access-token/",
      examples: ["«tfp_<b62:44>_<b62:14>»"]),
    token(
      "intercom-token", "Intercom access token", .vendorToken, "dG9rO[0-9A-Za-z+/]{50,60}={0,2}", tail: "0-9A-Za-z+/=",
      source: "https://developers.intercom.com/docs/build-an-integration/learn-more/authentication",
      examples: ["INTERCOM_TOKEN=«dG9rO<b64:54>=»"]),
    token(
      "hubspot-token", "HubSpot private app token", .vendorToken,
      "pat-(?:na|eu|ap)[0-9]-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://developers.hubspot.com/docs/guides/apps/private-apps/overview", examples: ["«pat-na1-<uuid>»"]),
    keyed(
      "crm-key", "HubSpot, Pipedrive, Zendesk or Freshdesk key", .vendorToken,
      words: "hubspot|hapikey|pipedrive|zendesk|freshdesk|freshservice|helpscout",
      value: "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z]{20,40})",
      check: .machineMadeOrUUID, source: "https://developer.zendesk.com/api-reference/introduction/security-and-auth/",
      examples: ["ZENDESK_API_TOKEN=«<b62:40>»", "hapikey=«<uuid>»", "PIPEDRIVE_API_TOKEN=«<h:40>»"],
      not: ["zendesk: <a:30>"]),
    token(
      "salesforce-session", "Salesforce session or access token", .vendorToken,
      #"00D[0-9A-Za-z]{12,15}![0-9A-Za-z_.]{80,200}"#,
      tail: "0-9A-Za-z_",
      source: "https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_tokens_scopes.htm",
      examples: ["«00D<b62:12>!AQ<b62:94>»"]),
    keyed(
      "salesforce-secret", "Salesforce consumer secret or refresh token", .vendorToken,
      words: "salesforce|sfdc|sf[_-]client",
      value: "(?:[0-9A-F]{64}|[0-9]{16,20}|5Aep[0-9A-Za-z_.]{80,90})", check: .entropy(2.8),
      source: "https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flows.htm",
      examples: ["SALESFORCE_CLIENT_SECRET=«<H:64>»", "sfdc_refresh_token: «5Aep<b62:84>»"]),
    keyed(
      "okta-token", "Okta API token or client secret", .vendorToken, words: "okta|ssws",
      value: "(?:00[0-9A-Za-z_\\-]{40}|[0-9A-Za-z_\\-]{64})", tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://developer.okta.com/docs/guides/create-an-api-token/main/",
      examples: ["Authorization: SSWS «00<b62:40>»", "OKTA_CLIENT_SECRET=«<b62:64>»"]),
    keyed(
      "identity-secret", "Auth0, OneLogin, JumpCloud, Duo, Clerk or WorkOS secret", .vendorToken,
      words: "auth0|onelogin|jumpcloud|duo[_-]|keycloak|workos|descope",
      value: "(?:sk_(?:live_|test_)?)?[0-9A-Za-z_\\-]{32,90}", tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://auth0.com/docs/secure/application-credentials",
      examples: ["AUTH0_CLIENT_SECRET=«<b64u:64>»", "JUMPCLOUD_API_KEY=«jca_<b62:36>»", "KEYCLOAK_SECRET=«<b62:32>»"],
      not: ["auth0: universal-login-page-customization-x"]),
    token(
      "adobe-secret", "Adobe client secret", .vendorToken, "p8e-[0-9A-Za-z_\\-]{32}", tail: "0-9A-Za-z_\\-",
      source: "https://developer.adobe.com/developer-console/docs/guides/authentication/", examples: ["«p8e-<b62:32>»"]),
    token(
      "frameio-token", "Frame.io token", .vendorToken, #"fio-u-[0-9A-Za-z_=\-]{64}"#, tail: "0-9A-Za-z_",
      source: "https://developer.adobe.com/frameio/guides/", examples: ["«fio-u-<b64u:64>»"]),
    token(
      "zapier-webhook", "Zapier, Make, IFTTT or n8n webhook", .webhookURL,
      #"https://(?:hooks\.zapier\.com/hooks/catch/[0-9]{3,12}/[0-9a-z]{5,20}|hook\.[0-9a-z]{2,6}\.make\.com/[0-9a-z]{24,40}|maker\.ifttt\.com/trigger/[0-9A-Za-z_]{1,60}/(?:json/)?with/key/[0-9A-Za-z_\-]{20,50})"#,
      tail: "0-9A-Za-z_", source: "https://help.zapier.com/hc/en-us/articles/8496288690317",
      examples: [
        "«https://hooks.zapier.com/hooks/catch/<d:7>/<an:7>»", "«https://maker.ifttt.com/trigger/go/with/key/<b62:22>»",
      ]),
    token(
      "wakatime-key", "WakaTime API key", .vendorToken,
      "waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://wakatime.com/developers", examples: ["«waka_<uuid>»"]),
    token(
      "zuplo-key", "Zuplo, Unkey or Knock key", .vendorToken,
      "(?:zpka_[0-9a-f]{32}_[0-9a-f]{8}|unkey_[0-9A-Za-z]{22,40}|sk_knock_[0-9A-Za-z_\\-]{30,60})", check: .mixed,
      source: "https://zuplo.com/docs/articles/api-key-leak-detection", examples: ["«zpka_<h:32>_<h:8>»"]),
    keyed(
      "meeting-secret", "Zoom, Webex, Calendly or Box secret", .vendorToken,
      words: "zoom|webex|calendly|box[_-](?:client|dev)",
      value: "[0-9A-Za-z_\\-]{32,64}", tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://developers.zoom.us/docs/internal-apps/s2s-oauth/",
      examples: ["ZOOM_CLIENT_SECRET=«<b62:32>»", "WEBEX_TOKEN=«<b62:64>»"], not: ["zoom: <a:32>"]),
    keyed(
      "maps-weather-key", "HERE, TomTom, OpenWeather or Spotify key", .vendorToken,
      words: "here[_-]api|tomtom|openweather(?:map)?|spotify|lastfm|giphy|unsplash|pexels",
      value: "(?:[0-9a-f]{32}|[0-9A-Za-z_\\-]{43}|[0-9A-Za-z]{32}|[0-9A-Za-z]{56})", tail: "0-9A-Za-z_\\-",
      check: .machineMade, source: "https://developer.spotify.com/documentation/web-api/concepts/apps",
      examples: ["SPOTIFY_CLIENT_SECRET=«<h:32>»", "OPENWEATHERMAP_API_KEY=«<h:32>»", "TOMTOM_KEY=«<b62:32>»"],
      not: ["spotify: <a:32>"]),
  ]
}
