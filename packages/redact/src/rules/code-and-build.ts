/** Code hosting, package registries, continuous integration, quality. Forms from the vendors' own pages on their tokens. */
export const codeAndBuild = String.raw`
# GitHub: "About authentication to GitHub", token formats
github-token  ghp_,gho_,ghu_,ghs_,ghr_  gh[pousr]_[A-Za-z0-9]{36,255}  ghp_<w36>  x=ghs_<w36>;  ghp_<w20>  ghx_<w36>
github-fine-grained-token  github_pat_  github_pat_[A-Za-z0-9_]{40,120}  github_pat_<w22>_<w59>  "github_pat_<w82>"  github_pat_<w9>  github_patch_<w30>
github-app-token  v1.  v1\.[0-9a-f]{40}  v1.<x40>  token v1.<x40> ok  v1.<x20>  v1.2.3
# GitLab: "Token overview", prefixes
gitlab-token  glpat-,gldt-,glrt-,glrtr-,glcbt-,glft-,glimt-,glagent-,glsoat-,glffct-,gloas-,glwt-,glptt-  gl(?:pat|dt|rtr?|cbt|ft|imt|agent|soat|ffct|oas|wt|ptt)-[A-Za-z0-9_-]{20,300}(?:\.[0-9a-z]{2}\.[0-9a-z]{7,9})?  glpat-<b20>  glrt-t1_<w20>  glpat-short  glxx-<w20>
gitlab-runner-registration-token  GR1348941  GR1348941[A-Za-z0-9_-]{20}  GR1348941<w20>  "GR1348941<w20>"  GR1348941<w8>  GR1348942<w20>
gitlab-session  _gitlab_session=  _gitlab_session=([0-9a-z]{32})  _gitlab_session=<x32>  a; _gitlab_session=<l32>  _gitlab_session=short  _gitlab_sessions=<x32>
bitbucket-token  ATBB,ATCTT3,ATATT3,ATOATT  AT(?:BB|CTT3|ATT3|OATT)[A-Za-z0-9_=.-]{24,260}  ATBB<w32>  ATCTT3xFfGN0<w170>  ATBB<w8>  ATTBB<w32>
sourcegraph-token  sgp_,slk_  (?:sgp_(?:[0-9a-f]{16}_|local_)?[0-9a-f]{40}|slk_[0-9a-f]{64})  sgp_<x16>_<x40>  sgp_<x40>  sgp_<x12>  sgx_<x40>
sourcegraph-cody-token  sgd_  sgd_[0-9a-f]{64}  sgd_<x64>  k:sgd_<x64>  sgd_<x20>  sgd-<x64>
# npm: "About access tokens"; PyPI: "project tokens"; RubyGems: "API key scopes"
npm-token  npm_  npm_[A-Za-z0-9]{36}  npm_<w36>  _authToken=npm_<w36>  npm_<w12>  npm_config_registry
npm-auth-line  :_authToken=,:_password=,:_auth=  :_(?:authToken|password|auth)=([^\s$"'][^\s"']{5,2000})  //r.example.com/:_authToken=<uuid>  //r.example.com/:_auth=<B24>  //r.example.com/:_authToken=  :_authTokens=<w12>  inword
pypi-token  pypi-AgE  pypi-AgE[A-Za-z0-9_-]{50,1000}  pypi-AgEIcHlwaS5vcmc<b120>  p=pypi-AgENdGVzdC5weXBp<b120>  pypi-AgEshort  pypi-simple-index
rubygems-token  rubygems_  rubygems_[0-9a-f]{48}  rubygems_<x48>  ":rubygems_<x48>"  rubygems_<x20>  rubygems_api_key
nuget-token  oy2  oy2[a-z0-9]{43}  oy2<l43>  k=oy2<l43>  oy2<l20>  joy2<l43>
clojars-token  CLOJARS_  CLOJARS_[0-9a-f]{60}  CLOJARS_<x60>  p=CLOJARS_<x60>  CLOJARS_<x30>  CLOJARS_USERNAME
crates-io-token  cio  cio[A-Za-z0-9]{32}  cio<w32>  token = "cio<w32>"  cio<w10>  scio<w32>  entropy=4
packagist-token  packagist_  packagist_[a-z]{2,4}_[0-9a-f]{50,80}  packagist_ort_<x68>  packagist_uut_<x68>  packagist_ort_<x12>  packagist_org
jfrog-api-key  AKC  AKC[a-zA-Z0-9][A-Za-z0-9]{60,80}  AKCp8<w68>  x:AKCp5<w68>  AKCp8<w20>  AKCENT<w10>
jfrog-reference-token  cmVmd,cmVmZ  cmVm[dZ][A-Za-z0-9]{59}  cmVmdGtu<w56>  t=cmVmdGtu<w56>  cmVmdGtu<w20>  cmVmxGtu<w56>
docker-hub-token  dckr_pat_,dckr_oat_  dckr_[po]at_[A-Za-z0-9_-]{27,60}  dckr_pat_<b27>  "dckr_oat_<w32>"  dckr_pat_<w8>  docker_pat_<w27>
# Builds
circleci-token  CCIPAT_,CCIPRJ_  CCIP(?:AT|RJ)_[A-Za-z0-9]{22}_[0-9a-f]{40}  CCIPAT_<w22>_<x40>  CCIPRJ_<w22>_<x40>  CCIPAT_<w22>  CCIPXX_<w22>_<x40>
buildkite-token  bkua_,bkct_,bkpt_  bk(?:ua|ct|pt)_[0-9a-zA-Z]{36,64}  bkua_<x40>  bkct_<w40>  bkua_<x12>  bkxx_<x40>
harness-token  pat.,sat.  [ps]at\.[A-Za-z0-9_-]{22}\.[0-9a-f]{24}\.[A-Za-z0-9]{20}  pat.<b22>.<x24>.<w20>  sat.<w22>.<x24>.<w20>  pat.<b22>  sat.<x24>.<w20>
sonar-token  squ_,sqp_,sqa_  sq[upa]_[0-9a-z]{40}  squ_<x40>  sqa_<l40>  squ_<x10>  sqx_<x40>
snyk-token  snyk_uat.,snyk_sat.  snyk_[us]at\.[0-9a-f]{8}\.[A-Za-z0-9_-]{20,60}\.[A-Za-z0-9_-]{20,120}  snyk_uat.<x8>.<b43>.<b80>  snyk_sat.<x8>.<b40>.<b86>  snyk_uat.<x8>  snyk_xat.<x8>.<b43>.<b80>
semgrep-token  sgcli_  sgcli_[A-Za-z0-9]{24,64}  sgcli_<w40>  "sgcli_<x64>"  sgcli_<w8>  sgcli-<w40>
infracost-token  ico-  ico-[A-Za-z0-9]{32}  ico-<w32>  k=ico-<w32>  ico-<w9>  ico-moon-<w12>
scalingo-token  tk-us-  tk-us-[A-Za-z0-9_-]{48}  tk-us-<b48>  k=tk-us-<w48>  tk-us-<w9>  tk-eu-<w48>
readme-token  rdme_  rdme_[a-z0-9]{70}  rdme_<l70>  "rdme_<l70>"  rdme_<l20>  rdme-<l70>
replicate-token  r8_  r8_[A-Za-z0-9]{37,40}  r8_<w37>  t=r8_<w40>  r8_<w9>  rr8_<w37>
openvsx-token  ovsxat_  ovsxat_[0-9a-f-]{36}  ovsxat_<uuid>  t=ovsxat_<uuid>  ovsxat_<x8>  ovsxbt_<uuid>
endorlabs-token  endr+  endr\+[A-Za-z0-9]{16}  endr+<w16>  k=endr+<w16>  endr+<w6>  endr-<w16>
socket-token  sktsec_  sktsec_[A-Za-z0-9_-]{20,80}_api  sktsec_<b43>_api  t=sktsec_t_<b41>_api  sktsec_<w9>  sktsed_<w43>_api
veracode-key  vera01es-,vera01ei-  vera01e[si]-[0-9a-f]{32,160}  vera01es-<x128>  i=vera01ei-<x32>  vera01es-<x9>  vera02es-<x128>
sidekiq-credential  CONTRIBSYS__COM  CONTRIBSYS__COM["']?[=:]\s?["']?([0-9a-f]{8}:[0-9a-f]{8})  BUNDLE_ENTERPRISE__CONTRIBSYS__COM=<x8>:<x8>  BUNDLE_GEMS__CONTRIBSYS__COM: "<x8>:<x8>"  BUNDLE_GEMS__CONTRIBSYS__COM=  BUNDLE_GEMS__CONTRIBSYS__ORG=<x8>:<x8>  inword
unkey-root-key  unkey_  unkey_[A-Za-z0-9]{20,40}  unkey_<w24>  k=unkey_<w22>  unkey_<w5>  unkez_<w24>
zuplo-key  zpka_  zpka_[0-9a-f]{32}_[0-9a-f]{8}  zpka_<x32>_<x8>  k=zpka_<x32>_<x8>  zpka_<x32>  zpkb_<x32>_<x8>
n8n-key  n8n_api_  n8n_api_[0-9a-f]{40,160}  n8n_api_<x80>  k=n8n_api_<x40>  n8n_api_<x9>  n9n_api_<x80>
`
