use super::{flip, granting, query_changed};
use crate::app::{Effect, Focus, Model, Notice, Tab};
use crate::domain::{ActionIndex, GuideUrlError, Selection};

/// A pasted guide URL is the selection that it carries; any other text is a query.
pub fn paste(model: &mut Model, text: &str) -> Option<Effect> {
    model.notice = None;
    model.cover = None;
    if model.focus == Focus::Granting {
        granting::paste(model, text);
        return None;
    }
    match model.catalog.selection_of_url(text) {
        Ok(selection) => restore(model, &selection),
        Err(GuideUrlError::OtherPage) => {
            model.tab = Tab::Panel;
            model.focus = Focus::Typing;
            model.query.insert(text);
            return query_changed(model);
        }
        Err(error) => model.notice = Some(Notice::bad(refusal(&error))),
    }
    None
}

fn restore(model: &mut Model, selection: &Selection) {
    let differs =
        |action: &ActionIndex| selection.contains(*action) != model.selection.contains(*action);
    let flipped = model.catalog.indices().filter(differs).collect();
    flip(model, flipped);
    let text = format!("The guide URL's selection is ticked: {} of them.", selection.len());
    model.notice = Some(Notice::good(text));
}

fn refusal(error: &GuideUrlError) -> String {
    match error {
        GuideUrlError::UnknownAction(unknown) => {
            format!("That guide URL names {}, which no action has as its id.", unknown.id)
        }
        GuideUrlError::RepeatedSelection => {
            "That guide URL carries more than one selection; paste one with a single list.".into()
        }
        GuideUrlError::NoSelection | GuideUrlError::OtherPage => {
            "That is the guide's address without a selection, so nothing was changed.".into()
        }
    }
}
