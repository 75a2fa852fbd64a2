extension SecretRule {
  /// Vendors of language models and what stands around them.
  static let models: [SecretRule] = [
    token(
      "openai-api-key", "OpenAI API key", .aiKey,
      #"sk-(?:(?:proj|svcacct|admin|None|service)-)?[0-9A-Za-z_\-]{20,100}T3BlbkFJ[0-9A-Za-z_\-]{20,100}"#,
      candidate: "T3BlbkFJ", reach: 120, tail: "0-9A-Za-z_", source: openai,
      examples: ["OPENAI_API_KEY=«sk-<b62:20>T3BlbkFJ<b62:20>»", "«sk-proj-<b64u:74>T3BlbkFJ<b64u:74>»"]),
    token(
      "openai-project-key", "OpenAI project or service account key, new form", .aiKey,
      #"sk-(?:proj|svcacct|admin)-[0-9A-Za-z_\-]{40,200}"#, tail: "0-9A-Za-z_", check: .entropy(3.5), source: openai,
      examples: ["«sk-proj-<b64u:120>»"]),
    token(
      "anthropic-api-key", "Anthropic API, admin or OAuth key", .aiKey,
      #"sk-ant-(?:api|admin|oat|ort|sid)[0-9]{2}-[0-9A-Za-z_\-]{80,120}"#, tail: "0-9A-Za-z_",
      source: "https://docs.anthropic.com/en/api/admin-api/apikeys/get-api-key",
      examples: ["ANTHROPIC_API_KEY=«sk-ant-api03-<b64u:93>AA»", "«sk-ant-oat01-<b64u:93>AA»"]),
    token(
      "huggingface-token", "Hugging Face token", .aiKey, "(?:hf|api_org)_[A-Za-z]{34,38}", check: .entropy(3.5),
      source: "https://huggingface.co/docs/hub/security-tokens", examples: ["HF_TOKEN=«hf_<a:17><A:17>»"],
      not: ["hf_transfer"]),
    token(
      "groq-api-key", "Groq API key", .aiKey, "gsk_[0-9A-Za-z]{48,56}",
      source: "https://console.groq.com/docs/quickstart",
      examples: ["«gsk_<b62:52>»"]),
    token(
      "xai-api-key", "xAI API key", .aiKey, "xai-[0-9A-Za-z]{70,90}", source: "https://docs.x.ai/docs/tutorial",
      examples: ["XAI_API_KEY=«xai-<b62:80>»"]),
    token(
      "openrouter-api-key", "OpenRouter API key", .aiKey, "sk-or-v1-[0-9a-f]{64}",
      source: "https://openrouter.ai/docs/api-reference/authentication", examples: ["«sk-or-v1-<h:64>»"]),
    token(
      "perplexity-api-key", "Perplexity API key", .aiKey, "pplx-[0-9A-Za-z]{48,56}",
      source: "https://docs.perplexity.ai/guides/getting-started", examples: ["«pplx-<b62:48>»"]),
    token(
      "replicate-token", "Replicate API token", .aiKey, "r8_[0-9A-Za-z]{37}", check: .mixed,
      source: "https://replicate.com/docs/reference/http", examples: ["REPLICATE_API_TOKEN=«r8_<b62:37>»"]),
    token(
      "nvidia-api-key", "NVIDIA NIM or NGC key", .aiKey, #"nvapi-[0-9A-Za-z_\-]{60,70}"#, tail: "0-9A-Za-z_",
      source: "https://docs.api.nvidia.com/nim/docs/api-quickstart", examples: ["«nvapi-<b64u:64>»"]),
    token(
      "fireworks-key", "Fireworks AI key", .aiKey, "fw_[0-9A-Za-z]{22,26}", check: .mixed,
      source: "https://docs.fireworks.ai/getting-started/quickstart", examples: ["FIREWORKS_API_KEY=«fw_<b62:24>»"],
      not: ["fw_update_available_soon_now"]),
    token(
      "elevenlabs-key", "ElevenLabs API key", .aiKey, "sk_[0-9a-f]{48}",
      source: "https://elevenlabs.io/docs/api-reference/authentication", examples: ["xi-api-key: «sk_<h:48>»"]),
    token(
      "langsmith-key", "LangSmith API key", .aiKey, "lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}",
      source:
        "https://docs.smith.langchain.com/administration/how_to_guides/organization_management/create_account_api_key",
      examples: ["LANGSMITH_API_KEY=«lsv2_pt_<h:32>_<h:10>»"]),
    token(
      "langfuse-key", "Langfuse secret key", .aiKey,
      "sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://langfuse.com/docs/api", examples: ["«sk-lf-<uuid>»"], not: ["pk-lf-<uuid>"]),
    token(
      "pinecone-key", "Pinecone API key", .aiKey, "pcsk_[0-9A-Za-z]{5,6}_[0-9A-Za-z]{60,66}",
      source: "https://docs.pinecone.io/guides/projects/manage-api-keys", examples: ["«pcsk_<b62:6>_<b62:63>»"]),
    token(
      "jina-key", "Jina AI key", .aiKey, #"jina_[0-9a-f]{32}[0-9A-Za-z_\-]{28}"#, tail: "0-9A-Za-z_",
      source: "https://jina.ai/api-dashboard/", examples: ["«jina_<h:32><b64u:28>»"]),
    token(
      "tavily-key", "Tavily API key", .aiKey, "tvly-(?:dev-|prod-)?[0-9A-Za-z]{30,34}", check: .mixed,
      source: "https://docs.tavily.com/documentation/quickstart", examples: ["«tvly-dev-<b62:32>»"]),
    token(
      "cerebras-key", "Cerebras API key", .aiKey, "csk-[0-9a-z]{46,50}", check: .mixed,
      source: "https://inference-docs.cerebras.ai/quickstart", examples: ["«csk-<an:48>»"]),
    token(
      "databricks-token", "Databricks personal access token or OAuth secret", .vendorToken,
      "(?:dapi|dose|dkea|dsapi)[0-9a-f]{32}(?:-[0-9])?", source: "https://docs.databricks.com/dev-tools/auth/pat",
      examples: ["DATABRICKS_TOKEN=«dapi<h:32>»", "«dapi<h:32>-2»"]),
    token(
      "voyage-key", "Voyage AI key", .aiKey, #"pa-[0-9A-Za-z_\-]{43}"#, tail: "0-9A-Za-z_\\-",
      check: .all([.entropy(4.2), .mixed]), source: "https://docs.voyageai.com/docs/api-key-and-installation",
      examples: ["VOYAGE_API_KEY=«pa-<b64u:43>»"], not: ["pa-thfinder-of-the-long-and-winding-road-to-go"]),
    token(
      "firecrawl-key", "Firecrawl key", .aiKey, "fc-[0-9a-f]{32}", source: "https://docs.firecrawl.dev/introduction",
      examples: ["FIRECRAWL_API_KEY=«fc-<h:32>»"]),
    token(
      "e2b-key", "E2B API key or access token", .aiKey, "(?:e2b|sk_e2b)_[0-9a-f]{40}",
      source: "https://e2b.dev/docs/api-key", examples: ["E2B_API_KEY=«e2b_<h:40>»"]),
    token(
      "runpod-key", "RunPod API key", .aiKey, "rpa_[0-9A-Z]{40,50}", check: .mixed,
      source: "https://docs.runpod.io/get-started/api-keys", examples: ["«rpa_<AN:44>»"]),
    token(
      "apify-token", "Apify API token", .vendorToken, "apify_api_[0-9A-Za-z]{34,40}",
      source: "https://docs.apify.com/platform/integrations/api", examples: ["«apify_api_<b62:36>»"]),
    keyed(
      "wandb-key", "Weights & Biases API key", .aiKey, words: "wandb|weights.?and.?biases",
      value: "(?:local-)?[0-9a-f]{40}", check: .entropy(3), source: "https://docs.wandb.ai/quickstart/",
      examples: ["WANDB_API_KEY=«<h:40>»"]),
    keyed(
      "ai-key-32", "Mistral, DeepSeek, Moonshot, AI21 or AssemblyAI key", .aiKey,
      words: "mistral|deepseek|moonshot|ai21|assemblyai|clarifai|stability", value: "(?:sk-)?[0-9A-Za-z]{32,48}",
      check: .machineMade, source: "https://docs.mistral.ai/getting-started/quickstart/",
      examples: ["MISTRAL_API_KEY=«<b62:32>»", "DEEPSEEK_API_KEY=«sk-<h:32>»", "stability_key: «sk-<b62:48>»"],
      not: ["mistral: <a:32>", "mistral/<h:8>"]),
    keyed(
      "ai-key-40", "Cohere, Deepgram or Together AI key", .aiKey,
      words: "cohere|deepgram|together[_-]?(?:ai|api)|co_api",
      value: "(?:[0-9A-Za-z]{40}|[0-9a-f]{64})", check: .machineMade,
      source: "https://docs.cohere.com/reference/about",
      examples: ["CO_API_KEY=«<b62:40>»", "TOGETHER_API_KEY=«<h:64>»"],
      not: ["coherence=<a:40>"]),
    keyed(
      "kaggle-key", "Kaggle key", .aiKey, words: "kaggle", value: "[0-9a-f]{32}", check: .entropy(3),
      source: "https://www.kaggle.com/docs/api", examples: [#"KAGGLE_KEY=«<h:32>»"#]),
    keyed(
      "modal-token", "Modal token secret", .aiKey, words: "modal", value: "as-[0-9A-Za-z]{22}",
      source: "https://modal.com/docs/reference/modal.config", examples: ["MODAL_TOKEN_SECRET=«as-<b62:22>»"]),
  ]

  private static let openai = "https://platform.openai.com/docs/api-reference/authentication"
}
