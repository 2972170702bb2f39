//! Long lists of rows that belong to areas: all rows, and those of each area, on as many pages as needed.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::frame::Frame;
use crate::routes::Route;

/// The number of rows on one page. Rows contain texts and links of two states or versions.
const ROWS: usize = 120;

/// The area of rows that belong to no area.
pub(crate) const NO_AREA: &str = "other";

/// The rows of a comparison by area.
#[derive(Debug)]
pub(crate) struct AreaLists<T> {
    pub(crate) rows: Vec<T>,
    /// The index of the area of each row.
    pub(crate) area_of_row: Vec<usize>,
    /// The areas by name, with the indexes of their rows.
    pub(crate) areas: Vec<(String, Vec<usize>)>,
}

impl<T> AreaLists<T> {
    /// Groups rows. `names` are the areas of the rows.
    pub(crate) fn new(rows: Vec<T>, names: Vec<String>) -> Self {
        let mut areas: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, name) in names.iter().enumerate() {
            areas.entry(name).or_default().push(row);
        }
        let mut area_of_row = vec![0; rows.len()];
        for (area, members) in areas.values().enumerate() {
            for row in members {
                area_of_row[*row] = area;
            }
        }
        let areas = areas
            .into_iter()
            .map(|(name, rows)| (name.to_owned(), rows))
            .collect();
        Self {
            rows,
            area_of_row,
            areas,
        }
    }

    /// Returns the number of pages with all rows, and with those of an area.
    pub(crate) fn parts(&self, area: Option<usize>) -> usize {
        let rows = match area {
            Some(area) => self.areas[area].1.len(),
            None => self.rows.len(),
        };
        rows.div_ceil(ROWS).max(1)
    }

    /// Returns the indexes of the rows on a page.
    pub(crate) fn part(&self, area: Option<usize>, part: usize) -> Vec<usize> {
        let (from, to) = (part * ROWS, (part + 1) * ROWS);
        match area {
            Some(area) => {
                let rows = &self.areas[area].1;
                rows[from.min(rows.len())..to.min(rows.len())].to_vec()
            }
            None => (from.min(self.rows.len())..to.min(self.rows.len())).collect(),
        }
    }

    /// Returns the page with all rows that contains a row.
    pub(crate) fn part_of(&self, row: usize) -> usize {
        row / ROWS
    }
}

/// Returns the name of an area as a title.
pub(crate) fn area_title(name: &str) -> String {
    name.replace('_', " ")
}

/// Returns a name as the value of a `data-` attribute, which lists values between spaces.
pub(crate) fn attribute_value(name: &str) -> String {
    name.replace(' ', "-")
}

/// Renders a control that filters the rows of `table` by the attribute `data-{attribute}`; nothing without a choice.
pub(crate) fn select(table: &str, attribute: &str, label: &str, names: &[String]) -> Markup {
    html! {
        @if names.len() > 1 {
            label {
                (label) " "
                select data-filter-by=(attribute) data-filter=(table) {
                    option value="" { "all" }
                    @for name in names { option value=(attribute_value(name)) { (area_title(name)) } }
                }
            }
            " "
        }
    }
}

/// Renders the field that filters the rows of `table` by text.
pub(crate) fn text_filter(table: &str, label: &str) -> Markup {
    html! { input.filter type="search" data-filter=(table) aria-label=(label) placeholder="Filter"; }
}

/// The pages of one list.
pub(crate) struct ListRoutes {
    pub(crate) all: fn(usize) -> Route,
    pub(crate) of_area: fn(usize, usize) -> Route,
}

impl ListRoutes {
    /// Returns the route of a page with all rows, or with those of an area.
    pub(crate) fn route(&self, area: Option<usize>, part: usize) -> Route {
        match area {
            Some(area) => (self.of_area)(area, part),
            None => (self.all)(part),
        }
    }

    /// Renders the links between the pages of a list.
    pub(crate) fn part_links<T>(
        &self,
        frame: Frame<'_>,
        lists: &AreaLists<T>,
        area: Option<usize>,
        current: usize,
    ) -> Markup {
        frame.part_links(lists.parts(area), current, |part| self.route(area, part))
    }
}
