/** Payments, shops, logistics, identity checks. Forms from the vendors' own pages on their keys. */
export const moneyAndShops = String.raw`
stripe-key  sk_live_,sk_test_,sk_prod_,rk_live_,rk_test_,rk_prod_  [sr]k_(?:live|test|prod)_[A-Za-z0-9]{16,250}  sk_live_<w24>  k=rk_test_<w99>  sk_live_<w9>  pk_live_<w24>
stripe-webhook-secret  whsec_  whsec_[A-Za-z0-9+/=]{24,80}  whsec_<w32>  s=whsec_<B32>=  whsec_<w9>  whsed_<w32>
stripe-ephemeral-key  ek_live_,ek_test_  ek_(?:live|test)_[A-Za-z0-9,_]{20,120}  ek_live_<w60>  k=ek_test_<w60>  ek_live_<w9>  ej_live_<w60>
stripe-client-secret  pi_,seti_  (?:pi|seti)_[A-Za-z0-9]{14,30}_(secret_[A-Za-z0-9]{16,40})  pi_<w24>_secret_<w25>  s=seti_<w24>_secret_<w25>  pi_<w24>  pi_<w24>_public_<w25>
square-token  sq0atp-,sq0csp-,sq0idp-  sq0(?:atp|csp)-[A-Za-z0-9_-]{22,60}  sq0atp-<b22>  t=sq0csp-<b43>  sq0atp-<w9>  sq0idp-<w22>
square-access-token  EAAA  EAAA[A-Za-z0-9_-]{60}  EAAA<b60>  t=EAAAl<b59>  EAAA<w9>  FAAA<b60>
paypal-braintree-token  access_token$  access_token\$(?:production|sandbox)\$[0-9a-z]{16}\$[0-9a-f]{32}  access_token$production$<l16>$<x32>  t=access_token$sandbox$<l16>$<x32>  access_token$production  access_token$other$<l16>$<x32>
adyen-key  AQE  AQE[A-Za-z0-9+/]{100,300}={0,2}-[A-Za-z0-9+/]{40,60}={0,2}-[A-Za-z0-9+/<>{}()\[\]^&*$#@!~,.:;|%=_?-]{10,30}  AQE<w120>-<w43>=-<w16>  k=AQE<B120>==-<B43>=-<w16>  AQE<w120>  AQF<w120>-<w43>=-<w16>
razorpay-key  rzp_live_,rzp_test_  rzp_(?:live|test)_[A-Za-z0-9]{14}  rzp_live_<w14>  k=rzp_test_<w14>  rzp_live_<w5>  rzp_beta_<w14>
flutterwave-key  FLWSECK  FLWSECK(?:_TEST)?-[A-Za-z0-9]{12,40}-X  FLWSECK_TEST-<x32>-X  k=FLWSECK-<x32>-X  FLWSECK-<x5>-X  FLWPUBK-<x32>-X
flutterwave-encryption-key  FLWSECK_TEST  FLWSECK_TEST[0-9a-f]{12}  FLWSECK_TEST<x12>  k=FLWSECK_TEST<x12>  FLWSECK_TEST<x5>  FLWSECK_TOAST<x12>
plaid-token  access-production-,access-sandbox-,access-development-  access-(?:production|sandbox|development)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  access-production-<uuid>  t=access-sandbox-<uuid>  access-production-<x8>  access-prod-<uuid>
shippo-token  shippo_live_,shippo_test_  shippo_(?:live|test)_[0-9a-f]{40}  shippo_live_<x40>  t=shippo_test_<x40>  shippo_live_<x9>  shippx_live_<x40>
lob-key  live_,test_  (?:live|test)_[0-9a-f]{35}  live_<x35>  k=test_<x35>  live_<x9>  life_<x35>
easypost-key  EZAK,EZTK  EZ[AT]K[A-Za-z0-9]{54}  EZAK<w54>  k=EZTK<l54>  EZAK<w9>  EZBK<w54>
duffel-token  duffel_live_,duffel_test_  duffel_(?:live|test)_[A-Za-z0-9_=-]{43}  duffel_live_<b43>  t=duffel_test_<w43>  duffel_live_<w9>  duffle_live_<w43>
gocardless-token  live_,sandbox_  (?:live|sandbox)_[A-Za-z0-9_-]{40}  live_<b40>  t=sandbox_<w40>  live_<w9>  lives_<w40>  entropy=4
mollie-key  live_,test_,access_  (?:(?:live|test)_[A-Za-z0-9]{30}|access_[A-Za-z0-9]{40})  live_<w30>  k=access_<w40>  live_<w9>  access_<w9>  entropy=3.8
checkout-key  sk_  sk_(?:test_|sbox_)?[0-9a-z]{8}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{4}-[0-9a-z]{12}  sk_<uuid>  k=sk_test_<uuid>  sk_<x8>  pk_<uuid>
checkout-sandbox-key  sk_sbox_  sk_sbox_[a-z0-9]{27}  sk_sbox_<l27>  k=sk_sbox_<l27>  sk_sbox_<l9>  pk_sbox_<l27>
paddle-key  pdl_live_apikey_,pdl_sdbx_apikey_  pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}  pdl_live_apikey_<l26>_<w22>_<w3>  k=pdl_sdbx_apikey_<l26>_<w22>_<w3>  pdl_live_apikey_<l9>  pdl_ntfset_<l26>
paddle-webhook-secret  pdl_ntfset_  pdl_ntfset_[a-z0-9]{26}_[A-Za-z0-9+/]{32}  pdl_ntfset_<l26>_<w32>  s=pdl_ntfset_<l26>_<B32>  pdl_ntfset_<l26>  pdl_ntfxet_<l26>_<w32>
polar-token  polar_oat_,polar_pat_,polar_whs_  polar_(?:oat|pat|whs)_[A-Za-z0-9]{40,50}  polar_oat_<w43>  t=polar_pat_<w43>  polar_oat_<w9>  polar_out_<w43>
coinbase-key  organizations/  organizations\/[0-9a-f-]{36}\/apiKeys\/([0-9a-f-]{36})  organizations/<uuid>/apiKeys/<uuid>  k="organizations/<uuid>/apiKeys/<uuid>"  organizations/<uuid>  organizations/<uuid>/keys/<uuid>
shopify-token  shpat_,shpca_,shppa_,shpss_,shptka_,shpua_,shprt_  shp(?:at|ca|pa|ss|tka|ua|rt)_[0-9a-fA-F]{32,64}  shpat_<x32>  t=shpss_<x32>  shpat_<x9>  shpxx_<x32>
hubspot-token  pat-na,pat-eu  pat-(?:na|eu|ap)\d-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  pat-na1-<uuid>  t=pat-eu1-<uuid>  pat-na1-<x8>  pat-xx1-<uuid>
salesforce-token  00D  00D[A-Za-z0-9]{12,15}![A-Za-z0-9._]{80,140}  00D<w12>!AQ<w94>  t=00D<w15>!AR<w96>  00D<w12>!<w9>  00E<w12>!<w96>
salesforce-refresh-token  5Aep861  5Aep861[A-Za-z0-9._=]{60,120}  5Aep861<w80>  t=5Aep861<w76>==  5Aep861<w9>  5Aep862<w80>
persona-key  persona_production_,persona_sandbox_  persona_(?:production|sandbox)_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  persona_production_<uuid>  k=persona_sandbox_<uuid>  persona_production_<x8>  persona_prod_<uuid>
onfido-token  api_live.,api_sandbox.,api_live_,api_sandbox_  api_(?:live|sandbox)(?:_(?:us|ca))?\.[A-Za-z0-9_-]{11}\.[A-Za-z0-9_-]{32}  api_live.<w11>.<b32>  t=api_sandbox_us.<w11>.<w32>  api_live.<w9>  api_alive.<w11>.<w32>
webflow-token  ws-  ws-[0-9a-f]{64}  ws-<x64>  t=ws-<x64>  ws-<x9>  wss-<x64>
wix-token  IST.eyJ  IST\.eyJ[A-Za-z0-9_-]{20,100}\.eyJ[A-Za-z0-9_-]{40,800}\.[A-Za-z0-9_-]{100,500}  IST.eyJ<b40>.eyJ<b200>.<b300>  k=IST.eyJ<w40>.eyJ<w200>.<w300>  IST.eyJ<w9>  ISU.eyJ<b40>.eyJ<b200>.<b300>
freemius-key  sk_  sk_[A-Za-z0-9!@#$%^&*.?~-]{29}  sk_<w29>  "sk_<w29>"  sk_<w9>  sl_<w29>  entropy=4
klaviyo-key  pk_  pk_[0-9a-f]{34}  pk_<x34>  k=pk_<x34>  pk_<x9>  pl_<x34>
clickup-token  pk_  pk_\d{5,10}_[A-Z0-9]{32}  pk_<d7>_<u32>  t=pk_<d8>_<u32>  pk_<d7>  pk_<d2>_<u32>
xendit-key  xnd_production_,xnd_development_  xnd_(?:production|development)_[A-Za-z0-9]{40,80}  xnd_development_<w60>  k=xnd_production_<w58>  xnd_development_<w9>  xnd_public_production_<w9>
midtrans-key  Mid-server-  Mid-server-[A-Za-z0-9_-]{20,32}  Mid-server-<b24>  SB-Mid-server-<w24>  Mid-server-<w5>  Mid-client-<w24>
mercado-pago-token  APP_USR-,TEST-  (?:APP_USR|TEST)-\d{12,20}-\d{6}-[0-9a-f]{32}-\d{6,12}  APP_USR-<d16>-<d6>-<x32>-<d9>  t=TEST-<d16>-<d6>-<x32>-<d9>  APP_USR-<d16>  TESTS-<d16>-<d6>-<x32>-<d9>
omise-key  skey_  skey_(?:test_)?[a-z0-9]{19,24}  skey_<l19>  k=skey_test_<l19>  skey_<l5>  pkey_<l19>
asaas-key  $aact_  \$aact_(?:prod|hmlg)_[A-Za-z0-9:=-]{40,300}  $aact_prod_<w80>::<w60>  k='$aact_hmlg_<w90>'  $aact_prod_<w9>  $aacu_prod_<w80>  inword
woocommerce-secret  cs_  cs_[0-9a-f]{40}  cs_<x40>  s=cs_<x40>  cs_<x9>  cr_<x40>
conekta-key  key_  key_[A-Za-z0-9]{22}  key_<w22>  k=key_<w22>  key_<w9>  keys_<w22>  entropy=4
quicknode-token  QN_  QN_[0-9a-f]{32}  QN_<x32>  t=QN_<x32>  QN_<x9>  QM_<x32>
`
