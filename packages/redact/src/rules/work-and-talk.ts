/** Chat, mail, telephony, documents, design, tickets, social networks. Forms from the vendors' own pages on their tokens. */
export const workAndTalk = String.raw`
# Slack: "Token types"
slack-token  xoxb-,xoxp-,xoxa-,xoxr-,xoxs-,xoxo-  xox[bparso]-(?:\d-)?[A-Za-z0-9-]{18,250}  xoxb-<d12>-<d13>-<w24>  t=xoxp-<d12>-<d12>-<d13>-<x32>  xoxb-<d5>  xoxz-<d12>-<w24>
slack-rotating-token  xoxe.,xoxe-  xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9-]{60,400}  xoxe.xoxp-1-<w160>  t=xoxe-1-<w146>  xoxe-1-<w9>  xoxf-1-<w160>
slack-app-token  xapp-  xapp-\d-[A-Z0-9]{8,14}-\d{10,14}-[0-9a-f]{64}  xapp-1-<u11>-<d13>-<x64>  t=xapp-1-<u11>-<d12>-<x64>  xapp-1-<u11>  xbpp-1-<u11>-<d13>-<x64>
slack-session-token  xoxc-,xoxd-  xox[cd]-[A-Za-z0-9%+/=-]{40,400}  xoxc-<d12>-<d12>-<x64>  d=xoxd-<w100>%2B<w20>  xoxc-<d5>  xoxx-<x64>
slack-workflow-token  xwfp-  xwfp-[A-Za-z0-9-]{30,250}  xwfp-<d10>-<w60>  t=xwfp-<w80>  xwfp-<d5>  xwfq-<w60>
telegram-bot-token  :AA  :AA[A-Za-z0-9_-]{33}  <d10>:AA<b33>  t=<d9>:AA<w33>  <d10>:AA<w9>  <d3>:AA<b33>  lead=\d{8,10}
twilio-key  SK[0-9a-f]  SK[0-9a-f]{32}  SK<x32>  k=SK<x32>  SK<x9>  SL<x32>
sendgrid-key  SG.  SG\.[A-Za-z0-9_=.-]{66}  SG.<b22>.<b43>  k=SG.<w22>.<w43>  SG.<w22>  SG-<w22>.<w43>
mailgun-key  key-  key-[0-9a-f]{32}  key-<x32>  k=key-<x32>  key-<x9>  keys-<x32>
brevo-key  xkeysib-,xsmtpsib-  x(?:key|smtp)sib-[0-9a-f]{64}-[A-Za-z0-9]{16}  xkeysib-<x64>-<w16>  k=xsmtpsib-<x64>-<w16>  xkeysib-<x9>  xkeysic-<x64>-<w16>
resend-key  re_  re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20,30}  re_<w8>_<w24>  k=re_<w8>_<w24>  re_<w8>  re_export_<a24>  entropy=4
mailersend-token  mlsn.  mlsn\.[0-9a-f]{64}  mlsn.<x64>  t=mlsn.<x64>  mlsn.<x9>  mlsm.<x64>
onesignal-key  os_v2_app_,os_v2_org_  os_v2_(?:app|org)_[a-z2-7]{100,110}  os_v2_app_<a103>  k=os_v2_org_<a103>  os_v2_app_<a9>  os_v3_app_<a103>
telnyx-key  KEY  KEY[0-9A-F]{32}_[A-Za-z0-9]{22}  KEY<X32>_<w22>  k=KEY<X32>_<w22>  KEY<X32>  KEX<X32>_<w22>
linear-token  lin_api_,lin_oauth_,lin_wh_  lin_(?:api_[A-Za-z0-9]{40}|oauth_[0-9a-f]{64}|wh_[A-Za-z0-9]{32,50})  lin_api_<w40>  t=lin_oauth_<x64>  lin_api_<w9>  lin_apx_<w40>
notion-token  ntn_,secret_  (?:ntn_\d{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})  ntn_<d11><w35>  t=secret_<w43>  ntn_<w9>  secret_manager
figma-token  figd_,figo_,figor_,figdr_,figu_  fig(?:d|o|or|dr|u|ur)_[A-Za-z0-9_-]{38,50}  figd_<b40>  t=figo_<w40>  figd_<w9>  figx_<w40>
typeform-token  tfp_  tfp_[A-Za-z0-9_.=-]{40,70}  tfp_<w43>_<w14>  t=tfp_<w59>  tfp_<w9>  tfq_<w59>
frameio-token  fio-u-  fio-u-[A-Za-z0-9_=-]{64}  fio-u-<b64>  t=fio-u-<w64>  fio-u-<w9>  fio-v-<w64>
intercom-token  dG9rO  dG9rO[A-Za-z0-9+/]{40,60}={0,2}  dG9rO<w55>=  t=dG9rO<B54>==  dG9rO<w9>  dG9rP<w55>=
facebook-token  EAA  EAA[A-Za-z0-9]{80,300}  EAA<w160>  t=EAA<w120>  EAA<w9>  EAB<w160>
instagram-token  IGQ,IGA  IG[QA][A-Za-z0-9_-]{100,250}  IGQ<w140>  t=IGA<b150>  IGQ<w9>  IGX<w140>
twitter-bearer-token  AAAAAAAAAAAAAAAAAAAAA  A{18,30}[A-Za-z0-9%]{70,120}  AAAAAAAAAAAAAAAAAAAAA<w80>  t=AAAAAAAAAAAAAAAAAAAAA<w40>%3D<w44>  AAAAAAAAAAAAAAAAAAAAA<w9>  AAAAA<w80>
linkedin-secret  WPL_AP1.  WPL_AP1\.[A-Za-z0-9]{14,20}\.[A-Za-z0-9+/=]{6,12}  WPL_AP1.<w16>.<w8>  s=WPL_AP1.<w16>.<w6>==  WPL_AP1.<w5>  WPL_AP2.<w16>.<w8>
pinterest-token  pina_,pinr.  pin(?:a_[A-Za-z0-9]{48,120}|r\.[A-Za-z0-9]{40,120})  pina_<u100>  t=pinr.<w64>  pina_<w9>  pinb_<w100>
dropbox-token  sl.  sl\.(?:u\.)?[A-Za-z0-9_-]{120,1400}  sl.<b136>  t=sl.u.<b300>  sl.<w9>  sm.<b136>
lichess-token  lip_,lio_  li[po]_[A-Za-z0-9]{20,40}  lip_<w20>  t=lio_<w32>  lip_<w9>  lix_<w20>
wakatime-key  waka_  waka_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  waka_<uuid>  k=waka_<uuid>  waka_<x8>  wakb_<uuid>
intra42-secret  s-s4t2  s-s4t2(?:ud|af)-[0-9a-f]{64}  s-s4t2ud-<x64>  s=s-s4t2af-<x64>  s-s4t2ud-<x9>  s-s4t3ud-<x64>
gitbook-token  gb_api_  gb_api_[A-Za-z0-9]{36,64}  gb_api_<w40>  t=gb_api_<w40>  gb_api_<w9>  gb_apx_<w40>
svix-secret  testsk_,sk_  testsk_[A-Za-z0-9_-]{32}\.(?:us|eu|in|ca|au)  testsk_<w32>.us  k=testsk_<b32>.eu  testsk_<w9>  testpk_<w32>.us
courier-key  pk_prod_,pk_test_  pk_(?:prod|test)_[A-Z0-9]{28}  pk_prod_<u28>  k=pk_test_<u28>  pk_prod_<u9>  pk_<u28>
ntfy-token  tk_  tk_[a-z0-9]{29}  tk_<l29>  t=tk_<l29>  tk_<l9>  tl_<l29>
settlemint-token  sm_aat_,sm_pat_,sm_sat_  sm_(?:aat|pat|sat)_[A-Za-z0-9]{16}  sm_aat_<w16>  t=sm_pat_<w16>  sm_aat_<w5>  sm_bat_<w16>
nightfall-key  NF-  NF-[A-Za-z0-9]{32}  NF-<w32>  k=NF-<w32>  NF-<w9>  NG-<w32>
mailchimp-key  -us1,-us2,-us3,-us4,-us5,-us6,-us7,-us8,-us9  -us\d{1,2}  <x32>-us12  k=<x32>-us3  <x9>-us12  <x32>-uk12  lead=[0-9a-f]{32}
discord-bot-token  M[Tjz][AEIMQUYcgk],N[DTjz][AEIMQUYcgk],O[DT][AEIMQUYcgk]  [MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6,7}\.[A-Za-z0-9_-]{27,40}  MTA<b23>.<b6>.<b38>  t=NjQ<w21>.<b6>.<b27>  MTA<b23>.<b6>  MTA<b9>.<b6>.<b38>
trello-token  ATTA  ATTA[0-9a-f]{64}[0-9A-F]{8}  ATTA<x64><X8>  t=ATTA<x64><X8>  ATTA<x9>  ATTB<x64><X8>
mandrill-key  md-  md-[A-Za-z0-9_-]{22}  md-<b22>  k=md-<w22>  md-<w9>  mda-<w22>  entropy=4
pagerduty-oauth-token  pdus+_,pdeu+_  pd(?:us|eu)\+_[A-Z0-9]{6,12}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  pdus+_<u8>_<uuid>  t=pdeu+_<u8>_<uuid>  pdus+_<u8>  pdux+_<u8>_<uuid>
nylas-key  nyk_v0_  nyk_v0_[A-Za-z0-9]{50,80}  nyk_v0_<w64>  k=nyk_v0_<w60>  nyk_v0_<w9>  nyl_v0_<w64>
cal-com-key  cal_live_,cal_test_  cal_(?:live|test)_[0-9a-f]{32}  cal_live_<x32>  k=cal_test_<x32>  cal_live_<x9>  cal_lives_<x32>
smtp2go-key  api-  api-[0-9A-F]{32}  api-<X32>  k=api-<X32>  api-<X9>  apis-<X32>
close-key  api_  api_[A-Za-z0-9]{22}\.[A-Za-z0-9]{22}  api_<w22>.<w22>  k=api_<w22>.<w22>  api_<w22>  apis_<w22>.<w22>
zoho-token  1000.  1000\.[0-9a-f]{32}\.[0-9a-f]{32}  1000.<x32>.<x32>  t=1000.<x32>.<x32>  1000.<x32>  1001.<x32>.<x32>
matrix-token  syt_  syt_[A-Za-z0-9_+/=-]{2,120}_[A-Za-z]{20}_[A-Za-z0-9]{6}  syt_<l8>_<L20>_<w6>  t=syt_<w12>_<L20>_<w6>  syt_<l8>  syu_<l8>_<L20>_<w6>
twitch-chat-token  oauth:  oauth:[a-z0-9]{30}  oauth:<l30>  PASS oauth:<l30>  oauth:<l9>  oauths:<l30>
roblox-cookie  _|WARNING:-DO-NOT  _\|WARNING:-DO-NOT-SHARE-THIS\.[A-Za-z0-9.,_-]{20,200}\|_[0-9A-F]{100,1400}  _|WARNING:-DO-NOT-SHARE-THIS.<a40>|_<X400>  c=_|WARNING:-DO-NOT-SHARE-THIS.<a40>|_<X300>  _|WARNING:-DO-NOT-SHARE-THIS.<a40>  _|WARNING:-NO-SHARE-THIS.<a40>|_<X400>
liveblocks-key  sk_dev_,sk_prod_  sk_(?:dev|prod)_[A-Za-z0-9_-]{40,90}  sk_dev_<b64>  k=sk_prod_<b64>  sk_dev_<w9>  sk_stage_<w40>
builder-io-key  bpk-  bpk-[0-9a-f]{32}  bpk-<x32>  k=bpk-<x32>  bpk-<x9>  bpl-<x32>
imagekit-key  private_  private_[A-Za-z0-9+/]{27}=  private_<w27>=  k=private_<B27>=  private_<w9>=  privates_<w27>=
`
