//! The date that the text of a deprecation names.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Returns the first date of a text in ISO 8601, `2026-06-30`, or `2026-06` if the text names no day. Dates are written as
/// `June 30, 2026` or `June 2026`.
pub(super) fn parse_retirement_date(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let words: Vec<&str> = lower
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.iter().enumerate().find_map(|(place, word)| {
        let month = MONTHS.iter().position(|month| month == word)? + 1;
        let next = words.get(place + 1)?;
        if let Some(year) = parse_year(next) {
            return Some(format!("{year}-{month:02}"));
        }
        let year = parse_year(words.get(place + 2)?)?;
        let day: u8 = next.parse().ok()?;
        (1..=31)
            .contains(&day)
            .then(|| format!("{year}-{month:02}-{day:02}"))
    })
}

fn parse_year(word: &str) -> Option<u16> {
    let year: u16 = word.parse().ok()?;
    (2000..2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_sentences() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(parse_retirement_date(text).as_deref(), expected, "{text}");
        };
        check(
            "It stops on June 30, 2026. Use another.",
            Some("2026-06-30"),
        );
        check("It stops on May 19 2023", Some("2023-05-19"));
        check("It stops in March, 2023.", Some("2023-03"));
        check("Deprecated in July 2019.", Some("2019-07"));
        check("You may use another.", None);
        check("It may 40, 2020.", None);
        check("Deprecated in version 2020.", None);
        check("", None);
    }
}
