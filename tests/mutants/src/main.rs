//! Puts small mistakes into a copy of the library.
//!
//! In: the copy's folder, a seed, how many mistakes, the first one's number, those to leave
//! out, and the files that get them. Out: the files, rewritten so that each mistake is made only in a run whose
//! environment names its number (`UNDERSIGNED_MUTANT`), so that one build serves for all; and
//! on standard output, a line for each mistake: its number, its place, and what it changes.
//! Absent: constants, macros, and whatever tests.
//!
//!     undersigned-mutants FOLDER SEED COUNT FIRST LEFT_OUT FILE...

use proc_macro2::Span;
use quote::ToTokens;
use std::ops::Range;
use std::path::Path;
use std::{env, fs};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, BinOp, Block, Expr, ExprBinary, ExprIf, ExprMatch, ExprUnary, ImplItemFn, ItemConst, ItemFn,
    ItemMacro, ItemMod, ItemStatic, Pat, ReturnType, Signature, UnOp,
};

/// A mistake that a file could have.
struct Mistake {
    /// The index of the file.
    file: usize,
    /// The bytes that the text takes the place of.
    place: Range<usize>,
    /// The text, with `@` where the question stands whether the mistake is made.
    text: String,
    /// The line, from 1, and what is wrong.
    line: usize,
    what: String,
}

/// Finds the mistakes that a file could have.
struct Finder<'a> {
    file: usize,
    text: &'a str,
    found: Vec<Mistake>,
}

impl Finder<'_> {
    fn add(&mut self, span: Span, text: String, what: String) {
        self.add_at(span.byte_range(), span.start().line, text, what);
    }

    fn add_at(&mut self, place: Range<usize>, line: usize, text: String, what: String) {
        let file = self.file;
        self.found.push(Mistake {
            file,
            place,
            text,
            line,
            what,
        });
    }

    fn text(&self, part: &impl Spanned) -> &str {
        &self.text[part.span().byte_range()]
    }

    fn function(&mut self, attributes: &[Attribute], signature: &Signature, block: &Block) {
        if signature.constness.is_some() || is_for_tests(attributes) || block.stmts.is_empty() {
            return;
        }
        let at = block.brace_token.span.open();
        for value in values(&signature.output) {
            let what = format!("{} returns `{value}` at once", signature.ident);
            self.add(at, format!("{{ if @ {{ return {value}; }}"), what);
        }
    }
}

/// Returns values that a function could return instead of what it works out.
fn values(output: &ReturnType) -> Vec<&'static str> {
    let ReturnType::Type(_, kind) = output else {
        return vec![""];
    };
    let kind = kind.to_token_stream().to_string().replace(' ', "");
    match kind.as_str() {
        "bool" => vec!["true", "false"],
        "usize" | "u32" | "u64" | "u8" | "i32" | "i64" => vec!["0", "1"],
        "String" => vec!["String::new()"],
        "f64" | "f32" => vec!["0.0"],
        "io::Result<()>" | "std::io::Result<()>" => vec!["Ok(())"],
        kind if kind.starts_with("Option<") => vec!["None"],
        kind if kind.starts_with("Vec<") => vec!["Vec::new()"],
        "&str" | "&'staticstr" => vec!["\"\""],
        _ => Vec::new(),
    }
}

/// Returns whether attributes say that what follows is only for tests, or for another system.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string();
        text.contains("cfg (test)") || text.contains("# [test]") || text.contains("cfg (not (unix))")
    })
}

/// Returns the operator that is put in the place of another.
fn opposite(operator: &BinOp) -> Option<&'static str> {
    Some(match operator {
        BinOp::Eq(_) => "!=",
        BinOp::Ne(_) => "==",
        BinOp::Lt(_) => "<=",
        BinOp::Le(_) => "<",
        BinOp::Gt(_) => ">=",
        BinOp::Ge(_) => ">",
        BinOp::And(_) => "||",
        BinOp::Or(_) => "&&",
        BinOp::Add(_) => "-",
        BinOp::Sub(_) => "+",
        BinOp::Mul(_) => "/",
        BinOp::Div(_) | BinOp::Rem(_) => "*",
        BinOp::BitAnd(_) => "|",
        BinOp::BitOr(_) => "&",
        BinOp::Shl(_) => ">>",
        BinOp::Shr(_) => "<<",
        BinOp::AddAssign(_) => "-=",
        BinOp::SubAssign(_) => "+=",
        BinOp::MulAssign(_) => "/=",
        BinOp::DivAssign(_) => "*=",
        BinOp::BitAndAssign(_) => "|=",
        BinOp::BitOrAssign(_) => "&=",
        _ => return None,
    })
}

/// Returns whether an expression is plainly text, to which only more text can be added.
fn is_text(expression: &Expr) -> bool {
    matches!(expression, Expr::Reference(_))
        || matches!(expression, Expr::Lit(literal) if matches!(literal.lit, syn::Lit::Str(_)))
}

/// Returns whether a pattern takes whatever the patterns before it leave.
fn takes_all(pattern: &Pat) -> bool {
    match pattern {
        Pat::Wild(_) => true,
        Pat::Ident(name) => name.subpat.is_none() && name.ident.to_string().starts_with(char::is_lowercase),
        _ => false,
    }
}

/// Returns whether an expression binds a name with `let`.
fn binds(expression: &Expr) -> bool {
    struct Lets(bool);
    impl Visit<'_> for Lets {
        fn visit_expr_let(&mut self, _: &syn::ExprLet) {
            self.0 = true;
        }
    }
    let mut lets = Lets(false);
    lets.visit_expr(expression);
    lets.0
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_const(&mut self, _: &'ast ItemConst) {}
    fn visit_item_static(&mut self, _: &'ast ItemStatic) {}
    fn visit_item_macro(&mut self, _: &'ast ItemMacro) {}

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_for_tests(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if function.sig.constness.is_none() && !is_for_tests(&function.attrs) {
            self.function(&function.attrs, &function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        if function.sig.constness.is_none() && !is_for_tests(&function.attrs) {
            self.function(&function.attrs, &function.sig, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        let (left, right) = (self.text(&binary.left), self.text(&binary.right));
        let operator = self.text(&binary.op);
        let other = match (&binary.op, &*binary.right) {
            (BinOp::Add(_) | BinOp::AddAssign(_), right) if is_text(right) => None,
            (BinOp::And(_), _) if binds(&binary.left) || binds(&binary.right) => None,
            (operator, _) => opposite(operator),
        };
        if let Some(other) = other {
            let what = format!("`{left} {operator} {right}` has `{other}`");
            let text = format!("(if @ {{ {left} {other} {right} }} else {{ {left} {operator} {right} }})");
            self.add(binary.span(), text, what);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_unary(&mut self, unary: &'ast ExprUnary) {
        if matches!(unary.op, UnOp::Not(_)) {
            let text = self.text(unary).to_owned();
            self.add(unary.span(), format!("(@ != {text})"), format!("`{text}` lacks `!`"));
        }
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_if(&mut self, choice: &'ast ExprIf) {
        if matches!(&*choice.cond, Expr::Call(_) | Expr::MethodCall(_) | Expr::Path(_)) {
            let text = self.text(&choice.cond).to_owned();
            self.add(
                choice.cond.span(),
                format!("(@ != {text})"),
                format!("`if {text}` has `!`"),
            );
        }
        visit::visit_expr_if(self, choice);
    }

    fn visit_expr_match(&mut self, choice: &'ast ExprMatch) {
        let last = choice.arms.last();
        if last.is_some_and(|arm| arm.guard.is_none() && takes_all(&arm.pat)) {
            for arm in choice.arms.iter().rev().skip(1) {
                let pattern = arm.pat.span();
                let what = format!("the arm `{}` is not there", self.text(&arm.pat));
                let (place, text) = match &arm.guard {
                    None => (pattern.byte_range().end..pattern.byte_range().end, " if !@".to_owned()),
                    Some((_, guard)) => (guard.span().byte_range(), format!("!@ && ({})", self.text(&**guard))),
                };
                self.add_at(place, pattern.start().line, text, what);
            }
        }
        visit::visit_expr_match(self, choice);
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        if let Some((_, guard)) = &arm.guard
            && matches!(&**guard, Expr::Call(_) | Expr::MethodCall(_) | Expr::Path(_))
        {
            let text = self.text(&**guard).to_owned();
            self.add(
                guard.span(),
                format!("(@ != {text})"),
                format!("`if {text}` of an arm has `!`"),
            );
        }
        visit::visit_arm(self, arm);
    }
}

/// Draws numbers (Vigna's splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut drawn = self.0;
        drawn = (drawn ^ (drawn >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        drawn = (drawn ^ (drawn >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((drawn ^ (drawn >> 31)) % limit as u64).expect("below a limit")
    }
}

/// The end of the library's root: the question that each mistake asks.
const QUESTION: &str = "
/// Returns whether this run makes a mistake.
#[doc(hidden)]
pub fn mutant(number: u32) -> bool {
    static ASKED: std::sync::OnceLock<Option<u32>> = std::sync::OnceLock::new();
    *ASKED.get_or_init(|| std::env::var(\"UNDERSIGNED_MUTANT\").ok()?.parse().ok()) == Some(number)
}
";

fn main() {
    let mut arguments = env::args().skip(1);
    let mut next = || arguments.next().expect("FOLDER SEED COUNT FIRST LEFT_OUT FILE...");
    let (folder, seed, count, first, left_out) = (next(), next(), next(), next(), next());
    let first: usize = first.parse().expect("a number");
    let left_out: Vec<usize> = left_out.split(',').filter_map(|number| number.parse().ok()).collect();
    let files: Vec<String> = arguments.collect();
    let texts: Vec<String> = files
        .iter()
        .map(|file| fs::read_to_string(Path::new(&folder).join(file)).expect("a file"))
        .collect();
    let mut found = Vec::new();
    for (file, text) in texts.iter().enumerate() {
        let mut finder = Finder {
            file,
            text,
            found: Vec::new(),
        };
        finder.visit_file(&syn::parse_file(text).expect("Rust"));
        found.extend(finder.found);
    }
    eprintln!("{} mistakes could be made in {} files", found.len(), files.len());
    let mut chance = Chance(seed.parse().expect("a seed"));
    let mut drawn: Vec<Mistake> = Vec::new();
    let count: usize = count.parse().expect("a count");
    while drawn.len() < count && !found.is_empty() {
        let mistake = found.swap_remove(chance.below(found.len()));
        let meets = |other: &Mistake| {
            other.file == mistake.file && other.place.start < mistake.place.end && mistake.place.start < other.place.end
        };
        // Two mistakes in one place would need each other's text.
        if !drawn.iter().any(meets) {
            drawn.push(mistake);
        }
    }
    write(Path::new(&folder), &files, texts, &drawn, first, &left_out);
}

/// Writes the files, and tells the mistakes.
fn write(folder: &Path, files: &[String], texts: Vec<String>, drawn: &[Mistake], first: usize, left_out: &[usize]) {
    for (file, mut text) in texts.into_iter().enumerate() {
        let mut here: Vec<(usize, &Mistake)> = drawn
            .iter()
            .enumerate()
            .map(|(at, mistake)| (first + at, mistake))
            .filter(|(number, mistake)| mistake.file == file && !left_out.contains(number))
            .collect();
        here.sort_by_key(|(_, mistake)| std::cmp::Reverse(mistake.place.start));
        for (number, mistake) in here {
            let asked = mistake.text.replacen('@', &format!("crate::mutant({number})"), 1);
            // Lines keep their numbers, so that the compiler's errors lead to the mistake.
            text.replace_range(mistake.place.clone(), &asked);
            println!(
                "{number}\t{}:{}\t{}",
                files[file],
                mistake.line,
                mistake.what.replace(['\n', '\t'], " ")
            );
        }
        fs::write(folder.join(&files[file]), text).expect("written");
    }
    let root = folder.join("src/lib.rs");
    let library = fs::read_to_string(&root).expect("the library");
    if !library.contains("pub fn mutant(") {
        fs::write(root, library + QUESTION).expect("written");
    }
}
