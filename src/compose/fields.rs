//! Fields in the text: `{{ signatories.count|words }}`.
//!
//! In: lines and blocks with [`Inline::Field`]s, and what is known of the
//! letter. Out: the same without fields, each a text in its place; or an error
//! with the field's place. Guaranteed: a field's text is never read again, as
//! Markdown, as HTML or as a field; an expression reaches nothing but
//! [`FIELDS`], the public columns of a recipient and [`FILTERS`], and its work is
//! bounded. Statements are `conditions`'. Absent: loops, includes, functions.
//! docs/FIELDS.md is the user's side of this.

use super::language::Language;
use super::person::Person;
use super::quotation_marks;
use super::statements::{self, bad};
use super::words::{Gender, cardinal, round_below};
use crate::diag::{Code, Diagnostic, suggest};
use crate::model::link;
use crate::model::placed_text::PlacedText;
use crate::model::text::{Block, Field, Inline, Line, List, Table};
use crate::source::Origin;
use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// Every field, with what it says; the documentation lists them in this order.
pub(super) const FIELDS: &[(&str, &str)] = &[
    ("signatories.count", "how many signatories the roll prints"),
    ("signatories.organizations", "how many of them are organizations"),
    ("signatories.individuals", "how many of them are individuals"),
    (
        "signatories.officials",
        "how many of the individuals sign in an elected office",
    ),
    (ROLL_COUNT, "in the heading of a roll: how many signatories it prints"),
    ("letter.title", "the title, as plain text"),
    ("letter.subject", "the subject, as plain text"),
    ("letter.date", "the date in words"),
    ("letter.deadline", "the last day to sign, in words"),
    (CALL_LINK, "where readers are asked to act"),
];

/// The field that is an address as it stands.
pub(super) const CALL_LINK: &str = "call.link";

/// The field that counts the roll whose heading it is in.
pub(super) const ROLL_COUNT: &str = "roll.count";

/// Every filter, with what it does.
pub(super) const FILTERS: &[(&str, &str)] = &[
    ("words", "a number in words"),
    ("ap", "a number as the press writes it: nine, 10"),
    ("more_than", "\"more than\" and the round number below, in words"),
    (
        "capitalize",
        "a text with its first letter in upper case, to begin a sentence",
    ),
];

/// Longest expression, in bytes. A guess: ten times the longest sensible one.
const MAX_EXPRESSION: usize = 1000;

/// Instructions an expression may take. An expression has no loops, so its
/// length bounds them already; this is the second lock on the door.
const FUEL: u64 = 2_000;

/// Nested calls an expression may make.
const RECURSION: usize = 20;

/// What the fields of one document say.
pub(super) struct Fields {
    language: Language,
    /// The tag of the document's language.
    tag: String,
    environment: Environment<'static>,
    /// By the names of [`FIELDS`]; what has no value here is missing.
    values: BTreeMap<&'static str, Value>,
    /// To whom the letter goes, in a mail merge.
    person: Option<Person>,
    /// All of these as the template engine takes them, once it was asked for.
    context: OnceCell<Value>,
    /// The language of the blocks at hand, where that is not the document's.
    passage: Option<String>,
    /// The fields that were filled in, with their places.
    pub(super) filled: BTreeMap<Origin, String>,
    /// What was found wrong.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Fields {
    /// Fields that say nothing yet.
    pub(super) fn new(language: &Language) -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_fuel(Some(FUEL));
        environment.set_recursion_limit(RECURSION);
        let spoken = language.clone();
        environment.add_filter("words", move |number: Value, options: Kwargs| {
            words(&spoken, &number, &options)
        });
        let spoken = language.clone();
        environment.add_filter("ap", move |number: Value, options: Kwargs| {
            let number = whole(&number, "ap")?;
            let gender = gender(&options)?;
            options.assert_all_used()?;
            press_number(&spoken, number, gender)
        });
        let spoken = language.clone();
        environment.add_filter("more_than", move |number: Value, options: Kwargs| {
            more_than(&spoken, &number, &options)
        });
        environment.add_filter("capitalize", |text: String| capitalize(&text));
        Self {
            language: language.clone(),
            tag: language.to_string(),
            environment,
            values: BTreeMap::new(),
            person: None,
            context: OnceCell::new(),
            passage: None,
            filled: BTreeMap::new(),
            diagnostics: Vec::new(),
        }
    }

    /// Gives a field its value.
    pub(super) fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        debug_assert!(FIELDS.iter().any(|(known, _)| *known == name), "{name} is not listed");
        self.values.insert(name, value.into());
        self.context.take();
    }

    /// Says to whom the letter goes.
    pub(super) fn set_person(&mut self, person: Person) {
        self.person = Some(person);
        self.context.take();
    }

    /// Returns the line with its fields as text, and its quotation marks as the language has
    /// them.
    pub(super) fn line(&mut self, line: &[Inline]) -> Line {
        let mut out = self.filled(line);
        quotation_marks::set(&mut out, self.passage.as_deref().unwrap_or(&self.tag));
        out
    }

    /// Returns the line with its fields as text; neighbouring texts are joined, and
    /// of what conditions part, what holds is left.
    fn filled(&mut self, line: &[Inline]) -> Line {
        let mut out: Line = Vec::with_capacity(line.len());
        for inline in self.chosen_inlines(line) {
            let inline = match inline {
                Inline::Field(field) => Inline::Text(PlacedText::computed(self.field(field), field.origin)),
                Inline::Emphasis(inner) => Inline::Emphasis(self.filled(inner)),
                Inline::Strong(inner) => Inline::Strong(self.filled(inner)),
                Inline::Strikethrough(inner) => Inline::Strikethrough(self.filled(inner)),
                Inline::Styled(style, inner) => Inline::Styled(*style, self.filled(inner)),
                Inline::Passage { language, content } => Inline::Passage {
                    language: language.clone(),
                    content: self.filled(content),
                },
                Inline::Link { to, content, origin } => Inline::Link {
                    to: self.address(to, *origin),
                    content: self.filled(content),
                    origin: *origin,
                },
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Image(_)
                | Inline::FootnoteMark(_)
                | Inline::Break
                | Inline::Html(_) => inline.clone(),
            };
            match (out.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push(&text),
                (_, inline) => out.push(inline),
            }
        }
        if statements::has_statement(line) {
            statements::close_gaps(&mut out);
        }
        out
    }

    /// Returns the lines with their fields as text, without those that conditions
    /// have emptied.
    pub(super) fn lines(&mut self, lines: &[Line]) -> Vec<Line> {
        let mut out = Vec::with_capacity(lines.len());
        for line in lines {
            let filled = self.line(line);
            if !(statements::has_statement(line) && statements::is_blank(&filled)) {
                out.push(filled);
            }
        }
        out
    }

    /// Returns the blocks with their fields as text, without those that conditions
    /// have emptied.
    pub(super) fn blocks(&mut self, blocks: &[Block]) -> Vec<Block> {
        let chosen = self.chosen_blocks(blocks);
        let mut out = Vec::with_capacity(chosen.len());
        for block in chosen {
            let filled = self.block(block);
            if !statements::was_emptied(block, &filled) {
                out.push(filled);
            }
        }
        out
    }

    /// Returns a list without the items that conditions have left empty.
    fn list(&mut self, list: &List) -> List {
        let filled: Vec<_> = list.items.iter().map(|item| self.blocks(item)).collect();
        let keep = |(item, filled): (&Vec<Block>, &Vec<Block>)| item.is_empty() || !filled.is_empty();
        let kept: Vec<bool> = list.items.iter().zip(&filled).map(keep).collect();
        let items = filled.into_iter().zip(&kept).filter(|(_, kept)| **kept);
        List {
            numbering: list.numbering.as_ref().map(|numbering| numbering.of_kept(&kept)),
            tight: list.tight,
            items: items.map(|(item, _)| item).collect(),
        }
    }

    fn block(&mut self, block: &Block) -> Block {
        match block {
            Block::Heading { level, content, origin } => Block::Heading {
                level: *level,
                content: self.line(content),
                origin: *origin,
            },
            Block::Paragraph(line) => Block::Paragraph(self.line(line)),
            Block::List(list) => Block::List(self.list(list)),
            Block::Quote(blocks) => Block::Quote(self.blocks(blocks)),
            Block::Passage { language, blocks } => {
                let outer = self.passage.replace(language.clone());
                let blocks = self.blocks(blocks);
                self.passage = outer;
                Block::Passage {
                    language: language.clone(),
                    blocks,
                }
            }
            Block::Captioned { content, caption } => Block::Captioned {
                content: self.blocks(content),
                caption: self.line(caption),
            },
            Block::PullQuote { content, speaker } => Block::PullQuote {
                content: self.blocks(content),
                speaker: self.line(speaker),
            },
            Block::Quotation { content, speaker } => Block::Quotation {
                content: self.blocks(content),
                speaker: self.line(speaker),
            },
            Block::Box { title, content } => Block::Box {
                title: self.line(title),
                content: self.blocks(content),
            },
            Block::KeyFigure { figure, caption } => Block::KeyFigure {
                figure: self.line(figure),
                caption: self.line(caption),
            },
            Block::Table(table) => Block::Table(Table {
                alignments: table.alignments.clone(),
                head: self.cells(&table.head),
                rows: table.rows.iter().map(|row| self.cells(row)).collect(),
            }),
            Block::Excerpt(excerpt) => {
                let diagnostic =
                    Diagnostic::error(Code::Unreadable, "the letter that this excerpt is from was not read");
                self.complain(
                    diagnostic.hint("put the letters' words in place of excerpts before composing"),
                    excerpt.origin,
                );
                Block::Quote(Vec::new())
            }
            Block::Code(_) | Block::Rule | Block::PageBreak | Block::Html(_) => block.clone(),
        }
    }

    /// A row's cells: as many as there were.
    fn cells(&mut self, cells: &[Line]) -> Vec<Line> {
        cells.iter().map(|cell| self.line(cell)).collect()
    }

    /// Returns a text that is no Markdown with its fields evaluated.
    pub(super) fn text(&mut self, text: &str, origin: Origin) -> String {
        self.expand(text, origin, |field, out| out.push_str(field))
    }

    /// Evaluates the fields in a link's address; their texts are
    /// percent-encoded, so that they stay within their part of the address. One that
    /// is nothing but the call's address is that.
    fn address(&mut self, to: &str, origin: Origin) -> String {
        let field = to.trim().strip_prefix("{{").and_then(|to| to.strip_suffix("}}"));
        if field.is_some_and(|field| field.trim() == CALL_LINK) {
            return self.text(to.trim(), origin);
        }
        self.expand(to, origin, |field, out| out.push_str(&link::encoded(field, b"")))
    }

    /// Puts the fields of a text in their places, each by `put`.
    fn expand(&mut self, text: &str, origin: Origin, put: impl Fn(&str, &mut String)) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, inner, after)) = rest
            .split_once("{{")
            .and_then(|(before, tail)| tail.split_once("}}").map(|(inner, after)| (before, inner, after)))
        {
            let text = self.field(&Field {
                expression: inner.trim().to_owned(),
                origin,
            });
            out.push_str(before);
            put(&text, &mut out);
            rest = after;
        }
        out + rest
    }

    fn field(&mut self, field: &Field) -> String {
        self.filled.insert(field.origin, field.expression.clone());
        match self.evaluate(&field.expression) {
            Ok(text) => text,
            Err(diagnostic) => {
                self.complain(diagnostic, field.origin);
                format!("{{{{ {} }}}}", field.expression)
            }
        }
    }

    fn evaluate(&self, expression: &str) -> Result<String, Diagnostic> {
        if expression.starts_with('%') {
            return Err(bad(format!("`{{{expression} %}}` is not allowed here"))
                .hint("use conditions in text; here, write `{{ A if CONDITION else B }}`"));
        }
        if expression.is_empty() {
            return Err(bad("a field is empty").hint("write one: `{{ signatories.count }}`"));
        }
        let value = self.value(expression, false)?;
        if value.is_integer()
            && let Some(number) = value.as_i64()
        {
            return Ok(self.language.figures(number));
        }
        match value.kind() {
            ValueKind::String => Ok(value.to_string()),
            ValueKind::Number if f64::try_from(value.clone()).is_ok_and(f64::is_finite) => Ok(value.to_string()),
            ValueKind::Number => Err(bad(format!("`{expression}` is not a finite number"))),
            kind => Err(bad(format!("`{expression}` is neither text nor a number, but {kind}"))),
        }
    }

    /// Whether a condition holds. A field without a value counts as false.
    pub(super) fn holds(&self, condition: &str) -> Result<bool, Diagnostic> {
        Ok(self.value(condition, true)?.is_true())
    }

    fn value(&self, expression: &str, is_condition: bool) -> Result<Value, Diagnostic> {
        if expression.len() > MAX_EXPRESSION {
            return Err(bad(format!("a field is longer than {MAX_EXPRESSION} bytes")));
        }
        if let Some(plain) = self.plain(expression) {
            return Ok(plain);
        }
        let compiled = self
            .environment
            .compile_expression(expression)
            .map_err(|error| self.explain(expression, &error))?;
        let mut variables: Vec<String> = compiled.undeclared_variables(true).into_iter().collect();
        variables.sort_unstable();
        for variable in &variables {
            self.check(variable, is_condition)?;
        }
        let missing = || {
            let person = self.person.as_ref()?;
            variables
                .iter()
                .find_map(|variable| person.missing(variable.strip_prefix("recipient.")?))
        };
        let value = compiled
            .eval(self.context.get_or_init(|| self.context()))
            .map_err(|error| missing().unwrap_or_else(|| self.explain(expression, &error)))?;
        match missing().filter(|_| value.is_undefined() && !is_condition) {
            Some(missing) => Err(missing),
            None => Ok(value),
        }
    }

    /// What a field says that stands alone and has a value: most do, and need no
    /// template engine.
    fn plain(&self, expression: &str) -> Option<Value> {
        if let Some(value) = self.values.get(expression) {
            return Some(value.clone());
        }
        let name = expression.strip_prefix("recipient.")?;
        self.person.as_ref()?.field(name)
    }

    /// Whether a variable is a field that has a value.
    fn check(&self, variable: &str, is_condition: bool) -> Result<(), Diagnostic> {
        if let Some(name) = variable.strip_prefix("recipient.") {
            return match &self.person {
                Some(person) => person.check(name),
                None => Err(Diagnostic::error(
                    Code::UnknownField,
                    format!("no field `{variable}`: the letter has no list of recipients"),
                )
                .hint("write to = \"recipients.csv\" in the front matter for a letter to each recipient")),
            };
        }
        let known: Vec<&str> = FIELDS.iter().map(|(name, _)| *name).collect();
        if !known.contains(&variable) {
            return Err(
                Diagnostic::error(Code::UnknownField, format!("no field `{variable}`")).hint(suggest(variable, &known))
            );
        }
        if is_condition || self.values.contains_key(variable) {
            return Ok(());
        }
        let key = variable.rsplit('.').next().unwrap_or_default();
        Err(match key {
            "date" | "deadline" => bad(format!("the letter has no `{key}`")).hint(format!(
                "write `{key} = 2021-03-01` with the right day in the front matter"
            )),
            "link" => bad("the document has no `[call]`")
                .hint("write a `[call]` table with a `link` in the front matter of a petition, plan or page"),
            _ => bad(format!("`{variable}` has no value here"))
                .hint("the letter does not set it, or this text defines it"),
        })
    }

    /// The values as the template engine takes them: a map of maps.
    fn context(&self) -> Value {
        let mut groups: BTreeMap<&str, BTreeMap<&str, Value>> = BTreeMap::new();
        for (name, value) in &self.values {
            if let Some((group, key)) = name.split_once('.') {
                groups.entry(group).or_default().insert(key, value.clone());
            }
        }
        let person = self.person.as_ref().map(|person| ("recipient", person.values()));
        Value::from_pairs(
            groups
                .into_iter()
                .map(|(group, values)| (group, Value::from_pairs(values)))
                .chain(person),
        )
    }

    /// Says in our words what the template engine objects to.
    fn explain(&self, expression: &str, error: &Error) -> Diagnostic {
        if error.kind() == ErrorKind::UnknownFilter {
            let known: Vec<&str> = FILTERS.iter().map(|(name, _)| *name).collect();
            let unknown = expression
                .split('|')
                .skip(1)
                .filter_map(|part| {
                    part.trim_start()
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .next()
                })
                .find(|name| !known.contains(name))
                .unwrap_or_default();
            return Diagnostic::error(Code::UnknownField, format!("no filter `{unknown}`"))
                .hint(suggest(unknown, &known));
        }
        let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
        let detail = detail.split(" (in ").next().unwrap_or_default();
        bad(format!("`{expression}` cannot be evaluated: {detail}"))
            .hint("correct the field; for two braces in the text, write `\\{{`")
    }
}

impl Fields {
    /// Keeps what is wrong with a field. What is wrong with a recipient's row has a
    /// place of its own already; the field's is added as a note.
    pub(super) fn complain(&mut self, diagnostic: Diagnostic, origin: Origin) {
        if diagnostic.origin.is_none() {
            self.diagnostics.push(diagnostic.at(origin));
            return;
        }
        let note = Diagnostic::note(Code::EmptyField, "the text uses it here").at(origin);
        self.diagnostics.extend([diagnostic, note]);
    }
}

/// The filter `words`.
fn words(language: &Language, number: &Value, options: &Kwargs) -> Result<String, Error> {
    let number = whole(number, "words")?;
    let gender = gender(options)?;
    options.assert_all_used()?;
    in_words(language, number, gender)
}

/// The filter `more_than`. A number without a round number below it is written
/// as it is, since "more than" would say too much or nothing.
fn more_than(language: &Language, number: &Value, options: &Kwargs) -> Result<String, Error> {
    let number = whole(number, "more_than")?;
    let gender = gender(options)?;
    let step: Option<u64> = options.get("step")?;
    let ap: bool = options.get::<Option<bool>>("ap")?.unwrap_or_default();
    options.assert_all_used()?;
    if step == Some(0) {
        return Err(refuse("the step of `more_than` must be 1 or more"));
    }
    let written = |number| match ap {
        true => press_number(language, number, gender),
        false => in_words(language, number, gender),
    };
    match round_below(number, step) {
        Some(round) => {
            let round = written(round)?;
            Ok(language.words().more_than.replace("{number}", &round))
        }
        None => written(number),
    }
}

/// The filter `capitalize`; unlike the template engine's own, it leaves all but
/// the first letter as it is.
fn capitalize(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

fn in_words(language: &Language, number: u64, gender: Gender) -> Result<String, Error> {
    cardinal(number, language.subtag(), gender).ok_or_else(|| {
        refuse(format!(
            "numbers in words are not supported in `{language}`; remove the filter"
        ))
    })
}

/// A number as the press writes it: in words up to nine, in figures from 10 on (AP
/// Stylebook, "numerals"; Fundéu has the same for Spanish).
fn press_number(language: &Language, number: u64, gender: Gender) -> Result<String, Error> {
    match (number, i64::try_from(number)) {
        (10.., Ok(number)) => Ok(language.figures(number)),
        _ => in_words(language, number, gender),
    }
}

fn whole(number: &Value, filter: &str) -> Result<u64, Error> {
    number
        .is_integer()
        .then(|| u64::try_from(number.clone()).ok())
        .flatten()
        .ok_or_else(|| refuse(format!("`{filter}` needs a whole number")))
}

fn gender(options: &Kwargs) -> Result<Gender, Error> {
    match options.get::<Option<String>>("gender")?.as_deref() {
        None => Ok(Gender::Alone),
        Some("masculine") => Ok(Gender::Masculine),
        Some("feminine") => Ok(Gender::Feminine),
        Some(_) => Err(refuse("the gender must be \"masculine\" or \"feminine\"")),
    }
}

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::SourceMap;
    use jiff::civil::Date;

    fn fields(tag: &str, count: u64) -> Fields {
        let language = Language::lenient(tag);
        let mut fields = Fields::new(&language);
        fields.set("signatories.count", count);
        fields.set("signatories.organizations", count);
        fields.set("signatories.individuals", 0);
        fields.set("letter.date", language.date(Date::constant(2021, 3, 1)));
        fields.set("letter.title", "A *title* with {{ letter.date }} and <b>");
        fields
    }

    fn check(tag: &str, count: u64, expression: &str, expected: &str) {
        assert_eq!(
            fields(tag, count).evaluate(expression).unwrap(),
            expected,
            "{expression}"
        );
    }

    #[test]
    fn fields_say_what_they_should() {
        check("en-US", 102, "signatories.count", "102");
        check("en-US", 5_000, "signatories.count", "5,000");
        check("en-US", 102, "signatories.count|words", "one hundred and two");
        check("en-US", 102, "signatories.count | more_than", "more than one hundred");
        check("en-US", 100, "signatories.count|more_than", "more than ninety");
        check("en-US", 7, "signatories.count|more_than", "seven");
        check("en-US", 0, "signatories.count|more_than", "zero");
        check(
            "en-US",
            171,
            "signatories.count|more_than(step=10)",
            "more than one hundred and seventy",
        );
        check("en-US", 102, "signatories.count - signatories.individuals", "102");
        check(
            "en-US",
            102,
            "signatories.count|more_than|capitalize",
            "More than one hundred",
        );
        check("en-US", 9, "signatories.count|ap", "nine");
        check("en-US", 10, "signatories.count|ap", "10");
        check("en-US", 1_500, "signatories.count|ap", "1,500");
        check("en-US", 102, "signatories.count|more_than(ap=true)", "more than 100");
        check("en-US", 7, "signatories.count|more_than(ap=true)", "seven");
        check("es-US", 1, "signatories.count|ap(gender='feminine')", "una");
        check("es-US", 102, "signatories.count|more_than(ap=true)", "más de 100");
        check("es-US", 102, "signatories.count|words", "ciento dos");
        check(
            "es-US",
            201,
            "signatories.count|words(gender='feminine')",
            "doscientas una",
        );
        check("es-US", 102, "signatories.count|more_than", "más de cien");
        check("en-US", 1, "letter.date", "March 1, 2021");
        check("es-US", 1, "letter.date", "1 de marzo de 2021");
    }

    #[test]
    fn errors_name_the_nearest_word() {
        let check = |expression: &str, code, message: &str, hint: Option<&str>| {
            let diagnostic = fields("en-US", 102).evaluate(expression).unwrap_err();
            assert_eq!(diagnostic.code, code, "{expression}");
            assert_eq!(diagnostic.message, message);
            assert_eq!(diagnostic.hint.as_deref(), hint);
        };
        check(
            "signatories.cuont",
            Code::UnknownField,
            "no field `signatories.cuont`",
            Some("did you mean `signatories.count`?"),
        );
        check(
            "signatories.count|wrods",
            Code::UnknownField,
            "no filter `wrods`",
            Some("did you mean `words`?"),
        );
        check(
            "letter.deadline",
            Code::BadField,
            "the letter has no `deadline`",
            Some("write `deadline = 2021-03-01` with the right day in the front matter"),
        );
        check(
            "call.link",
            Code::BadField,
            "the document has no `[call]`",
            Some("write a `[call]` table with a `link` in the front matter of a petition, plan or page"),
        );
        check(
            "",
            Code::BadField,
            "a field is empty",
            Some("write one: `{{ signatories.count }}`"),
        );
        check(
            "letter.date|words",
            Code::BadField,
            "`letter.date|words` cannot be evaluated: `words` needs a whole number",
            Some("correct the field; for two braces in the text, write `\\{{`"),
        );
        check(
            "[1, 2]",
            Code::BadField,
            "`[1, 2]` is neither text nor a number, but sequence",
            None,
        );
    }

    #[test]
    fn nothing_else_is_within_reach() {
        let check = |expression: &str| {
            assert!(fields("en-US", 102).evaluate(expression).is_err(), "{expression}");
        };
        check("range(1000000)");
        check("'x' * 99999999999");
        check("signatories");
        check("letter['date'].__class__");
        check("signatories.count|words|replace('o', '0')");
        check("{% include 'secret' %}");
        check("signatories.count }} {{ 1");
        check(&"(".repeat(400));
        check(&format!("{}1", "not ".repeat(120)));
        check(&"1+".repeat(400));
        check("9 ** 9 ** 9 ** 9");
        check("1e308 * 10");
        check("% if 1");
        check("1 / 0");
    }

    #[test]
    fn a_fields_text_is_not_read_again() {
        let file = SourceMap::default().add("letter.md", "");
        let origin = Origin::Span { file, start: 3, end: 9 };
        let field = |expression: &str| {
            Inline::Field(Field {
                expression: expression.into(),
                origin,
            })
        };
        let mut fields = fields("en-US", 102);
        let line = vec![
            Inline::Text("On ".into()),
            field("letter.title"),
            Inline::Text(".".into()),
            Inline::Link {
                to: "https://example.org/?n={{ letter.date }}&x={{".into(),
                content: vec![field("signatories.count")],
                origin,
            },
        ];
        let expected = vec![
            Inline::Text("On A *title* with {{ letter.date }} and <b>.".into()),
            Inline::Link {
                to: "https://example.org/?n=March%201%2C%202021&x={{".into(),
                content: vec![Inline::Text("102".into())],
                origin,
            },
        ];
        assert_eq!(fields.line(&line), expected);
        assert_eq!(fields.diagnostics, []);
        assert_eq!(fields.line(&[field("nobody")]), [Inline::Text("{{ nobody }}".into())]);
        assert_eq!(fields.diagnostics[0].origin, Some(origin));
    }

    #[test]
    fn the_calls_address_is_a_link_as_it_stands() {
        let origin = Origin::File(SourceMap::default().add("letter.md", ""));
        let mut fields = fields("en-US", 102);
        fields.set(CALL_LINK, "https://example.org/sign?a=b");
        let check = |fields: &mut Fields, to: &str, expected: &str| {
            assert_eq!(fields.address(to, origin), expected);
            assert_eq!(fields.diagnostics, []);
        };
        check(&mut fields, "{{ call.link }}", "https://example.org/sign?a=b");
        // Within another address it is a part of it.
        check(
            &mut fields,
            "https://share.example/?u={{call.link}}",
            "https://share.example/?u=https%3A%2F%2Fexample.org%2Fsign%3Fa%3Db",
        );
    }

    #[test]
    fn the_documentation_lists_every_field_and_filter() {
        let documentation = include_str!("../../docs/FIELDS.md");
        let recipient = super::super::person::RECIPIENT_FIELDS;
        let known: Vec<&str> = FIELDS
            .iter()
            .chain(FILTERS)
            .chain(recipient)
            .map(|(name, _)| *name)
            .collect();
        for name in &known {
            assert!(documentation.contains(&format!("| `{name}` |")), "{name}");
        }
        // And no other.
        let rows = documentation.lines().filter_map(|line| line.strip_prefix("| `"));
        for name in rows.filter_map(|row| row.split('`').next()) {
            assert!(
                known.contains(&name),
                "docs/FIELDS.md lists `{name}`, which does not exist"
            );
        }
    }
}
