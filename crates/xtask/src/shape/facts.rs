//! What the checks want to know of a source file, gathered in one walk over its syntax tree.

use proc_macro2::{TokenStream, TokenTree};
use std::collections::HashMap;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{
    Attribute, Block, ImplItemFn, Item, ItemUse, Macro, Meta, Signature, TraitItemFn, UseTree,
};

/// The facts.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) functions: Vec<Function>,
    /// Lines of items that are there only for tests.
    pub(crate) test_lines: usize,
    /// Paths that are named outside tests, with what `use` stands for put in.
    pub(crate) named: Vec<Named>,
}

/// A function with a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) lines: usize,
    pub(crate) is_test: bool,
}

/// A path and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Named {
    pub(crate) path: String,
    pub(crate) line: usize,
}

impl Facts {
    /// Walks over the text of a file.
    pub(crate) fn of(text: &str) -> syn::Result<Self> {
        let file = syn::parse_file(text)?;
        let mut walk = Walk::default();
        walk.visit_file(&file);
        let mut facts = walk.facts;
        for named in &mut facts.named {
            let (first, rest) = named.path.split_once("::").unwrap_or((&named.path, ""));
            if let Some(full) = walk.aliases.get(first).filter(|_| !rest.is_empty()) {
                named.path = format!("{full}::{rest}");
            }
        }
        Ok(facts)
    }
}

#[derive(Default)]
struct Walk {
    facts: Facts,
    in_test: bool,
    /// What a name brought in by `use` stands for.
    aliases: HashMap<String, String>,
}

impl Walk {
    fn function(&mut self, signature: &Signature, block: &Block) {
        let first = signature.span().start().line;
        let last = block.brace_token.span.close().end().line;
        self.facts.functions.push(Function {
            name: signature.ident.to_string(),
            lines: last + 1 - first,
            is_test: self.in_test,
        });
    }

    /// Walks on, within a test if the attributes say so.
    fn enter(&mut self, attributes: &[Attribute], lines: usize, walk: impl FnOnce(&mut Self)) {
        let outer = self.in_test;
        self.in_test = outer || attributes.iter().any(is_for_tests);
        if self.in_test && !outer {
            self.facts.test_lines += lines;
        }
        walk(self);
        self.in_test = outer;
    }

    fn name(&mut self, path: String, line: usize) {
        if !self.in_test && path.contains("::") {
            self.facts.named.push(Named { path, line });
        }
    }

    fn uses(&mut self, tree: &UseTree, before: &str, line: usize) {
        match tree {
            UseTree::Path(path) => {
                self.uses(&path.tree, &format!("{before}{}::", path.ident), line)
            }
            UseTree::Group(group) => group
                .items
                .iter()
                .for_each(|tree| self.uses(tree, before, line)),
            UseTree::Glob(_) => self.name(format!("{before}*"), line),
            UseTree::Name(name) => self.bring_in(before, &name.ident.to_string(), None, line),
            UseTree::Rename(name) => {
                self.bring_in(
                    before,
                    &name.ident.to_string(),
                    Some(name.rename.to_string()),
                    line,
                );
            }
        }
    }

    fn bring_in(&mut self, before: &str, name: &str, rename: Option<String>, line: usize) {
        let path = if name == "self" {
            before.trim_end_matches(':').to_owned()
        } else {
            format!("{before}{name}")
        };
        let last = path.rsplit("::").next().unwrap_or_default().to_owned();
        self.aliases.insert(rename.unwrap_or(last), path.clone());
        self.name(path, line);
    }

    /// Paths in a macro's arguments, which are not a part of the syntax tree.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = String::new();
        let mut line = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if path.is_empty() || path.ends_with("::") => {
                    line = ident.span().start().line;
                    path += &ident.to_string();
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => {
                    path.push(':')
                }
                other => {
                    self.name(std::mem::take(&mut path), line);
                    if let TokenTree::Group(group) = other {
                        self.tokens(group.stream());
                    }
                }
            }
        }
        self.name(path, line);
    }
}

impl<'ast> Visit<'ast> for Walk {
    fn visit_item(&mut self, item: &'ast Item) {
        self.enter(attributes(item), lines(item), |walk| {
            visit::visit_item(walk, item)
        });
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.enter(&item.attrs, lines(item), |walk| {
            walk.function(&item.sig, &item.block);
            visit::visit_impl_item_fn(walk, item);
        });
    }

    fn visit_trait_item_fn(&mut self, item: &'ast TraitItemFn) {
        if let Some(block) = &item.default {
            self.function(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.uses(&item.tree, "", item.use_token.span.start().line);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        self.name(segments.join("::"), path.span().start().line);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast Macro) {
        self.tokens(item.tokens.clone());
        visit::visit_macro(self, item);
    }
}

fn lines(item: &impl Spanned) -> usize {
    let span = item.span();
    span.end().line + 1 - span.start().line
}

fn is_for_tests(attribute: &Attribute) -> bool {
    match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        Meta::NameValue(_) => false,
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_wherever_they_stand() {
        let facts = Facts::of(
            "fn a() {\n}\nimpl X {\n  fn b(\n    &self,\n  ) {\n  }\n}\ntrait T { fn c() { } fn d(); }\n\
             #[cfg(test)]\nmod tests {\n  #[test]\n  fn e() {\n  }\n}\n",
        )
        .unwrap();
        let found: Vec<(&str, usize, bool)> = facts
            .functions
            .iter()
            .map(|each| (each.name.as_str(), each.lines, each.is_test))
            .collect();
        assert_eq!(
            found,
            [
                ("a", 2, false),
                ("b", 4, false),
                ("c", 1, false),
                ("e", 2, true)
            ]
        );
        assert_eq!(facts.test_lines, 6);
    }

    #[test]
    fn names_are_followed_through_use() {
        let facts =
            Facts::of("use std::time::{self, Duration as D};\nfn f(d: D) { time::sleep(d) }\n")
                .unwrap();
        let named: Vec<&str> = facts
            .named
            .iter()
            .map(|named| named.path.as_str())
            .collect();
        assert_eq!(
            named,
            ["std::time", "std::time::Duration", "std::time::sleep"]
        );
        assert_eq!(facts.named[2].line, 2);
    }
}
