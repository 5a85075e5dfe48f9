use super::{
    Budget, Catalog, ComparedPower, Difference, Least, Mode, ScopeSet, Selection, Separator,
};

/// The scopes of a selection. The screen, the counts, copies and output all read them from here, so
/// that they cannot differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    pub mode: Mode,
    /// The scopes without duplicates, in the order of the provider's own form.
    pub scopes: ScopeSet,
    /// With least privilege, the place of each scope by its position in the catalog, the one that lets
    /// the app do the least first. `None`, or nothing at the end, for those that are not in the answer.
    pub(super) ranks: Vec<Option<usize>>,
    /// The caveats about the scopes of [`Mode::Least`]: see [`Least::caveats`].
    pub caveats: Vec<String>,
    /// The power of the scopes, compared with the other mode. `None` without a reference, and without a
    /// selection: counting calls would delay the first frame.
    pub power: Option<ComparedPower>,
    /// The difference from the guide's scopes. `None` if these are the guide's scopes, or if there
    /// is no guide.
    pub from_guide: Option<Difference>,
    /// How far the search for the least privilege has come, which the power of the guide's scopes is
    /// compared with too.
    pub search: LeastSearch,
}

/// How far the search for the least privilege has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeastSearch {
    /// No other scopes let the app do less.
    #[default]
    Proved,
    /// The answer is provisional: [`Budget::Frame`] was not enough.
    Unfinished,
    /// Other scopes may let the app do less.
    CutShort,
}

impl Catalog {
    /// The mode of an answer for which `asked` is requested. A catalog without a guide has only the
    /// least mode.
    pub fn mode(&self, asked: Mode) -> Mode {
        if self.is_described() { Mode::Least } else { asked }
    }
}

impl LeastSearch {
    /// A sentence for an answer that is not proved.
    pub const fn caveat(self) -> Option<&'static str> {
        match self {
            Self::Proved => None,
            Self::Unfinished => Some("Still searching: other scopes may let the app do less."),
            Self::CutShort => {
                Some("The search was cut short: other scopes may let the app do less.")
            }
        }
    }
}

impl Answer {
    /// The answer with the guide's scopes.
    pub fn of(catalog: &Catalog, selection: &Selection) -> Self {
        Self::in_mode(catalog, selection, Mode::Guide)
    }

    /// In [`Mode::Least`] the scopes may be such that only the reference knows.
    pub fn in_mode(catalog: &Catalog, selection: &Selection, mode: Mode) -> Self {
        Self::within(Budget::Whole, catalog, selection, mode)
    }

    pub fn within(budget: Budget, catalog: &Catalog, selection: &Selection, mode: Mode) -> Self {
        let mode = catalog.mode(mode);
        let guide = catalog.guide_scopes(selection);
        let least = (mode == Mode::Least || catalog.reference().is_some())
            .then(|| Least::within(budget, catalog, selection));
        let power = least.as_ref().filter(|_| !selection.is_empty()).and_then(|least| {
            let (guide, least) = (catalog.power(&guide)?, catalog.power(&least.scopes)?);
            let guide = Some(guide).filter(|_| !catalog.is_described());
            Some(ComparedPower { mode, authority: catalog.authority(), guide, least })
        });
        let search = match &least {
            Some(least) if !least.proved => match budget {
                Budget::Frame => LeastSearch::Unfinished,
                Budget::Whole => LeastSearch::CutShort,
            },
            _ => LeastSearch::Proved,
        };
        let (scopes, caveats, from_guide) = match least {
            Some(least) if mode == Mode::Least => {
                let from_guide =
                    (!catalog.is_described()).then(|| Difference::between(&guide, &least.scopes));
                // First, so that a low pane shows it too.
                let mut caveats: Vec<_> = search.caveat().map(str::to_owned).into_iter().collect();
                caveats.extend(least.caveats(catalog, selection));
                (least.scopes.clone(), caveats, from_guide)
            }
            _ => (guide, Vec::new(), None),
        };
        let mut by_power: Vec<_> = scopes.iter().filter(|_| mode == Mode::Least).collect();
        by_power.sort_by_cached_key(|&scope| catalog.rank(scope));
        let mut ranks = vec![None; scopes.iter().last().map_or(0, |last| last.position() + 1)];
        for (rank, scope) in by_power.into_iter().enumerate() {
            ranks[scope.position()] = Some(rank);
        }
        Self { mode, scopes, ranks, caveats, power, from_guide, search }
    }

    /// The scopes' names, joined by exactly one separator character. Empty for an empty selection.
    pub fn text(&self, catalog: &Catalog, separator: Separator) -> String {
        catalog.names(&self.scopes).join(separator.char().encode_utf8(&mut [0; 4]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_come_once_each_in_catalog_order_whatever_the_order_of_ticking() {
        let catalog = Catalog::pipedrive();
        let ids = ["add_deal", "list_users", "get_deal", "list_deals"];
        let selection: Selection =
            ids.iter().map(|id| catalog.find(&format!("pipedrive_{id}")).expect(id)).collect();
        let answer = Answer::of(&catalog, &selection);
        assert_eq!(answer.text(&catalog, Separator::Comma), "deals:read,deals:full,users:read");
        assert_eq!(answer.scopes.len(), 3);
    }

    #[test]
    fn nothing_ticked_gives_no_scope_and_the_bare_page() {
        let catalog = Catalog::pipedrive();
        let answer = Answer::of(&catalog, &Selection::new());
        assert_eq!(answer.text(&catalog, Separator::Space), "");
        let address = catalog.page().map(|page| page.address.clone());
        assert!(address.is_some());
        assert_eq!(catalog.guide_url(&Selection::new()), address);
    }

    #[test]
    fn all_actions_need_seventeen_of_the_nineteen_scopes() {
        let catalog = Catalog::pipedrive();
        let answer = Answer::of(&catalog, &catalog.indices().collect());
        assert_eq!(answer.scopes.len(), 17);
        assert_eq!(answer.text(&catalog, Separator::Newline).lines().count(), 17);
    }

    #[test]
    fn the_least_mode_may_put_out_a_scope_that_the_form_does_not_list() {
        let catalog = Catalog::pipedrive();
        let action = catalog.find("pipedrive_add_deal_field").expect("known");
        let selection: Selection = [action].into_iter().collect();
        let in_mode =
            |mode| Answer::in_mode(&catalog, &selection, mode).text(&catalog, Separator::Space);
        assert_eq!(in_mode(Mode::Guide), "deals:full");
        assert_eq!(in_mode(Mode::Guide.other()), "deal-fields:full");
    }
}
