extension SecretRule {
  /// Package registries and container registries.
  static let registries: [SecretRule] = [
    token(
      "npm-token", "npm access token", .registryToken, "npm_[0-9A-Za-z]{36}", check: .crc32Base62,
      source: "https://docs.npmjs.com/about-access-tokens",
      examples: ["//registry.npmjs.org/:_authToken=«npm_<github>»"], not: ["npm_<a:36>", "npm_config_registry"]),
    shaped(
      "npmrc-auth", "Token or password in an .npmrc or .yarnrc.yml", .registryToken,
      #"(?::_authToken|:_password|_auth|npmAuthToken|npmAuthIdent)["']?[ \t]{0,4}[=:][ \t]{0,4}["']?([0-9A-Za-z+/=_.\-]{16,400})"#,
      tail: "0-9A-Za-z+/=_.\\-", certainty: .keyed, check: .machineMadeOrUUID,
      source: "https://docs.npmjs.com/cli/configuring-npm/npmrc",
      examples: ["//npm.example/:_authToken=«<uuid>»", "_auth = «<basic>»", "npmAuthToken: «<b62:40>»"],
      not: ["//npm.example/:_authToken=${NPM_TOKEN}"]),
    token(
      "pypi-token", "PyPI or TestPyPI upload token", .registryToken,
      #"pypi-Ag(?:EIcHlwaS5vcmc|ENdGVzdC5weXBpLm9yZ)[0-9A-Za-z_\-]{50,1000}"#, tail: "0-9A-Za-z_",
      source: "https://pypi.org/help/#apitoken", examples: ["password = «pypi-AgEIcHlwaS5vcmc<b64u:150>»"]),
    token(
      "rubygems-key", "RubyGems API key", .registryToken, "rubygems_[0-9a-f]{48}",
      source: "https://guides.rubygems.org/api-key-scopes/", examples: [":rubygems_api_key: «rubygems_<h:48>»"]),
    token(
      "crates-token", "crates.io API token", .registryToken, "cio[0-9A-Za-z]{32}",
      check: .all([.entropy(3.5), .mixed]),
      source: "https://doc.rust-lang.org/cargo/reference/publishing.html",
      examples: ["token = \"«cio<b62:32>»\""], not: ["cio<a:32>", "precio<b62:32>"]),
    token(
      "nuget-key", "NuGet API key", .registryToken, "oy2[0-9a-z]{43}", check: .all([.entropy(3), .mixed]),
      source: "https://learn.microsoft.com/nuget/nuget-org/publish-a-package",
      examples: ["dotnet nuget push --api-key «oy2<an:43>»"]),
    token(
      "docker-hub-token", "Docker Hub personal or organisation access token", .registryToken,
      "dckr_(?:pat|oat)_[0-9A-Za-z_\\-]{27,32}", tail: "0-9A-Za-z_\\-",
      source: "https://docs.docker.com/security/for-developers/access-tokens/",
      examples: ["docker login -p «dckr_pat_<b64u:27>»", "«dckr_oat_<b62:32>»"]),
    shaped(
      "docker-config-auth", "Credentials in a Docker config.json", .basicCredentials,
      #""auth\\?"[ \t]{0,4}:[ \t]{0,4}\\?"([0-9A-Za-z+/]{8,800}={0,2})\\?""#,
      candidate: #""auth\\?"[ \t]{0,4}:[ \t]{0,4}\\?"[0-9A-Za-z+/]{8}"#, check: .userAndPassword,
      source: "https://docs.docker.com/reference/cli/docker/login/",
      examples: [#"{"auths":{"r.example":{"auth":"«<basic>»"}}}"#], not: [#"{"auth":"required"}"#]),
    token(
      "packagist-token", "Packagist API token", .registryToken, "packagist_[ou][ru]t_[0-9a-f]{68}",
      source: "https://packagist.com/docs/api", examples: ["«packagist_ort_<h:68>»"]),
    token(
      "clojars-token", "Clojars deploy token", .registryToken, "CLOJARS_[0-9a-f]{60}",
      source: "https://github.com/clojars/clojars-web/wiki/Deploy-Tokens", examples: ["«CLOJARS_<h:60>»"]),
    token(
      "artifactory-api-key", "Artifactory API key or reference token", .registryToken,
      "(?:AKCp[0-9A-Za-z]{69}|cmVmdGtu[0-9A-Za-z]{56})",
      source: "https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens",
      examples: ["X-JFrog-Art-Api: «AKCp<b62:69>»", "«cmVmdGtu<b62:56>»"]),
    keyed(
      "artifactory-password", "Artifactory encrypted password", .registryToken, words: "artifactory|jfrog",
      value: "AP[0-9A-F][0-9A-Za-z]{8,60}", check: .mixed,
      source: "https://jfrog.com/help/r/jfrog-platform-administration-documentation/centrally-secure-passwords",
      examples: ["ARTIFACTORY_PASSWORD=«AP5<b62:30>»"]),
    keyed(
      "registry-key-keyed", "Hex, Cloudsmith, Gemfury, Anaconda or Chocolatey key", .registryToken,
      words: "hex[_-]api|cloudsmith|gemfury|anaconda|chocolatey|choco[_-]", value: "[0-9A-Za-z_\\-]{20,60}",
      tail: "0-9A-Za-z_\\-", check: .machineMadeOrUUID, source: "https://hex.pm/docs/publish",
      examples: ["HEX_API_KEY=«<h:32>»", "CLOUDSMITH_API_KEY=«<h:40>»", "choco_api_key: «<uuid>»"],
      not: ["anaconda: packages-for-everyone-new"]),
    token(
      "terraform-cloud-token", "HCP Terraform token", .vendorToken, #"[0-9A-Za-z]{14}\.atlasv1\.[0-9A-Za-z_\-]{60,70}"#,
      candidate: #"\.atlasv1\.[0-9A-Za-z_\-]{60}"#, reach: 83, tail: "0-9A-Za-z_\\-",
      source: "https://developer.hashicorp.com/terraform/cloud-docs/users-teams-organizations/api-tokens",
      examples: ["token = \"«<b62:14>.atlasv1.<b62:67>»\""]),
    token(
      "readme-api-key", "ReadMe API key", .vendorToken, "rdme_[0-9a-z]{70}",
      source: "https://docs.readme.com/main/reference/authentication", examples: ["«rdme_<an:70>»"]),
  ]
}
