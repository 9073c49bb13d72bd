//! Recognizes private values by their shape.
//!
//! In: a cell. Out: the private column that its shape belongs to. Guaranteed:
//! names of organizations with digits in them ("1199SEIU", "Local 32BJ", "350.org")
//! are not taken for private values. Absent: names of people, which have no shape.

use crate::model::signatory::Column;
use regex::Regex;
use std::sync::LazyLock;

struct Shapes {
    email: Regex,
    ip: Regex,
    phone: Regex,
    street: Regex,
}

static SHAPES: LazyLock<Option<Shapes>> = LazyLock::new(|| {
    let regex = |pattern| Regex::new(pattern).ok();
    Some(Shapes {
        // RFC 5322 allows more; nobody has it.
        email: regex(r"(?i)[a-z0-9._%+'-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}")?,
        ip: regex(
            r"(?i)^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)$|^([0-9a-f]{1,4}:){3,7}[0-9a-f:]+$|^[0-9a-f:]*::[0-9a-f:]+$",
        )?,
        // North America's, with or without the country's figure; or the plus sign
        // of any other country and at least seven figures.
        phone: regex(
            r"(^|[^0-9/])(\+?1[ .-]?)?(\([2-9]\d\d\) ?|[2-9]\d\d[ .-])[2-9]\d\d[ .-]\d{4}([^0-9]|$)|^\s*1?[2-9]\d{9}\s*$|\+\d[\d ().-]{6,}\d",
        )?,
        street: regex(
            r"(?i)(^|[,;(] ?)\d{1,6}[a-z]? ([nsew]\.? )?([\p{L}0-9.'’]+ ){1,4}(street|st|avenue|ave|boulevard|blvd|road|rd|drive|dr|lane|ln|court|ct|highway|hwy|parkway|pkwy|suite|apt)\b\.?|\bp\.? ?o\.? box \d|^(calle|avenida|av\.) [^,]+[ ,#]+\d+",
        )?,
    })
});

/// Returns whether a text has the shape of something private: an email address, a
/// telephone number, a street, an IP address.
pub fn looks_private(text: &str) -> bool {
    private(text).is_some()
}

/// Returns the private column whose shape a cell has, as a whole or in part.
pub(super) fn private(cell: &str) -> Option<Column> {
    // Most names have no figure and no sign of an address: nothing is searched.
    let suspicious = cell
        .bytes()
        .any(|byte| byte == b'@' || byte == b':' || byte.is_ascii_digit());
    if !suspicious {
        return None;
    }
    let shapes = SHAPES.as_ref()?;
    let cell = cell.trim();
    [
        (&shapes.email, Column::Email),
        (&shapes.ip, Column::Ip),
        (&shapes.phone, Column::Phone),
        (&shapes.street, Column::Address),
    ]
    .into_iter()
    .find(|(shape, _)| shape.is_match(cell))
    .map(|(_, column)| column)
}

/// Returns the name of a private column's values in a message.
pub(super) fn called(column: Column) -> &'static str {
    match column {
        Column::Email => "an email address",
        Column::Phone => "a phone number",
        Column::Ip => "an IP address",
        _ => "a street address",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_values_have_a_shape_and_names_have_none() {
        let check = |cell: &str, expected| assert_eq!(private(cell), expected, "{cell}");
        assert!(SHAPES.is_some());
        check("ana@example.org", Some(Column::Email));
        check("Río Abajo (ana.perez+x@mail.example.co.uk)", Some(Column::Email));
        check("@rioabajo", None);
        check("203.0.113.7", Some(Column::Ip));
        check("2001:db8::1", Some(Column::Ip));
        check("(505) 555-0100", Some(Column::Phone));
        check("505-555-0100", Some(Column::Phone));
        check("+1 202 555 0100", Some(Column::Phone));
        check("5055550100", Some(Column::Phone));
        check("+52 55 1234 5678", Some(Column::Phone));
        check("Río Abajo, 505.555.0100", Some(Column::Phone));
        check("1 Main St", Some(Column::Address));
        check("1200 N. Camino Real Ave., Suite 3", Some(Column::Address));
        check("P.O. Box 12", Some(Column::Address));
        check("Calle Mayor 12", Some(Column::Address));
        for name in [
            "1199SEIU",
            "SEIU Local 32BJ",
            "350.org",
            "Local 1021",
            "9to5",
            "2021-03-01 09:05:00",
            "3/1/2021 9:05:00",
            "American Federation of Teachers Local 2121, San Francisco",
            "Drive 2020",
            "14th Street Coalition",
            "Main Street Alliance",
            "100 Black Men of America",
            "Indivisible 22-14",
            "",
        ] {
            check(name, None);
        }
    }
}
