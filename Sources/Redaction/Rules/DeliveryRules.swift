extension SecretRule {
  /// Continuous integration, deployment, quality and vaults.
  static let delivery: [SecretRule] = [
    token(
      "buildkite-token", "Buildkite API or agent token", .vendorToken, "bk(?:ua|at|ct|pt)_[0-9A-Za-z]{40,80}",
      source: "https://buildkite.com/docs/apis/managing-api-tokens", examples: ["BUILDKITE_API_TOKEN=«bkua_<h:40>»"]),
    token(
      "circleci-token", "CircleCI personal or project token", .vendorToken,
      "CCI(?:PAT|PRJ)_[0-9A-Za-z]{22}_[0-9a-f]{40}",
      source: circle, examples: ["Circle-Token: «CCIPAT_<b62:22>_<h:40>»"]),
    keyed(
      "circleci-token-old", "CircleCI token, older form", .vendorToken, words: "circle(?:ci|[_-]?token)",
      value: "[0-9a-f]{40}", check: .entropy(3), source: circle, examples: ["CIRCLECI_TOKEN=«<h:40>»"],
      not: ["CIRCLE_SHA1=<h:40>"]),
    keyed(
      "travis-token", "Travis CI token", .vendorToken, words: "travis", value: "[0-9A-Za-z_\\-]{22}",
      tail: "0-9A-Za-z_\\-", check: .machineMade, source: "https://developer.travis-ci.com/authentication",
      examples: ["TRAVIS_TOKEN=«4f<b62:18>9K»"], not: ["travis: language-generic-linux"]),
    keyed(
      "jenkins-token", "Jenkins API token", .vendorToken, words: "jenkins", value: "11[0-9a-f]{32}",
      source: "https://www.jenkins.io/doc/book/using/remote-access-api/", examples: ["JENKINS_TOKEN=«11<h:32>»"]),
    token(
      "teamcity-token", "TeamCity access token", .vendorToken,
      #"eyJ0eXAiOiAiVENWMiJ9\.[0-9A-Za-z_\-]{36}\.[0-9A-Za-z_\-]{40,60}"#, tail: "0-9A-Za-z_",
      source: "https://www.jetbrains.com/help/teamcity/rest/teamcity-rest-api-documentation.html",
      examples: ["«eyJ0eXAiOiAiVENWMiJ9.<b64u:36>.<b62:48>»"]),
    token(
      "jetbrains-token", "JetBrains Hub, YouTrack or Space permanent token", .vendorToken,
      #"perm[:\-][0-9A-Za-z+/=_\-]{4,60}\.[0-9A-Za-z+/=_\-]{2,40}\.[0-9A-Za-z+/=_\-]{20,60}"#, tail: "0-9A-Za-z_",
      source: "https://www.jetbrains.com/help/youtrack/devportal/authentication-with-permanent-token.html",
      examples: ["Bearer «perm:<b62:8>.<b62:8>.<b62:30>»"]),
    token(
      "sonar-token", "SonarQube or SonarCloud token", .vendorToken, "sq[pau]_[0-9a-f]{40}", source: sonar,
      examples: ["SONAR_TOKEN=«squ_<h:40>»"]),
    keyed(
      "sonar-token-old", "SonarQube token, older form", .vendorToken, words: "sonar", value: "[0-9a-f]{40}",
      check: .entropy(3), source: sonar, examples: ["-Dsonar.login=«<h:40>»"]),
    keyed(
      "snyk-token", "Snyk, Codecov, Cypress, Codacy or WhiteSource token", .vendorToken,
      words: "snyk|codecov|cypress[_-]record|codacy|mend[_-]|whitesource|coveralls",
      value: "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z]{32,36}|[0-9a-f]{64})",
      check: .machineMadeOrUUID, source: "https://docs.snyk.io/snyk-api/authentication-for-api",
      examples: ["SNYK_TOKEN=«<uuid>»", "COVERALLS_REPO_TOKEN=«<b62:33>»", "CYPRESS_RECORD_KEY=«<uuid>»"],
      not: ["snyk: <a:32>"]),
    token(
      "snyk-api-token", "Snyk token, new form", .vendorToken,
      #"snyk_(?:uat|sat)\.[0-9a-f]{8}\.[0-9A-Za-z_.\-]{60,400}"#,
      tail: "0-9A-Za-z_", source: "https://docs.snyk.io/snyk-api/authentication-for-api",
      examples: ["«snyk_uat.<h:8>.<b64u:120>»"]),
    token(
      "netlify-token", "Netlify personal access token", .vendorToken, "nf[pcub]_[0-9A-Za-z]{36}",
      source: "https://docs.netlify.com/api/get-started/", examples: ["NETLIFY_AUTH_TOKEN=«nfp_<b62:36>»"]),
    token(
      "vercel-token", "Vercel token, new form", .vendorToken, "vc[piark]_[0-9A-Za-z]{40,70}",
      source: vercel, examples: ["VERCEL_TOKEN=«vcp_<b62:56>»"]),
    keyed(
      "vercel-token-old", "Vercel token", .vendorToken, words: "vercel|zeit", value: "[0-9A-Za-z]{24}",
      check: .all([.machineMade, .entropy(3.3)]), source: vercel, examples: ["VERCEL_TOKEN=«Ab1<b62:18>7Qz»"],
      not: ["vercel: <a:24>"]),
    token(
      "heroku-api-key", "Heroku API key", .vendorToken, "HRKU-[0-9A-Za-z_\\-]{58,64}", tail: "0-9A-Za-z_",
      source: heroku,
      examples: ["HEROKU_API_KEY=«HRKU-AA<b64u:58>»"]),
    keyed(
      "heroku-api-key-old", "Heroku API key, older form", .vendorToken, words: "heroku",
      value: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", source: heroku,
      examples: ["HEROKU_API_KEY=«<uuid>»"]),
    token(
      "flyio-token", "Fly.io access token", .vendorToken,
      #"(?:fo1_[0-9A-Za-z_\-]{43}|fm[12][ar]?_[0-9A-Za-z+/]{100,800}={0,3})"#, tail: "0-9A-Za-z+/=",
      source: "https://fly.io/docs/security/tokens/", examples: ["FLY_API_TOKEN=«fm2_<b64:300>==»", "«fo1_<b62:43>»"]),
    token(
      "render-key", "Render API key", .vendorToken, "rnd_[0-9A-Za-z]{26,36}", check: .mixed,
      source: "https://render.com/docs/api", examples: ["RENDER_API_KEY=«rnd_<b62:32>»"]),
    token(
      "harness-token", "Harness personal or service account token", .vendorToken,
      #"[ps]at\.[0-9A-Za-z_\-]{22}\.[0-9a-f]{24}\.[0-9A-Za-z]{20}"#,
      source: "https://developer.harness.io/docs/platform/automation/api/add-and-manage-api-keys/",
      examples: ["«pat.<b64u:22>.<h:24>.<b62:20>»"]),
    token(
      "octopus-key", "Octopus Deploy API key", .vendorToken, "API-[A-Z0-9]{26,32}", check: .all([.mixed, .entropy(3)]),
      source: "https://octopus.com/docs/octopus-rest-api/how-to-create-an-api-key",
      examples: ["X-Octopus-ApiKey: «API-<AN:26>»"], not: ["API-REFERENCE"]),
    token(
      "pulumi-token", "Pulumi access token", .vendorToken, "pul-[0-9a-f]{40}",
      source: "https://www.pulumi.com/docs/pulumi-cloud/access-management/access-tokens/",
      examples: ["PULUMI_ACCESS_TOKEN=«pul-<h:40>»"]),
    token(
      "infracost-key", "Infracost API key", .vendorToken, "ico-[0-9A-Za-z]{32}", check: .mixed,
      source: "https://www.infracost.io/docs/", examples: ["«ico-<b62:32>»"]),
    token(
      "doppler-token", "Doppler token", .vendorToken,
      #"dp\.(?:pt|st|ct|sa|scim|audit|said)\.(?:[0-9a-z_\-]{2,35}\.)?[0-9A-Za-z]{40,44}"#,
      source: "https://docs.doppler.com/reference/auth-token-formats",
      examples: ["DOPPLER_TOKEN=«dp.st.prd.<b62:43>»", "«dp.pt.<b62:43>»"]),
    token(
      "vault-token", "HashiCorp Vault service, batch or recovery token", .vendorToken,
      #"hv[sbr]\.[0-9A-Za-z_\-]{24,300}"#, tail: "0-9A-Za-z_", check: .mixed, source: vault,
      examples: ["X-Vault-Token: «hvs.CAES<b64u:90>»", "«hvb.<b64u:140>»"]),
    keyed(
      "vault-token-old", "Vault token or unseal key, older form", .vendorToken, words: "vault|unseal[ _-]key",
      value: "(?:s\\.[0-9A-Za-z]{24}|[0-9A-Za-z+/]{43}=|[0-9A-Za-z+/]{44})", tail: "0-9A-Za-z+/=",
      check: .all([.entropy(3), .mixed]), source: vault,
      examples: ["VAULT_TOKEN=«s.<b62:24>»", "Unseal Key: «<b64of:32>»"]),
    keyed(
      "consul-token", "Consul, Nomad or Boundary token", .vendorToken, words: "consul|nomad",
      value: "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://developer.hashicorp.com/consul/docs/security/acl/tokens",
      examples: ["CONSUL_HTTP_TOKEN=«<uuid>»", "X-Nomad-Token: «<uuid>»"]),
    token(
      "onepassword-token", "1Password service account token", .vendorToken, "ops_eyJ[0-9A-Za-z+/=_\\-]{200,1200}",
      tail: "0-9A-Za-z+/=_", source: "https://developer.1password.com/docs/service-accounts/",
      examples: ["OP_SERVICE_ACCOUNT_TOKEN=«ops_eyJ<b64u:600>»"]),
    token(
      "onepassword-secret-key", "1Password account secret key", .vendorToken,
      "A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}", check: .mixed,
      source: "https://support.1password.com/secret-key-security/",
      examples: ["«A3-<AN:6>-<AN:6>-<AN:5>-<AN:5>-<AN:5>-<AN:5>»"]),
    token(
      "launchdarkly-key", "LaunchDarkly SDK or API key", .vendorToken,
      "(?:sdk|api|mob|rel)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://launchdarkly.com/docs/home/account/environment/keys", examples: ["LD_SDK_KEY=«sdk-<uuid>»"]),
    token(
      "configcat-key", "ConfigCat SDK key", .vendorToken, #"configcat-sdk-1/[0-9A-Za-z_\-]{22}/[0-9A-Za-z_\-]{22}"#,
      tail: "0-9A-Za-z_", source: "https://configcat.com/docs/sdk-reference/overview/",
      examples: ["«configcat-sdk-1/<b64u:22>/<b64u:22>»"]),
    token(
      "prefect-key", "Prefect API key", .vendorToken, "pn[ub]_[0-9A-Za-z]{36}",
      source: "https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys", examples: ["«pnu_<b62:36>»"]),
    token(
      "postman-key", "Postman API key", .vendorToken, "PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
      source: "https://learning.postman.com/docs/developer/postman-api/authentication/",
      examples: ["X-Api-Key: «PMAK-<h:24>-<h:34>»"]),
    keyed(
      "testing-cloud-key", "BrowserStack, Sauce Labs or LambdaTest access key", .vendorToken,
      words: "browserstack|sauce(?:labs|[_-])|lambdatest|lt_access",
      value: "(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9A-Za-z]{20,50})",
      check: .machineMadeOrUUID,
      source: "https://www.browserstack.com/docs/automate/api-reference/selenium/authentication",
      examples: ["BROWSERSTACK_ACCESS_KEY=«q7<b62:16>2Z»", "SAUCE_ACCESS_KEY=«<uuid>»"], not: ["browserstack: <a:20>"]),
    shaped(
      "kubernetes-bootstrap-token", "Kubernetes bootstrap token", .vendorToken,
      #"(?i:kubeadm|bootstrap)[\w \t\-"':=/.]{0,60}?[ \t"'=:]([0-9a-z]{6}\.[0-9a-z]{16})"#,
      tail: "0-9A-Za-z.", certainty: .keyed, check: .all([.mixed, .entropy(3)]),
      source: "https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/",
      examples: ["kubeadm join 10.0.0.1:6443 --token «<an:6>.<an:16>»"], not: ["token: module.implementation"]),
  ]

  private static let circle = "https://circleci.com/docs/managing-api-tokens/"
  private static let sonar = "https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/"
  private static let vercel = "https://vercel.com/docs/rest-api#authentication"
  private static let heroku = "https://devcenter.heroku.com/articles/authentication"
  private static let vault = "https://developer.hashicorp.com/vault/docs/concepts/tokens"
}
