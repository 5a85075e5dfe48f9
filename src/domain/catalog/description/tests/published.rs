//! Files as providers publish them.

use super::*;

#[test]
fn asana_has_tokens_that_are_not_oauth_beside_one_scope_each() {
    let asana = read_with(YAML, ASANA, None);
    assert_eq!((&*asana.name, &*asana.format), ("Asana", "OpenAPI 3.0.0"));
    assert_eq!(
        accepted(&asana),
        [
            "getTasks: tasks:read",
            "createTask: tasks:write",
            "getTask: tasks:read",
            "deleteTask: tasks:delete",
            "createBatchRequest: nothing",
            "getUser: users:read",
            "createGoal: nothing",
        ]
    );
    assert_eq!(asana.calls[0].label, "Get multiple tasks");
    assert_eq!(asana.notes, [CatalogNote::OauthWithoutScope { operations: 2 }]);
}

#[test]
fn pipedrive_lists_scopes_of_which_any_one_does() {
    let listed = |listed| accepted(&read_with(YAML, PIPEDRIVE, listed));
    let expected = |joint: &str| {
        [
            "Oauth_refreshToken: not by OAuth".to_owned(),
            "Activities_deleteBulk: activities:full".to_owned(),
            format!("Activities_listUserActivities: activities:read {joint} activities:full"),
            "Activities_addNewActivity: activities:full".to_owned(),
            "Deals_createDeal: deals:full".to_owned(),
            "Deals_deleteBulk: deals:full".to_owned(),
            format!("Deals_getAllDeals: deals:read {joint} deals:full"),
            "Deals_listDealUpdates: recents:read".to_owned(),
            format!("Deals_listParticipantsChangelog: deals:read {joint} deals:full"),
            "getCurrentUser: base".to_owned(),
        ]
    };
    assert_eq!(listed(None), expected("+"));
    assert_eq!(listed(Some(ListedScopes::All)), expected("+"));
    assert_eq!(listed(Some(ListedScopes::Any)), expected("|"));
    let notes = |listed| read_with(YAML, PIPEDRIVE, listed).notes;
    assert_eq!(notes(None), [CatalogNote::ListedScopes { operations: 3 }]);
    assert_eq!(notes(Some(ListedScopes::All)), [], "it was said");
}

#[test]
fn slack_is_swagger_with_lists_of_which_any_one_does() {
    let slack = read_with(JSON, SLACK, Some(ListedScopes::Any));
    assert_eq!((&*slack.name, &*slack.format), ("Slack Web API", "Swagger 2.0"));
    assert_eq!(
        accepted(&slack),
        [
            "api_test: none",
            "auth_test: none",
            "conversations_list: channels:read | groups:read | im:read | mpim:read",
            "conversations_create: channels:write | groups:write | im:write | mpim:write",
            "conversations_history: channels:history | groups:history | im:history | mpim:history",
            "conversations_invite: channels:write | groups:write | im:write | mpim:write",
            "conversations_join: channels:write",
            "chat_postMessage: chat:write:bot | chat:write:user",
            "files_upload: files:write:user",
            "users_list: users:read",
            "admin_apps_approve: admin.apps:write",
            "emoji_list: emoji:read",
            "oauth_access: none",
        ]
    );
    let all = read_with(JSON, SLACK, None);
    assert_eq!(all.notes, [CatalogNote::ListedScopes { operations: 5 }]);
    assert_eq!(slack.calls[0].label, "api_test", "it has no summary");
}

#[test]
fn of_the_scopes_of_a_discovery_document_any_one_does() {
    let drive = read_with(Format::Discovery, DRIVE, None);
    assert_eq!((&*drive.name, &*drive.version), ("Google Drive API", "v3"));
    let accepted: Vec<_> = accepted(&drive)
        .iter()
        .map(|line| line.replace("https://www.googleapis.com/auth/drive", "d"))
        .collect();
    let reading = "d | d.appdata | d.file | d.metadata | d.metadata.readonly | d.photos.readonly | d.readonly";
    let with_meet = reading.replace("d.file", "d.file | d.meet.readonly");
    assert_eq!(
        accepted,
        [
            format!("drive.about.get: {reading}"),
            "drive.apps.list: d.apps.readonly".to_owned(),
            format!("drive.changes.list: {with_meet}"),
            "drive.comments.list: d | d.file | d.meet.readonly | d.readonly".to_owned(),
            "drive.drives.list: d | d.readonly".to_owned(),
            "drive.files.create: d | d.appdata | d.file".to_owned(),
            "drive.files.delete: d | d.appdata | d.file".to_owned(),
            format!("drive.files.get: {with_meet}"),
            format!("drive.files.list: {with_meet}"),
            "drive.permissions.create: d | d.file".to_owned(),
        ]
    );
}
