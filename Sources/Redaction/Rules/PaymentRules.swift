extension SecretRule {
  /// Payment, shops and shipping.
  static let payments: [SecretRule] = [
    token(
      "stripe-secret-key", "Stripe (or Paystack) secret or restricted key", .paymentKey,
      "(?:sk|rk)_(?:live|test|org)_(?:live_|test_)?[0-9A-Za-z]{20,247}", source: "https://docs.stripe.com/keys",
      examples: ["STRIPE_SECRET_KEY=«sk_live_<b62:24>»", "«rk_test_<b62:99>»", "paystack: «sk_test_<h:40>»"],
      not: ["pk_live_<b62:24>", "sk_live_<b62:6>"]),
    token(
      "stripe-webhook-secret", "Signing secret of a Stripe, Svix or Clerk webhook", .paymentKey,
      "whsec_[0-9A-Za-z+/]{24,80}={0,2}", tail: "0-9A-Za-z+/=", source: "https://docs.stripe.com/webhooks/signature",
      examples: ["STRIPE_WEBHOOK_SECRET=«whsec_<b62:32>»", "«whsec_<b64of:24>»"]),
    token(
      "square-access-token", "Square access token", .paymentKey,
      #"(?:sq0atp-[0-9A-Za-z_\-]{22}|EAAA[0-9A-Za-z_\-]{60})"#, tail: "0-9A-Za-z_\\-", check: .entropy(3.5),
      source: square, examples: ["SQUARE_ACCESS_TOKEN=«EAAA<b64u:60>»", "«sq0atp-<b64u:22>»"]),
    token(
      "square-oauth-secret", "Square OAuth secret", .paymentKey, #"sq0csp-[0-9A-Za-z_\-]{43}"#, tail: "0-9A-Za-z_\\-",
      source: square, examples: ["«sq0csp-<b64u:43>»"], not: ["sq0idp-<b64u:22>"]),
    token(
      "braintree-token", "Braintree or PayPal access token", .paymentKey,
      #"access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}"#,
      source: "https://developer.paypal.com/braintree/docs", examples: ["«access_token$production$<an:16>$<h:32>»"]),
    keyed(
      "paypal-client-secret", "PayPal client secret", .paymentKey, words: "paypal", value: "E[0-9A-Za-z_\\-]{79}",
      tail: "0-9A-Za-z_\\-", source: "https://developer.paypal.com/api/rest/authentication/",
      examples: ["PAYPAL_CLIENT_SECRET=«E<b64u:79>»"], not: ["PAYPAL_CLIENT_ID=A<b64u:79>"]),
    keyed(
      "razorpay-secret", "Razorpay key secret", .paymentKey, words: "razorpay|rzp", value: "[0-9A-Za-z]{24}",
      check: .all([.entropy(3), .mixed]), source: "https://razorpay.com/docs/api/authentication/",
      examples: ["RAZORPAY_KEY_SECRET=«<b62:24>»"], not: ["razorpay: <a:24>"]),
    token(
      "razorpay-key-id", "Razorpay key id", .paymentKey, "rzp_(?:live|test)_[0-9A-Za-z]{14}",
      source: "https://razorpay.com/docs/api/authentication/", examples: ["key=«rzp_live_<b62:14>»"]),
    keyed(
      "adyen-api-key", "Adyen API key", .paymentKey, words: "adyen|x-api-key", value: "AQE[0-9A-Za-z+/=\\-]{80,400}",
      tail: "0-9A-Za-z+/=", source: "https://docs.adyen.com/development-resources/api-credentials/",
      examples: ["ADYEN_API_KEY=«AQEyhm<b64:150>»"]),
    token(
      "plaid-access-token", "Plaid access or public token", .paymentKey,
      "(?:access|public)-(?:sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
      source: "https://plaid.com/docs/api/tokens/", examples: ["«access-sandbox-<uuid>»"]),
    keyed(
      "plaid-secret", "Plaid secret", .paymentKey, words: "plaid", value: "[0-9a-f]{30}", check: .entropy(3),
      source: "https://plaid.com/docs/api/", examples: ["PLAID_SECRET=«<h:30>»"]),
    token(
      "mollie-api-key", "Mollie API key", .paymentKey, "(?:live|test)_[0-9A-Za-z]{30}(?:[0-9A-Za-z]{5})?",
      check: .all([.entropy(3.5), .mixed]), source: "https://docs.mollie.com/reference/authentication",
      examples: ["MOLLIE_API_KEY=«live_<b62:30>»"], not: ["test_<a:30>"]),
    token(
      "gocardless-token", "GoCardless access token", .paymentKey, "(?:live|sandbox)_[0-9A-Za-z_\\-]{40}",
      tail: "0-9A-Za-z_\\-", check: .all([.entropy(4), .mixed]),
      source: "https://developer.gocardless.com/getting-started/api/making-your-first-request/",
      examples: ["GC_ACCESS_TOKEN=«live_<b64u:40>»"], not: ["live_in_a_small_house_on_the_hill_by_the_sea_"]),
    token(
      "checkout-secret-key", "Checkout.com secret key", .paymentKey, "sk_(?:sbox_)?[a-z2-7]{26}[a-z2-7*#$=]",
      check: .mixed, source: "https://www.checkout.com/docs/developer-resources/api/manage-api-keys",
      examples: ["«sk_sbox_ab2c<a:22>=»", "«sk_a7bc3<a:21>*»"]),
    token(
      "flutterwave-secret-key", "Flutterwave secret key", .paymentKey, "FLWSECK(?:_TEST)?-[0-9A-Za-z]{12,45}(?:-X)?",
      source: "https://developer.flutterwave.com/docs/authentication", examples: ["«FLWSECK-<h:32>-X»"]),
    token(
      "paddle-api-key", "Paddle API key", .paymentKey,
      "pdl_(?:live|sdbx)_apikey_[0-9a-z]{26}_[0-9A-Za-z]{22}_[0-9A-Za-z]{3}",
      source: "https://developer.paddle.com/api-reference/about/api-keys",
      examples: ["«pdl_live_apikey_<an:26>_<b62:22>_<b62:3>»"]),
    token(
      "midtrans-server-key", "Midtrans server key", .paymentKey, #"(?:SB-)?Mid-server-[0-9A-Za-z_\-]{16,40}"#,
      tail: "0-9A-Za-z_", source: "https://docs.midtrans.com/docs/api-authorization-headers",
      examples: ["«SB-Mid-server-<b64u:24>»"]),
    token(
      "xendit-key", "Xendit secret key", .paymentKey, "xnd_(?:production|development)_[0-9A-Za-z]{30,80}",
      source: "https://docs.xendit.co/api-integration/api-keys", examples: ["«xnd_production_<b62:60>»"]),
    token(
      "mercadopago-token", "Mercado Pago access token", .paymentKey,
      "(?:APP_USR|TEST)-[0-9]{10,16}-[0-9]{6}-[0-9a-f]{32}-[0-9]{6,12}",
      source: "https://www.mercadopago.com/developers/en/docs/your-integrations/credentials",
      examples: ["«APP_USR-<d:16>-<d:6>-<h:32>-<d:9>»"]),
    token(
      "shopify-token", "Shopify access token or app secret", .vendorToken, "shp(?:at|ca|pa|ss|tka)_[0-9a-fA-F]{32}",
      source: "https://shopify.dev/docs/apps/build/authentication-authorization",
      examples: ["X-Shopify-Access-Token: «shpat_<h:32>»", "«shpss_<h:32>»"]),
    token(
      "shopify-partner-token", "Shopify partner or CLI token", .vendorToken, "(?:prtapi|atkn)_[0-9a-f]{32,64}",
      source: "https://shopify.dev/docs/api/partner", examples: ["«prtapi_<h:32>»"]),
    token(
      "easypost-api-key", "EasyPost API key", .vendorToken, "EZ[AT]K[0-9A-Za-z]{54}", check: .entropy(3.5),
      source: "https://docs.easypost.com/docs/authentication", examples: ["EASYPOST_API_KEY=«EZAK<b62:54>»"]),
    token(
      "shippo-token", "Shippo API token", .vendorToken, "shippo_(?:live|test)_[0-9a-f]{40}",
      source: "https://docs.goshippo.com/docs/guides_general/authentication/", examples: ["«shippo_live_<h:40>»"]),
    token(
      "duffel-token", "Duffel access token", .vendorToken, #"duffel_(?:live|test)_[0-9A-Za-z_\-=]{43}"#,
      tail: "0-9A-Za-z_", source: "https://duffel.com/docs/api/overview/authentication",
      examples: ["«duffel_live_<b64u:43>»"]),
    keyed(
      "coinbase-secret", "Coinbase, Binance, Kraken or Bitfinex API secret", .paymentKey,
      words: "coinbase|binance|kraken|bitfinex|kucoin|bybit", value: "(?:[0-9A-Za-z]{64}|[0-9A-Za-z+/]{86}==)",
      tail: "0-9A-Za-z+/=", check: .entropy(3.3),
      source: "https://developers.binance.com/docs/binance-spot-api-docs",
      examples: ["BINANCE_API_SECRET=«<b62:64>»", "KRAKEN_PRIVATE_KEY=«<b64of:64>»"]),
    keyed(
      "klarna-secret", "Klarna, Affirm or Afterpay API secret", .paymentKey, words: "klarna|affirm|afterpay",
      value: "[0-9A-Za-z_\\-]{16,90}", tail: "0-9A-Za-z_\\-", check: .machineMade,
      source: "https://docs.klarna.com/api/authentication/", examples: ["KLARNA_API_SECRET=«<b62:32>»"],
      not: ["klarna: pay-later-with-invoice"]),
    keyed(
      "shop-system-secret", "Woocommerce, Magento, BigCommerce or Etsy secret", .vendorToken,
      words: "woocommerce|magento|bigcommerce|etsy", value: "(?:c[ks]_[0-9a-f]{40}|[0-9a-z]{31,32})",
      check: .all([.entropy(3), .mixed]), source: "https://woocommerce.github.io/woocommerce-rest-api-docs/",
      examples: ["WOOCOMMERCE_SECRET=«cs_<h:40>»", "MAGENTO_TOKEN=«<an:32>»"]),
  ]

  private static let square = "https://developer.squareup.com/docs/build-basics/access-tokens"
}
