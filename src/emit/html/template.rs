//! The user's own page around a document's parts.
//!
//! In: a template, and the parts as markup. Out: the page. Guaranteed: a template
//! reads no file and calls no program, and ends after [`FUEL`] steps; what it prints
//! is escaped unless it is markup of ours; one that leaves out the letter is an error,
//! so that nobody's name is dropped by a slip. What a template may use stands in
//! docs/FORMATS.md.

use crate::bounds::{self, Task};
use crate::emit::EmitError;
use crate::model::style::Template;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use std::collections::BTreeMap;

/// Steps that a template may take: a thousand times what a page needs.
const FUEL: u64 = 100_000;

/// Longest tag of a template, in bytes. Its parser goes one call deeper with each operator.
const MAX_TAG: usize = 4000;

/// The fields that a template may use: names and texts, and names and markup.
pub(super) struct TemplateFields {
    pub(super) texts: Vec<(&'static str, String)>,
    pub(super) markup: Vec<(&'static str, String)>,
}

/// The fields that every template has to use, unless they are empty.
const REQUIRED: [&str; 2] = ["main", "footer"];

/// Returns the page. A template may ask for any amount of memory in one step, so it is filled
/// in a child process.
pub(super) fn fill(template: &Template, context: &TemplateFields) -> Result<String, EmitError> {
    let failed = |reason: String| EmitError::Template {
        name: template.name.clone(),
        reason,
    };
    let job = (&*template.name, &*template.text, &context.texts, &context.markup);
    let job = serde_json::to_vec(&job).map_err(|error| failed(error.to_string()))?;
    let page = bounds::run(&FILL_TEMPLATE, &job).map_err(|refused| failed(refused.to_string()))?;
    let page = String::from_utf8_lossy(&page).into_owned();
    let required = context.markup.iter().filter(|(name, _)| REQUIRED.contains(name));
    match required.into_iter().find(|(_, markup)| !page.contains(markup)) {
        None => Ok(page),
        Some((name, _)) => Err(failed(format!(
            "it leaves out a part of the letter; write {{{{ {name} }}}} where it belongs"
        ))),
    }
}

/// What [`FILL_TEMPLATE`] is given: the template's name and text, the texts, and the markup.
type Job = (String, String, Vec<(String, String)>, Vec<(String, String)>);

/// Fills a template in a child process.
pub(in crate::emit) const FILL_TEMPLATE: Task = Task {
    name: "fill-template",
    run: |job| {
        let job: Job = serde_json::from_slice(job).map_err(|error| error.to_string())?;
        filled(job).map(String::into_bytes)
    },
};

fn filled((name, text, texts, markup): Job) -> Result<String, String> {
    if let Some(line) = longest_tag(&text) {
        return Err(format!("a tag is longer than {MAX_TAG} bytes (line {line})"));
    }
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let texts = texts.into_iter().map(|(name, text)| (name, Value::from(text)));
    let markup = markup
        .into_iter()
        .map(|(name, markup)| (name, Value::from_safe_string(markup)));
    let values: BTreeMap<String, Value> = texts.chain(markup).collect();
    environment
        .template_from_named_str(&name, &text)
        .and_then(|parsed| parsed.render(values))
        .map_err(|error| {
            let line = error.line().map(|line| format!(" (line {line})")).unwrap_or_default();
            format!("{error}{line}")
        })
}

/// Returns the line of the first tag that is too long, if there is one.
fn longest_tag(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find("{{").into_iter().chain(text[at..].find("{%")).min() {
        let start = at + found;
        let end = tag_end(&text.as_bytes()[start + 2..]) + 2;
        if end > MAX_TAG {
            return Some(text[..start].matches('\n').count() + 1);
        }
        at = start + end;
    }
    None
}

/// Returns where a tag ends, with what closes it; within quotation marks nothing does.
fn tag_end(tag: &[u8]) -> usize {
    let (mut at, mut quote) = (0, None);
    while at < tag.len() {
        match (quote, tag[at]) {
            (Some(_), b'\\') => at += 1,
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'\'' | b'"')) => quote = Some(byte),
            (None, b'}' | b'%') if tag.get(at + 1) == Some(&b'}') => return at + 2,
            (None, _) => {}
        }
        at += 1;
    }
    tag.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Result<String, String> {
        let template = Template {
            name: "page.html".into(),
            text: text.into(),
        };
        let context = TemplateFields {
            texts: vec![("title", "A <b> & C".into())],
            markup: vec![("main", "<main>x</main>".into()), ("footer", String::new())],
        };
        fill(&template, &context).map_err(|error| error.to_string())
    }

    #[test]
    fn text_is_escaped_and_markup_is_not() {
        assert_eq!(
            filled("<title>{{ title }}</title>{{ main }}").as_deref(),
            Ok("<title>A &lt;b&gt; &amp; C</title><main>x</main>")
        );
    }

    #[test]
    fn a_template_can_do_no_harm() {
        let check = |text: &str, expected: &str| match filled(text) {
            Ok(page) => panic!("{text} gave {page}"),
            Err(error) => assert!(error.contains(expected), "{text}: {error}"),
        };
        check("{% include '/etc/passwd' %}{{ main }}", "page.html");
        check("{% extends '../secret.html' %}", "page.html");
        check(
            "{% for a in range(9999) %}{% for b in range(9999) %}{{ a }}{% endfor %}{% endfor %}",
            "fuel",
        );
        check("{{ nothing }}{{ main }}", "undefined");
        check("{{ title }}", "write {{ main }}");
        check("{{ main", "line 1");
        let deep = "|upper".repeat(1000);
        check(
            &format!("\n{{{{ title{deep} }}}}{{{{ main }}}}"),
            "longer than 4000 bytes (line 2)",
        );
        check(
            &format!("{{{{ '\\'}}}}'{deep} }}}}{{{{ main }}}}"),
            "longer than 4000 bytes (line 1)",
        );
        check("{{ 'a\nb'|indent(18446744073709551615) }}{{ main }}", "malicious");
    }

    #[test]
    fn a_tag_has_at_most_4_000_bytes() {
        let tag = |bytes: usize| format!("\n{{{{{:1$}}}}}", " main", bytes - 4);
        assert_eq!(longest_tag(&tag(4_000)), None);
        assert_eq!(longest_tag(&tag(4_001)), Some(2));
    }
}
