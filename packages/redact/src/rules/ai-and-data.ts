/** Language models, search, data platforms. Forms from the vendors' own pages on their keys. */
export const aiAndData = String.raw`
openai-key  sk-proj-,sk-svcacct-,sk-admin-,sk-None-  sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{40,200}  sk-proj-<b74>T3BlbkFJ<b74>  k=sk-svcacct-<w120>  sk-proj-<w9>  sk-project-<w9>
openai-legacy-key  sk-  sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}  sk-<w20>T3BlbkFJ<w20>  k=sk-<l20>T3BlbkFJ<l20>  sk-<w20>T3BlbkFJ  sk-<a5>
sk-key  sk-  sk-[A-Za-z0-9]{32,64}  sk-<x32>  key: sk-<w48>  sk-<w12>  sk-<a9>-<a9>  entropy=3.3
anthropic-key  sk-ant-  sk-ant-(?:api03|admin01|oat01|ort01|sid01|sid02)-[A-Za-z0-9_-]{80,120}  sk-ant-api03-<b93>AA  t=sk-ant-oat01-<b93>AA  sk-ant-api03-<w9>  sk-ant-xyz99-<w93>
hugging-face-token  hf_,api_org_  (?:hf_|api_org_)[A-Za-z0-9]{34}  hf_<L34>  t=api_org_<L34>  hf_<L9>  hf_hub_download
groq-key  gsk_  gsk_[A-Za-z0-9]{52}  gsk_<w52>  k=gsk_<w52>  gsk_<w9>  gsx_<w52>
perplexity-key  pplx-  pplx-[A-Za-z0-9]{48}  pplx-<w48>  k=pplx-<w48>  pplx-<w9>  pplx-7b-online
xai-key  xai-  xai-[A-Za-z0-9]{70,90}  xai-<w80>  k=xai-<w80>  xai-<w9>  xaj-<w80>
openrouter-key  sk-or-v1-  sk-or-v1-[0-9a-f]{64}  sk-or-v1-<x64>  k=sk-or-v1-<x64>  sk-or-v1-<x9>  sk-or-v2-<x64>
together-key  tgp_v1_  tgp_v1_[A-Za-z0-9_-]{43}  tgp_v1_<b43>  k=tgp_v1_<w43>  tgp_v1_<w9>  tgp_v2_<w43>
fireworks-key  fw_  fw_[A-Za-z0-9]{22,24}  fw_<w24>  k=fw_<w22>  fw_<w9>  fw_setenv
elevenlabs-key  sk_  sk_[0-9a-f]{48}  sk_<x48>  k=sk_<x48>  sk_<x9>  sk_buff_head
langsmith-key  lsv2_  lsv2_(?:pt|sk)_[0-9a-f]{32}_[0-9a-f]{10}  lsv2_pt_<x32>_<x10>  k=lsv2_sk_<x32>_<x10>  lsv2_pt_<x9>  lsv3_pt_<x32>_<x10>
langfuse-key  sk-lf-  sk-lf-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  sk-lf-<uuid>  k=sk-lf-<uuid>  sk-lf-<x8>  pk-lf-<uuid>
nvidia-key  nvapi-  nvapi-[A-Za-z0-9_-]{60,70}  nvapi-<b64>  k=nvapi-<w64>  nvapi-<w9>  nvapi_<w64>
cerebras-key  csk-  csk-[a-z0-9]{48}  csk-<l48>  k=csk-<l48>  csk-<l9>  csl-<l48>
tavily-key  tvly-  tvly-(?:dev-|prod-)?[A-Za-z0-9]{28,40}  tvly-<w32>  k=tvly-dev-<w32>  tvly-<w9>  tvlx-<w32>
pinecone-key  pcsk_  pcsk_[A-Za-z0-9]{5,6}_[A-Za-z0-9]{60,70}  pcsk_<w6>_<w63>  k=pcsk_<w5>_<w63>  pcsk_<w6>  pcsx_<w6>_<w63>
voyage-key  pa-  pa-[A-Za-z0-9_-]{43}  pa-<b43>  k=pa-<w43>  pa-<w9>  pam-<w43>  entropy=4
jina-key  jina_  jina_[0-9a-f]{32}[A-Za-z0-9_-]{28}  jina_<x32><w28>  k=jina_<x32><b28>  jina_<x9>  jina_embeddings
firecrawl-key  fc-  fc-[0-9a-f]{32}  fc-<x32>  k=fc-<x32>  fc-<x9>  fd-<x32>
e2b-key  e2b_  e2b_[0-9a-f]{40}  e2b_<x40>  k=e2b_<x40>  e2b_<x9>  e2c_<x40>
helicone-key  sk-helicone-  sk-helicone-(?:eu-)?[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}-[a-z0-9]{7}  sk-helicone-<l7>-<l7>-<l7>-<l7>  k=sk-helicone-eu-<l7>-<l7>-<l7>-<l7>  sk-helicone-<l7>  sk-helicona-<l7>-<l7>
brave-search-key  BSA  BSA[A-Za-z0-9_-]{27,29}  BSA<w28>  k=BSA<b27>  BSA<w9>  BSAX  entropy=4
apify-token  apify_api_  apify_api_[A-Za-z0-9]{36}  apify_api_<w36>  t=apify_api_<w36>  apify_api_<w9>  apify_apx_<w36>
browserbase-key  bb_live_,bb_test_  bb_(?:live|test)_[A-Za-z0-9_-]{20,40}  bb_live_<w27>  k=bb_test_<w27>  bb_live_<w9>  bb_lives_<w27>
cursor-key  key_  key_[0-9a-f]{64}  key_<x64>  k=key_<x64>  key_<x9>  keys_<x64>
weights-and-biases-key  wandb_v1_  wandb_v1_[A-Za-z0-9_]{60,100}  wandb_v1_<w77>  k=wandb_v1_<w77>  wandb_v1_<w9>  wandb_v2_<w77>
kaggle-token  KGAT_  KGAT_[0-9a-f]{32}  KGAT_<x32>  t=KGAT_<x32>  KGAT_<x9>  KGAX_<x32>
mem0-key  m0-  m0-[A-Za-z0-9]{40}  m0-<w40>  k=m0-<w40>  m0-<w9>  m1-<w40>
context7-key  ctx7sk-  ctx7sk-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  ctx7sk-<uuid>  k=ctx7sk-<uuid>  ctx7sk-<x8>  ctx8sk-<uuid>
prefect-key  pnu_,pnb_  pn[ub]_[A-Za-z0-9]{36}  pnu_<w36>  k=pnb_<w36>  pnu_<w9>  pnx_<w36>
dbt-token  dbtc_,dbtu_,dbts_  dbt[cus]_[A-Za-z0-9_-]{30,60}  dbtc_<w44>  t=dbtu_<b43>=  dbtc_<w9>  dbtx_<w44>
hex-token  hxtp_,hxtw_  hxt[pw]_[0-9a-f]{96}  hxtp_<x96>  t=hxtw_<x96>  hxtp_<x9>  hxtq_<x96>
metabase-key  mb_  mb_[A-Za-z0-9+/]{43}=  mb_<B43>=  k=mb_<w43>=  mb_<w9>=  mc_<w43>=
posthog-key  phx_,phs_  ph[xs]_[A-Za-z0-9]{40,60}  phx_<w43>  k=phs_<w43>  phx_<w9>  phc_<w43>
segment-token  sgp_  sgp_[A-Za-z0-9]{64}  sgp_<w64>  t=sgp_<w64>  sgp_<w9>  sgpx_<w64>
airtable-token  pat  pat[A-Za-z0-9]{14}\.[0-9a-f]{64}  pat<w14>.<x64>  t=pat<w14>.<x64>  pat<w14>.<x9>  patch<w14>
xata-key  xau_  xau_[A-Za-z0-9]{36,60}  xau_<w41>  k=xau_<w41>  xau_<w9>  xav_<w41>
statsig-key  secret-  secret-[A-Za-z0-9]{40,50}  secret-<w43>  k=secret-<w43>  secret-<w9>  secret-store-operator  entropy=4.2
launchdarkly-key  sdk-,api-,rel-  (?:sdk|api|rel)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  sdk-<uuid>  k=api-<uuid>  sdk-<x8>  sdk-build-tools
configcat-key  configcat-sdk-1/  configcat-sdk-1\/[A-Za-z0-9_-]{22}\/[A-Za-z0-9_-]{22}  configcat-sdk-1/<b22>/<b22>  k=configcat-sdk-1/<w22>/<w22>  configcat-sdk-1/<w22>  configcat-sdk-2/<w22>/<w22>
mapbox-secret-token  sk.eyJ,tk.eyJ  [st]k\.eyJ[A-Za-z0-9_-]{60,250}\.[A-Za-z0-9_-]{20,30}  sk.eyJ<b80>.<b22>  t=tk.eyJ<w90>.<b22>  sk.eyJ<w9>  pk.eyJ<b80>.<b22>
mapbox-public-token-in-assignment  =pk.ey  =(pk\.ey[A-Za-z0-9_-]{50,250}\.[A-Za-z0-9_-]{20,30})  t=pk.eyJ<b80>.<b22>  token=pk.eyJ<w60>.<w22>  t=pk.eyJ<w9>  t=pj.eyJ<b80>.<b22>  inword
adafruit-key  aio_  aio_[A-Za-z0-9]{28}  aio_<w28>  k=aio_<w28>  aio_<w9>  aio_read_buffer
alchemy-key  alch_,alcht_  alcht?_[A-Za-z0-9]{30,40}  alch_<w32>  k=alcht_<w30>  alch_<w9>  alchx_<w30>
contentful-token  CFPAT-  CFPAT-[A-Za-z0-9_-]{43}  CFPAT-<b43>  t=CFPAT-<w43>  CFPAT-<w9>  CFPAX-<w43>
convex-key  prod:,dev:,preview:  (?:prod|dev|preview):[a-z0-9:-]{6,60}\|[A-Za-z0-9+/=]{60,300}  prod:<a6>-<a6>-<d3>|<w90>  k=dev:<a6>-<a6>-<d3>|<B90>=  prod:<a6>|<w9>  prod:8080
inngest-key  signkey-  signkey-(?:prod|test|branch|staging)-[0-9a-f]{32,64}  signkey-prod-<x64>  k=signkey-test-<x32>  signkey-prod-<x9>  signkeys-prod-<x64>
trigger-dev-key  tr_dev_,tr_prod_,tr_pat_,tr_stg_  tr_(?:dev|prod|pat|stg)_[A-Za-z0-9]{20,48}  tr_dev_<w20>  k=tr_pat_<w40>  tr_dev_<w9>  tr_dex_<w20>
anyscale-key  esecret_  esecret_[A-Za-z0-9]{20,40}  esecret_<w26>  k=esecret_<w26>  esecret_<w9>  essecret_<w26>
maxmind-key  _mmk  _mmk  <w6>_<w29>_mmk  k=<w6>_<w29>_mmk  <w6>_<w9>_mmk  <w6>_<w29>_mml  lead=[A-Za-z0-9]{6}_[A-Za-z0-9]{29}
# Newer ones and those of single products
google-vertex-key  AQ.Ab8  AQ\.Ab8[A-Za-z0-9_-]{40,60}  AQ.Ab8<b47>  k=AQ.Ab8<w47>  AQ.Ab8<w9>  AQ.Ac8<w47>
kimi-key  sk-kimi-  sk-kimi-[A-Za-z0-9]{60,70}  sk-kimi-<w64>  k=sk-kimi-<w64>  sk-kimi-<w9>  sk-kimo-<w24>
cartesia-key  sk_car_  sk_car_[A-Za-z0-9_-]{20,30}  sk_car_<w22>  k=sk_car_<w22>  sk_car_<w5>  sk_cars_<w22>
baidu-key  bce-v3/ALTAK  bce-v3\/ALTAK(?:SP)?-[A-Za-z0-9]{16,40}\/[0-9a-f]{40}  bce-v3/ALTAK-<w21>/<x40>  k=bce-v3/ALTAKSP-<w21>/<x40>  bce-v3/ALTAK-<w21>  bce-v4/ALTAK-<w21>/<x40>
friendli-token  flp_  flp_[A-Za-z0-9]{44,52}  flp_<w48>  t=flp_<w46>  flp_<w9>  flq_<w48>
runpod-key  rpa_  rpa_[A-Z0-9]{36,50}[a-z0-9]{0,8}  rpa_<u40><l6>  k=rpa_<u42>  rpa_<u9>  rpb_<u42>
chutes-key  cpk_  cpk_[0-9a-f]{32}\.[0-9a-f]{32}\.[A-Za-z0-9]{32}  cpk_<x32>.<x32>.<w32>  k=cpk_<x32>.<x32>.<w32>  cpk_<x32>  cpj_<x32>.<x32>.<w32>
lambda-cloud-key  secret_  secret_[a-z0-9-]{1,40}_[0-9a-f]{32}\.[A-Za-z0-9]{32}  secret_laptop_<x32>.<w32>  k=secret_ci-2_<x32>.<w32>  secret_laptop_<x32>  secrets_laptop_<x32>.<w32>
codesandbox-key  csb_v1_  csb_v1_[A-Za-z0-9_-]{40,60}  csb_v1_<b43>  k=csb_v1_<w43>  csb_v1_<w9>  csb_v2_<w43>
daytona-key  dtn_  dtn_[0-9a-f]{64}  dtn_<x64>  k=dtn_<x64>  dtn_<x9>  dto_<x64>
scrapfly-key  scp-live-,scp-test-  scp-(?:live|test)-[0-9a-f]{32}  scp-live-<x32>  k=scp-test-<x32>  scp-live-<x9>  scp-lives-<x32>
turbopuffer-key  tpuf_  tpuf_[A-Za-z0-9]{30,40}  tpuf_<w32>  k=tpuf_<w32>  tpuf_<w9>  tpug_<w32>
chroma-key  ck-  ck-[A-Za-z0-9]{44}  ck-<w44>  k=ck-<w44>  ck-<w9>  cl-<w44>  entropy=4.3
`
