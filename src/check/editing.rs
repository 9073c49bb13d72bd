//! Notes between authors, and blanks that no word names.
//!
//! In: the letter's text. Out: marks of comments, notes in brackets, lines such as "DRAFT",
//! what mail and chat programs add, and words in square brackets. Guaranteed: brackets
//! within a quotation are the quotation's own and are left alone; so are `[sic]` and its
//! like. Absent: blanks that are named (`leftovers`).

use super::authors::{self, Leftover};
use super::expression::Regex;
use super::prose::{CODE, FIELD, Passage, PassageRole};
use super::words::WordList;
use super::{Case, Check, CheckRun, Finding, Sink};
use crate::diag::{Code, Severity};
use crate::source::{Origin, offset};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

pub(super) const CHECK: Check = Check {
    name: "editing",
    description: "No notes between authors are left in the text.",
    findings: &[Finding {
        code: Code::EditingNote,
        severity: Severity::Error,
        why: "A note such as “check with Maria” shows a draft, and what its authors doubted.",
    }],
    run: CheckRun::Letter(run),
};

fn run(case: &Case<'_>, sink: &mut Sink<'_>) {
    for passage in &case.prose.passages {
        let mut told = Told::default();
        for pattern in NOTES.iter() {
            for found in pattern.find_iter(&passage.text) {
                note(passage, found.range(), &mut told, sink);
            }
        }
        brackets(passage, &mut told, sink);
        by_words(passage, &mut told, sink);
        blank_value(passage, sink);
    }
    tags(case, sink);
}

/// What only authors write to each other, and what programs leave behind.
static NOTES: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let patterns = [
        // The first line of a draft.
        r"^\W*(?:DRAFT|CONFIDENTIAL|PRIVILEGED|INTERNAL(?: USE)? ONLY|DO NOT (?:CIRCULATE|DISTRIBUTE|SHARE|QUOTE|CITE|FORWARD|SEND)|NOT FOR (?:DISTRIBUTION|CIRCULATION|PUBLICATION|RELEASE)|BORRADOR|CONFIDENCIAL|NO DISTRIBUIR)\b",
        r"(?i)^\W*(?:privileged (?:&|and) confidential|attorney[- ]client privilege\w*|attorney work product|for internal use only|for review only|[\p{L} ]{3,30} [-–—(] ?internal\)?$)",
        r"^\W*(?:[A-Z]{3,} ){0,2}DRAFT\b|^\W*(?:CHECK|CONFIRM|VERIFY|HOLD|CUT|FIX|UPDATE|DELETE|REVISE|REPLACE) (?:WITH|FOR|THIS|THAT|IF|TO|UNTIL|PENDING)\b",
        r"(?i)^note:? (?:cut|delete|remove|move|shorten|check|update|replace|add|fix) (?:this|the|if|with|these)\b|^not sure (?:if|whether) we (?:want|need|should|can)\b",
        r"\b[Nn]ote (?:to|for) \p{Lu}\p{Ll}+:|\b[Nn]ota (?:para|a) \p{Lu}\p{Ll}+:|\(\p{Lu}\p{Ll}+[:,] ?(?i:please|pls|can you|could you|por favor|puedes|favor de)[^()]{0,60}\)",
        r"(?i)\((?:pick|choose|select) (?:one|either)\)|\((?:elegir|escoger) uno\)|^(?:deleted|inserted|formatted): ",
        // Comments of word processors: "families.[a]", "families.[MG1]".
        r"[\p{L}\d.,;:!?”’)]\[[a-z]{1,2}\](?:\s|$|[.,;:])|^\[[a-z]\](?:can|could|please|is|are|do|does|we|this|I|should|need|source|cite|why|what|who|check)\b|\[[A-Z]{2,3}\d{1,2}\]",
        r"(?i)^suggested edit:|\bnote to (?:self|editors?|designers?|drafters?|reviewers?|staff)\b\s*:",
        r"\([A-Z]{2,3}: ?[^()]{2,80}\)",
        // A line that points at the one above, and one that leaves it to somebody.
        r"^(?:\^+|<-+|←|-+>|→) ?\p{Ll}[^.]{2,60}\?$",
        r"^\p{Lu}\p{Ll}+ to (?:confirm|verify|double-check|check|fill in|finalize)(?: (?:this|these|(?:the )?(?:numbers?|dates?|figures?|names?|spelling|quote|title)))?(?: (?:before we|with|by|w/) [^.]{1,20})?\.?$",
        r"(?i)^\W*(?:versión preliminar|documento interno|uso interno)[^.]{0,40}\bno (?:publicar|difundir|compartir|circular)\W*$",
        r"(?i)\((?:check|confirm|double[- ]check|verify) (?:with|this|that|if|whether|number|date|spelling|name|title)\b[^()]{0,80}\)",
        r"(?i)\((?:insert|add) (?:quote|cite|citation|link|name|date|number|source|figure|example|stat)[^()]{0,60}\)",
        r"(?i)\((?:cite|citation|source|link)(?: needed| to come| tk)?\s?\?\)|\((?:citation|source) needed\)|\((?:cite|citation|citar|cita|ref|stat|quote)\)|\(needs? (?:a )?(?:source|cite|citation|link|quote|number)\)",
        r"(?:^|\s)@\p{L}[\p{L}\d._-]+[,:]? (?i:please|pls|plz|can|could|check|confirm|fyi|see|thoughts|por favor|puedes)\b",
        // Word, Excel, forms.
        r"Error! (?:Reference source|Bookmark|Hyperlink|Unknown)[^.]{0,40}|#(?:REF|NAME\?|VALUE|DIV/0)!?|Click or tap (?:here|to) [^.]{0,40}|Click here to enter text|Choose an item\.|Error! No se (?:encuentra|ha encontrado)|Haga clic (?:o pulse )?aquí para escribir",
        // Answers of chat programs.
        r"contentReference\[|oaicite|(?i:here(?: is|['’]s) (?:a|the|your) (?:revised|updated|polished|improved|edited|shortened) (?:version|draft|letter))|(?i:here(?: is|['’]s) an? more \w+ (?:version|draft) of)|(?i:i hope this helps!|let me know if you(?:['’]d| would) like me to|would you like me to)|(?i:aquí (?:tienes|tiene|está) (?:una|la|tu|su) (?:versión|carta|borrador) )|(?i:como (?:un )?modelo de lenguaje)|(?i:as an ai (?:language )?model)|^(?:Certainly|Sure|Of course)(?:! (?i:here)|, (?i:here(?: is|['’]s) (?:a|an|the|your) (?:\p{L}+ ){0,3}(?:version|draft|letter|paragraph you)))",
        // Marks of versions, and who is to do what.
        r"(?i)^\W*(?:(?:draft|revision|rev|borrador) v?\d[\d./-]*|(?:version|versión) v?\d{1,2})\W*$|^v\d+(?:\.\d+)?(?: clean| final| draft)?$|^\W*not final\W*$|\((?:draft|borrador)\b[^()]{0,20}\)|^pag(?:e|ina) \d+ (?:of|de) \d+$|^página \d+ de \d+$",
        r"\(\p{Lu}\p{Ll}+ to (?:confirm|check|add|send|review|update|verify|draft|provide|fill in)\b[^()]{0,40}\)|(?:^|\s)@\p{L}[\p{L}\d._-]+: ?(?i:update|check|confirm|fix|add|change|replace|verify|cut|move|can|could|please|actualiza|revisa|confirma)\b[^.]{0,40}|^(?i:last (?:edited|modified|saved) by)\b|(?i:^edits by \p{L}+)|(?i:\bsee comments? (?:above|below) re\b)",
        r"(?i)^suggest(?:ion|ed change|ed text): (?:say|use|cut|change|delete|add|replace|move|rephrase)\b|^need to (?:fact[- ]check|verify|confirm|double[- ]check)\b[^.]{0,20}|^is this (?:still )?(?:true|right|correct|accurate|ok)\?$|^type (?:your )?(?:text |name |title )?here\W*$",
        r"^\W*(?:DELETE|REMOVE) (?:BEFORE|PRIOR|WHEN|AFTER)\b|\bXX [A-Z ]{3,30} XX\b|^\W*CONFIDENCIAL: |^(?i:confidencial: no)\b|^PENDIENTE DE\b|【[\d:]+†[^】]{0,30}】|#N/A\b",
        r"^El .{5,80} escribió:$|^(?:Subject|Bcc): \S|^Get Outlook for (?:iOS|Android)",
        r"^\W*[Dd]raft (?:as of|dated|\d{1,2}[/.-]\d|v\d|for (?:review|comment|discussion|approval|signature))\b.{0,60}|\b[Ee]dits (?:due|welcome|by (?:noon|close|\p{Lu}))\b",
        r"\(\p{Lu}\p{Ll}+[,:] (?i:(?:is|are|can|could|do|does|did|should|what|where|which|any)\b[^()]{0,80}\?|(?:please|pls|check|confirm)\b[^()]{0,60})\)|\(\p{Lu}\p{Ll}+[:,] ?¿[^()]{2,80}\?\)|(?:^|\s)@\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+[,:]? (?i:please|pls|plz|can|could|check|confirm|fyi|fix|add|thoughts|por favor|puedes)\b",
        r"[-–—;] ?(?i:ok|okay|ready|cleared|approved) to (?:send|publish|post|print|file|go)\b|^(?i:reviewed|approved|cleared|edited) by \p{L}+(?: \p{L}+)? (?:on )?\d{1,2}/\d{1,2}\b|(?i:^\W*(?:delete|remove|take out) (?:this |it |the (?:line|paragraph|note) )?(?:before|prior to) (?:sending|printing|publishing|publication|release|submission|filing|we send)\b|^\W*(?:borrar|eliminar|quitar) (?:esto )?antes de (?:enviar|publicar|imprimir)\b)|^(?i:suggested (?:change|edit|text|wording|language|rewrite)s?): ",
        // Mail.
        r"^On .{5,80} wrote:$|\[EXTERNAL\]|[-–—]{1,6} ?(?:Original|Forwarded) [Mm]essage ?[-–—]{1,6}|(?i:e-?mail originated (?:from )?outside)|(?i:view (?:this (?:e-?mail|message) )?in (?:your |a )?browser)|^(?i:unsubscribe)\b|(?i:enviado desde mi (?:iphone|ipad|android|celular|móvil|teléfono))|^Begin forwarded message|(?i:sent from my (?:iphone|ipad|phone|android|mobile))|^(?:From|Sent): \S",
    ];
    patterns.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect()
});

/// Places that are told already, none within another: where each begins, and where it ends.
#[derive(Default)]
struct Told(BTreeMap<usize, usize>);

impl Told {
    fn overlaps(&self, range: &Range<usize>) -> bool {
        let before = self.0.range(..range.end).next_back();
        before.is_some_and(|(_, &end)| range.start < end)
    }

    fn add(&mut self, range: Range<usize>) {
        self.0.insert(range.start, range.end);
    }
}

fn note(passage: &Passage, range: Range<usize>, told: &mut Told, sink: &mut Sink<'_>) {
    if told.overlaps(&range) {
        return;
    }
    let whole = &passage.text[range.clone()];
    let start = range.start + (whole.len() - whole.trim_start().len());
    let text = whole.trim();
    let range = start..start + text.len();
    if super::leftovers::is_placeholder(text) {
        return;
    }
    sink.add(
        Code::EditingNote,
        passage.origin(range.clone()),
        format!("`{}` looks like a note between authors", shortened(text)),
        "do what it says, and delete it",
    );
    told.add(range);
}

/// What `authors` tells by its words.
fn by_words(passage: &Passage, told: &mut Told, sink: &mut Sink<'_>) {
    for (range, kind) in authors::leftovers(passage) {
        let text = &passage.text[range.clone()];
        let (code, message, hint) = match kind {
            Leftover::Note => {
                note(passage, range, told, sink);
                continue;
            }
            Leftover::Blank => (
                Code::Placeholder,
                format!("`{text}` is a placeholder"),
                "replace it, or remove it",
            ),
            Leftover::Choice => (
                Code::Placeholder,
                format!("`{text}` is a choice that nobody made"),
                "keep one of the words",
            ),
        };
        if !told.overlaps(&range) && !super::leftovers::is_placeholder(text) {
            sink.add(code, passage.origin(range.clone()), message, hint);
            told.add(range);
        }
    }
}

/// Words in square brackets that may stand in a finished text; any of them, at their
/// beginning.
static BRACKETED: WordList = WordList::new("bracketed");

/// Words in square brackets outside of quotations: a blank, or a choice nobody made.
fn brackets(passage: &Passage, told: &mut Told, sink: &mut Sink<'_>) {
    static BRACKETS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\[([^\[\]\n]{1,80})\]").ok());
    let quoted = matches!(
        passage.role,
        PassageRole::Quote | PassageRole::Speaker | PassageRole::Note | PassageRole::Alternative
    );
    let Some(pattern) = BRACKETS.as_ref().filter(|_| !quoted) else {
        return;
    };
    // Quotation marks before a place, counted on from the place before.
    let (mut counted, mut open, mut closed, mut straight) = (0, 0_usize, 0_usize, 0_usize);
    for found in pattern.find_iter(&passage.text) {
        let range = found.range();
        let between = &passage.text[counted..range.start];
        counted = range.start;
        open += between.matches(['“', '«']).count();
        closed += between.matches(['”', '»']).count();
        straight += between.matches('"').count();
        let inner = passage.text[range.start + 1..range.end - 1].trim();
        let lower = inner.to_lowercase();
        let (before, after) = (passage.before(range.start), passage.after(range.end));
        // "[t]he", "immigrant[s]".
        let in_word = before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
        // "[1]", "[12, 14]".
        let number = inner
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–' | '^'));
        // "[0x0, 0xD7FF]": bounds; "[47 groups]" is none.
        let is_bound = |part: &str| {
            let figures = part.trim().trim_start_matches("0x");
            part.trim().starts_with(|c: char| c.is_ascii_digit())
                && figures.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let bounds = inner.contains(',') && inner.split(',').all(is_bound);
        let number = number || bounds;
        let named = BRACKETED.iter().any(|known| lower.starts_with(known));
        let opened = open > closed || !straight.is_multiple_of(2);
        let overlaps = told.overlaps(&range);
        let is_link = after.starts_with('(') || inner.starts_with(['!', '^', ':', '@']);
        // "[MS-CFB]", "[RFC-5322]": the label of a source.
        let is_label =
            lower == "x" || inner.contains('-') && inner.chars().all(|c| matches!(c, 'A'..='Z' | '0'..='9' | '-'));
        let says_nothing = inner.contains([FIELD, CODE]) || !inner.contains(|c: char| c.is_alphanumeric() || c == '●');
        if says_nothing
            || is_label
            || in_word
            || number
            || named
            || opened
            || overlaps
            || is_link
            || super::leftovers::is_placeholder(found.as_str())
        {
            continue;
        }
        let (what, hint) = match inner.contains('/') {
            true => ("is a choice that nobody made", "keep one of the words"),
            false => (
                "is in brackets, like a blank to be filled in",
                "write what belongs here, or remove the brackets",
            ),
        };
        sink.add(
            Code::Placeholder,
            passage.origin(range.clone()),
            format!("`{}` {what}", found.as_str()),
            hint,
        );
        told.add(range);
    }
}

/// A value of the front matter that is the name of its own key: name = "NAME".
fn blank_value(passage: &Passage, sink: &mut Sink<'_>) {
    static BLANKS: WordList = WordList::new("blank_values");
    let keyed = [
        "name",
        "title",
        "organization",
        "phone",
        "email",
        "address",
        "place",
        "0",
        "1",
        "2",
    ];
    let is_value = matches!(&passage.role, PassageRole::Key(path) if path.contains('.'))
        && keyed.iter().any(|key| passage.is_ending(key));
    let value = passage
        .text
        .trim()
        .trim_matches(['[', ']', '<', '>', '(', ')'])
        .to_lowercase();
    if is_value && BLANKS.contains(value.as_str()) {
        sink.add(
            Code::Placeholder,
            passage.whole(),
            format!("`{}` is still to be replaced", passage.text.trim()),
            "write the value, or delete the key",
        );
    }
}

/// `<name>`: Markdown takes it for HTML, and the PDF prints nothing.
fn tags(case: &Case<'_>, sink: &mut Sink<'_>) {
    static TAGS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)<(?:(?:your |first |last |full |contact |bill )?(?:name|date|title|organization|org|number|city|state|link|quote|phone|email|recipient|nombre|fecha))>").ok()
    });
    let letter = case.subject.letter;
    let source = case.subject.sources.text(letter.file);
    let Some(pattern) = TAGS.as_ref() else { return };
    // <title> is a tag of pages.
    for found in pattern.find_iter(source).filter(|found| found.as_str() != "<title>") {
        let (start, end) = (offset(found.start()), offset(found.end()));
        let is_code = letter.markup.code.iter().any(|code| match code {
            Origin::Span {
                start: from, end: to, ..
            } => *from <= start && end <= *to,
            Origin::Cell { .. } | Origin::File(_) => false,
        });
        if is_code {
            continue;
        }
        sink.add(
            Code::Placeholder,
            Origin::Span {
                file: letter.file,
                start,
                end,
            },
            format!(
                "`{}` is still to be replaced; it is read as HTML, and documents print nothing there",
                found.as_str()
            ),
            "write what belongs here, or take it out",
        );
    }
}

/// A text short enough for a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
