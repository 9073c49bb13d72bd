//! Lists made to be slow end soon and say what they skipped.

use super::run;
use undersigned::model::known::Known;

#[test]
fn many_rows_that_share_a_word_are_not_compared_with_each_other() {
    let names: Vec<String> = (0..20_000).map(|at| format!("Coalition {}", word(at))).collect();
    let (resolution, diagnostics) = run(&names, &Known::default());
    assert_eq!(resolution.signatories.len(), names.len());
    assert!(resolution.skipped > 0 && !diagnostics.is_empty());
}

#[test]
fn identical_rows_are_one() {
    let (resolution, _) = run(&vec!["Casa Uno"; 20_000], &Known::default());
    assert_eq!(resolution.signatories.len(), 1);
    assert_eq!(resolution.pairs.len(), 19_999);
    assert_eq!(resolution.skipped, 0);
}

#[test]
fn long_names_are_equal_or_not() {
    let long = |at: usize| format!("{} {at}", "very long name ".repeat(700));
    let names: Vec<String> = (0..200).map(|at| long(at / 2)).collect();
    let (resolution, _) = run(&names, &Known::default());
    assert_eq!(resolution.signatories.len(), 100);
}

#[test]
fn the_same_words_reordered_are_not_all_compared_with_each_other() {
    let words: Vec<String> = (0..40).map(word).collect();
    let names: Vec<String> = (0..1500).map(|at| shuffled(&words, at).join(" ")).collect();
    let (resolution, diagnostics) = run(&names, &Known::default());
    check_work(&resolution, names.len());
    let said = diagnostics.iter().any(|d| d.code == undersigned::diag::Code::Truncated);
    assert!(said, "what was not looked at is said");
}

#[test]
fn one_block_by_any_key_is_bounded() {
    let lists: [(&str, fn(usize) -> String); 7] = [
        ("one word shared", |at| format!("Coalition {}", word(at))),
        ("numbers of one union", |at| {
            format!("Amalgamated Weavers Union Local {at}")
        }),
        ("one acronym", |at| {
            format!("{} {} Yard (QXY)", word(at), word(at / 7 + 1))
        }),
        ("one beginning", |at| format!("Dream Yard {}", word(at))),
        ("one other name", |at| {
            format!("{} House d/b/a Sol y Luz Alliance", word(at))
        }),
        ("one letter each", |at| {
            format!("Quaban{}", word(at % 90).to_lowercase())
        }),
        ("one part in brackets", |at| {
            format!("{} (Tideline Garden Keepers)", word(at))
        }),
    ];
    for (title, make) in lists {
        let names: Vec<String> = (0..4000).map(make).collect();
        let (resolution, _) = run(&names, &Known::default());
        assert!(
            resolution.compared <= 64 * names.len() as u64,
            "{title}: {} pairs compared",
            resolution.compared
        );
        check_work(&resolution, names.len());
    }
}

/// In a list of up to a thousand names, all pairs are looked at; few are compared in full.
#[test]
fn few_names_of_a_letter_are_compared_in_full() {
    let places = [
        "Aspen", "Badger", "Cedar", "Dolphin", "Emerald", "Flint", "Granite", "Harvest", "Indigo", "Juniper",
        "Kestrel", "Lantern", "Magnolia", "Orchard", "Pebble", "Quartz", "Russet", "Sparrow", "Tamarack", "Velvet",
    ];
    let ends = [
        "acre", "bluff", "canyon", "field", "garden", "hollow", "junction", "marsh", "prairie", "thorpe",
    ];
    let causes = ["Housing", "Legal Aid", "Food Justice", "Workers", "Youth"];
    let sorts = [
        "Alliance",
        "Coalition",
        "Network",
        "Center",
        "Project",
        "Collective",
        "Council",
        "Union",
    ];
    let each = |at: usize| {
        let (place, end) = (places[at % 20], ends[at / 20 % 10]);
        format!("{place}{end} {} {}", causes[at / 200 % 5], sorts[at % 8])
    };
    for rows in [250, 500, 1000] {
        let names: Vec<String> = (0..rows).map(each).collect();
        let (resolution, _) = run(&names, &Known::default());
        assert!(
            resolution.compared <= 4 * names.len() as u64,
            "{rows} names: {} pairs compared",
            resolution.compared
        );
        assert_eq!(resolution.skipped, 0);
    }
}

#[test]
fn every_row_in_another_script_is_survived() {
    let first = ['a', 'а', 'α', 'א', 'ا', 'Ա', 'अ', 'ก', 'ア', '가', '一', 'Ꭰ'];
    let names: Vec<String> = (0..1200u32)
        .map(|at| {
            let begin = first[at as usize % first.len()] as u32;
            (0..6)
                .filter_map(|n| char::from_u32(begin + (at / 12 + n * 3) % 20))
                .collect()
        })
        .collect();
    let (resolution, _) = run(&names, &Known::default());
    check_work(&resolution, names.len());
}

#[test]
fn long_cells_do_not_take_longer_than_they_are() {
    // Brackets, other names and single letters without end.
    let cells = ["(a) ", "a dba ", "d/b/a ", "x ", "st ", "& ", "((", "No. 1 "];
    for cell in cells {
        let name = cell.repeat(200_000 / cell.len());
        let (resolution, _) = run(&[name.as_str(), name.as_str(), "Casa Uno"], &Known::default());
        assert!(resolution.signatories.len() <= 2, "{cell}");
    }
}

/// That the work is bounded by the rows, and no row is lost.
fn check_work(resolution: &undersigned::resolve::Resolution, rows: usize) {
    // So many pairs a row at most, from blocks and from clusters.
    const EACH: u64 = 80;
    assert!(
        resolution.compared <= EACH * rows as u64 + 20_000,
        "{} pairs",
        resolution.compared
    );
    let placed: usize = resolution
        .signatories
        .iter()
        .map(|signatory| signatory.rows.len())
        .sum();
    assert_eq!(placed + resolution.excluded.len(), rows);
}

fn shuffled(words: &[String], seed: usize) -> Vec<String> {
    let mut words = words.to_vec();
    let mut state = seed as u64 + 1;
    for at in (1..words.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        words.swap(at, (state >> 33) as usize % (at + 1));
    }
    words
}

/// A made-up word for a number.
fn word(mut at: usize) -> String {
    let syllables = ["ba", "ko", "di", "fu", "ga", "le", "mi", "no", "pe", "ru"];
    let mut out = String::from("Qua");
    for _ in 0..6 {
        out.push_str(syllables[at % 10]);
        at /= 10;
    }
    out
}
