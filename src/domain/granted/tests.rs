use super::*;

/// What each text comes to: the scopes in catalog order with unknown ones behind, or the beginning
/// of the error behind `!`.
const TABLE: &[(&str, &str)] = &[
    // Lists.
    ("deals:read deals:full", "deals:read deals:full"),
    ("deals:full,deals:read,", "deals:read deals:full"),
    ("deals:read;deals:full;", "deals:read deals:full"),
    ("|deals:read|deals:full|", "deals:read deals:full"),
    ("deals:read\ndeals:full\r\n\r\n", "deals:read deals:full"),
    ("deals:read\tdeals:full\u{a0}admin\0", "deals:read deals:full admin"),
    ("deals:read deals:read", "deals:read"),
    ("\u{feff}deals:read", "deals:read"),
    ("deals:read+deals:full", "deals:read deals:full"),
    ("deals%3Aread%20deals%3Afull", "deals:read deals:full"),
    ("deals%3aread%2Cdeals%3afull", "deals:read deals:full"),
    ("'deals:full',\n'admin',\n", "deals:full admin"),
    ("\"deals:full\",\"admin\"", "deals:full admin"),
    ("`deals:full`\n`admin`", "deals:full admin"),
    ("- deals:full\n- admin", "deals:full admin"),
    ("* `deals:full`", "deals:full"),
    ("1. deals:full\n2) admin", "deals:full admin"),
    ("- [ ] deals:full\n- [ ] admin", "deals:full admin"),
    ("- [x] deals:full\n- [x] `admin`", "deals:full admin"),
    ("```\ndeals:full\n```", "deals:full"),
    ("Deals: Full access\nAdminister account", "deals:full admin"),
    ("- Deals: Full access\n- Contacts: Read only\n", "deals:full contacts:read"),
    // Comments.
    ("deals:read # not deals:full, admin is too much", "deals:read"),
    ("deals:read // admin", "deals:read"),
    ("# deals:full\ndeals:read", "deals:read"),
    ("deals:read,# deals:full", "deals:read"),
    ("# PIPEDRIVE_SCOPES=deals:full admin", "!There is no scope in it"),
    ("; deals:full", "!line 1, column 1: `;` begins a comment in some files"),
    ("deals:read\n;deals:full", "!line 2, column 1: `;` begins a comment in some files"),
    ("// admin", "!There is no scope in it"),
    ("deals:read#admin", "!line 1, column 1: This word"),
    // What is no list.
    (
        "Error 403: the app needs admin to do that",
        "!line 1, column 1: This word of 5 characters is not",
    ),
    ("deals:read,admin please", "!line 1, column 18: This word of 6 characters is not"),
    ("admin please", "!line 1, column 7: This word of 6 characters is not"),
    (
        "deals:read\n  Deals:Full",
        "!line 2, column 3: `Deals:Full` is not a scope; did you mean `deals:full`?",
    ),
    (
        "persons:full",
        "!line 1, column 1: `persons:full` is not a scope; did you mean `contacts:full`?",
    ),
    ("deals:raed", "!line 1, column 1: `deals:raed` is not a scope; did you mean `deals:read`?"),
    ("+ deals:full\n- admin", "!line 1, column 1: Items marked `+`"),
    ("- [x] deals:read\n- [ ] admin", "!line 2, column 1: Some boxes"),
    ("<!-- admin -->", "!"),
    ("deals:read\u{200b}", "!"),
    ("HTTP/1.1 403 Forbidden\nadmin", "!"),
    ("Bearer error=\"insufficient_scope\", scope=\"deals:full\"", "!"),
    // JSON.
    (r#"["deals:read","deals:full"]"#, "deals:read deals:full"),
    (r#"["deals:read deals:full", "admin"]"#, "deals:read deals:full admin"),
    (r#"["deals:read","deals:full",]"#, "deals:read deals:full"),
    ("['deals:read','deals:full']", "deals:read deals:full"),
    ("[deals:read, deals:full]", "deals:read deals:full"),
    (r#"["Deals: Full access"]"#, "deals:full"),
    (r#"["deals:read" "deals:full"]"#, "!"),
    (
        r#"["deals:read", // "admin"
        "deals:full"]"#,
        "deals:read deals:full",
    ),
    ("[]", ""),
    (r#"["x"]"#, "x"),
    (r#"[["admin"]]"#, "!The JSON does not say"),
    (r#"[{"name":"deals:read"},{"name":"admin","description":"d"}]"#, "deals:read admin"),
    (r#"[{"name":"admin","granted":false}]"#, "!The JSON does not say"),
    (r#"[{"scope":"deals:full"},{"scope":"admin"}]"#, "!`scope` stands there more than once"),
    (r#"{"scopes":[""]}"#, "!`scopes`: There is no scope"),
    ("[[app]]\nscopes=['admin']", "admin"),
    (
        r#"{"access_token":"v1u:secret","token_type":"Bearer","scope":"deals:full,contacts:read","api_domain":"https://x.pipedrive.com"}"#,
        "deals:full contacts:read",
    ),
    (
        "{\n  \"access_token\": \"secret\",\n  \"scope\": \"deals:full contacts:read\"\n}",
        "deals:full contacts:read",
    ),
    (r#"{"active":true,"scope":"deals:full"}"#, "deals:full"),
    (r#"{"active":false,"scope":"deals:full"}"#, "!`active`: This says that the token"),
    (r#"{"scp":["deals:full"]}"#, "deals:full"),
    (r#"{"scp":"deals:full openid"}"#, "deals:full openid"),
    (r#"{"granted_scopes":["deals:full"]}"#, "deals:full"),
    (r#"{"grantedScopes":"deals:full"}"#, "deals:full"),
    (r#"{"scopes":{"deals:full":true}}"#, "!`scopes`: Its value"),
    (r#"{"data":{"token":{"scope":"deals:full"}}}"#, "deals:full"),
    (
        r#"{"scope":"deals:full"}
{"scope":"deals:full"}"#,
        "deals:full",
    ),
    (
        r#"{"scope":"deals:full"}
{"scope":"admin"}"#,
        "!`scope` stands there more than once",
    ),
    (r#"{"scope":"deals:full","scope":"admin"}"#, "!`scope` stands there more than once"),
    (r#"{"scopes":[],"scope":"deals:full"}"#, "!`scopes` and `scope` both state scopes"),
    (r#"{"scopes":["deals:full"],"scope":"deals:full"}"#, "deals:full"),
    (r#"{"scope":""}"#, "!`scope`: There is no scope"),
    (r#"{"scope":"deals:full new:scope"}"#, "deals:full new:scope"),
    (r#"{"scope":"the app needs admin"}"#, "!`scope`: This word of 3 characters is not"),
    (r#"{"missing_scopes":["admin"]}"#, "!The JSON does not say"),
    (r#"{"scopes_supported":["admin"]}"#, "!The JSON does not say"),
    (
        r#"{"success":false,"error":"Scope and URL mismatch","errorCode":403}"#,
        "!This is an error response",
    ),
    (r#"{"error":"insufficient_scope","scope":"deals:full"}"#, "!This is an error response"),
    (r#"{"ok":false,"needed":"admin","scope":"admin"}"#, "!This is an error response"),
    (r#"{"error":null,"scope":"admin"}"#, "admin"),
    (r#"{"errorMessages":["x"],"scope":"admin"}"#, "!This is an error response"),
    (r#"{"status":"403","scope":"admin"}"#, "!This is an error response"),
    (r#"{"meta":{"status":"failed"},"scope":"admin"}"#, "!This is an error response"),
    (r#"{"errors":[],"warnings":["x"],"scope":"admin"}"#, "admin"),
    (r#"{"code":"insufficient_scope","scope":"admin"}"#, "!This is an error response"),
    (r#"{"message":"You need admin","scope":"admin"}"#, "!This is an error response"),
    (r#"{"message":"Welcome","status":"200","scope":"admin"}"#, "admin"),
    (r#"{"scope":"admin","job":{"message":"failed"}}"#, "admin"),
    // What does not hold.
    (r#"{"required":{"scopes":["admin"]}}"#, "!The JSON does not say"),
    (r#"{"data":{"missing":[{"scope":"admin"}]},"scope":"deals:read"}"#, "deals:read"),
    (r#"{"granted":false,"scope":"admin"}"#, "!`granted`: This says that the token"),
    (r#"{"scope":"admin","authorized":"no"}"#, "!`authorized`: This says that the token"),
    (r#"{"active":"false","scope":"admin"}"#, "!`active`: This says that the token"),
    (r#"{"active":null,"scope":"admin"}"#, "!`active`: This says that the token"),
    (r#"{"isActive":0,"scope":"admin"}"#, "!`isActive`: This says that the token"),
    (r#"{"revoked_at":"2026-11-01","scope":"admin"}"#, "!`revoked_at`: This says that the token"),
    (r#"{"revoked_at":null,"is_active":true,"scope":"admin"}"#, "admin"),
    (
        r#"{"app":{"token":{"scope":"admin"},"status":"pending"}}"#,
        "!`status`: This says that the token",
    ),
    (r#"{"debug":{"enabled":false},"scope":"admin"}"#, "admin"),
    ("required:\n  scopes: [admin]", "!The YAML does not say"),
    ("[missing]\nscopes = 'admin'\n[app]\nscopes = 'deals:read'", "deals:read"),
    ("OLD_SCOPES=admin", "!The list of variables"),
    ("app.allowed.scopes=admin", "!The list of variables"),
    // What says in other words that it is not granted.
    (
        "{\"level\":\"error\",\"msg\":\"missing scope\",\"scope\":\"admin\"}",
        "!This is an error response",
    ),
    ("{\"err\":\"insufficient_scope\",\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"code\":\"403\",\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"httpStatus\":403,\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"statusText\":\"Forbidden\",\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"status\":\"Bad Request\",\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"name\":\"ForbiddenError\",\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"is_error\":true,\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"hasErrors\":true,\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"result\":\"denied\",\"scope\":\"admin\"}", "!This is an error response"),
    (
        "{\"message\":\"Please reauthorize the app with this scope\",\"scope\":\"admin\"}",
        "!This is an error response",
    ),
    ("{\"msg\":\"Accès refusé\",\"scope\":\"admin\"}", "!This is an error response"),
    ("{\"name\":\"Error Tracker\",\"scope\":\"admin\"}", "admin"),
    ("{\"msg\":\"Token exchange completed\",\"status\":\"active\",\"scope\":\"admin\"}", "admin"),
    ("[{\"scope\":\"admin\",\"missing\":true}]", "!`missing`: This says that the token"),
    ("{\"accepted\":false,\"scope\":\"admin\"}", "!`accepted`: This says that the token"),
    ("{\"active\":\"n\",\"scope\":\"admin\"}", "!`active`: This says that the token"),
    ("{\"enabled\":\"disabled\",\"scope\":\"admin\"}", "!`enabled`: This says that the token"),
    ("{\"enabled\":\"false \",\"scope\":\"admin\"}", "!`enabled`: This says that the token"),
    ("{\"tokenRevoked\":true,\"scope\":\"admin\"}", "!`tokenRevoked`: This says that the token"),
    (
        "{\"token_status\":\"revoked\",\"scope\":\"admin\"}",
        "!`token_status`: This says that the token",
    ),
    (
        "{\"status\":\"awaiting approval\",\"scope\":\"admin\"}",
        "!`status`: This says that the token",
    ),
    (
        "{\"uninstalled_at\":\"2026-11-01\",\"scope\":\"admin\"}",
        "!`uninstalled_at`: This says that the token",
    ),
    ("{\"scope\":\"admin\",\"token\":{\"revoked\":true}}", "!`revoked`: This says that the token"),
    ("{\"access_token\":null,\"scope\":\"admin\"}", "!`access_token`: This says that the token"),
    ("{\"expires_in\":-5,\"scope\":\"admin\"}", "!`expires_in`: This says that the token"),
    (
        "{\"event\":\"app.uninstalled\",\"scopes\":[\"admin\"]}",
        "!`event`: This says that the token",
    ),
    ("{\"action\":\"revoke\",\"scopes\":[\"admin\"]}", "!`action`: This says that the token"),
    ("{\"expires_in\":3600,\"required_action\":null,\"scope\":\"admin\"}", "admin"),
    ("{\"out_of_scope\":[\"admin\"]}", "!The JSON does not say"),
    ("{\"fehlende_scopes\":[\"admin\"]}", "!The JSON does not say"),
    ("{\"default_scopes\":[\"admin\"]}", "!The JSON does not say"),
    ("{\"to_add\":{\"scopes\":[\"admin\"]}}", "!The JSON does not say"),
    ("{\"request\":{\"scope\":\"admin\"}}", "!The JSON does not say"),
    ("{\"Please add these scopes\":[\"admin\"]}", "!The JSON does not say"),
    ("{\"//scopes\":[\"admin\"]}", "!The JSON does not say"),
    ("{\n \"x\": 1,\n // \"scope\": \"admin\"\n}", "!The JSON does not say"),
    ("{\"pipedrive_scopes\":[\"admin\"]}", "admin"),
    ("[{\"name\":\"admin\",\"description\":\"not granted\"}]", "!The JSON does not say"),
    ("active=false\nscope=admin", "!`active`: This says that the token"),
    ("status=403\nscope=admin", "!This is an error response"),
    ("[token]\nrevoked = true\nscope = \"admin\"", "!`revoked`: This says that the token"),
    ("[job]\nstatus=failed\n[app]\nscope=admin", "admin"),
    ("[examples]\nscopes=admin", "!The list of variables"),
    ("EXTRA_SCOPES=admin", "!The list of variables"),
    ("ACME_SCOPES=admin", "admin"),
    ("active=false&scope=admin", "!`active`: This says that the token"),
    ("ok=false&needed=admin&scope=admin", "!This is an error response"),
    ("https://x.com/cb?err=access_denied&scope=admin", "!This is an error response"),
    ("https://x.com/a?state=not-x&code=no&scope=admin", "admin"),
    ("-scopes: [admin]\n-secret: x", "!"),
    (" deals:read\n+admin\n", "!line 2"),
    ("+admin", "!line 1"),
    ("```diff\n- admin\n```", "!line 1"),
    ("## Granted\n- deals:read\n## Not granted\n- admin", "!line 3"),
    ("# not deals:full, admin is too much\ndeals:read", "deals:read"),
    ("scopes: !reset [admin]", "!This is not valid YAML"),
    ("scopes: [deals:read, !remove admin]", "!This is not valid YAML"),
    ("| Name | Scope |\n|---|---|\n| Super \\| admin | deals:read |", "deals:read"),
    ("| Name | Scope |\n|---|---|\n| Super | admin | deals:read |", "!line 3, column 1: The table"),
    (
        "| Scope | Description |\n|---|---|\n| admin | not granted |",
        "!line 3, column 1: This line says",
    ),
    ("# Pipedrive, OAuth 2.0\n\n- [x] deals:read\n- [ ] admin", "!line 4, column 1: Some boxes"),
    ("deals:read # not deals:full\radmin\r", "deals:read admin"),
    ("KEY=abc\rPIPEDRIVE_SCOPES=\"deals:read contacts:read\"\r", "deals:read contacts:read"),
    // What machines name may be new, but no slip and no secret.
    (r#"{"scopes":["Admin"]}"#, "!`scopes`: `Admin` is not a scope; did you mean `admin`?"),
    (r#"{"scope":"Deals:Full"}"#, "!`scope`: `Deals:Full` is not a scope; did you mean"),
    (r#"{"scope":"sk_live_51HxYzAbCdEfGhIjKlMnOpQr"}"#, "!`scope`: This word of 32 characters"),
    (r#"{"scope":"new:scope -new:scope"}"#, "!`scope`: "),
    (r#"{"scope":"499b84ac-1321-427f-aa17-267ca6975798"}"#, "!`scope`: This word of 36 characters"),
    (r#"{"scopes":["hunter2"]}"#, "!`scopes`: This word of 7 characters"),
    (r#"{"scope":"https://me:pass@x.com/a"}"#, "!`scope`: This word of 23 characters"),
    (
        r#"{"scope":"499b84ac-1321-427f-aa17-267ca6975798/.default"}"#,
        "499b84ac-1321-427f-aa17-267ca6975798/.default",
    ),
    (r#"{"connector":{"name":"X"},"scopes":["admin"],"actions":[]}"#, "!This is a catalog"),
    (r#"[{"id":"x_a","label":"A","scopes":["admin"]}]"#, "!This is a catalog"),
    (r#"{"scope":"deals:full""#, "!line 1, column 21: This is not valid JSON"),
    (r#"{"scope":"deals:full"} and admin"#, "!"),
    // URLs.
    (
        "https://oauth.pipedrive.com/oauth/authorize?client_id=1&scope=contacts%3Afull%20deals%3Afull&redirect_uri=https%3A%2F%2Fx",
        "deals:full contacts:full",
    ),
    ("<https://x.com/authorize?scope=deals:full+admin>", "deals:full admin"),
    ("https://x.com/cb#access_token=secret&scope=deals:full", "deals:full"),
    ("https://x.com/authorize?scope=&client_id=1", "!`scope`: There is no scope"),
    (
        "https://x.com/authorize?scope=admin&scope=deals:full",
        "!`scope` stands there more than once",
    ),
    ("https://x.com/cb?error=access_denied&scope=admin", "!This is an error response"),
    ("https://x.com/cb?error_reason=user_denied&scope=admin", "!This is an error response"),
    ("https://x.com/a?include_granted_scopes=true&scope=admin", "admin"),
    ("https://x.com/a?scope=Deals:Full", "!`scope`: `Deals:Full` is not a scope; did you mean"),
    ("https://x.com/authorize?client_id=admin", "!The link has no `scope`"),
    ("https://x.com/authorize?optional_scope=admin", "!The link has no `scope`"),
    ("access_token=secret&scope=deals%3Afull&token_type=bearer", "deals:full"),
    ("/oauth/authorize?client_id=1&scope=deals:full", "deals:full"),
    ("CALLBACK=https://x.com/?scope=admin", "!The list of variables"),
    // Variables.
    (
        "PIPEDRIVE_CLIENT_SECRET=abc\nPIPEDRIVE_SCOPES=\"deals:read contacts:read\"\n",
        "deals:read contacts:read",
    ),
    ("export PIPEDRIVE_SCOPE='deals:read' # admin", "deals:read"),
    ("PIPEDRIVE_SCOPES=deals:read contacts:read # admin", "deals:read contacts:read"),
    ("A_SCOPES=deals:read\nB_SCOPES=deals:read", "!line 2, column 1: `A_SCOPES` and `B_SCOPES`"),
    ("#SCOPES=admin\nSCOPES=deals:read", "deals:read"),
    ("SCOPES=", "!`SCOPES`: There is no scope"),
    ("SCOPES=deals:raed", "!`SCOPES`: `deals:raed` is not a scope; did you mean `deals:read`?"),
    ("SCOPES = [\"deals:read\"]", "deals:read"),
    (
        "[oauth]\nsecret = \"abc\"\nscopes = [\n  \"deals:read\", # admin\n  \"admin\",\n]\n",
        "deals:read admin",
    ),
    ("KEY=\"-----BEGIN\nSCOPES=admin\n-----END\"\nSCOPES=deals:read", "deals:read"),
    ("MISSING_SCOPES=admin", "!The list of variables"),
    ("MICROSCOPE=admin", "!The list of variables"),
    ("SCOPES=deals:read\nadmin", "!line 2, column 1: This line"),
    ("SCOPES=\"deals:read\" admin", "!line 1, column 1: This line"),
    ("SCOPES=$OTHER", "!`SCOPES`: "),
    ("SCOPES = \"admin\";", "admin"),
    ("error=insufficient_scope\nscope=admin", "!This is an error response"),
    ("ERROR_LOG=/var/log/x\nerror=\nSCOPE=admin ;", "admin"),
    ("[errors]\nscope=admin", "!The list of variables"),
    ("KEY=a ;b\nSCOPES=deals:read;admin;", "deals:read admin"),
    ("[app]\nscopes = deals:read ; admin", "!line 2, column 1: `;` begins a comment"),
    // YAML.
    ("scopes: \"deals:read,admin\"", "deals:read admin"),
    ("scopes: [deals:read, admin]", "deals:read admin"),
    ("scopes: ['deals:read','admin']", "deals:read admin"),
    ("scopes:\n  - deals:read\n  - admin # why\n", "deals:read admin"),
    (
        "---\noauth:\n  client_secret: abc\n  scopes: |\n    deals:read\n    admin\n",
        "deals:read admin",
    ),
    ("a: &a [deals:read]\nscopes: *a", "deals:read"),
    ("scopes: [deals:read]\nscopes: [admin]", "!`scopes` stands there more than once"),
    ("scopes: []", ""),
    ("scopes:", "!`scopes`: Its value"),
    ("scopes: deals:raed", "!`scopes`: `deals:raed` is not a scope"),
    ("Note: admin", "!The YAML does not say"),
    ("X-OAuth-Scopes: deals:read, admin", "deals:read admin"),
    ("scopes: {admin: true}", "!`scopes`: Its value"),
    ("scopes: [deals:read", "!line"),
    // What stands beside scopes, above them, or behind them on their line.
    ("admin # not granted", "!line 1, column 1: This line says"),
    ("deals:read\n- admin  // pending", "!line 2, column 1: This line says"),
    (
        "scopes:\n  - deals:read\n  # not granted yet\n  - admin",
        "!line 3, column 1: This line says",
    ),
    ("- admin # not-granted.", "!line 1, column 1: This line says"),
    ("scopes:\n  - admin # withdrawn", "!line 2, column 1: This line says"),
    ("# pending\n\nSCOPES=admin", "!line 3, column 1: This line says"),
    ("SCOPES=admin # pending", "!line 1, column 1: This line says"),
    ("SCOPES = [\n  # in review\n  \"admin\",\n]", "!line 3, column 1: This line says"),
    ("# Required\nCLIENT_ID=1\n# The scopes\nSCOPES=admin", "admin"),
    ("## We do not have these\nadmin", "!line 1, column 1: This line says"),
    ("# Doesn't have\nadmin", "!line 1, column 1: This line says"),
    ("# todo\nadmin", "!line 1, column 1: This line says"),
    (r#"{"scope":"admin","ungranted":true}"#, "!`ungranted`: This says that the token"),
    (r#"{"scope":"admin","unified":true}"#, "admin"),
    (r#"{"scope":"admin","withdrawn":"2026-01-01"}"#, "!`withdrawn`: This says that the token"),
    (r#"{"scope":"admin","status":"in review"}"#, "!`status`: This says that the token"),
    (r#"{"scope":"admin","status":"queued"}"#, "!`status`: This says that the token"),
    (r#"{"scope":"admin","status":"Approved"}"#, "admin"),
    (r#"{"scope":"admin","status":"200"}"#, "admin"),
    ("[wishlist]\nscopes=admin", "!The list of variables"),
    ("[in review]\nscopes=admin", "!The list of variables"),
    ("PROHIBITED_SCOPES=admin", "!The list of variables"),
    ("UNCONSENTED_SCOPES=admin", "!The list of variables"),
    ("UNITED_SCOPES=admin", "admin"),
    ("## Scopes that are still missing\n\n- admin", "!line 1, column 1: This line says"),
    ("# These are not granted\nadmin", "!line 1, column 1: This line says"),
    ("// Missing, see OPS-42\nadmin", "!line 1, column 1: This line says"),
    ("# Generated file, do not edit it by hand\nadmin", "admin"),
    ("# Scopes that the CRM sync needs\nadmin", "admin"),
    (" deals:read\n- admin", "!line 2, column 1: Items marked"),
    ("- admin\ndeals:read", "!line 2, column 1: Items marked"),
    ("- [ ] admin\n- deals:read", "!line 2, column 1: Some boxes"),
    (r#"{"scopes":["admin"],"missing_scopes":["admin"]}"#, "!`scopes` and `missing_scopes` both"),
    (r#"{"scopes":["admin"],"missing_scopes":["deals:full"]}"#, "admin"),
    (r#"{"scopes":["admin"],"requested_scopes":["admin"]}"#, "admin"),
    (r#"{"scopes":["admin"],"enabled_scopes":[]}"#, "!`scopes` and `enabled_scopes`"),
    ("SCOPES=admin\nREVOKED_SCOPES=deals:read,admin", "!`SCOPES` and `REVOKED_SCOPES` both"),
    ("https://x.com/a?scope=admin&denied_scopes=admin", "!`scope` and `denied_scopes` both"),
    ("actions:\n- id: x\n  scopes: [admin]", "!The YAML does not say"),
    (r#"{"scope":"admin","has_access":false}"#, "!`has_access`: This says that the token"),
    (
        r#"{"scope":"admin","admin_consent_required":true}"#,
        "!`admin_consent_required`: This says that the token",
    ),
    (r#"{"scope":"admin","admin_consent_required":false}"#, "admin"),
    (r#"{"scope":"admin","decision":"deny"}"#, "!`decision`: This says that the token"),
    (r#"{"scope":"admin","effect":"Allow"}"#, "admin"),
    (r#"{"scope":"admin","status":{"name":"revoked"}}"#, "!`status`: This says that the token"),
    (r#"{"scope":"admin","meta":{"revoked":true}}"#, "!`revoked`: This says that the token"),
    (r#"{"access_token":"","scope":"admin"}"#, "!`access_token`: This says that the token"),
    (
        "| Scope | Description |\n|---|---|\n| admin | Revoked 2026-01-01 |",
        "!line 3, column 1: This line says",
    ),
    (
        "| Scope | Description |\n|---|---|\n| admin | \u{274c} |",
        "!line 3, column 1: This line says",
    ),
    (
        "| Scope | Description |\n|---|---|\n| admin | ~~full~~ |",
        "!line 3, column 1: This line says",
    ),
    (r#"["xoxb-12345-67890-AbCdEf"]"#, "!entry 1: This word of 23 characters"),
    (r#"{"scope":"deals:read ya29.a0AfH6SMBx"}"#, "!`scope`: This word of 15 characters"),
    (r#"{"scope":"deals:read api/v2"}"#, "deals:read api/v2"),
    ("Deals: Full acess", "!line 1, column 1: `Deals:` is not a scope; did you mean"),
    ("[ ] Deals: Full access\n[ ] Deals: Read only", "deals:read deals:full"),
    // Compound names of flags, and words in other forms.
    (r#"{"scope":"admin","approval_status":"pending"}"#, "!`approval_status`: This says"),
    (r#"{"scope":"admin","app_status":"suspended"}"#, "!`app_status`: This says"),
    (r#"{"scope":"admin","lifecycle_state":"DELETED"}"#, "!`lifecycle_state`: This says"),
    (r#"{"scope":"admin","admin_approved":false}"#, "!`admin_approved`: This says"),
    (r#"{"scope":"admin","scopes_granted":"no"}"#, "!"),
    (r#"{"scope":"admin","last_approved":null}"#, "admin"),
    (r#"{"scope":"admin","authenticated":false}"#, "!`authenticated`: This says"),
    (r#"{"scope":"admin","needs_reauth":true}"#, "!`needs_reauth`: This says"),
    (r#"{"scope":"admin","deactivated":true}"#, "!`deactivated`: This says"),
    (r#"{"scope":"admin","app_disconnected":1}"#, "!`app_disconnected`: This says"),
    (r#"{"scope":"admin","event":"app_deauthorized"}"#, "!`event`: This says"),
    (r#"{"scope":"admin","approved":"waiting for legal"}"#, "!`approved`: This says"),
    (r#"{"scope":"admin","access":"denied"}"#, "!`access`: This says"),
    (r#"{"scope":"admin","expires_in":"0"}"#, "!`expires_in`: This says"),
    (r#"{"scope":"admin","expires_in":"3600"}"#, "admin"),
    (r#"{"scope":"admin","failed":true}"#, "!`failed`: This says"),
    (r#"{"scope":"admin","state":{"value":"revoked"}}"#, "!`state`: This says"),
    (r#"{"scope":"admin","status":{"active":false}}"#, "!`active`: This says"),
    (r#"{"scope":"admin","flags":{"revoked":true}}"#, "!`revoked`: This says"),
    (r#"{"scope":"admin","state":"x8Fq2"}"#, "admin"),
    // What is random has words by chance, and what counts is no flag.
    (r#"{"access_token":"v1u:AQ-unKz-no_Deleted","scope":"admin"}"#, "admin"),
    (r#"{"oauth_state":"aB-unKz-no_Deleted-x9","scope":"admin"}"#, "admin"),
    (r#"{"previous_id":1,"scope":"admin"}"#, "admin"),
    (r#"{"op":"remove","scope":"admin"}"#, "!`op`: This says"),
    (r#"{"scopes":"admin","disabled_scopes":"admin"}"#, "!`scopes` and `disabled_scopes` both"),
    (r#"{"scope":"deals:read +admin"}"#, "!`scope`: This word of 6 characters"),
    ("deals:read +admin", "!line 1, column 12: This word of 6 characters"),
    ("https://x.com/cb?scope=admin&expires_in=0", "!`expires_in`: This says"),
    ("https://x.com/cb?scope=admin&access_denied=1", "!`access_denied`: This says"),
    ("admin # not granted by the customer so far", "!line 1, column 1: This line says"),
    ("SCOPES=admin # we have not been given this one", "!line 1, column 1: This line says"),
    ("````Diff\n- admin\n````", "!line 1, column 1: Items marked"),
    ("~~~ udiff\n- admin\n~~~", "!line 1, column 1: Items marked"),
    ("```text\nadmin\n```", "admin"),
    ("LEGACY_SCOPES=admin", "!The list of variables"),
    ("DUMMY_SCOPES=admin", "!The list of variables"),
    ("[waiting]\nscopes=admin", "!The list of variables"),
    ("[backlog]\nscopes=admin", "!The list of variables"),
    // Names around scopes that are not known to name an app or what holds its scopes.
    (r#"{"before":{"scopes":["admin"]},"after":null}"#, "!Scopes stand under `before`"),
    (r#"{"old":{"scopes":["admin"]},"new":{"scopes":[]}}"#, "!The JSON does not say"),
    (r#"{"previous":{"scopes":["admin"]},"current":{"scopes":["deals:read"]}}"#, "deals:read"),
    (r#"{"on_hold":{"scopes":["admin"]}}"#, "!The JSON does not say"),
    (r#"{"data":[{"gap":{"scope":"admin"}}]}"#, "!The JSON does not say"),
    (r#"{"icebox":{"scope":"admin"},"scope":"admin"}"#, "!Scopes stand under `icebox`, which"),
    (r#"{"//":{"scope":"admin"}}"#, "!Scopes stand under `//`, which"),
    (r#"{"xoxb-1234567890":{"scope":"admin"}}"#, "!Scopes stand under this name of 15"),
    ("off:\n  scopes: [admin]", "!The YAML does not say"),
    ("nextQuarter:\n  app:\n    scopes: [admin]", "!Scopes stand under `nextQuarter`"),
    ("[off]\nscopes=admin", "!The list of variables"),
    ("[someday]\nscopes=admin", "!line 2, column 1: Scopes stand under `someday`"),
    ("[someday]\nx=1\n[env.production.vars]\nSCOPES=admin", "admin"),
    (r#"{"installations":[{"app_id":1,"oauth2":{"scopes":["admin"]}}]}"#, "admin"),
    ("services:\n  pipedrive:\n    environment:\n      PIPEDRIVE_SCOPES: admin", "admin"),
    ("spring:\n  security:\n    oauth2.client:\n      scope: admin", "admin"),
    // Lists beside scopes that name one of them.
    (r#"{"scopes":"admin","inactive_scopes":"admin"}"#, "!`scopes` and `inactive_scopes` both"),
    (r#"{"scopes":"admin","restricted_scopes":["admin"]}"#, "!`scopes` and `restricted_scopes`"),
    (r#"{"scopes":"admin","moribund_scopes":"admin"}"#, "!`scopes` and `moribund_scopes` both"),
    (r#"{"scopes":"admin","withheld":["admin"]}"#, "!`scopes` and `withheld`"),
    (r#"{"scopes":"admin","stale":["admin"]}"#, "!`scopes` and `stale` both"),
    (r#"{"scopes":"admin","default_scopes":"admin","scopes_supported":["admin"]}"#, "admin"),
    ("SCOPES=admin\nEXCLUDED_SCOPES=admin", "!`SCOPES` and `EXCLUDED_SCOPES` both"),
    // States beside scopes, under any key.
    ("app:\n  approval: pending\nscopes: [admin]", "!`approval`: This says"),
    ("pipedrive:\n  status: revoked\nscopes: [admin]", "!`status`: This says"),
    ("app:\n  approval: approved\n  cache: disabled\nscopes: [admin]", "admin"),
    ("security:\n  approval: pending\nscopes: [admin]", "!`approval`: This says"),
    ("meta:\n  review: {status: rejected}\nscopes: [admin]", "!`status`: This says"),
    ("scopes: [admin]\nconfig:\n  approved: false", "!`approved`: This says"),
    ("workspace:\n  install:\n    status: uninstalled\nscopes: [admin]", "!`status`: This says"),
    (r#"{"scope":"admin","customer":{"consent":"declined"}}"#, "!`consent`: This says"),
    (r#"{"scope":"admin","user":{"status":"trial","verified":false}}"#, "admin"),
    (r#"{"scope":"admin","jobs":{"failed":{"count":3},"enabled":false}}"#, "admin"),
    (r#"{"scope":"deals:read","to_add":{"approved":false,"scopes":["admin"]}}"#, "deals:read"),
    (r#"{"scope":"admin","security_sign_off":"on hold"}"#, "!`security_sign_off`: This says"),
    (r#"{"scope":"admin","warning":"missing_charset","prompt":"none"}"#, "admin"),
    (r#"{"scope":"admin","label":"Parked","app_secret":"pending"}"#, "admin"),
    (r#"{"scope":"admin","app":"disabled"}"#, "!`app`: This says"),
    (r#"{"scope":"admin","approval":null}"#, "!`approval`: This says"),
    (r#"{"scope":"admin","requires_approval":false}"#, "admin"),
    (r#"{"scope":"admin","on_hold_since":"2026-01-01"}"#, "!`on_hold_since`: This says"),
    (r#"{"scope":"admin","not_before":"1","refresh_expires_in":0}"#, "admin"),
    (r#"{"scope":"admin","associated_user_scope":"admin"}"#, "admin"),
    ("# Draft\nadmin", "!line 1, column 1: This line says"),
    // Words that begin with `un`.
    (r#"{"unread_count":5,"unique_name":"x","unit":"EUR","scope":"admin"}"#, "admin"),
    (r#"{"union":true,"unlimited":true,"unrestricted":true,"scope":"admin"}"#, "admin"),
    (r#"{"underlined":true,"until":"2027","unfurl":true,"scope":"admin"}"#, "admin"),
    (r#"{"unavailable":true,"scope":"admin"}"#, "!`unavailable`: This says"),
    (r#"{"unproven":true,"scope":"admin"}"#, "!`unproven`: This says"),
    ("UNIVERSE_SCOPES=admin", "admin"),
    // Variables.
    ("PARKED_SCOPES=admin", "!The list of variables"),
    ("PIPEDRIVE_LATER_SCOPES=admin", "!The list of variables"),
    ("NEXT_SCOPES=admin", "!The list of variables"),
    ("PIPEDRIVE_INITIAL_SCOPES=admin", "!The list of variables"),
    ("TARGET_SCOPES=admin", "!The list of variables"),
    ("TEMP_SCOPES=admin", "!The list of variables"),
    ("SESSION_LOGOUT_ENABLED=true\nSCOPES=admin", "admin"),
    (
        "SCOPES=admin\nSENTRY_ENABLED=false\nREDIS_CACHE_DISABLED=true\nRATE_LIMIT_ENABLED=0",
        "admin",
    ),
    ("ACCESS_TOKEN=\nON_ERROR=stop\nSCOPES=admin", "admin"),
    ("# do not commit\nSCOPES=admin", "admin"),
    (r#"{"exceptionLogging":"STACKDRIVER","oauthScopes":["admin"]}"#, "admin"),
    (r#"{"scopes":["admin"],"signed_access_token":{"scopes":"AAEAAAAC","hubId":1}}"#, "admin"),
    // Comments on what is still to come.
    ("admin # to be added", "!line 1, column 1: This line says"),
    ("admin # will be granted", "!line 1, column 1: This line says"),
    ("admin # must be granted", "!line 1, column 1: This line says"),
    ("admin # soon", "!line 1, column 1: This line says"),
    ("admin # false", "!line 1, column 1: This line says"),
    ("admin # ask admin", "!line 1, column 1: This line says"),
    ("admin # wip", "!line 1, column 1: This line says"),
    ("admin # next release", "!line 1, column 1: This line says"),
    ("admin # please grant", "!line 1, column 1: This line says"),
    ("admin # \u{26d4}", "!line 1, column 1: This line says"),
    (
        "# Scopes we still need to request from the customer\nadmin",
        "!line 1, column 1: This line says",
    ),
    ("## Scopes to add in phase 2\nadmin", "!line 1, column 1: This line says"),
    ("admin # must stay in sync with the portal\n", "admin"),
    ("admin # will rotate its token every month\n", "admin"),
    ("{\"\u{e4}\u{f6}\": 1,,}", "!line 1, column 10: "),
    // Descriptions, kinds and headings.
    (r#"{"scope":"admin","description":"not granted"}"#, "!`description`: This says"),
    (r#"{"scope":"admin","description":"Revoked in May"}"#, "!`description`: This says"),
    (r#"{"scope":"admin","description":"Optional"}"#, "!`description`: This says"),
    (r#"{"scope":"admin","description":"Syncs deals and people"}"#, "admin"),
    (r#"{"scope":"admin","kind":"optional"}"#, "!`kind`: This says"),
    (r#"{"scope":"admin","name":"Missing scopes"}"#, "!`name`: This says"),
    (r#"{"scope":"admin","name":"Scopes of our app"}"#, "admin"),
    (r#"{"scope":"admin","available":false}"#, "!`available`: This says"),
    (r#"{"scope":"admin deals:read","except":["admin"]}"#, "!`scope` and `except` both state"),
    (
        r#"{"scopes":[{"scope":"admin","description":"Optional: ask the user"}]}"#,
        "!`scopes`: Its value is not",
    ),
    ("SCOPES=admin\nCACHE_TOKEN_ACTIVE=false", "!`CACHE_TOKEN_ACTIVE`: This says"),
    ("SCOPES=admin\nPIPEDRIVE_ENABLED=false", "!`PIPEDRIVE_ENABLED`: This says"),
    ("NEXT_PUBLIC_SCOPES=admin", "admin"),
    ("MSG=\"say \\\"hi\\\"\"\nSCOPES=admin", "admin"),
    ("CONFIG=\"{\\\"a\\\":1}\" # b\nSCOPES=admin", "admin"),
    ("A='it\\'s'\nB='C:\\'\nSCOPES=admin", "admin"),
    ("A=\"C:\\\\\"\nSCOPES=admin", "admin"),
    ("A=\"x\\\"\nSCOPES=admin", "!line 1, column 1: This line"),
    ("MESSAGE=You need admin\nscope=admin", "!This is an error response"),
    ("declare -rx SCOPES=\"admin\"", "admin"),
    ("export const scopes = [\"admin\", 'deals:read'];", "deals:read admin"),
    ("readonly A=1\nlocal SCOPES=admin", "admin"),
    ("echo SCOPES=admin", "!line 1, column 1: This word"),
    ("-x SCOPES=admin", "!line 1, column 1: This word"),
    ("SCOPES=deals:read \\\n  admin", "!line 1, column 1: This line"),
    ("A=x \\\nSCOPES=admin", "!line 1, column 1: This line"),
    ("SCOPES=\"deals:read \\\nadmin\"", "!`SCOPES`: This word"),
    ("A=`x\\`\nSCOPES=admin`", "!The list of variables"),
    ("someday.scopes=admin", "!line 1, column 1: Scopes stand under `someday`"),
    ("spring.security.oauth2.client.registration.pipedrive.scope=admin", "admin"),
    // Addresses.
    ("https://x.com/oauth/revoke?scope=admin", "!This says that the token"),
    ("https://x.com/cb/error?scope=admin", "!This says that the token"),
    ("https://x.com/oauth/deny?scope=admin", "!This says that the token"),
    ("https://x.com/oauth/detach?scope=admin", "!This says that the token"),
    ("https://x.com/oauth/terminate?scope=admin", "!This says that the token"),
    ("https://x.com/logout?scope=admin", "!This says that the token"),
    ("https://x.com/#/access-denied?scope=admin", "!This says that the token"),
    ("https://x.com/v1/token:%72evoke?scope=admin", "!This says that the token"),
    ("/oauth2/deauthorize?scope=admin", "!This says that the token"),
    ("https://block.com/unity/oauth/request_grant/aB-old-9?scope=admin", "admin"),
    ("https://x.com/cb?scope=admin&admin_consent=false", "!`admin_consent`: This says"),
    ("https://slack.com/oauth/v2/authorize?scope=admin&user_scope=&state=", "admin"),
    ("https://slack.com/oauth/v2/authorize?scope=&user_scope=admin", "!`scope`: There is no"),
    ("https://slack.com/oauth/v2/authorize?user_scope=", "!The link has no `scope`"),
    // What describes scopes.
    (
        "| Name | Scope |\n|---|---|\n| not yet granted to us | admin |",
        "!line 3, column 1: This line says",
    ),
    (
        "| Scope | Description |\n|---|---|\n| admin | Full access, but the customer has refused it |",
        "!line 3, column 1: This line says",
    ),
    (
        "| Scope | Description |\n|---|---|\n| admin | Edit, archive and delete deals; does not include mail |",
        "admin",
    ),
    (r#"[{"name":"admin","label":"We do not have this one so far"}]"#, "!The JSON does not say"),
    (
        r#"[{"name":"admin","description":"Read unread messages without a signed-in user"}]"#,
        "admin",
    ),
    (r#"{"scope":"admin","note":"The customer has not approved it"}"#, "!`note`: This says"),
    (r#"{"scope":"admin","note":"optional note","comment":"Not for mail"}"#, "admin"),
    (r#"{"application":{"scope":"admin"}}"#, "admin"),
    (r#"{"companies":[{"properties":{"scope":"admin"}}]}"#, "admin"),
    ("block.com/OAuth/Revoke?scope=admin", "!This says that the token"),
    ("block.com/oauth/authorize?scope=admin", "admin"),
    // What stands beside a list, and speaks of one of its scopes.
    (
        r#"{"scopes":["deals:read","admin"],"permissions":[{"permission":"admin","status":"declined"}]}"#,
        "!`permissions`: This says",
    ),
    (
        r#"{"scope":"deals:read admin","grants":{"deals:read":true,"admin":false}}"#,
        "!`grants`: This",
    ),
    (r#"{"scope":"admin","admin":"not granted"}"#, "!`admin`: This says"),
    (r#"{"scope":"admin","admin":"no"}"#, "!`admin`: This says"),
    (r#"{"scope":"admin","admin":["declined"]}"#, "!`admin`: This says"),
    (r#"{"scope":"openid email","email":"requested@x.com"}"#, "email openid"),
    (
        r#"{"scope":"openid profile","profile":{"status":"away","status_text":"on hold"}}"#,
        "openid profile",
    ),
    (r#"{"scope":"admin base","user":{"role":"admin","active":false}}"#, "admin base"),
    (r#"{"scope":"deals:read","deals:read":{"status":"declined"}}"#, "!`dealsread`: This says"),
    (r#"{"scope":"admin","admin":{"granted":false}}"#, "!`granted`: This says"),
    (
        r#"{"scope":"deals:read deals:full","roles":["deals:read"],"note":"deals:read"}"#,
        "deals:read deals:full",
    ),
    (
        r#"{"scope":"openid email","user":{"email":"a@b.example","email_verified":false}}"#,
        "email openid",
    ),
    (
        r#"{"scope":"deals:read admin","scope_granted":"deals:read"}"#,
        "!`scope` and `scope_granted`",
    ),
    (r#"{"scope":"admin","scope_granted":true}"#, "admin"),
    (
        r#"{"scopes":["deals:read","admin"],"effective":["deals:read"]}"#,
        "!`scopes` and `effective`",
    ),
    (r#"{"scopes":["deals:read"],"effective":["deals:read"],"role":"admin"}"#, "deals:read"),
    (r#"[{"scope":"admin","label":"optional"}]"#, "!This says that the token"),
    (
        "| Scope | Needed by |\n|---|---|\n| admin | not granted |",
        "!line 3, column 1: This line says",
    ),
    ("| Scope | Needed by |\n|---|---|\n| admin | `x_a` (to be requested) |", "!line 3"),
    ("deals:read # to do", "!line 1, column 1: This line says"),
    ("deals:read # in progress", "!line 1, column 1: This line says"),
    ("deals:read # couldn't get it", "!line 1, column 1: This line says"),
    ("deals:read # the admin turned this off again", "!line 1, column 1: This line says"),
    ("deals:read # to be confirmed by them", "!line 1, column 1: This line says"),
    ("deals:read # n/a", "!line 1, column 1: This line says"),
    ("# still to get:\ndeals:read", "!line 1, column 1: This line says"),
    ("deals:read # to sync the deals", "deals:read"),
    ("deals:read # to sync", "deals:read"),
    ("deals:read # AT&T", "deals:read"),
    ("deals:read # formerly named deals of ours only", "!line 1, column 1: This line says"),
    ("deals:read # skipped tests for the list", "deals:read"),
    ("deals:read # can’t be had", "!line 1, column 1: This line says"),
    ("PIPEDRIVE_T_SCOPES=admin", "admin"),
    // Comments in lists, and lists of variables.
    ("SCOPES = [\n  \"deals:read\",\n  // write\n  \"deals:full\",\n]", "deals:read deals:full"),
    ("[\"deals:read\"] // one", "deals:read"),
    ("{\n// what we have\n\"scopes\": [\"admin\"]\n}", "admin"),
    ("['admin' # pending\n]", "!line 1, column 1: This line says"),
    ("[\n  deals:read,\n  admin // pending\n]", "!line 3, column 1: This line says"),
    ("[\"deals:read\", \"admin\"\n] // not granted yet", "!line 2, column 1: This line says"),
    ("{ // not granted yet\n\"scopes\": [\"admin\"]\n}", "!line 1, column 1: This line says"),
    ("{\n\"scopes\": [\"admin\"]\n} // to be requested", "!line 3, column 1: This line says"),
    ("SCOPES = [\n\"admin\"\n] // not granted yet", "!line"),
    ("env:\n- name: SCOPES\n  value: admin # not granted", "!line 3, column 1: This line says"),
    ("env:\n- name: LOG\n  value: debug\n- name: PIPEDRIVE_SCOPES\n  value: admin", "admin"),
    ("environment:\n  - TOKEN=x\n  - PIPEDRIVE_SCOPES=admin", "admin"),
    ("[access_scopes]\nscopes = \"admin\"", "admin"),
    (r#"{"access_scopes":[{"handle":"admin"}]}"#, "admin"),
    (r#"{"status":"published","scopes":["admin"]}"#, "admin"),
    // Comments with more than a word.
    ("admin # Not granted yet. Waiting for legal.", "!line 1, column 1: This line says"),
    ("admin # pending: legal", "!line 1, column 1: This line says"),
    ("admin # TODO: get it approved", "!line 1, column 1: This line says"),
    ("- admin # declined: the user unticked it", "!line 1, column 1: This line says"),
    ("SCOPES=admin # TODO: not granted", "!line 1, column 1: This line says"),
    ("admin # not granted (v1.2)", "!line 1, column 1: This line says"),
    ("admin # optional, only when filters are used", "!line 1, column 1: This line says"),
    ("admin # requested from the customer in May", "!line 1, column 1: This line says"),
    ("admin # cancelled by the customer", "!line 1, column 1: This line says"),
    ("admin # the token was revoked in May", "!line 1, column 1: This line says"),
    ("admin # customer has yet to approve this", "!line 1, column 1: This line says"),
    ("admin # still under review by Pipedrive", "!line 1, column 1: This line says"),
    ("admin # the customer rejects this one", "!line 1, column 1: This line says"),
    ("# Scopes to request from the customer\nadmin", "!line 1, column 1: This line says"),
    ("deals:read # the admin has not approved it", "!line 1, column 1: This line says"),
    ("deals:read # deals:full was not granted", "deals:read"),
    ("deals:full # deals:full was not granted", "!line 1, column 1: This line says"),
    ("deals:full # to delete deals of the archive", "deals:full"),
    ("deals:read # needed for v1.2 of the sync", "deals:read"),
    // Comments of YAML and variables, wherever they stand.
    ("scopes: [\n  deals:read,\n  admin # not granted yet\n]", "!line 3, column 1: This line says"),
    ("scp: admin # not granted", "!line 1, column 1: This line says"),
    ("scp=admin # pending", "!"),
    ("granted: [admin] # not yet", "!line 1, column 1: This line says"),
    ("# Not granted yet\noauth:\n  scopes:\n    - admin", "!line 3, column 1: This line says"),
    ("oauth: # pending\n  scopes: [admin]", "!line 2, column 1: This line says"),
    ("[app] # pending\nscopes=admin", "!"),
    ("scopes:\n- admin\n# the last one is not granted yet", "!line 3, column 1: This line says"),
    ("cache: # disabled\n  size: 1\nscopes: [admin]", "admin"),
    ("LOG=1 # disabled\nSCOPES=admin\n# SENTRY_DSN is not set", "admin"),
    // What keys say with a time, a state or a text.
    (r#"{"scope":"admin","user_revoked_at":"2026-05-01"}"#, "!`user_revoked_at`: This says"),
    (r#"{"scope":"admin","app_uninstalled_at":1714521600}"#, "!`app_uninstalled_at`: This says"),
    (r#"{"scope":"admin","revocation_date":"2026-05-01"}"#, "!`revocation_date`: This says"),
    (r#"{"scope":"admin","consent_withdrawn_at":"2026-05-01"}"#, "!`consent_withdrawn_at`: This"),
    (r#"{"scope":"admin","state":"terminated"}"#, "!`state`: This says"),
    (r#"{"scope":"admin","revokedReason":"left"}"#, "!`revokedReason`: This says"),
    (r#"{"scope":"admin","user_revoked_at":null,"revoked_count":0}"#, "admin"),
    (r#"{"scope":"admin","approval_status":"in_progress"}"#, "!`approval_status`: This says"),
    (r#"{"scope":"admin","consent_status":"partial"}"#, "!`consent_status`: This says"),
    (r#"{"scope":"admin","token_status":"ready"}"#, "admin"),
    (r#"{"scope":"admin","user_status":"away"}"#, "admin"),
    (r#"{"event_type":"app.uninstalled","scopes":["admin"]}"#, "!`event_type`: This says"),
    (r#"{"topic":"app/uninstalled","scopes":["admin"]}"#, "!`topic`: This says"),
    (r#"{"scope":"admin","granted_by_user":false}"#, "!`granted_by_user`: This says"),
    (r#"{"scope":"admin","permitted":false}"#, "!`permitted`: This says"),
    (r#"{"scope":"admin","oauth_error":"access_denied"}"#, "!This is an error response"),
    (r#"{"scope":"admin","last_error":"invalid_grant"}"#, "!This is an error response"),
    ("EXIT_ON_ERROR=true\nSCOPES=admin", "admin"),
    (r#"{"scope":"admin","response_code":403}"#, "!This is an error response"),
    (r#"{"scope":"admin","statuscode":"403 Forbidden"}"#, "!This is an error response"),
    (r#"{"scope":"admin","warning":"admin was not granted by the user"}"#, "!`warning`: This"),
    (
        r#"{"scope":"deals:read admin","approved":"deals:read"}"#,
        "!`scope` and `approved` both state",
    ),
    (r#"{"scope":"deals:read admin","granted_by":"admin"}"#, "deals:read admin"),
    (
        r#"{"scopes":["deals:read","admin"],"details":[{"key":"admin","granted":false}]}"#,
        "!`details`: This says",
    ),
    (r#"{"scopes":["admin"],"changes":{"removed":["admin"]}}"#, "!`changes`: This says"),
    (r#"{"granted":["deals:read"],"missing":["admin"]}"#, "deals:read"),
    (r#"[{"name":"admin","description":"Optional, only when filters are used"}]"#, "!"),
    ("| Scope | Needed by |\n|---|---|\n| admin | nobody |", "!line 3, column 1: This line says"),
    // What belongs to another connector.
    (r#"{"provider":"slack","scope":"admin"}"#, "!This names another connector"),
    (r#"{"provider":"pipedrive","scope":"admin"}"#, "admin"),
    (
        r#"{"text":"admin","scopes":["admin"],"catalog":{"connector":"slack","hash":"fnv1a64:0"}}"#,
        "!This names another connector",
    ),
    // A response with its head.
    ("HTTP/1.1 200 OK\r\nDate: x\r\n\r\n{\"scope\":\"admin\"}", "admin"),
    ("HTTP/2 403 \nx: y\n\n{\"scope\":\"admin\"}", "!This is an error response"),
    ("HTTP/1.1 302 Found\nx: y\n\nHTTP/2 200\nx: y\n\n{\"scope\":\"admin\"}", "admin"),
    ("HTTP/2 200\nx-oauth-scopes: deals:read, admin\n\n{\"login\":\"me\"}", "deals:read admin"),
    ("HTTP/2 200\nx: y\n\n{\"scope\":\"admin\",}x", "!line 4, column"),
    ("HTTP/2 200", "!The YAML does not say"),
    // Further ways in which programs print them.
    ("scope\nadmin\ndeals:read", "deals:read admin"),
    ("\"scope\": \"admin\",", "admin"),
    ("scopes: ['admin'],", "admin"),
    ("Granted scopes: admin", "admin"),
    (
        r#"{"pipedrive_scopes":{"sensitive":false,"type":["list","string"],"value":["admin"]}}"#,
        "admin",
    ),
    (
        "env:\n- name: PIPEDRIVE_SCOPES\n  value: admin\n- name: S\n  valueFrom: {secretKeyRef: {name: s}}",
        "admin",
    ),
    (r#"{"idtyp":"app","roles":["admin"],"scp_note":1}"#, "admin"),
    (r#"{"idtyp":"user","roles":["admin"]}"#, "!The JSON does not say"),
    (r#"{"message":"Here is your token","scope":"admin"}"#, "admin"),
    // What one word more or less changes.
    (r#"{"scope":"admin","reason":"user denied access"}"#, "!"),
    ("SCOPES=admin\nREASON=user denied access", "!"),
    (r#"{"scopes":["deals:full"],"revoked":["Deals: Full access"]}"#, "!"),
    (r#"{"scopes":["deals:full"],"missing":["deals%3Afull"]}"#, "!"),
    (r#"{"scopes":["deals:full"],"missing":["Deals: Read only"]}"#, "deals:full"),
    (r#"{"scopes":["admin"],"revoked":["all"]}"#, "!`revoked`: This says"),
    (r#"{"scopes":["admin"],"missing":["*"]}"#, "!`missing`: This says"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n{\"active\":false}", "!"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n{\"missing_scopes\":[\"admin\"]}", "!"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n\n{\"scope\":\"\"}", "!"),
    ("HTTP/2 200\nx-oauth-scopes: admin\n", "admin"),
    (r#"{"scope":"admin","error_on_refresh":"invalid_grant"}"#, "!This is an error response"),
    (r#"{"scopes":{"sensitive":true,"value":["admin"],"status":"revoked"}}"#, "!"),
    ("deals:full # not granted, use deals:read", "!line 1, column 1: This line says"),
    ("deals:full # revoked, we only have deals:read", "!line 1, column 1: This line says"),
    (
        "deals:read # instead of deals:full, which was not granted",
        "!line 1, column 1: This line says",
    ),
    ("admin # unlike deals:full, not granted", "!line 1, column 1: This line says"),
    ("admin # deals:full: granted; admin: not granted", "!line 1, column 1: This line says"),
    ("admin # no, see OPS-12", "!line 1, column 1: This line says"),
    ("admin # the customer said no", "!line 1, column 1: This line says"),
    ("admin # no more", "!line 1, column 1: This line says"),
    ("admin # granted?", "!line 1, column 1: This line says"),
    ("admin # do we have this? (see OPS-1)", "!line 1, column 1: This line says"),
    ("admin # probably granted", "!line 1, column 1: This line says"),
    ("admin # when approved", "!line 1, column 1: This line says"),
    ("admin # only if the customer upgrades", "!line 1, column 1: This line says"),
    ("admin # not in the token response", "!line 1, column 1: This line says"),
    ("admin # we get a 403 without it", "!line 1, column 1: This line says"),
    ("admin # did not pass review", "!line 1, column 1: This line says"),
    ("admin # granted, then taken away", "!line 1, column 1: This line says"),
    ("admin # \u{23f3}", "!line 1, column 1: This line says"),
    ("# Still to come\n- admin", "!line 1, column 1: This line says"),
    ("## Nice to have\n\n- admin", "!line 1, column 1: This line says"),
    ("PIPEDRIVE_SCOPES=\"admin\" # change me", "!line 1, column 1: This line says"),
    ("PIPEDRIVE_SCOPES=admin\n# pending", "!This line says"),
    ("scopes:\n- admin\n# ^ pending\n- deals:read", "!line 3, column 1: This line says"),
    ("scopes:\n- admin\n# TODO: get admin approved", "!This line says"),
    ("| Scope | Description |\n|---|---|\n| admin | will be granted |", "!line 3"),
    ("| Scope | Description |\n|---|---|\n| admin | Delete pipelines |", "admin"),
    ("scopes: [admin]\nnote: will be granted in May", "!`note`: This says"),
    (r#"{"//":"not granted yet","scopes":["admin"]}"#, "!"),
    (r#"{"scope":"admin","consent_given":false}"#, "!`consent_given`: This says"),
    (r#"{"scope":"admin","must_reconnect":true}"#, "!`must_reconnect`: This says"),
    (r#"{"scope":"admin","lastError":{"code":"invalid_grant"}}"#, "!This is an error response"),
    (r#"{"scopes":["deals:read","admin"],"have":["deals:read"]}"#, "!`scopes` and `have`"),
    ("PIPEDRIVE_ROADMAP_SCOPES=admin", "!"),
    ("admin # do not remove", "admin"),
    ("admin # allows creating pipelines", "admin"),
    ("scopes:\n  - deals:read\n  # - admin # not granted yet", "deals:read"),
    ("jobs:\n  test:\n    env:\n      PIPEDRIVE_SCOPES: admin", "admin"),
    ("FEATURE_SIGNUP_ENABLED=false\nSCOPES=admin", "admin"),
    ("admin # not granted (change request CR-12)", "!line 1, column 1: This line says"),
    ("admin # revoked by commit 3f2a", "!line 1, column 1: This line says"),
    ("# Not granted. Do not edit.\nadmin", "!line 1, column 1: This line says"),
    ("# Do not edit.\nadmin", "admin"),
    ("scopes: [admin]\n# not granted yet", "!line 2, column 1: This line says"),
    ("SCOPES=admin\n# not granted yet", "!line 2, column 1: This line says"),
    ("scopes: [\n deals:read,\n admin\n] # not granted yet", "!line 4, column 1: This line says"),
    ("PROVIDER=slack\nSCOPES=admin", "!This names another connector"),
    (r#"{"provider":{"name":"slack"},"scope":"admin"}"#, "!This names another connector"),
    (r#"{"provider_config_key":"slack-prod","scope":"admin"}"#, "!This names another connector"),
    (r#"{"provider":"swordfish-secret","scope":"admin"}"#, "!This names another connector"),
    (r#"{"provider":"","scope":"admin"}"#, "admin"),
    (r#"{"provider":"oauth2","scope":"admin"}"#, "admin"),
    ("nobody # nothing", "!"),
    ("admin # nobody has approved it", "!line 1, column 1: This line says"),
    ("admin # no approval by the customer", "!line 1, column 1: This line says"),
    // What is not said of the scopes.
    (
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        env:\n        - name: PIPEDRIVE_SCOPES\n          value: admin",
        "admin",
    ),
    ("deals:read # requested by Anna, approved by Bob", "deals:read"),
    ("deals:read # requested and granted", "deals:read"),
    ("deals:read # needed for sync", "deals:read"),
    ("admin # optional for filters", "!line 1, column 1: This line says"),
    ("admin # needed, not granted", "!line 1, column 1: This line says"),
    ("deals:read # to get deals that were deleted", "deals:read"),
    ("deals:read # optional fields are read too", "deals:read"),
    ("deals:read # minimal set: no write scopes", "deals:read"),
    ("deals:read # read deals without changing them", "deals:read"),
    ("deals:read # No admin!", "deals:read"),
    ("# Space separated, no quotes\ndeals:read", "deals:read"),
    ("environment: # no secrets here\n  SCOPES: admin", "admin"),
    ("# PIPEDRIVE_SCOPES=deals:full # old\nPIPEDRIVE_SCOPES=deals:read", "deals:read"),
    ("scopes:\n- deals:read\n# TODO: sort", "deals:read"),
    (
        r#"[{"name":"deals:read","description":"Without this scope the app cannot list deals"}]"#,
        "deals:read",
    ),
    (r#"[{"name":"deals:read","description":"Deleted and archived deals too"}]"#, "deals:read"),
    (r#"{"scope":"admin","connection_status":"healthy","app_status":"public"}"#, "admin"),
    (r#"{"scope":"admin","email_confirmed":false,"accepted_tos":false}"#, "admin"),
    (r#"{"scope":"admin","last_sync_error":"timeout","warning":"Token has no expiry"}"#, "admin"),
    ("ALERT_EMAIL_ERROR=ops@example.com\nSCOPES=admin", "admin"),
    // Letters in disorder are hardly a scope.
    (r#"{"scope":"deals:read wJalrXUtnFEMI/K7MDENG"}"#, "!`scope`: This word of"),
    // What says which scopes there are.
    (r#"{"id":"x_a","label":"A","scopes":["admin"]}"#, "!This is a catalog"),
    (r#"{"data":[{"id":"x_a","label":"A","scopes":["admin"]}]}"#, "!This is a catalog"),
    (r#"{"id":"x.list","httpMethod":"GET","scopes":["admin"]}"#, "!This is a catalog"),
    (r#"{"asyncapi":"3.0.0","scopes":["admin"]}"#, "!This is a catalog"),
    // Tables.
    (
        "| Scope | Needed by |\n| --- | --- |\n| `deals:read` | `x_a` |\n| `admin` | |\n",
        "deals:read admin",
    ),
    ("| Scope | Granted |\n|---|---|\n| admin | no |", "!line 1, column 1: The table"),
    ("| Scope |\n|---|\n| admin please |", "!line 3, column 1: This word of 6 characters is not"),
];

fn read(catalog: &Catalog, bytes: &[u8]) -> String {
    match Granted::read(catalog, bytes) {
        Ok(granted) => granted.scopes.text(catalog),
        Err(error) => format!("!{error}"),
    }
}

#[track_caller]
fn assert_reads(catalog: &Catalog, text: &str, expected: &str) {
    let found = read(catalog, text.as_bytes());
    match expected.strip_prefix('!') {
        None => assert_eq!(found, expected, "{text}"),
        Some(_) => assert!(found.starts_with(expected), "{text}: {found}"),
    }
}

#[test]
fn every_form_is_read_strictly_or_refused() {
    let catalog = Catalog::pipedrive();
    let mut wrong = Vec::new();
    for (text, expected) in TABLE {
        let found = read(&catalog, text.as_bytes());
        let is_right = match expected.strip_prefix('!') {
            None => found == *expected,
            Some(_) => found.starts_with(expected),
        };
        if !is_right {
            wrong.push(format!("{text}\n  {expected}\n  {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_form_is_read_in_utf_16_and_with_other_line_ends_too() {
    let catalog = Catalog::pipedrive();
    for (text, expected) in TABLE {
        let with = |text: &str, unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
            format!("\u{feff}{}", text.trim_start_matches('\u{feff}'))
                .encode_utf16()
                .flat_map(unit)
                .collect()
        };
        let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
        let plain = read(&catalog, text.as_bytes());
        assert_eq!(read(&catalog, &with(text, u16::to_le_bytes)), plain, "{text} {expected}");
        assert_eq!(read(&catalog, &with(text, u16::to_be_bytes)), plain, "{text}");
        assert_eq!(read(&catalog, crlf.as_bytes()), plain, "{text}");
    }
}

#[test]
fn scopes_of_another_catalog_look_like_anything() {
    let text = r#"[{"id": "x_a", "label": "A", "scopes": ["https://www.googleapis.com/auth/drive",
        "https://x.com/a?scope=b", "Mail.ReadBasic", "channels:write.invites", "base",
        "support:read"]}]"#;
    let catalog = Catalog::parse(text).expect("it keeps the rules");
    for (text, expected) in [
        ("https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive"),
        ("https://x.com/a?scope=b", "https://x.com/a?scope=b"),
        (
            "- https://www.googleapis.com/auth/drive\n- Mail.ReadBasic",
            "https://www.googleapis.com/auth/drive Mail.ReadBasic",
        ),
        // Words that deny elsewhere.
        ("| Scope | Needed by |\n|---|---|\n| support:read | Cancel Deal |", "support:read"),
        ("SCOPES=https://www.googleapis.com/auth/drive", "https://www.googleapis.com/auth/drive"),
        ("https://graph.microsoft.com/Mail.ReadBasic", "Mail.ReadBasic"),
        (r#"{"scp":"https://graph.microsoft.com/Mail.ReadBasic openid"}"#, "Mail.ReadBasic openid"),
        ("https://www.googleapis.com/auth/driv", "!The link does not say"),
        ("admin", "!line 1, column 1: This word of 5 characters is not a scope"),
        (
            r#"{"scope":"https://www.googleapis.com/auth/calendar Mail.ReadBasic"}"#,
            "Mail.ReadBasic https://www.googleapis.com/auth/calendar",
        ),
        (
            "https://accounts.google.com/o/oauth2?scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fdrive",
            "https://www.googleapis.com/auth/drive",
        ),
    ] {
        assert_reads(&catalog, text, expected);
    }
}

#[test]
fn the_form_is_told() {
    let catalog = Catalog::pipedrive();
    let form = |text: &str| Granted::read(&catalog, text.as_bytes()).expect(text).form.to_string();
    assert_eq!(form("admin"), "a list");
    assert_eq!(form(r#"{"scope":"admin"}"#), "JSON: `scope`");
    assert_eq!(form(r#"["admin"]"#), "JSON");
    assert_eq!(form("scopes: admin"), "YAML: `scopes`");
    assert_eq!(form("https://x.com/?scope=admin"), "a URL: `scope`");
    assert_eq!(form("A_SCOPES=admin\n"), "the variable `A_SCOPES`");
    assert_eq!(form("|Scope|\n|---|\n|admin|"), "a table");
}

#[test]
fn what_the_guide_prints_is_read_as_markdown_and_refused_as_text() {
    use crate::domain::{Answer, Document, Separator};
    let catalog = Catalog::pipedrive();
    let selection = ["pipedrive_add_deal", "pipedrive_list_users"]
        .iter()
        .map(|id| catalog.find(id).expect("known"))
        .collect();
    let answer = Answer::of(&catalog, &selection);
    let document = Document::of(&catalog, &selection, &answer).expect("it has a guide");
    assert_eq!(
        read(&catalog, document.markdown().as_bytes()),
        answer.text(&catalog, Separator::Space)
    );
    assert!(read(&catalog, document.text().as_bytes()).starts_with('!'));
    let edited = document.markdown().replace("- [ ] Deals: Full access (", "- [ ] Not granted: (");
    assert!(read(&catalog, edited.as_bytes()).starts_with("!line"), "{edited}");
}

#[test]
fn a_guide_url_stands_for_what_its_actions_need() {
    let catalog = Catalog::pipedrive();
    let action = catalog.find("pipedrive_list_users").into_iter().collect();
    let url = catalog.guide_url(&action).expect("a page");
    assert_eq!(read(&catalog, url.as_bytes()), "users:read");
    assert_eq!(read(&catalog, format!("<{url}>\n").as_bytes()), "users:read");
    let bare = catalog.guide_url(&crate::domain::Selection::new()).expect("a page");
    assert!(read(&catalog, bare.as_bytes()).starts_with("!The link leads to the guide without"));
}

#[test]
fn an_alias_that_would_expand_without_end_is_refused() {
    let mut text = "a0: &a0 [deals:read]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}", level - 1);
        text += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 10].join(", "));
    }
    assert!(read(&Catalog::pipedrive(), text.as_bytes()).starts_with('!'));
}

mod laws {
    use super::*;
    use proptest::prelude::*;

    /// A secret in the value of another key, in every form, beside scopes that are read or not.
    fn with_secret(secret: &str, scopes: &str) -> Vec<String> {
        vec![
            format!(r#"{{"access_token":"{secret}","scope":"{scopes}"}}"#),
            format!(r#"{{"access_token":"{secret}","scope":"{scopes}"#),
            format!(r#"{{"scope":"{scopes}","error":"{secret}"}}"#),
            format!(r#"{{'token':'{secret}','scope':'{scopes}'}}"#),
            format!("https://{secret}@x.com/cb?code={secret}&scope={scopes}#state={secret}"),
            format!("access_token={secret}&scope={scopes}"),
            format!("CLIENT_SECRET={secret}\nSCOPES={scopes}\n"),
            format!("CLIENT_SECRET=\"{secret}\nSCOPES={scopes}\n"),
            format!("CLIENT_SECRET={secret}\n{secret}\nSCOPES={scopes}\n"),
            format!("secret: {secret}\nscopes: {scopes}\n"),
            format!("secret: [{secret}\nscopes: {scopes}\n"),
            format!("[a]\nsecret = '{secret}'\nscopes = ['{scopes}']\n"),
            format!("| Scope | {secret} |\n|---|---|\n| {scopes} | {secret} |"),
            format!("{scopes} # {secret}"),
            format!("{scopes} {secret}"),
            format!("{secret}"),
            format!("Authorization: Bearer {secret}"),
            format!("curl -H 'Authorization: Bearer {secret}' {scopes}"),
        ]
    }

    proptest! {
        #[test]
        fn a_secret_in_place_of_a_scope_is_refused(secret in "[a-zA-Z]{3}[0-9][A-Za-z0-9]{9,40}") {
            let catalog = Catalog::pipedrive();
            for text in [
                format!(r#"{{"scope":"{secret}"}}"#),
                format!(r#"{{"scopes":["sk_{secret}"]}}"#),
                format!(r#"["{secret}"]"#),
                format!("https://x.com/cb?scope=v1:{secret}"),
                format!("https://x.com/cb?scope=me:{secret}@x.com"),
            ] {
                let told = read(&catalog, text.as_bytes());
                prop_assert!(told.starts_with('!') && !told.contains(&secret), "{text}: {told}");
            }
        }

        #[test]
        fn no_token_denies_by_chance(token in "[A-Za-z0-9]{1,8}([._:-](un|no|not|old|never|deleted|[A-Za-z0-9]{1,8})){1,12}") {
            let catalog = Catalog::pipedrive();
            for text in [
                format!(r#"{{"access_token":"{token}","refresh_token":"{token}","id_token":"{token}","scope":"admin"}}"#),
                format!("https://x.com/cb#access_token={token}&state={token}&scope=admin"),
                format!("ACCESS_TOKEN={token}\nSCOPES=admin\n"),
            ] {
                prop_assert_eq!(read(&catalog, text.as_bytes()), "admin", "{}", text);
            }
        }

        #[test]
        fn no_secret_is_repeated(
            secret in "[a-z]{4}[0-9][A-Za-z0-9_-]{11,40}",
            scopes in "(deals:read|admin|deals:raed|new:scope)( (deals:full|x))?",
        ) {
            let catalog = Catalog::pipedrive();
            for text in with_secret(&secret, &scopes) {
                let told = match Granted::read(&catalog, text.as_bytes()) {
                    Ok(granted) => format!("{} {}", granted.scopes.text(&catalog), granted.form),
                    Err(error) => error.to_string(),
                };
                prop_assert!(!told.contains(&secret[..8]), "{text}: {told}");
            }
        }

        #[test]
        fn what_is_granted_stands_in_the_text(
            text in "([{\\[\"':,=#|>&\n -]|scopes?|deals:(read|full)|admin|%20|\\+|\\]|\\}|https://x.com/\\?){0,12}",
        ) {
            let catalog = Catalog::pipedrive();
            if let Ok(granted) = Granted::read(&catalog, text.as_bytes()) {
                let words: Vec<_> = text.split(|c: char| !(c.is_alphanumeric() || ":.-".contains(c))).collect();
                for name in granted.scopes.scopes().iter().map(|scope| catalog.scope(scope)) {
                    let stands = |word: &&str| word.trim_matches([':', '-', '.']) == name || word.ends_with(&format!("20{name}"));
                    prop_assert!(words.iter().any(stands), "{text:?}: {name}");
                }
            }
        }
    }
}
