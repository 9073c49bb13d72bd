//! A row of a list: one signature as somebody typed it.
//!
//! A [`Record`] is one row; what the rows of one signatory become is
//! `resolve::Signatory`. Private columns are marked here, once
//! ([`Column::is_private`]); output stages never ask for them.

use crate::model::held::Hold;
use crate::source::Origin;
use std::borrow::Cow;

/// Organisation or person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A group.
    #[default]
    Organization,
    /// A person.
    Individual,
}

impl Kind {
    /// The word in lists and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Individual => "individual",
        }
    }
}

/// How far an organisation reaches; the order is the roll's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Leads the coalition; printed first.
    Lead,
    /// National.
    National,
    /// A state's.
    State,
    /// A town's, county's or district's.
    Local,
    /// Of several countries.
    International,
}

impl Level {
    /// Every level, in the roll's order.
    pub const ALL: &[Self] = &[
        Self::Lead,
        Self::National,
        Self::State,
        Self::Local,
        Self::International,
    ];

    /// The word in lists and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::National => "national",
            Self::State => "state",
            Self::Local => "local",
            Self::International => "international",
        }
    }
}

/// Whether a signature counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It counts.
    #[default]
    Confirmed,
    /// Not yet confirmed.
    Pending,
    /// Signed, then withdrawn.
    Withdrawn,
    /// Asked, and said no.
    Declined,
}

impl Status {
    /// Every status.
    pub const ALL: &[Self] = &[Self::Confirmed, Self::Pending, Self::Withdrawn, Self::Declined];

    /// The word in lists and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Pending => "pending",
            Self::Withdrawn => "withdrawn",
            Self::Declined => "declined",
        }
    }
}

macro_rules! columns {
    ($($variant:ident $text:literal $private:literal $doc:literal)*) => {
        /// A canonical column of a list.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Column { $(#[doc = $doc] $variant,)* }

        impl Column {
            /// Every column, in canonical order.
            pub const ALL: &[Column] = &[$(Column::$variant,)*];

            /// The canonical header.
            pub fn as_str(self) -> &'static str {
                match self { $(Column::$variant => $text,)* }
            }

            /// Whether its cells may never reach a published document.
            pub fn is_private(self) -> bool {
                match self { $(Column::$variant => $private,)* }
            }
        }
    };
}

columns! {
    Name "name" false "The organisation; the person where `kind` is individual."
    Kind "kind" false "organization or individual."
    Representative "representative" false "A person who speaks for an organization in public."
    Title "title" false "An individual's title, or that of the representative."
    Affiliation "affiliation" false "An individual's affiliation."
    City "city" false "Town."
    State "state" false "State or province."
    District "district" false "Electoral district."
    Country "country" false "Country."
    Level "level" false "lead, national, state, local or international."
    Section "section" false "Heading under which it is printed."
    Status "status" false "confirmed, pending, withdrawn or declined."
    SignedAt "signed_at" false "When it was signed."
    SignedText "signed_text" false "The version of the text that was signed."
    EmbargoedUntil "embargoed_until" false "The day before which it may not be published."
    SortName "sort_name" false "The name to sort by."
    Url "url" false "Web page."
    Notes "notes" false "The coordinator's notes; not printed."
    ContactName "contact_name" true "Who filled in the form."
    ContactTitle "contact_title" true "Their title."
    Email "email" true "Their e-mail address."
    Phone "phone" true "Their telephone number."
    Address "address" true "Their street address."
    Ip "ip" true "The address the form was sent from."
    MessageId "message_id" true "The Message-ID of the mail that the row came by."
    MailVerdict "mail_verdict" true "What the receiving server found out about the mail's sender."
}

/// One row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The name as typed, outer white space and control characters removed.
    /// Empty: the row is invalid.
    pub name: Box<str>,
    /// The name as it stands in the list, where what is only form was taken away: numbering,
    /// quotation marks, a comma at the end.
    pub typed: Option<Box<str>>,
    /// True if a comma at its end may mean that something is missing.
    pub ends_in_comma: bool,
    /// True if something stands beside the name in its row, whether it is understood or not.
    pub has_more: bool,
    /// Organisation or person.
    pub kind: Kind,
    /// How far it reaches, if the list says.
    pub level: Option<Level>,
    /// Whether the signature counts.
    pub status: Status,
    /// The whole record in its file.
    pub origin: Origin,
    /// What must be asked about the row before it may be printed, if its cells raise a
    /// question.
    pub hold: Option<Box<Hold>>,
    /// True if the row is no signatory: it is certain, or a person answered so.
    pub ruled_out: bool,
    /// The other cells that are not empty, in canonical order of columns;
    /// `kind`, `level`, `status` and `name` are not repeated here.
    pub cells: Vec<(Column, Box<str>)>,
}

impl Record {
    /// A confirmed organisation of that name, with nothing else known.
    pub fn new(name: impl Into<Box<str>>, origin: Origin) -> Self {
        Self {
            name: name.into(),
            kind: Kind::default(),
            level: None,
            status: Status::default(),
            origin,
            typed: None,
            ends_in_comma: false,
            has_more: false,
            hold: None,
            ruled_out: false,
            cells: Vec::new(),
        }
    }

    /// Returns true if two rows say the same, wherever they are: a list that is read again may be
    /// another file to the program.
    pub fn says_same(&self, other: &Self) -> bool {
        let Self {
            name,
            typed,
            ends_in_comma,
            has_more,
            kind,
            level,
            status,
            origin: _,
            hold,
            ruled_out,
            cells,
        } = self;
        *name == other.name
            && *typed == other.typed
            && *ends_in_comma == other.ends_in_comma
            && *has_more == other.has_more
            && *kind == other.kind
            && *level == other.level
            && *status == other.status
            && *hold == other.hold
            && *ruled_out == other.ruled_out
            && *cells == other.cells
    }

    /// Returns the name as it stands in the list.
    pub fn typed_name(&self) -> &str {
        self.typed.as_deref().unwrap_or(&self.name)
    }

    /// Returns the name as it is compared with others: a comma at its end says that it may
    /// be cut off.
    pub fn compared_name(&self) -> Cow<'_, str> {
        match self.ends_in_comma {
            true => Cow::Owned(format!("{},", self.name)),
            false => Cow::Borrowed(&*self.name),
        }
    }

    /// Gives the row another name.
    pub fn rename(&mut self, name: &str) {
        self.name = name.into();
        self.typed = None;
        self.ends_in_comma = false;
    }

    /// Holds the row; what held it before goes first.
    pub fn hold_too(&mut self, hold: Hold) {
        match &mut self.hold {
            Some(first) => first.add(hold),
            None => self.hold = Some(Box::new(hold)),
        }
    }

    /// What a column holds, in the words of a list; empty if nothing.
    pub fn value(&self, column: Column) -> Cow<'_, str> {
        let word = match column {
            Column::Name => &self.name,
            Column::Kind => self.kind.as_str(),
            Column::Level => self.level.map_or("", Level::as_str),
            Column::Status => match &self.hold {
                Some(hold) if self.status == Status::Confirmed => return hold.status_word().into(),
                _ => self.status.as_str(),
            },
            other => self.get(other).unwrap_or_default(),
        };
        word.into()
    }

    /// Sets a column that is kept in `cells`; an empty value takes it away.
    pub fn set(&mut self, column: Column, value: &str) {
        self.cells.retain(|(known, _)| *known != column);
        if !value.is_empty() {
            self.cells.push((column, value.into()));
            self.cells.sort_by_key(|&(column, _)| column);
        }
    }

    /// The cell of a column, if it is not empty.
    pub fn get(&self, column: Column) -> Option<&str> {
        self.cells.iter().find(|(c, _)| *c == column).map(|(_, cell)| &**cell)
    }
}
