//! The reasons for which a row is held: a person must answer a question about it first.
//!
//! In: nothing. Out: plain values that `load` and `resolve` set and the front ends show.
//! Guaranteed: each reason has its word, its question and the answers that fit.
//! Absent: judging a row (that is `load::lists`', for cells, and `resolve::rows`', for
//! names).

macro_rules! held_reasons {
    ($($variant:ident $word:literal $question:literal [$($answer:ident)*] $doc:literal)*) => {
        /// Why a row is held. The word list of scripts; see docs/LISTS.md.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum HeldReason { $(#[doc = $doc] $variant,)* }

        impl HeldReason {
            /// Every reason, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the word in JSON and in decisions.toml.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Returns one sentence that says when a row is held for it.
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => $doc,)* }
            }

            /// Returns the answers that fit, the likeliest first.
            pub fn answers(self) -> &'static [RowAnswer] {
                match self { $(Self::$variant => &[$(RowAnswer::$answer,)*],)* }
            }

            /// Returns whether the name itself raises the question, and no other cell.
            pub fn is_of_name(self) -> bool {
                !matches!(
                    self,
                    Self::Struck
                        | Self::Hidden
                        | Self::RestrainingComment
                        | Self::NearWithdrawal
                        | Self::OtherAnswer
                        | Self::ConsentUnclear
                        | Self::StatusUnclear
                        | Self::ColumnUnclear
                        | Self::MailSign
                        | Self::MailRemove
                        | Self::MailUnclear
                )
            }

            fn question(self) -> &'static str {
                match self { $(Self::$variant => $question,)* }
            }
        }
    };
}

// In a question, the name in the row and what raised the question are filled in.
held_reasons! {
    SectionHeading "section-heading" "is {name} a heading of the list, or a signatory?" [Section Signatory Not] "A row looks like a heading within the list."
    Total "total" "is {name} a line of the sheet, or a signatory?" [Not Signatory] "A row looks like a total or a footer."
    HeaderAgain "header-again" "is {name} the header again, or a signatory?" [Not Signatory] "A row repeats the header."
    Greeting "greeting" "is {name} a line of a message, or a signatory?" [Not Signatory] "A row looks like a greeting or the end of a message."
    Contact "contact" "is {name} only the contact, or a signatory?" [Not Person Signatory] "The name in a row is its contact's."
    NoName "no-name" "is {name} the name of a signatory?" [Not Signatory] "What stands in a row is not a name."
    Remark "remark" "what does {about} mean for {name}?" [Withdrawn Signatory Not] "The name in a row has a remark that may restrain it."
    SeveralNames "several-names" "is {name} one signatory, or several: {about}?" [Split Signatory Not] "A row may name several signatories."
    Person "person" "is {name} a person or an organization?" [Person Signatory Not] "A person stands where an organization is expected."
    Struck "struck" "{name} is struck out; did it sign?" [Not Signatory Withdrawn] "The row is struck out."
    Hidden "hidden" "the row of {name} is hidden in the sheet; did it sign?" [Not Signatory Withdrawn] "The row is hidden or filtered out in its sheet."
    RestrainingComment "restraining-comment" "may {name} be printed, in view of {about}?" [Not Signatory Withdrawn] "A comment in another column may restrain the row."
    NearWithdrawal "near-withdrawal" "{about} withdrew; is it {name}?" [Withdrawn Signatory] "An organization of nearly the same name withdrew."
    OtherAnswer "other-answer" "another row says {about}; does {name} sign?" [Signatory Not Withdrawn] "Another row of the same name, or of nearly the same, declined or has not decided."
    ConsentUnclear "consent-unclear" "may {name} be printed, in view of {about}?" [Not Signatory] "The answer to a question of consent is not understood."
    StatusUnclear "status-unclear" "does {name} sign, in view of {about}?" [Not Signatory Withdrawn] "The status of a row is not understood."
    ColumnUnclear "column-unclear" "does {name} sign, in view of {about}?" [Not Signatory Withdrawn] "A column that may decide whether a row is printed is not understood."
    MailSign "mail-sign" "does {name} sign? Its mail says {about}" [Signatory Person Not Withdrawn] "A mail asks to sign."
    MailRemove "mail-remove" "has {name} withdrawn? Its mail says {about}" [Withdrawn Not Signatory] "A mail asks to be taken off."
    MailUnclear "mail-unclear" "does {name} sign? A mail says {about}" [Not Signatory Person Withdrawn] "What a mail asks for, or for whom, is not understood."
}

/// What a person may answer about a held row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowAnswer {
    /// It is one signatory.
    Signatory,
    /// It is no signatory.
    Not,
    /// It is several signatories.
    Split,
    /// It is a signatory, and a person.
    Person,
    /// It signed, and withdrew.
    Withdrawn,
    /// It is the heading of the rows below it.
    Section,
}

impl RowAnswer {
    /// Every answer.
    pub const ALL: &[Self] = &[
        Self::Signatory,
        Self::Not,
        Self::Split,
        Self::Person,
        Self::Withdrawn,
        Self::Section,
    ];

    /// Returns the word in JSON and in decisions.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Signatory => "signatory",
            Self::Not => "not",
            Self::Split => "split",
            Self::Person => "person",
            Self::Withdrawn => "withdrawn",
            Self::Section => "section",
        }
    }
}

/// The first word of a held row's status.
const HELD: &str = "held";

/// Stands in a question for a cell that has nothing.
const EMPTY_CELL: &str = "(empty)";

/// What is asked about a row before it may be printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The reason.
    pub reason: HeldReason,
    /// What raised the question: the remark, or the column and its cell. May be empty.
    pub about: Box<str>,
    /// The name to print if it is a signatory after all, where that is not the name as
    /// typed: the name without its remark.
    pub print: Option<Box<str>>,
    /// What else the row's cells raise, in the order in which it is asked.
    pub others: Vec<Hold>,
}

impl Hold {
    /// A question about a row's own name.
    pub fn new(reason: HeldReason) -> Self {
        Self::about(reason, "")
    }

    /// A question that something beside the name raised.
    pub fn about(reason: HeldReason, about: &str) -> Self {
        Self {
            reason,
            about: about.into(),
            print: None,
            others: Vec::new(),
        }
    }

    /// Adds another question, unless it is one of these.
    pub fn add(&mut self, hold: Self) {
        let is_same = |known: &Self| known.reason == hold.reason && known.about == hold.about;
        if !is_same(self) && !self.others.iter().any(is_same) {
            self.others.push(hold);
        }
    }

    /// Returns the questions one by one.
    pub fn each(mut self) -> impl Iterator<Item = Self> {
        let others = std::mem::take(&mut self.others);
        std::iter::once(self).chain(others)
    }

    /// Empties what raised the questions where it is private.
    pub fn clear_abouts(&mut self, is_private: impl Fn(&str) -> bool) {
        let holds = std::iter::once(&mut self.about).chain(self.others.iter_mut().map(|hold| &mut hold.about));
        holds
            .filter(|about| is_private(about))
            .for_each(|about| *about = Box::default());
    }

    /// A question that a column raised which may decide, with the row's cell in it.
    pub fn of_column(header: &str, cell: &str) -> Self {
        let cell = if cell.is_empty() { EMPTY_CELL } else { cell };
        let about = match header.contains(": ") {
            true => format!("\"{header}\": {cell}"),
            false => format!("{header}: {cell}"),
        };
        Self::about(HeldReason::ColumnUnclear, &about)
    }

    /// Returns the header and the cell of [`Self::of_column`].
    pub fn column(&self) -> Option<(&str, &str)> {
        if self.reason != HeldReason::ColumnUnclear {
            return None;
        }
        let quoted = self.about.strip_prefix('"').and_then(|about| about.split_once("\": "));
        let (header, cell) = quoted.or_else(|| self.about.split_once(": "))?;
        Some((header, if cell == EMPTY_CELL { "" } else { cell }))
    }

    /// Returns what a list says in `status` of a row that is held for what the list itself no
    /// longer shows: "held: column-unclear: Board vote: maybe".
    pub fn status_word(&self) -> String {
        let word = |hold: &Self| match &*hold.about {
            "" => format!("{HELD}: {}", hold.reason.as_str()),
            about => format!("{HELD}: {}: {about}", hold.reason.as_str()),
        };
        let words = std::iter::once(self).chain(&self.others).map(word);
        words.collect::<Vec<_>>().join("; ")
    }

    /// Reads what [`Self::status_word`] writes.
    pub fn from_status_word(word: &str) -> Option<Self> {
        let rest = word.trim().strip_prefix(HELD)?;
        let read = |rest: &str| {
            let rest = rest.trim_start_matches([':', ' ']);
            let (reason, about) = rest.split_once(": ").unwrap_or((rest, ""));
            let known = HeldReason::ALL.iter().find(|known| known.as_str() == reason)?;
            Some(Self::about(*known, about.trim()))
        };
        let mut holds = rest.split("; held: ").map(read);
        let first = holds.next().flatten();
        let mut first = first.unwrap_or_else(|| Self::about(HeldReason::StatusUnclear, word.trim()));
        holds.flatten().for_each(|hold| first.add(hold));
        Some(first)
    }

    /// Returns whether a mail raised the question; what it is about is a quotation then.
    pub fn is_of_mail(&self) -> bool {
        use HeldReason as Why;
        matches!(self.reason, Why::MailSign | Why::MailRemove | Why::MailUnclear)
    }

    /// Returns the question in words, about a row with this name.
    pub fn question(&self, name: &str) -> String {
        let name = self.print.as_deref().unwrap_or(name);
        let fill = |part: &str| match part {
            "{name}" => format!("`{name}`"),
            "{about}" if self.reason == HeldReason::SeveralNames => format!("`{}`", self.about.replace("; ", "`, `")),
            "{about}" if self.is_of_mail() => self.about.to_string(),
            "{about}" => format!("`{}`", self.about),
            word => word.to_owned(),
        };
        let words = self.reason.question().split_inclusive([' ', ',', ';', '?']);
        words
            .map(|word| {
                let end = word.find([' ', ',', ';', '?']).unwrap_or(word.len());
                fill(&word[..end]) + &word[end..]
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_names_the_row_and_what_raised_it() {
        let mut hold = Hold::about(HeldReason::Remark, "(withdrawn)");
        hold.print = Some("Harwell Village".into());
        assert_eq!(
            hold.question("Harwell Village (withdrawn)"),
            "what does `(withdrawn)` mean for `Harwell Village`?"
        );
        assert_eq!(
            Hold::new(HeldReason::Total).question("TOTAL {about}"),
            "is `TOTAL {about}` a line of the sheet, or a signatory?"
        );
    }

    #[test]
    fn a_question_about_a_column_tells_its_header_and_cell() {
        for (header, cell) in [("Board vote", "maybe: later"), ("Approval: board", ""), ("Vote:", "x")] {
            let hold = Hold::of_column(header, cell);
            assert_eq!(hold.column(), Some((header, cell)));
            let read = Hold::from_status_word(&hold.status_word()).map(|hold| hold.about);
            assert_eq!(read, Some(hold.about));
        }
        assert_eq!(Hold::about(HeldReason::StatusUnclear, "a: b").column(), None);
        let mut two = Hold::of_column("Board vote", "maybe");
        two.add(Hold::about(HeldReason::ConsentUnclear, "Publish?: perhaps"));
        assert_eq!(Hold::from_status_word(&two.status_word()), Some(two));
    }

    #[test]
    fn each_reason_is_on_the_page_of_lists() {
        let page = include_str!("../../docs/LISTS.md");
        for reason in HeldReason::ALL {
            let row = format!("| `{}` | {} |", reason.as_str(), reason.description());
            assert!(page.contains(&row), "docs/LISTS.md lacks {row}");
        }
    }

    #[test]
    fn each_reason_has_its_own_word_and_answers() {
        let words: std::collections::BTreeSet<_> = HeldReason::ALL.iter().map(|reason| reason.as_str()).collect();
        assert_eq!(words.len(), HeldReason::ALL.len());
        for reason in HeldReason::ALL {
            assert!(reason.answers().contains(&RowAnswer::Signatory), "{}", reason.as_str());
        }
    }
}
