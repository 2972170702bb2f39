//! The overview: the numbers of the documentation.

use maud::html;

use crate::frame::Frame;
use crate::routes::Route;

pub(crate) fn render(frame: Frame<'_>) -> String {
    let state = &frame.site.state;
    let body = html! {
        h1 { "Microsoft Graph documentation" }
        section aria-labelledby="contents" {
            h2 #contents { "Contents" }
            div.scroll {
                table {
                    thead { tr {
                        th scope="col" { "Version" } th scope="col" { "Areas" } th scope="col" { "Structured types" }
                        th scope="col" { "Enum types" } th scope="col" { "Operations" }
                    } }
                    tbody {
                        @for (version, api) in state.analysis.model.apis.iter().enumerate() {
                            tr {
                                th scope="row" { a href=(frame.href(Route::Version(version))) { (api.version.name()) } }
                                td.number { (state.versions[version].area_names.len()) }
                                td.number { (api.structured_types.len()) }
                                td.number { (api.enums.len()) }
                                td.number { (api.operations.len()) }
                            }
                        }
                    }
                }
            }
        }
    };
    frame.page("Overview", &[], body)
}
