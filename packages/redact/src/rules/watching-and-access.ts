/** Monitoring, flags, identity, self-hosted services. Forms from the vendors' own pages on their keys. */
export const watchingAndAccess = String.raw`
newrelic-key  NRAK-,NRRA-,NRII-,NRIQ-,NRAA-,NRSP-,NRBR-,NRJS-  NR(?:AK|RA|II|IQ|AA|SP|BR|JS)-[A-Za-z0-9_-]{19,42}  NRAK-<u27>  k=NRII-<b32>  NRAK-<u9>  NRXX-<u27>
grafana-token  glc_eyJ,glsa_  gl(?:c_eyJ[A-Za-z0-9+/=_-]{60,400}|sa_[A-Za-z0-9]{32}_[0-9a-f]{8})  glsa_<w32>_<x8>  t=glc_eyJ<w120>  glsa_<w9>  glsb_<w32>_<x8>
grafana-legacy-key  eyJrIjoi  eyJrIjoi[A-Za-z0-9]{60,400}={0,2}  eyJrIjoi<w70>  k=eyJrIjoi<w92>==  eyJrIjoi<w9>  eyJxIjoi<w70>
honeycomb-key  hcaik_,hcxik_,hcaic_,hcxmk_,hcamk_,hcalk_,hcbik_  hc[abx](?:ik|ic|mk|lk)_[A-Za-z0-9]{26}[A-Za-z0-9]{0,40}  hcaik_<l58>  k=hcxmk_<l58>  hcaik_<w9>  hczik_<l58>
dynatrace-token  dt0  dt0[a-z]\d{2}\.[A-Z0-9]{8,24}\.[A-Z0-9]{64}  dt0c01.<u24>.<u64>  t=dt0s16.<u8>.<u64>  dt0c01.<u24>  dt1c01.<u24>.<u64>
sentry-token  sntrys_eyJ,sntryu_  sntry(?:s_eyJ[A-Za-z0-9+/=_-]{80,400}|u_[0-9a-f]{64})  sntryu_<x64>  t=sntrys_eyJpYXQiO<w120>_<w43>  sntryu_<x9>  sntryx_<x64>
axiom-token  xaat-,xapt-  xa[ap]t-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}  xaat-<uuid>  t=xapt-<uuid>  xaat-<x8>  xaxt-<uuid>
checkly-key  cu_  cu_[0-9a-f]{32}  cu_<x32>  k=cu_<x32>  cu_<x9>  cv_<x32>
rootly-token  rootly_  rootly_[0-9a-f]{64}  rootly_<x64>  t=rootly_<x64>  rootly_<x9>  rootli_<x64>
postman-key  PMAK-,PMAT-  PMA(?:K-[0-9a-f]{24}-[0-9a-f]{34}|T-[A-Z0-9]{26})  PMAK-<x24>-<x34>  k=PMAT-<u26>  PMAK-<x24>  PMAX-<x24>-<x34>
stytch-secret  secret-live-,secret-test-  secret-(?:live|test)-[A-Za-z0-9_=-]{35,40}  secret-live-<b35>=  s=secret-test-<w36>  secret-live-<w9>  secrets-live-<w36>
ory-token  ory_pat_,ory_at_,ory_st_,ory_rt_,ory_ac_  ory_(?:pat|at|st|rt|ac)_[A-Za-z0-9_-]{32,100}(?:\.[A-Za-z0-9_-]{20,60})?  ory_pat_<w32>  t=ory_at_<b43>.<b43>  ory_pat_<w9>  ory_xx_<w32>
pangea-token  pts_  pts_[a-z0-9]{32}  pts_<l32>  t=pts_<l32>  pts_<l9>  ptt_<l32>
stackhawk-key  hawk.  hawk\.[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{20}  hawk.<b20>.<b20>  k=hawk.<w20>.<w20>  hawk.<w20>  hawl.<w20>.<w20>
defined-networking-token  dnkey-  dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}  dnkey-<l26>-<l52>  t=dnkey-<b26>-<b52>  dnkey-<l26>  dnkex-<l26>-<l52>
octopus-key  API-  API-[A-Z0-9]{25,32}  API-<u26>  k=API-<u30>  API-<u9>  APJ-<u26>  entropy=3.5
jetbrains-token  perm:,perm-  perm[:-][A-Za-z0-9=]{6,40}\.[A-Za-z0-9=_-]{6,40}\.[A-Za-z0-9]{30}  perm:<w12>.<w16>.<w30>  t=perm-<w10>=.<w12>.<w30>  perm:<w12>  perm:rw.r.x
teamcity-token  eyJ0eXAiOiAiVENWMiJ9.  eyJ0eXAiOiAiVENWMiJ9\.[A-Za-z0-9_-]{20,60}\.[A-Za-z0-9_-]{40,60}  eyJ0eXAiOiAiVENWMiJ9.<b36>.<b48>  t=eyJ0eXAiOiAiVENWMiJ9.<w36>.<w48>  eyJ0eXAiOiAiVENWMiJ9.  eyJ0eXAiOiAiVENWMiJ8.<b36>.<b48>
portainer-token  ptr_  ptr_[A-Za-z0-9+/]{40,60}={0,2}  ptr_<w43>=  t=ptr_<B43>=  ptr_<w9>  ptr_to_next_entry
gitpod-token  gitpod_pat_  gitpod_pat_[A-Za-z0-9_.-]{40,120}  gitpod_pat_<b64>  t=gitpod_pat_<w80>  gitpod_pat_<w9>  gitpod_pet_<w64>
deno-deploy-token  ddp_,ddo_,ddw_  dd[pow]_[A-Za-z0-9]{36}  ddp_<w36>  t=ddo_<w36>  ddp_<w9>  ddx_<w36>
jsr-token  jsrp_  jsrp_[A-Za-z0-9]{40,80}  jsrp_<w48>  t=jsrp_<w64>  jsrp_<w9>  jsrq_<w48>
valtown-token  vtwn_  vtwn_[A-Za-z0-9]{20,40}  vtwn_<w27>  t=vtwn_<w30>  vtwn_<w9>  vtwm_<w27>
chromatic-token  chpt_  chpt_[0-9a-f]{15}  chpt_<x15>  t=chpt_<x15>  chpt_<x5>  chpx_<x15>
depot-token  depot_project_,depot_org_,depot_user_  depot_(?:project|org|user)_[0-9a-f]{64}  depot_project_<x64>  t=depot_org_<x64>  depot_org_<x9>  depot_box_<x64>
lambdatest-key  LT_  LT_[A-Za-z0-9]{47}  LT_<w47>  k=LT_<w47>  LT_<w9>  LU_<w47>
retool-token  retool_  retool_[0-9a-z]{22,30}  retool_<l26>  t=retool_01<l24>  retool_<l5>  retoul_<l26>
boundary-token  at_  at_[A-Za-z0-9]{10}_s1[A-Za-z0-9]{60,400}  at_<w10>_s1<w200>  t=at_<w10>_s1<w180>  at_<w10>_s1<w9>  au_<w10>_s1<w200>
elastic-key  essu_  essu_[A-Za-z0-9+/=_-]{30,200}  essu_<w80>==  k=essu_<w76>  essu_<w9>  essv_<w80>
databento-key  db-  db-[A-Za-z0-9]{29}  db-<w29>  k=db-<w29>  db-<w9>  dc-<w29>  entropy=4
thunderstore-token  tss_  tss_[A-Za-z0-9]{30,40}  tss_<w36>  t=tss_<w34>  tss_<w9>  tst_<w36>
basecamp-token  BAhb  BAhb[A-Za-z0-9+/=]{60,400}--[0-9a-f]{40}  BAhb<w80>--<x40>  t=BAhb<w90>==--<x40>  BAhb<w9>  BAhc<w80>--<x40>
firehydrant-token  fhb-  fhb-[0-9a-f]{32,64}  fhb-<x32>  t=fhb-<x64>  fhb-<x9>  fhc-<x32>
telegram-session  1BVts  1BVts[A-Za-z0-9_=-]{300,400}  1BVts<b340>=  s=1BVts<b340>=  1BVts<w9>  1BVtt<b340>
newrelic-license-key  NRAL  NRAL  <x36>NRAL  k=<x36>NRAL  <x9>NRAL  <x36>NRAM  lead=[0-9a-f]{32}(?:[0-9a-f]{4}|FFFF)
rapidapi-key  msh  msh[a-z0-9]{15}jsn[a-z0-9]{12}  <l10>msh<l15>jsn<l12>  k=<l10>msh<l15>jsn<l12>  <l10>msh<l15>  <l10>msi<l15>jsn<l12>  lead=[a-z0-9]{10}
coralogix-key  cxtp_,cxup_  cx[tu]p_[A-Za-z0-9]{30}  cxtp_<w30>  k=cxup_<w30>  cxtp_<w9>  cxvp_<w30>
honeybadger-token  hbp_  hbp_[A-Za-z0-9]{36}  hbp_<w36>  t=hbp_<w36>  hbp_<w9>  hbq_<w36>
influxdb-token  apiv3_  apiv3_[A-Za-z0-9_-]{60,120}  apiv3_<b86>  t=apiv3_<w86>  apiv3_<w9>  apiv2_<w86>
devcycle-key  dvc_server_,dvc_mobile_  dvc_(?:server|mobile)_[A-Za-z0-9_-]{30,60}  dvc_server_<x32>_<x7>  k=dvc_mobile_<x32>_<x7>  dvc_server_<x9>  dvc_serving_<x32>
`
