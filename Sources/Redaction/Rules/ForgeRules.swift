extension SecretRule {
  /// Forges: GitHub, GitLab, Bitbucket, Gitea and their relatives.
  static let forges: [SecretRule] = [
    token(
      "github-pat", "GitHub personal access token (classic)", .githubToken, "ghp_[0-9A-Za-z]{36}",
      check: .crc32Base62, source: github, examples: ["GITHUB_TOKEN=«ghp_<github>»", "git clone «ghp_<github>»"],
      not: ["ghp_<a:36>", "ghp_<b62:12>"]),
    token(
      "github-oauth", "GitHub OAuth access token", .githubToken, "gho_[0-9A-Za-z]{36}", check: .crc32Base62,
      source: github, examples: ["oauth_token: «gho_<github>»"], not: ["gho_<a:36>"]),
    token(
      "github-user-to-server", "GitHub App user token", .githubToken, "ghu_[0-9A-Za-z]{36}", check: .crc32Base62,
      source: github, examples: [#"{"t":"«ghu_<github>»"}"#], not: ["ghu_<a:36>"]),
    token(
      "github-server-to-server", "GitHub App installation token, as in Actions", .githubToken,
      "ghs_[0-9A-Za-z]{36}", check: .crc32Base62, source: github,
      examples: ["https://x-access-token:«ghs_<github>»@github.com/o/r"], not: ["ghs_<a:36>"]),
    token(
      "github-refresh", "GitHub App refresh token", .githubToken, "ghr_[0-9A-Za-z]{36,76}", source: github,
      examples: ["refresh=«ghr_<b62:76>»"], not: ["ghr_<b62:20>"]),
    token(
      "github-fine-grained-pat", "GitHub fine-grained personal access token", .githubToken,
      "github_pat_[0-9A-Za-z]{22}_[0-9A-Za-z]{59}", source: github,
      examples: ["token «github_pat_<b62:22>_<b62:59>»"], not: ["github_pat_<b62:22>"]),
    keyed(
      "github-legacy", "GitHub token or client secret of 40 hexadecimal digits", .githubToken,
      words: "github|gh[_-]?token", value: "[0-9a-f]{40}", check: .entropy(3), source: github,
      examples: ["GITHUB_CLIENT_SECRET=«<h:40>»", #""githubToken": "«<h:40>»""#],
      not: ["https://github.com/o/r/commit/<h:40>", "github.com/o/r@<h:40>"]),
    token(
      "gitlab-pat", "GitLab personal, group or project access token", .gitlabToken,
      #"glpat-[0-9A-Za-z_\-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{7,9})?"#, tail: "0-9A-Za-z_", source: gitlab,
      examples: ["GITLAB_TOKEN=«glpat-<b64u:20>»", "«glpat-<b62:27>.01.<an:9>»"], not: ["glpat-<b62:8>"]),
    token(
      "gitlab-oauth-secret", "GitLab OAuth application secret", .gitlabToken, "gloas-[0-9a-f]{64}", source: gitlab,
      examples: ["secret=«gloas-<h:64>»"]),
    token(
      "gitlab-runner", "GitLab runner authentication token", .gitlabToken,
      #"glrtr?-(?:t\d_)?[0-9A-Za-z_\-]{20,200}"#, tail: "0-9A-Za-z_", source: gitlab,
      examples: [#"token = "«glrt-<b64u:20>»""#, "«glrtr-<b62:20>»"]),
    token(
      "gitlab-runner-registration", "GitLab runner registration token", .gitlabToken,
      #"GR1348941[0-9A-Za-z_\-]{20}"#, tail: "0-9A-Za-z_", source: gitlab,
      examples: ["--registration-token «GR1348941<b64u:20>»"]),
    token(
      "gitlab-deploy", "GitLab deploy token", .gitlabToken, #"gldt-[0-9A-Za-z_\-]{20}"#, tail: "0-9A-Za-z_",
      source: gitlab, examples: ["deploy «gldt-<b64u:20>»"]),
    token(
      "gitlab-trigger", "GitLab pipeline trigger token", .gitlabToken, "glptt-[0-9a-f]{40}", source: gitlab,
      examples: ["curl -F token=«glptt-<h:40>» https://gitlab.example/api"]),
    token(
      "gitlab-feed", "GitLab feed, incoming mail or Kubernetes agent token", .gitlabToken,
      #"gl(?:ft|imt|agent)-[0-9A-Za-z_\-]{20,60}"#, tail: "0-9A-Za-z_", source: gitlab,
      examples: ["feed_token=«glft-<b64u:20>»", "mail+«glimt-<an:25>»@incoming", "«glagent-<b62:50>»"]),
    token(
      "gitlab-ci-job", "GitLab CI job token", .gitlabToken, #"glcbt-[0-9a-f]{1,5}_[0-9A-Za-z_\-]{20}"#,
      tail: "0-9A-Za-z_", source: gitlab, examples: ["CI_JOB_TOKEN=«glcbt-64_<b64u:20>»"]),
    token(
      "gitlab-scim", "GitLab SCIM or feature-flag client token", .gitlabToken,
      #"gl(?:soat|ffct)-[0-9A-Za-z_\-]{20}"#, tail: "0-9A-Za-z_", source: gitlab,
      examples: ["scim «glsoat-<b64u:20>»", "flags «glffct-<b64u:20>»"]),
    token(
      "bitbucket-app-password", "Bitbucket Cloud app password", .vendorToken, "ATBB[0-9A-Za-z]{32}",
      source: "https://support.atlassian.com/bitbucket-cloud/docs/app-passwords/",
      examples: ["BITBUCKET_APP_PASSWORD=«ATBB<b62:32>»"]),
    token(
      "bitbucket-repository-token", "Bitbucket repository, project or workspace access token", .vendorToken,
      #"ATCTT3xFfG[0-9A-Za-z_=\-]{100,250}"#, tail: "0-9A-Za-z_",
      source: "https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/",
      examples: ["x-token-auth:«ATCTT3xFfG<b64u:170>=<H:8>»@bitbucket.org"]),
    token(
      "atlassian-api-token", "Atlassian Cloud API token", .vendorToken, #"ATATT3xFfG[0-9A-Za-z_=\-]{100,250}"#,
      tail: "0-9A-Za-z_", source: "https://support.atlassian.com/atlassian-account/docs/manage-api-tokens/",
      examples: ["JIRA_TOKEN=«ATATT3xFfG<b64u:170>=<H:8>»"]),
    keyed(
      "bitbucket-oauth", "Bitbucket OAuth consumer secret", .vendorToken, words: "bitbucket[_-]?(?:client|oauth)",
      value: "[0-9A-Za-z]{32}", check: .entropy(3),
      source: "https://support.atlassian.com/bitbucket-cloud/docs/use-oauth/",
      examples: ["BITBUCKET_CLIENT_SECRET=«<b62:32>»"]),
    keyed(
      "gitea-token", "Gitea, Forgejo or Gogs access token", .vendorToken, words: "gitea|forgejo|codeberg|gogs",
      value: "[0-9a-f]{40}", check: .entropy(3), source: "https://docs.gitea.com/development/api-usage",
      examples: ["GITEA_TOKEN=«<h:40>»", "forgejo_token: «<h:40>»"]),
    keyed(
      "azure-devops-pat", "Azure DevOps personal access token", .vendorToken,
      words: "azure[_-]?devops|azdo|ado[_-](?:pat|token)|system_accesstoken|vsts", value: "[2-7a-z]{52}",
      source: "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens",
      examples: ["AZURE_DEVOPS_EXT_PAT=«abcd2345<a:44>»"]),
    token(
      "azure-devops-pat-84", "Azure DevOps personal access token, new form", .vendorToken,
      "[0-9A-Za-z]{76}AZDO[0-9A-Za-z]{4}",
      candidate: "AZDO[0-9A-Za-z]{4}", reach: 84,
      source: "https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens",
      examples: ["pat=«<b62:76>AZDO<b62:4>»"]),
    keyed(
      "sourcegraph-token", "Sourcegraph access token", .vendorToken, words: "sourcegraph|src_access",
      value: "[0-9a-f]{40}", check: .entropy(3), source: sourcegraph, examples: ["SRC_ACCESS_TOKEN=«<h:40>»"]),
    token(
      "sourcegraph-token-formed", "Sourcegraph access token, new form", .vendorToken,
      "sgp_(?:(?:[0-9a-f]{16}|local)_)?[0-9a-f]{40}", source: sourcegraph,
      examples: ["«sgp_<h:16>_<h:40>»", "«sgp_local_<h:40>»", "«sgp_<h:40>»"]),
  ]

  private static let github =
    "https://docs.github.com/authentication/keeping-your-account-and-data-secure/about-authentication-to-github"
  private static let gitlab = "https://docs.gitlab.com/security/tokens/#token-prefixes"
  private static let sourcegraph = "https://sourcegraph.com/docs/cli/how-tos/creating_an_access_token"
}
