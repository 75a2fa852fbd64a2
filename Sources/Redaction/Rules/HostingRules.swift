extension SecretRule {
  /// Hosting, networks and databases as a service.
  static let hosting: [SecretRule] = [
    token(
      "digitalocean-token", "DigitalOcean personal, OAuth or refresh token", .vendorToken, "do[opr]_v1_[0-9a-f]{64}",
      source: "https://docs.digitalocean.com/reference/api/create-personal-access-token/",
      examples: ["DIGITALOCEAN_TOKEN=«dop_v1_<h:64>»"]),
    keyed(
      "digitalocean-spaces", "DigitalOcean Spaces, Wasabi, Backblaze or MinIO secret", .awsSecretKey,
      words: "spaces|wasabi|backblaze|b2[_-]application|minio|r2[_-]secret",
      value: "(?:K[0-9A-Za-z]{30}|[0-9A-Za-z+/]{40,43})", tail: "0-9A-Za-z+/=",
      check: .all([.machineMade, .entropy(3.5)]),
      source: "https://docs.digitalocean.com/products/spaces/how-to/manage-access/",
      examples: ["SPACES_SECRET=«<b62:43>»", "MINIO_SECRET_KEY=«<b62:40>»", "B2_APPLICATION_KEY=«K005<b62:27>»"],
      not: ["spaces: <a:40>"]),
    token(
      "alibaba-access-key-id", "Alibaba Cloud access key id", .awsAccessKeyID, "LTAI[0-9A-Za-z]{12,20}",
      check: .mixed, source: alibaba, examples: ["ALIBABA_CLOUD_ACCESS_KEY_ID=«LTAI5t<b62:18>»"], not: ["LTAI<a:16>"]),
    keyed(
      "alibaba-secret", "Alibaba Cloud access key secret", .awsSecretKey,
      words: "alibaba|aliyun|oss[_-]access|alicloud",
      value: "[0-9A-Za-z]{30}", check: .all([.machineMade, .entropy(3.5)]), source: alibaba,
      examples: ["ALIYUN_ACCESS_KEY_SECRET=«<b62:30>»"], not: ["aliyun: <a:30>"]),
    token(
      "tencent-secret-id", "Tencent Cloud secret id", .awsAccessKeyID, "AKID[0-9A-Za-z]{32}", check: .mixed,
      source: tencent, examples: ["TENCENTCLOUD_SECRET_ID=«AKID<b62:32>»"]),
    keyed(
      "tencent-secret-key", "Tencent or Huawei Cloud secret key", .awsSecretKey,
      words: "tencent|qcloud|cos[_-]secret|huawei(?:cloud)?", value: "[0-9A-Za-z]{32,40}",
      check: .all([.machineMade, .entropy(3.5)]), source: tencent, examples: ["TENCENTCLOUD_SECRET_KEY=«<b62:32>»"],
      not: ["tencent: <a:32>"]),
    keyed(
      "ibm-cloud-key", "IBM Cloud API key", .vendorToken, words: "ibm[_-]?(?:cloud|cos|api)|bluemix|ibmcloud",
      value: "[0-9A-Za-z_\\-]{44}", tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://cloud.ibm.com/docs/account?topic=account-userapikey", examples: ["IBMCLOUD_API_KEY=«<b62:44>»"]),
    keyed(
      "linode-token", "Linode, Hetzner or IONOS token", .vendorToken, words: "linode|hetzner|hcloud|ionos|akamai",
      value: "(?:[0-9a-f]{64}|[0-9A-Za-z]{64})", check: .entropy(3.2),
      source: "https://techdocs.akamai.com/linode-api/reference/get-started",
      examples: ["LINODE_TOKEN=«<h:64>»", "HCLOUD_TOKEN=«<b62:64>»"]),
    keyed(
      "vultr-key", "Vultr API key", .vendorToken, words: "vultr", value: "[A-Z0-9]{36}", check: .machineMade,
      source: "https://www.vultr.com/api/", examples: ["VULTR_API_KEY=«<AN:36>»"]),
    token(
      "scaleway-access-key", "Scaleway access key", .awsAccessKeyID, "SCW[A-Z0-9]{17}", check: .mixed,
      source: "https://www.scaleway.com/en/docs/iam/concepts/#api-key", examples: ["SCW_ACCESS_KEY=«SCW<AN:17>»"]),
    keyed(
      "scaleway-secret-key", "Scaleway, UpCloud or Exoscale secret", .vendorToken,
      words: "scaleway|scw[_-]secret|exoscale|upcloud",
      value: "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z_\\-]{43})",
      tail: "0-9A-Za-z_\\-", check: .machineMadeOrUUID,
      source: "https://www.scaleway.com/en/docs/iam/concepts/#api-key",
      examples: ["SCW_SECRET_KEY=«<uuid>»", "EXOSCALE_API_SECRET=«<b62:43>»"]),
    keyed(
      "ovh-secret", "OVHcloud application secret or consumer key", .vendorToken, words: "ovh", value: "[0-9A-Za-z]{32}",
      check: .machineMade, source: "https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api",
      examples: ["OVH_APPLICATION_SECRET=«<b62:32>»"], not: ["ovh: <a:32>"]),
    keyed(
      "cloudflare-token", "Cloudflare API token or global key", .vendorToken, words: "cloudflare|cf[_-]api|x-auth-key",
      value: "(?:[0-9a-f]{37}|[0-9A-Za-z_\\-]{40})", tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://developers.cloudflare.com/fundamentals/api/get-started/",
      examples: ["CLOUDFLARE_API_TOKEN=«<b62:40>»", "X-Auth-Key: «<h:37>»"], not: ["cloudflare: <a:40>"]),
    token(
      "cloudflare-origin-ca", "Cloudflare origin CA key", .vendorToken, #"v1\.0-[0-9a-f]{24}-[0-9a-f]{146}"#,
      source: "https://developers.cloudflare.com/fundamentals/api/get-started/ca-keys/",
      examples: ["«v1.0-<h:24>-<h:146>»"]),
    keyed(
      "fastly-token", "Fastly or bunny.net token", .vendorToken, words: "fastly|bunny",
      value: "(?:[0-9A-Za-z_\\-]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-[0-9a-f]{4}-[0-9a-f]{4})",
      tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://www.fastly.com/documentation/reference/api/auth-tokens/",
      examples: ["FASTLY_API_TOKEN=«<b62:32>»"], not: ["fastly: <a:32>"]),
    token(
      "akamai-edgegrid", "Akamai EdgeGrid client or access token", .vendorToken,
      #"akab-[0-9a-z]{16}-[0-9a-z]{16}"#, source: "https://techdocs.akamai.com/developer/docs/edgegrid",
      examples: ["client_token = «akab-<an:16>-<an:16>»"]),
    token(
      "supabase-token", "Supabase access token or secret key", .vendorToken,
      #"(?:sbp_(?:oauth_|v0_)?[0-9a-f]{40}|sb_secret_[0-9A-Za-z_\-]{22}_[0-9A-Za-z_\-]{8})"#, tail: "0-9A-Za-z_",
      source: "https://supabase.com/docs/guides/api/api-keys",
      examples: ["«sbp_<h:40>»", "«sb_secret_<b64u:22>_<b62:8>»"],
      not: ["sb_publishable_<b62:22>_<b62:8>"]),
    token(
      "planetscale-secret", "PlanetScale token, OAuth token or password", .vendorToken,
      #"pscale_(?:tkn|pw|oauth|otkn)_[0-9A-Za-z_.=\-]{32,64}"#, tail: "0-9A-Za-z_",
      source: "https://planetscale.com/docs/concepts/service-tokens", examples: ["«pscale_pw_<b64u:43>»"]),
    token(
      "neon-key", "Neon API key", .vendorToken, "napi_[0-9a-z]{64}", check: .mixed,
      source: "https://neon.com/docs/manage/api-keys", examples: ["NEON_API_KEY=«napi_<an:64>»"]),
    token(
      "mongodb-atlas-secret", "MongoDB Atlas service account secret", .vendorToken, #"mdb_sa_sk_[0-9A-Za-z_\-]{40}"#,
      tail: "0-9A-Za-z_", source: "https://www.mongodb.com/docs/atlas/api/service-accounts-overview/",
      examples: ["«mdb_sa_sk_<b64u:40>»"]),
    keyed(
      "database-service-key", "MongoDB Atlas, Upstash, Aiven, Fauna or Algolia key", .vendorToken,
      words: "atlas[_-](?:private|api)|upstash|aiven|fauna|algolia|meili|typesense",
      value: "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z+/_\\-]{32,320}={0,2})",
      tail: "0-9A-Za-z_+/=\\-", check: .machineMadeOrUUID,
      source: "https://www.algolia.com/doc/guides/security/api-keys/",
      examples: ["ALGOLIA_ADMIN_KEY=«<h:32>»", "ATLAS_PRIVATE_KEY=«<uuid>»", "UPSTASH_REDIS_REST_TOKEN=«<b62:60>»"],
      not: ["algolia: <a:32>"]),
    token(
      "cockroach-key", "CockroachDB Cloud API key", .vendorToken, "CCDB1_[0-9A-Za-z]{22}_[0-9A-Za-z]{40}",
      source: "https://www.cockroachlabs.com/docs/cockroachcloud/managing-access",
      examples: ["«CCDB1_<b62:22>_<b62:40>»"]),
    keyed(
      "confluent-secret", "Confluent or Kafka API secret", .vendorToken, words: "confluent|kafka|ccloud",
      value: "(?:cflt[0-9A-Za-z+/]{60}|[0-9A-Za-z+/]{64})", tail: "0-9A-Za-z+/=", check: .machineMade,
      source:
        "https://docs.confluent.io/cloud/current/security/authenticate/workload-identities/service-accounts/api-keys/",
      examples: ["CONFLUENT_API_SECRET=«<b64:64>»", "KAFKA_SECRET=«cflt<b64:60>»"], not: ["kafka: <a:64>"]),
    token(
      "tailscale-key", "Tailscale key", .vendorToken,
      "tskey-(?:auth|api|client|scim|webhook|reusable)-[0-9A-Za-z]{8,24}-[0-9A-Za-z]{18,40}",
      source: "https://tailscale.com/kb/1277/key-prefixes", examples: ["«tskey-auth-k<b62:14>CNTRL-<b62:32>»"]),
    keyed(
      "ngrok-token", "ngrok or ZeroTier token", .vendorToken, words: "ngrok|zerotier|authtoken",
      value: "(?:[0-9A-Za-z]{20,32}_[0-9A-Za-z]{18,32}|[0-9A-Za-z]{32})", check: .machineMade,
      source: "https://ngrok.com/docs/agent/#authtokens", examples: ["ngrok config add-authtoken «2a<b62:25>_<b62:21>»"]
    ),
    token(
      "mapbox-secret", "Mapbox secret token", .vendorToken,
      #"sk\.eyJ[0-9A-Za-z_\-]{40,200}\.[0-9A-Za-z_\-]{20,24}"#, tail: "0-9A-Za-z_",
      source: "https://docs.mapbox.com/help/dive-deeper/access-tokens/", examples: ["«sk.eyJ<b62:80>.<b64u:22>»"],
      not: ["pk.eyJ<b62:80>.<b64u:22>"]),
    token(
      "yandex-key", "Yandex Cloud API key, IAM or OAuth token", .vendorToken,
      #"(?:AQVN[0-9A-Za-z_\-]{35,38}|(?:y0|y1|y2|y3)_[0-9A-Za-z_\-]{55}|t1\.[0-9A-Za-z_\-]{40,300}={0,2}\.[0-9A-Za-z_\-]{86}={0,2})"#,
      tail: "0-9A-Za-z_\\-", check: .all([.mixed, .entropy(3.8)]),
      source: "https://yandex.cloud/en/docs/iam/concepts/authorization/",
      examples: ["«AQVN<b64u:35>»", "OAuth «y0_<b64u:55>»"]),
    token(
      "scalingo-token", "Scalingo API token", .vendorToken, #"tk-us-[0-9A-Za-z_\-]{48}"#, tail: "0-9A-Za-z_",
      source: "https://developers.scalingo.com/", examples: ["«tk-us-<b64u:48>»"]),
    keyed(
      "blockchain-node-key", "Infura, Alchemy, QuickNode or Etherscan key", .vendorToken,
      words: "infura|alchemy|quicknode|etherscan", value: "[0-9A-Za-z_\\-]{32,44}", tail: "0-9A-Za-z_\\-",
      check: .machineMade, source: "https://docs.infura.io/api/networks",
      examples: ["INFURA_PROJECT_SECRET=«<h:32>»", "ETHERSCAN_API_KEY=«<AN:34>»"]),
    keyed(
      "threat-intelligence-key", "VirusTotal, Shodan, AbuseIPDB or RapidAPI key", .vendorToken,
      words: "virustotal|shodan|abuseipdb|rapidapi|x-apikey", value: "[0-9A-Za-z]{32,80}", check: .machineMade,
      source: "https://docs.virustotal.com/reference/overview",
      examples: ["VIRUSTOTAL_API_KEY=«<h:64>»", "SHODAN_API_KEY=«<b62:32>»", "X-RapidAPI-Key: «<an:50>»"],
      not: ["shodan: <a:32>"]),
  ]

  private static let alibaba = "https://www.alibabacloud.com/help/ram/user-guide/create-an-accesskey-pair"
  private static let tencent = "https://www.tencentcloud.com/document/product/598/32675"
}
