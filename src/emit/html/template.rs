//! The user's own page around a document's parts.
//!
//! In: a template, and the parts as markup. Out: the page. Guaranteed: a template
//! reads no file and calls no program, and ends after [`FUEL`] steps; what it prints
//! is escaped unless it is markup of ours; one that leaves out the letter is an error,
//! so that nobody's name is dropped by a slip. What a template may use stands in
//! docs/FORMATS.md.

use crate::emit::EmitError;
use crate::model::style::Template;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use std::collections::BTreeMap;

/// Steps that a template may take: a thousand times what a page needs.
const FUEL: u64 = 100_000;

/// The fields that a template may use: names and texts, and names and markup.
pub(super) struct TemplateFields {
    pub(super) texts: Vec<(&'static str, String)>,
    pub(super) markup: Vec<(&'static str, String)>,
}

/// The fields that every template has to use, unless they are empty.
const REQUIRED: [&str; 2] = ["main", "footer"];

/// Returns the page.
pub(super) fn fill(template: &Template, context: TemplateFields) -> Result<String, EmitError> {
    let failed = |reason: String| EmitError::Template {
        name: template.name.clone(),
        reason,
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    let required: Vec<(&str, String)> = context
        .markup
        .iter()
        .filter(|(name, _)| REQUIRED.contains(name))
        .cloned()
        .collect();
    let texts = context.texts.into_iter().map(|(name, text)| (name, Value::from(text)));
    let markup = context
        .markup
        .into_iter()
        .map(|(name, markup)| (name, Value::from_safe_string(markup)));
    let values: BTreeMap<&str, Value> = texts.chain(markup).collect();
    let page = environment
        .template_from_named_str(&template.name, &template.text)
        .and_then(|parsed| parsed.render(values))
        .map_err(|error| {
            let line = error.line().map(|line| format!(" (line {line})")).unwrap_or_default();
            failed(format!("{error}{line}"))
        })?;
    match required.iter().find(|(_, markup)| !page.contains(markup)) {
        None => Ok(page),
        Some((name, _)) => Err(failed(format!(
            "it leaves out a part of the letter; write {{{{ {name} }}}} where it belongs"
        ))),
    }
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
        fill(&template, context).map_err(|error| error.to_string())
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
    }
}
