/** Clouds, hosting, infrastructure. Forms from the vendors' own pages on their keys. */
export const cloud = String.raw`
# AWS IAM: "Understanding unique ID prefixes"; the others on the same page name things and are no secret
aws-access-key  AKIA,ASIA,ABIA,ACCA  A(?:KIA|SIA|BIA|CCA)[A-Z2-7]{16}  AKIA<T16>  key=ASIA<T16>  AKIA<T6>  AROA<T16>
aws-bedrock-key  ABSK  ABSK[A-Za-z0-9+/]{100,280}={0,2}  ABSK<w128>=  k:ABSK<w109>  ABSK<w20>  BBSK<w128>
aws-bedrock-short-key  bedrock-api-key-  bedrock-api-key-[A-Za-z0-9+/=]{40,4000}  bedrock-api-key-<B200>  "bedrock-api-key-<w80>"  bedrock-api-key-  bedrock-api-keys-<w80>
aws-session-token  IQoJb3JpZ2luX2Vj,FwoGZXIvYXdz,FQoGZXIvYXdz  (?:IQoJb3JpZ2luX2Vj|F[wQ]oGZXIvYXdz)[A-Za-z0-9+/=%]{100,4000}  IQoJb3JpZ2luX2Vj<B300>  FwoGZXIvYXdz<B300>  IQoJb3JpZ2luX2Vj<B10>  FwoHZXIvYXdz<B300>
aws-appsync-key  da2-  da2-[a-z0-9]{26}  da2-<l26>  x-api-key: da2-<l26>  da2-<l9>  da3-<l26>
aws-mws-token  amzn.mws.  amzn\.mws\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  amzn.mws.<uuid>  t=amzn.mws.<uuid>  amzn.mws.<x8>  amzn.mwx.<uuid>
amazon-oauth-token  Atza|,Atzr|  Atz[ar]\|[A-Za-z0-9_-]{60,2000}  Atza|<w300>  "Atzr|<w300>"  Atza|<w9>  Atzx|<w300>
amazon-oauth-secret  amzn1.oa2-cs.v1.  amzn1\.oa2-cs\.v1\.[0-9a-f]{64}  amzn1.oa2-cs.v1.<x64>  s=amzn1.oa2-cs.v1.<x64>  amzn1.oa2-cs.v1.<x9>  amzn1.application.<x32>
# Google: "Using API keys", "OAuth 2.0"
google-api-key  AIza  AIza[A-Za-z0-9_-]{35}  AIza<b35>  key=AIza<w35>&x  AIza<w9>  AIzb<w35>
google-oauth-secret  GOCSPX-  GOCSPX-[A-Za-z0-9_-]{28}  GOCSPX-<b28>  "GOCSPX-<w28>"  GOCSPX-<w9>  GOCSPY-<w28>
google-access-token  ya29.  ya29\.[A-Za-z0-9_-]{20,2000}  ya29.<b120>  t=ya29.a0<w180>  ya29.abc  ya30.<b120>
google-refresh-token  1//  1\/\/0[A-Za-z0-9_-]{40,200}  1//0<b60>  "1//03<b60>"  1//0abc  2//0<b60>
google-oauth-code  4/0A  4\/0A[A-Za-z0-9_-]{60,100}  4/0A<b70>  c=4/0A<w70>  4/0A<w9>  5/0A<w70>
google-recaptcha-secret  6Le  6Le[A-Za-z0-9_-]{37}  6Le<b37>  s=6Le<w37>  6Le<w9>  7Le<w37>
firebase-messaging-key  AAAA  AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{130,150}  AAAA<w7>:APA91b<b134>  k=AAAA<w7>:APA91b<w134>  AAAA<w7>:APA  AAAAB3NzaC1yc2E
# Azure, Microsoft
azure-storage-key  AccountKey=,accountkey=  AccountKey=([A-Za-z0-9+/]{86}==)  AccountKey=<B86>==  ;AccountKey=<w86>==;  AccountKey=<B20>==  AccountName=<B86>==  anycase
azure-shared-key  SharedAccessKey=,sharedaccesskey=  SharedAccessKey=([A-Za-z0-9+/=]{20,120})  SharedAccessKey=<B43>=  ;SharedAccessKey=<w43>=  SharedAccessKey=  SharedAccessKeyName=<w20>  anycase
azure-entra-secret  7Q~,8Q~  [78]Q~[A-Za-z0-9_.~-]{31,34}  <w3>8Q~<b34>  t=<w3>7Q~<b31>  <w3>8Q~<w9>  <w3>9Q~<w34>  lead=[A-Za-z0-9_.~-]{3}
azure-devops-token  AZDO  AZDO[A-Za-z0-9]{4}  <w76>AZDO<w4>  t=<w76>AZDO<l4>  AZDO<w4>  <w76>AZDX<w4>  lead=[A-Za-z0-9]{76}
azure-cognitive-key  JQQJ99  JQQJ99[A-Za-z0-9]{10,30}  <w52>JQQJ99<w26>  k=<w52>JQQJ99<w26>  JQQJ99<w26>  <w52>JQQJ98<w26>  lead=[A-Za-z0-9]{52}
# Others
digitalocean-token  dop_v1_,doo_v1_,dor_v1_  do[por]_v1_[0-9a-f]{64}  dop_v1_<x64>  t=doo_v1_<x64>  dop_v1_<x12>  dox_v1_<x64>
digitalocean-spaces-key  DO00,DO80  DO[08]0[A-Z0-9]{16}  DO00<u16>  k=DO80<u16>  DO00<u6>  DO10<u16>  entropy=3
scaleway-key  SCW  SCW[A-Z0-9]{17}  SCW<u17>  k=SCW<u17>  SCW<u6>  SCX<u17>  entropy=3.2
alibaba-key  LTAI  LTAI[A-Za-z0-9]{12,26}  LTAI<w20>  k=LTAI5t<w18>  LTAI<w5>  LTAJ<w20>
tencent-key  AKID  AKID[A-Za-z0-9]{32}  AKID<w32>  k=AKID<w32>  AKID<w9>  AKIE<w32>
yandex-token  y0_,t1.,AQVN  (?:y0_[A-Za-z0-9_-]{50,80}|t1\.[A-Za-z0-9_=-]{20,300}\.[A-Za-z0-9_=-]{80,100}|AQVN[A-Za-z0-9_-]{35,38})  y0_<b58>  AQVN<b36>  y0_<w9>  y1_<b58>
yandex-static-key  YCA,YCM,YCO,YCP  YC[AMOP][A-Za-z0-9_-]{37}  YCA<b37>  k=YCM<w37>  YCA<w9>  YDA<w37>  entropy=4
cloudflare-token  cfat_,cfut_,cfk_  cf(?:[au]t|k)_[A-Za-z0-9]{40}[0-9a-f]{8}  cfat_<w40><x8>  t=cfut_<w40><x8>  cfat_<w9>  cfxt_<w40><x8>
cloudflare-origin-key  v1.0-  v1\.0-[0-9a-f]{24}-[0-9a-f]{140,160}  v1.0-<x24>-<x146>  k=v1.0-<x24>-<x146>  v1.0-<x24>  v1.0-rc.1
cloudflare-tunnel-token  eyJhIjoi  eyJhIjoi[A-Za-z0-9+/=_-]{100,400}  eyJhIjoi<w160>  --token eyJhIjoi<w140>  eyJhIjoi<w9>  eyJiIjoi
akamai-token  akab-  akab-[a-z0-9]{16}-[a-z0-9]{16}  akab-<l16>-<l16>  t=akab-<l16>-<l16>  akab-<l16>  akac-<l16>-<l16>
vercel-token  vcp_,vci_,vca_,vcr_,vck_  vc[piark]_[A-Za-z0-9]{24,64}  vcp_<w56>  t=vck_<w24>  vcp_<w9>  vcx_<w56>
vercel-blob-token  vercel_blob_rw_  vercel_blob_rw_[A-Za-z0-9]{14,18}_[A-Za-z0-9]{28,34}  vercel_blob_rw_<w16>_<w30>  t=vercel_blob_rw_<w16>_<w32>  vercel_blob_rw_<w9>  vercel_blob_ro_<w16>_<w30>
netlify-token  nfp_,nfc_,nfo_,nfu_,nfb_  nf[pcoub]_[A-Za-z0-9_]{36}  nfp_<w36>  t=nfc_<w36>  nfp_<w9>  nfx_<w36>
heroku-token  HRKU-  HRKU-(?:AA[A-Za-z0-9_-]{58}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})  HRKU-AA<b58>  HRKU-<uuid>  HRKU-AA<w9>  HRKV-AA<w58>
fly-token  fo1_,fm1_,fm2_,fm1a_,fm1r_  (?:fo1_[A-Za-z0-9_-]{43}|fm(?:2|1[ar]?)_[A-Za-z0-9+/=_]{60,3000})  fo1_<b43>  fm2_<B120>==  fo1_<w9>  fo2_<w43>
render-token  rnd_  rnd_[A-Za-z0-9]{24,40}  rnd_<w32>  k=rnd_<w28>  rnd_<w9>  rnd_seed_value
supabase-token  sbp_,sb_secret_  (?:sbp_(?:oauth_|v0_)?[0-9a-f]{40}|sb_secret_[A-Za-z0-9_-]{30,60})  sbp_<x40>  sb_secret_<w31>  sbp_<x9>  sb_publishable_<w31>
planetscale-token  pscale_  pscale_(?:tkn|oauth|pw|api)_[A-Za-z0-9_.=-]{32,64}  pscale_tkn_<b43>  pscale_pw_<w43>  pscale_tkn_<w9>  pscale_org_<w43>
neon-token  napi_,npg_  n(?:api_[a-z0-9]{60,70}|pg_[A-Za-z0-9]{12,24})  npg_<w16>  k=napi_<l64>  npg_<w5>  npq_<w12>
mongodb-atlas-secret  mdb_sa_sk_  mdb_sa_sk_[A-Za-z0-9_-]{40}  mdb_sa_sk_<b40>  s=mdb_sa_sk_<w40>  mdb_sa_sk_<w9>  mdb_sa_id_<x24>
databricks-token  dapi,dose,dkea,dosa  d(?:api|ose|kea|osa)[0-9a-f]{32}(?:-[0-9])?  dapi<x32>  t=dapi<x32>-2  dapi<x9>  dapx<x32>
snowflake-token  ver:1-hint:  ver:1-hint:\d{1,20}-ETMs[A-Za-z0-9+/=]{40,2000}  ver:1-hint:<d9>-ETMs<B100>  t=ver:1-hint:<d5>-ETMs<w80>  ver:1-hint:<d9>  ver:2-hint:<d9>-ETMs<w80>
confluent-secret  cflt  cflt[A-Za-z0-9+/]{60}  cflt<w60>  s=cflt<B60>  cflt<w9>  cflx<w60>
hashicorp-vault-token  hvs.,hvb.,hvr.  hv[sbr]\.[A-Za-z0-9_-]{24,300}  hvs.<b90>  t=hvb.<w140>  hvs.abc  hvx.<b90>
vault-unseal-key  Unseal  Unseal Key \d: ([A-Za-z0-9+/=]{40,120})  Unseal Key 1: <B44>  Unseal Key 5: <B43>=  Unseal Key 1:  Unseal Keys: 5
terraform-cloud-token  .atlasv1.  \.atlasv1\.[A-Za-z0-9_=-]{60,70}  <w14>.atlasv1.<b67>  t=<w14>.atlasv1.<w64>  <w14>.atlasv1.<w9>  <w14>.atlasv2.<w67>  lead=[A-Za-z0-9]{14}
pulumi-token  pul-  pul-[0-9a-f]{40}  pul-<x40>  t=pul-<x40>  pul-<x9>  pull-<x40>
doppler-token  dp.pt.,dp.ct.,dp.st.,dp.sa.,dp.scim.,dp.audit.  dp\.(?:pt|ct|st|sa|scim|audit)\.(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}  dp.pt.<w43>  dp.st.dev.<w43>  dp.pt.<w9>  dp.xx.<w43>
infisical-token  st.,pt.  [sp]t\.[0-9a-f]{24}\.[0-9a-f]{32}\.[0-9a-f]{32}  st.<x24>.<x32>.<x32>  t=st.<x24>.<x32>.<x32>  st.<x24>  xt.<x24>.<x32>.<x32>
onepassword-token  ops_eyJ  ops_eyJ[A-Za-z0-9+/=_-]{200,1500}  ops_eyJ<w300>  t=ops_eyJ<w400>=  ops_eyJ<w9>  opt_eyJ<w300>
onepassword-secret-key  A3-  A3-[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}  A3-<u6>-<u11>-<u5>-<u5>-<u5>  A3-<u6>-<u6>-<u5>-<u5>-<u5>-<u5>  A3-<u6>  A4-<u6>-<u11>-<u5>-<u5>-<u5>
bitwarden-token  "0.,=0.,:0.  ["=: ](0\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.[A-Za-z0-9]{30}:[A-Za-z0-9+/=]{24})  t=0.<uuid>.<w30>:<B22>==  "0.<uuid>.<w30>:<B22>=="  =0.<uuid>  =1.<uuid>.<w30>:<B22>==  inword
tailscale-key  tskey-  tskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,24}(?:CNTRL)?-[A-Za-z0-9]{20,50}  tskey-auth-<w12>CNTRL-<w32>  tskey-api-<w17>-<w32>  tskey-auth-<w5>  tskey-foo-<w17>-<w32>
rancher-token  token-  token-[a-z0-9]{5}:[a-z0-9]{54}  token-<l5>:<l54>  t=token-<l5>:<l54>  token-<l5>  token-<l5>:<l20>
openshift-token  sha256~  sha256~[A-Za-z0-9_-]{43}  sha256~<b43>  --token=sha256~<w43>  sha256~<w9>  sha256:<x64>
kubeadm-token  --token  --token[= ]([a-z0-9]{6}\.[a-z0-9]{16})  --token <l6>.<l16>  --token=<l6>.<l16>  --token abc.def  --tokens <l6>.<l16>
docker-swarm-token  SWMTKN-  SWMTKN-1-[a-z0-9]{50}-[a-z0-9]{25}  SWMTKN-1-<l50>-<l25>  t=SWMTKN-1-<l50>-<l25>  SWMTKN-1-<l9>  SWMTKN-2-<l50>
docker-swarm-unlock-key  SWMKEY-  SWMKEY-1-[A-Za-z0-9+/]{43}  SWMKEY-1-<B43>  k=SWMKEY-1-<w43>  SWMKEY-1-<w9>  SWMKEY-2-<w43>
k3s-token  K10  K10[0-9a-f]{64}::(?:server:|node:|[a-z0-9]{6}\.)[A-Za-z0-9]{16,64}  K10<x64>::server:<x32>  K10<x64>::<l6>.<l16>  K10<x64>  K11<x64>::server:<x32>
azure-function-key  AzFu  AzFu[A-Za-z0-9_-]{8}==  <w44>AzFu<w8>==  code=<w44>AzFu<w8>==  AzFu<w8>==  <w44>AzFx<w8>==  lead=[A-Za-z0-9_-]{44}
# Microsoft: "Identifiable secrets", a signature and a checksum at the end
azure-identifiable-key  +ASt,+ABa,+AMC,ACDb  (?:\+ASt|\+ABa|\+AMC|ACDb)[A-Za-z0-9+/]{6}==  <B76>+ASt<w6>==  k=<w76>ACDb<B6>==  <w76>+ASt<w2>  <w9>ACDb<w6>==  lead=[A-Za-z0-9+/]{76}
azure-identifiable-short-key  AIoT,+ASb,+AEh,+ARm,AzCa  (?:AIoT|\+ASb|\+AEh|\+ARm|AzCa)[A-P][A-Za-z0-9+/]{5}=  <w33>AIoTA<w5>=  k=<B33>AzCaB<w5>=  <w33>AIoTZ<w5>=  <w9>AIoTA<w5>=  lead=[A-Za-z0-9+/]{33}
azure-search-key  AzSe,+ACR  (?:AzSe|\+ACR)[A-D][A-Za-z0-9+/]{5}  <w42>AzSeA<w5>  k=<B42>+ACRB<w5>  <w42>AzSeZ<w5>  <w9>AzSeA<w5>  lead=[A-Za-z0-9+/]{42}
aiven-password  AVNS_  AVNS_[A-Za-z0-9_-]{15,24}  AVNS_<b19>  p=AVNS_<w19>  AVNS_<w5>  AVNX_<w19>
cockroachdb-key  CCDB1_  CCDB1_[A-Za-z0-9]{22}_[A-Za-z0-9]{40}  CCDB1_<w22>_<w40>  k=CCDB1_<w22>_<w40>  CCDB1_<w22>  CCDB2_<w22>_<w40>
astra-db-token  AstraCS:  AstraCS:[A-Za-z]{24}:[0-9a-f]{64}  AstraCS:<L24>:<x64>  t="AstraCS:<L24>:<x64>"  AstraCS:<L24>  AstraDS:<L24>:<x64>
upcloud-token  ucat_  ucat_[0-9A-Z]{24,30}  ucat_01<u24>  t=ucat_01<u24>  ucat_01  ucau_01<u24>
netbird-token  nbp_  nbp_[A-Za-z0-9]{36}  nbp_<w36>  t=nbp_<w36>  nbp_<w9>  nbq_<w36>
phase-token  pss_user:,pss_service:  pss_(?:user|service):v\d:[0-9a-f:-]{60,400}  pss_service:v2:<x64>:<x64>  t=pss_user:v1:<x64>:<x64>  pss_user:v1:  psx_user:v1:<x64>:<x64>
secret-token-uri  secret-token:  secret-token:([^\s"'<>]{8,400})  secret-token:<w20>  t: secret-token:<b40>  secret-token:  secret-tokens:<w20>
`
