//! What is refused beside scopes in JSON is refused wherever a text may say it.

use super::*;

/// Texts that state `admin`, and say `KEY` is `VALUE` somewhere. `TEXT` is the value in quotes of JSON if it is
/// a text.
const PLACES: &[&str] = &[
    r#"{"scope":"admin","KEY":TEXT}"#,
    r#"{"KEY":TEXT,"scope":"admin"}"#,
    r#"{"app":{"scope":"admin"},"KEY":TEXT}"#,
    r#"{"data":[{"scope":"admin"}],"KEY":TEXT}"#,
    r#"{"scope":"admin","app":{"KEY":TEXT}}"#,
    r#"{"scope":"admin","pipedrive":{"token":{"KEY":TEXT}}}"#,
    r#"{"scope":"admin","data":{"KEY":TEXT}}"#,
    r#"{"scope":"admin","installations":[{"KEY":TEXT}]}"#,
    r#"{"scope":"admin","KEY":[TEXT]}"#,
    r#"{"scope":"admin","KEY":["x8",TEXT]}"#,
    r#"{"scope":"admin","KEY":{"value":TEXT}}"#,
    r#"{"scope":"admin","pipedrive_KEY":TEXT}"#,
    "{\"scope\":\"admin\"}\n{\"KEY\":TEXT}",
    r#"[{"scope":"admin"},{"KEY":TEXT}]"#,
    r#"[{"name":"scope","value":"admin"},{"name":"KEY","value":TEXT}]"#,
    r#"{"scopes":{"sensitive":false,"type":"string","value":"admin"},"KEY":{"sensitive":false,"type":"string","value":TEXT}}"#,
    "scope: admin\nKEY: VALUE\n",
    "scope: admin\nKEY:\n- VALUE\n",
    "app:\n  scope: admin\nKEY: VALUE\n",
    "scope: admin\n---\nKEY: VALUE\n",
    "- scope: admin\n  KEY: VALUE\n",
    "environment:\n- PIPEDRIVE_SCOPES=admin\n- PIPEDRIVE_KEY=VALUE\n",
    "SCOPES=admin\nKEY=VALUE\n",
    "PIPEDRIVE_SCOPES=admin\nPIPEDRIVE_SCOPES_KEY=\"VALUE\"\n",
    "PIPEDRIVE_SCOPES=admin\nPIPEDRIVE_TOKEN_KEY=VALUE\n",
    "scopes = [\"admin\"]\nKEY = TEXT\n",
    "KEY = TEXT\n[app]\nscopes = [\"admin\"]\n",
    "[app]\nKEY = TEXT\n[app.oauth]\nscopes = [\"admin\"]\n",
    "[app]\nscopes = [\"admin\"]\n[app.token]\nKEY = TEXT\n",
    "[[app]]\nscopes = [\"admin\"]\n[[app]]\nKEY = TEXT\n",
    "[app]\nKEY = VALUE ; since May\nscopes = admin\n",
    "app.scopes = [\"admin\"]\napp.KEY = TEXT\n",
    "scope=admin&KEY=VALUE",
    "https://x.com/cb?KEY=VALUE#scope=admin",
    "HTTP/2 200\nx-oauth-scopes: admin\nx-KEY: VALUE\n\n{}",
    "HTTP/2 200\nx-oauth-scopes: admin\n\n{\"KEY\":TEXT}",
    "HTTP/2 200\nKEY: VALUE\n\n{\"scope\":\"admin\"}",
];

const OBJECTIONS: &[(&str, &str)] = &[
    ("status", "revoked"),
    ("status", "pending"),
    ("active", "false"),
    ("revoked", "true"),
    ("revoked_at", "2026-05-01"),
    ("approval", "pending"),
    ("consent", "declined"),
    ("error", "access_denied"),
    ("is_active", "false"),
    ("expired", "true"),
    ("event", "app.uninstalled"),
    ("approved", "false"),
    ("connected", "false"),
];

fn said(place: &str, key: &str, value: &str) -> String {
    let text =
        if matches!(value, "true" | "false") { value.into() } else { format!("\"{value}\"") };
    let is_shouted = place.contains("KEY=") && !place.contains('&') && !place.contains('?');
    let key = if is_shouted { key.to_ascii_uppercase() } else { key.to_owned() };
    place.replace("KEY", &key).replace("VALUE", value).replace("TEXT", &text)
}

#[test]
fn an_objection_is_heard_wherever_it_stands() {
    let catalog = Catalog::pipedrive();
    for place in PLACES {
        let harmless = said(place, "region", "eu2");
        assert_eq!(read(&catalog, harmless.as_bytes()), "admin", "{harmless}");
        for (key, value) in OBJECTIONS {
            let text = said(place, key, value);
            assert!(read(&catalog, text.as_bytes()).starts_with('!'), "{text}");
        }
    }
}

pub const ROWS: &[(&str, &str)] = &[
    // A comment that names other scopes.
    ("admin # deals:full is fine and admin is not granted", "!line 1, column 1: This line may say"),
    ("# ask for these after deals:full is approved\nadmin", "admin"),
    ("# scopes=admin not granted\nscopes=admin", "!line 1, column 1: This line may say"),
    ("deals:read # not deals:full", "deals:read"),
    ("``` not granted\nadmin\n```", "!line 1, column 1: This line may say"),
    // A heading is about what stands under it.
    ("app: # revoked\n  id: 1\n  scopes: [admin]", "!line 1, column 1: This line may say"),
    ("[cache] # draft\nid = 1\n[app]\nscopes = admin", "admin"),
    ("# not granted\nname: x\nscopes: [admin]", "!line 1, column 1: This line may say"),
    ("[app]\n; not granted\nscopes = admin", "!line 2, column 1: This line may say"),
    ("[app]\n; the CRM\nscopes = admin", "admin"),
    ("[pipedrive] # prod\nscopes = admin", "admin"),
    // Names and states of a record.
    (r#"[{"name":"Not granted","scopes":["admin"]}]"#, "!`name`: This says"),
    (r#"{"id":"Pending","scopes":["admin"]}"#, "!`id`: This says"),
    (r#"{"group":"Revoked","scopes":["admin"]}"#, "!`group`: This says"),
    (r#"{"scope":"admin","admin_consent":"not granted"}"#, "!`admin_consent`: This says"),
    (r#"{"scope":"admin","scope_status":"Not approved by the customer"}"#, "!`scope_status`: This"),
    (r#"{"scope":"admin","purpose":"requested, not granted"}"#, "!`purpose`: This says"),
    (r#"{"scope":"admin","status":false}"#, "!`status`: This says"),
    (r#"{"scope":"admin","has_token":false}"#, "!`has_token`: This says"),
    (r#"{"scope":"admin","live":false}"#, "!`live`: This says"),
    (r#"{"scope":"admin","outdated":true}"#, "!`outdated`: This says"),
    (r#"{"scope":"admin","notes":["not granted yet"]}"#, "!`notes`: This says"),
    (r#"{"scope":"admin","warnings":["admin was not granted by the user"]}"#, "!`warnings`: This"),
    (r#"{"scope":"admin","history":[{"event":"revoked"}]}"#, "!`event`: This says"),
    (r#"{"scope":"admin","statuses":["granted","pending"]}"#, "!`statuses`: This says"),
    (r#"{"scope":"admin","approved":[true,false]}"#, "!`approved`: This says"),
    ("PIPEDRIVE_SCOPES=admin\nPIPEDRIVE_APPROVAL=\"not granted\"", "!`PIPEDRIVE_APPROVAL`: This"),
    ("PIPEDRIVE_SCOPES=admin\nPIPEDRIVE_ERROR=access_denied", "!This is an error response"),
    // What names one of the scopes.
    (r#"{"scope":"deals:read admin","received":["deals:read"]}"#, "!`scope` and `received` both"),
    (r#"{"scope":"deals:read admin","user_has":["deals:read"]}"#, "!`scope` and `user_has` both"),
    (
        r#"{"scopes":["deals:read","admin"],"reasons":{"admin":"the customer has not approved it"}}"#,
        "!`admin`: This says",
    ),
    (r#"{"scopes":["admin"],"missing_scopes":"all"}"#, "!`scopes` and `missing_scopes` both"),
    (r#"{"scopes":["admin"],"missing_scopes":"*"}"#, "!`scopes` and `missing_scopes` both"),
    (r#"{"scopes":["admin"],"to_request":["admin"]}"#, "!`scopes` and `to_request` both"),
    (r#"{"scopes":["admin"],"ask_for":["admin"]}"#, "!`scopes` and `ask_for` both"),
    (r#"{"scopes":["admin"],"remaining":["admin"]}"#, "!`scopes` and `remaining` both"),
    // What an action or a call needs.
    (r#"{"id":"pipedrive_add_pipeline","scopes":["admin"]}"#, "!This is a catalog"),
    (r#"{"method":"POST","path":"/pipelines","scopes":["admin"]}"#, "!This is a catalog"),
    (r#"{"scopes":["admin"],"description":"Scopes needed to create pipelines"}"#, "admin"),
    // Scopes of another connector.
    ("PIPEDRIVE_CLIENT_ID=1\nSLACK_SCOPES=admin", "!`SLACK_SCOPES`: This names another"),
    ("SLACK_CLIENT_ID=1\nPIPEDRIVE_SCOPES=admin", "admin"),
    ("NOTGRANTED_SCOPES=admin", "!The list of variables"),
    ("INREVIEW_SCOPES=admin", "!The list of variables"),
    ("REMAINING_SCOPES=admin", "!The list of variables"),
    ("ONHOLD_SCOPES=admin", "!The list of variables"),
    ("QUEUED_SCOPES=admin", "!The list of variables"),
    // Markdown.
    (
        "# Pipedrive, OAuth 2.0\n\n<!--\n- [ ] admin\n-->\n- [ ] deals:read",
        "!line 3, column 1: This",
    ),
    ("# Pipedrive, OAuth 2.0\n\n## Not granted\n\n- [ ] admin", "!line 3, column 1: This line may"),
    ("# Pipedrive, OAuth 2.0\n\nThese are not granted.\n\n- [ ] admin", "!line 3, column 1: This"),
    ("| Scope | Description |\n|---|---|\n| admin | ☐ |", "!line 3, column 1: This line may say"),
    ("| Scope | Description |\n|---|---|\n| admin | × |", "!line 3, column 1: This line may say"),
    // Settings that speak of something else.
    (
        "HTTP/2 200\naccess-control-allow-origin: *\nvary: *\nx-frame-options: deny\nallow: GET\n\
         x-oauth-scopes: admin\n\n{}",
        "admin",
    ),
    (
        "SCOPES=admin\nNEXT_TELEMETRY_DISABLED=1\nPGSSLMODE=disable\nHUBSPOT_ENABLED=false\n\
         TWO_FACTOR_REQUIRED=true\nPROVIDER=aws",
        "admin",
    ),
    (
        "environment:\n- PIPEDRIVE_SCOPES=admin\n- NEXT_TELEMETRY_DISABLED=1\n- SENTRY_ENABLED=false",
        "admin",
    ),
    ("PIPEDRIVE_REVOKE_URL=https://x.com/revoke\nSCOPES=admin", "admin"),
    (r#"{"scope":"admin","revocation_endpoint":"https://x.com/oauth/revoke"}"#, "admin"),
    ("HTTP/2 200\ncf-cache-status: EXPIRED\n\n{\"scope\":\"admin\"}", "admin"),
    ("[cache]\nenabled = false\n[app]\nscopes = admin", "admin"),
    ("[app]\ncache_enabled = false\nskip_migrations = yes\n[pipedrive]\nscopes = admin", "admin"),
    ("[backup]\npath = /x\n[error_pages]\npath = /y\n[pipedrive]\nscopes = admin", "admin"),
    ("VITE_PIPEDRIVE_SCOPES=admin\nVITE_PIPEDRIVE_CLIENT_ID=1", "admin"),
    (
        "spring.oauth2.client.registration.pipedrive.client-id=x\n\
         spring.oauth2.client.registration.pipedrive.scope=admin",
        "admin",
    ),
    (
        "services:\n  worker-1:\n    environment:\n      PIPEDRIVE_SCOPES: admin\n      \
         PIPEDRIVE_ACCESS_TOKEN: \"\"\n      ERROR_EMAIL: a@b.example\n    restart: on-failure",
        "admin",
    ),
    ("services:\n  app:\n    environment:\n    - PIPEDRIVE_SCOPES=admin\n    - DEBUG", "admin"),
    (
        "kind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - env:\n        \
         - name: PIPEDRIVE_SCOPES\n          value: admin\n        - name: EMPTY\n        \
         livenessProbe:\n          failureThreshold: 3",
        "admin",
    ),
    ("permissions:\n  contents: none\nenv:\n  PIPEDRIVE_SCOPES: admin", "admin"),
    (
        "HTTP/2 200\nx-vercel-cache: STALE\nx-ratelimit-remaining: 9\n\n{\"scope\":\"admin\"}",
        "admin",
    ),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n[]", "admin"),
    ("HTTP/2 200\nx-oauth-scopes: admin\nx-granted-scopes: admin\n\n{}", "admin"),
    (
        "HTTP/2 200\nx-oauth-scopes: admin\nx-granted-scopes: deals:read\n\n{}",
        "!`x-oauth-scopes` and",
    ),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\nok", "admin"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n{\"scope\":\"deals:read\"}", "!"),
    // Lists of what there is.
    (r#"{"scope":"admin","permissions":["deals.read"],"types":["draft","final"]}"#, "admin"),
    (
        r#"{"scope":"admin","events":["deal.created","deal.deleted"],"details":["EU region"]}"#,
        "admin",
    ),
    ("stages: [build, review, deploy]\nvariables:\n  PIPEDRIVE_SCOPES: admin", "admin"),
    ("permissions: read-all\nenv:\n  PIPEDRIVE_SCOPES: admin", "admin"),
    ("app:\n  codes: [502]\n  scopes: [admin]", "admin"),
    (r#"{"id":"offline_x","isOnline":false,"scope":"admin"}"#, "admin"),
    (r#"{"public_access":false,"scope":"admin"}"#, "admin"),
    ("logging:\n  level: error\nscopes: admin", "admin"),
    ("jobs:\n  a:\n    if: github.actor != 'bot'\nscopes: admin # see [!NOTE]", "admin"),
    (r#"["PATH=/usr/bin","PIPEDRIVE_CLIENT_SECRET=x","PIPEDRIVE_SCOPES=admin"]"#, "admin"),
    (
        "services:\n- type: web\n  envVars:\n  - key: PIPEDRIVE_SCOPES\n    value: admin\n  - key: S\n    sync: false",
        "admin",
    ),
    // Programs may have any name, if the variable has the connector's.
    ("services:\n  slack:\n    environment:\n      SCOPES: admin", "!Scopes stand under `slack`"),
    (
        r#"{"before":{"env":{"PIPEDRIVE_SCOPES":"admin"}},"after":{}}"#,
        "!Scopes stand under `before`",
    ),
    // Bodies beside a header.
    ("HTTP/2 200\nx-oauth-scopes: admin\n\nThe token was revoked", "!This says"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n<html>Not authorized</html>", "!This says"),
    ("[DEFAULT]\nprovider = slack\n[oauth]\nscopes = admin", "!This names another"),
    ("[DEFAULT]\nactive = false\n[pipedrive]\nscopes = admin", "!`active`: This says"),
    // Sentences about scopes anywhere in a file.
    (
        "# The scopes below were rejected in review\nPIPEDRIVE_CLIENT_ID=1\nPIPEDRIVE_SCOPES=admin",
        "!line 1, column 1: This line may say",
    ),
    (
        "name: crm\nscopes:\n  - admin\nowner: ann\n# all of these were declined by the customer",
        "!line 5, column 1: This line may say",
    ),
    ("# Pipedrive, OAuth 2.0\n\n## Missing scopes\n\n- [ ] admin", "!line 3, column 1: This line"),
    ("# Pipedrive, OAuth 2.0\n\nMissing scopes:\n\n- [ ] admin", "!line 3, column 1: This line"),
    (
        "A=1\nB=2\nSCOPES=[\n foo, # pending\n \"admin\"\n]",
        "!`SCOPES`: This word of 3 characters is",
    ),
    // What stands further away.
    ("ACME_SCOPES=admin\nACME_ACTIVE=false", "!`ACME_ACTIVE`: This says"),
    ("[oauth]\nscopes = admin\n[token]\nprovider = slack", "!This names another"),
    ("[[providers]]\nname = \"slack\"\nscopes = [\"admin\"]", "!This names another"),
    ("[provider]\nid = \"slack\"\nscopes = [\"admin\"]", "!This names another"),
    (r#"{"provider":"google_oauth2","scope":"admin"}"#, "!This names another"),
    (r#"{"provider":"custom-hubspot","scope":"admin"}"#, "!This names another"),
    (r#"{"provider":"not-pipedrive","scope":"admin"}"#, "!`provider`: This says that the tok"),
    (r#"{"provider":"azure-ad","scope":"admin"}"#, "admin"),
    (r#"{"provider":"pipedrive_oauth2","scope":"admin"}"#, "admin"),
    (r#"{"app":"hubspot","scope":"admin"}"#, "!This names another"),
    (r#"{"app":"My sync","service":"worker-1","type":"oauth2","scope":"admin"}"#, "admin"),
    (r#"{"type":"slackOAuth2Api","data":{"scope":"admin"}}"#, "!This names another"),
    (r#"{"toolkit":{"slug":"slack"},"scopes":["admin"]}"#, "!This names another"),
    (r#"{"apps":[{"app":"slack","scopes":["admin"]}]}"#, "!This names another"),
    (r#"{"iss":"https://slack.com","scope":"admin"}"#, "!This names another"),
    (r#"{"aud":"https://graph.microsoft.com","scp":"admin"}"#, "!This names another"),
    (r#"{"aud":["00000003-0000-0000-c000-000000000000"],"scp":"admin"}"#, "!This names another"),
    (
        r#"{"authority":"https://login.microsoftonline.com/x","scopes":["admin"]}"#,
        "!This names another",
    ),
    (r#"{"oauth2_token_uri":"https://slack.com/api/x","scopes":["admin"]}"#, "!This names another"),
    (r#"{"authorization_server":"https://slack.com","scopes":["admin"]}"#, "!This names another"),
    (r#"{"url":"https://app.hubspot.com./x","scope":"admin"}"#, "!This names another"),
    ("AUTHORITY=https://login.microsoftonline.com/x\nSCOPES=admin", "!This names another"),
    ("https://app.hubspot.com./oauth/authorize?scope=admin", "!This names another"),
    ("https://app.hubspot%2Ecom/oauth/authorize?scope=admin", "!This names another"),
    ("https://app.hubspot.com.:443/oauth/authorize?scope=admin", "!This names another"),
    (
        "DB_SERVER=pipedrive-db.acme.com\nAUTH_URL=https://app.hubspot.com/x\nSCOPES=admin",
        "!This names another",
    ),
    (
        r#"{"server":"https://pipedrive.acme.com","authority":"https://slack.com","scope":"admin"}"#,
        "!This names another",
    ),
    ("SCOPES=admin\nINSTALL_SAMPLE_DATA=true", "admin"),
    ("PIPEDRIVE_SCOPES=admin\nEXAMPLE_APP=true", "admin"),
    ("scopes: [admin]\npolicy: Forbid", "admin"),
    ("admin # we need it for the pipeline sync", "admin"),
    ("# We need these for the sync\nadmin", "admin"),
    (r#"{"server":"https://acme.pipedrive.com","scope":"admin"}"#, "admin"),
    (r#"{"resource":"https://api.acme.example","scope":"admin"}"#, "admin"),
    (r#"{"proposed":true,"scope":"admin"}"#, "!"),
    (r#"{"example":true,"scope":"admin"}"#, "!"),
    (r#"{"exists":false,"scope":"admin"}"#, "!"),
    (r#"{"agreed":false,"scope":"admin"}"#, "!"),
    (r#"{"proposed":false,"exists":true,"sample":"x","scope":"admin"}"#, "admin"),
    ("PIPEDRIVE_ERROR_SCOPES=admin", "!"),
    ("VOIDED_SCOPES=admin", "!"),
    ("MINIMAL_SCOPES=admin", "!"),
    ("SUPERSET_SCOPES=admin", "!"),
    (r#"{"api_domain":"https://acme.hubspot.com","scope":"admin"}"#, "!This names another"),
    (r#"{"api_domain":"https://acme.pipedrive.com","scope":"admin"}"#, "admin"),
    (r#"{"iss":"https://auth.acme.com/hubspot","scope":"admin"}"#, "admin"),
    ("name: HubSpot\nscopes: [admin]", "!This names another"),
    ("name: PipeDrive\nscopes: [admin]", "admin"),
    (r#"{"provider":"pipedrive","name":"Slack","scope":"admin"}"#, "admin"),
    (r#"{"name":"Google Sheets export","scope":"admin"}"#, "admin"),
    ("metadata:\n  name: slack-bridge\ndata:\n  PIPEDRIVE_SCOPES: admin", "admin"),
    ("PIPEDRIVE_SCOPES=admin\nFEATURE_X_DISABLED=true\nFEATURE_ENABLED=false", "admin"),
    ("PIPEDRIVE_SCOPES=admin\nAUTH0_SCOPE=openid\nNPM_SCOPE=@acme", "admin"),
    ("name: Sends all that changes in Slack to us\nscopes: [admin]", "admin"),
    ("[oauth]\ntype=hubspot\nscopes=admin", "!This names another"),
    ("scope=admin&service=slack", "!This names another"),
    ("SLACK_SCOPES=admin", "!`SLACK_SCOPES`: This names another"),
    (r#"{"SLACK_SCOPES":"admin"}"#, "!`SLACK_SCOPES`: This names another"),
    ("SLACK_SCOPES=admin\nPIPEDRIVE_SCOPES=deals:read", "deals:read"),
    ("data:\n  PIPEDRIVE_SCOPES: deals:read\n  SLACK_SCOPES: chat:write", "deals:read"),
    ("SLACK_SCOPES=admin\nOAUTH_SCOPES=deals:read", "!line 2, column 1: `SLACK_SCOPES` and"),
    ("CRM_SCOPES=admin\nCRM_VENDOR=hubspot", "!This names another"),
    ("CRM_SCOPES=admin\nCRM_NAME=HubSpot", "!This names another"),
    ("SCOPES=admin\nAUTH_URL=app.hubspot.com/oauth/authorize", "!This names another"),
    ("SCOPES=admin\nAUTH_URL=https://accounts.zoho.co.uk/oauth/v2/auth", "!This names another"),
    (
        r#"{"scopes":["admin"],"accessTokenUri":"https://api.hubapi.com/oauth/v1/token"}"#,
        "!This names another",
    ),
    (r#"{"scopes":["admin"],"app_id":"jane@slack.com"}"#, "admin"),
    ("PIPEDRIVE_SCOPES=deals:read\nPIPEDRIVE_SCOPES_STAGING=admin", "deals:read"),
    ("; Pipedrive\nscopes = admin\n", "admin"),
    ("PIPEDRIVE_SCOPES=deals:read\nPIPEDRIVE_SCOPES_QA=admin", "!`PIPEDRIVE_SCOPES` and"),
    (r#"{"scopes":["deals:read"],"scopes_granted_by":"admin"}"#, "deals:read"),
    ("scopes: [admin]\nname: monday.report", "admin"),
    ("SCOPES=admin\nAPI_BASE=https://hubspot.ab.com/x", "admin"),
    ("/revoke?scope=admin", "!This says that the token"),
    ("/callback?scope=admin", "admin"),
    ("SCOPES=admin\nAPI_BASE=https://api.hubapi.com", "!This names another"),
    ("SCOPES=admin\nAPI_BASE=https://acme.example", "admin"),
    ("//app.hubspot.com/oauth/authorize?client_id=1&scope=admin", "!This names another"),
    ("FRESHSALES_ID=1\nFRESHSALES_SCOPES=admin", "!`FRESHSALES_SCOPES`: This names another"),
    ("[[providers]]\nname = \"pipedrive\"\nscopes = [\"admin\"]", "admin"),
    (r#"{"connection":{"provider":"slack"},"scope":"admin"}"#, "!This names another"),
    (r#"{"provider":["slack"],"scope":"admin"}"#, "!This names another"),
    ("HTTP/2 200\nx-provider: slack\n\n{\"scope\":\"admin\"}", "!This names another"),
    ("https://x.com/cb?scope=admin&provider=slack", "!This names another"),
    ("PIPEDRIVE_SCOPES=admin\nPIPEDRIVE_OAUTH_PROVIDER=slack", "!This names another"),
    ("[app]\nscopes = [\"admin\"]\nmissing_scopes = [\"admin\"]", "!`scopes` and `missing_scopes`"),
    (
        "[app]\nscopes = [\"admin\",\"deals:read\"]\n[revoked]\nscopes = [\"admin\"]",
        "!`scopes` and `revoked` both",
    ),
    (
        "scopes = [\"admin\",\"deals:read\"]\napproved = [\"deals:read\"]",
        "!`scopes` and `approved` both",
    ),
    (
        r#"{"scopes":["admin"],"scope_approval":{"status":"rejected"}}"#,
        "!`scope_approval`: This says that the tok",
    ),
    (r#"{"scope":"admin","scope_request":{"status":"pending"}}"#, "!`status`: This says"),
    (
        r#"{"scopes":["admin","deals:read"],"scope_details":{"granted_scopes":["deals:read"]}}"#,
        "!`scopes` and `granted_scopes` both",
    ),
    ("[pipedrive]\nscopes = [\"admin\"]\n[scopes.admin]\ngranted = false", "!`granted`: This says"),
    (r#"{"pipedrive":{"scope":"admin"},"pipedrive_app":{"active":false}}"#, "!`active`: This says"),
    (
        r#"{"scopes":["deals:read","admin"],"pipedrive":{"approved":["deals:read"]}}"#,
        "!`scopes` and `approved` both",
    ),
    (r#"{"scopes":["admin"],"by_scope":{"admin":{"state":"pending"}}}"#, "!`by_scope`: This says"),
    (r#"{"scopes":["admin"],"checks":[{"label":"admin","status":"pending"}]}"#, "!`checks`: This"),
    (
        r#"{"scopes":["admin","deals:read"],"approved":{"deals:read":true}}"#,
        "!`scopes` and `approved` both",
    ),
    ("[missing]\nadmin = true\n[pipedrive]\nscopes = [\"admin\"]", "!`scopes` and `missing` both"),
    (r#"[{"scope":"admin","value":false}]"#, "!`value`: This says"),
    ("scope: admin\n---\n- revoked: true\n", "!`revoked`: This says"),
    ("{\"scope\":\"admin\"}\n[{\"missing_scopes\":[\"admin\"]}]", "!`scope` and `missing_scopes`"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n[{\"revoked\":true}]", "!`revoked`: This says"),
    ("PIPEDRIVE_SCOPES=admin\n# revoked on 2026-05-01\nFOO=1", "!line 2, column 1: This line may"),
    (
        "staging:\n  pipedrive:\n    scopes: [admin]\nproduction:\n  pipedrive:\n    id: 1",
        "!Scopes stand under `staging`",
    ),
    (
        r#"{"jobs":{"staging":{"env":{"PIPEDRIVE_SCOPES":"admin"}},"production":{"env":{"A":"1"}}}}"#,
        "!Scopes stand under `staging`",
    ),
    ("staging:\n  pipedrive:\n    scopes: [admin]", "!Scopes stand under `staging`"),
    (r#"{"production":false,"local":{"scopes":["admin"]}}"#, "!Scopes stand under `local`"),
    ("dev:\n  a: 1\nproduction:\n  scopes: [admin]", "admin"),
    ("staging:\n  scopes: [admin]\nproduction:", "!Scopes stand under `staging`"),
    ("staging:\n  scopes: [admin]\nlogging:\n  a: 1", "!Scopes stand under `staging`"),
    ("[development]\nscopes = [\"admin\"]\n[production]\nid = \"1\"", "!line 2, column 1: Scopes"),
    ("https://oauth.pipedrive.com/oauth/authorize?scope=deals%253Aread", "deals:read"),
    ("[staging]\nscopes=admin\n[production]", "!line 2, column 1: Scopes stand"),
    ("[staging]\nscopes=admin\n[logging]\na=1", "!line 2, column 1: Scopes stand"),
    // What an app has for trials, it may lack in production.
    ("STAGING_SCOPES=admin", "!The list of variables does not say"),
    ("PIPEDRIVE_SANDBOX_SCOPES=admin", "!The list of variables does not say"),
    ("[pipedrive-dev]\nscopes=admin", "!line 2, column 1: Scopes stand"),
    (r#"{"test_scopes":["admin"]}"#, "!The JSON does not say"),
    (r#"{"uat":{"oauth":{"scope":"admin"}}}"#, "!Scopes stand under `uat`"),
    (r#"{"environment":"staging","scopes":["admin"]}"#, "!`environment`: This says"),
    (r#"{"env":"dev","scopes":["admin"]}"#, "!`env`: This says"),
    (r#"{"sandbox":true,"scopes":["admin"]}"#, "!`sandbox`: This says"),
    (r#"{"is_test":true,"scopes":["admin"]}"#, "!`is_test`: This says"),
    (r#"{"is_test":false,"environment":"Production (EU)","scopes":["admin"]}"#, "admin"),
    ("PIPEDRIVE_ENV=sandbox\nPIPEDRIVE_SCOPES=admin", "!`PIPEDRIVE_ENV`: This says"),
    (r#"{"environment":"production","sandbox":false,"scopes":["admin"]}"#, "admin"),
    ("NODE_ENV=development\nPIPEDRIVE_SCOPES=admin", "admin"),
    ("jobs:\n  test:\n    env:\n      A: 1\nenv:\n  PIPEDRIVE_SCOPES: admin", "admin"),
    ("[pipedrive.staging]\nscopes=admin\n[pipedrive.production]", "!line 2, column 1: Scopes"),
];
