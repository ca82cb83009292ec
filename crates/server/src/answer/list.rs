//! LIST.

use model::Tick;
use proto::{Line, List, Refusal, TooLong};

use super::fits;
use crate::hub::Hub;
use crate::link::Link;

const NO_TEXT: &str = "Description unavailable";

impl Hub {
    pub(super) fn list(
        &mut self,
        list: List<'_>,
        now: Tick,
        out: &mut String,
    ) -> Result<(), Refusal> {
        match list {
            List::Var { ups } => {
                let max_age = self.settings.max_age;
                let device = self.device_mut(ups)?;
                device.fresh(now, max_age)?;
                device.list_var(ups, out);
                Ok(())
            }
            List::Ups => framed("UPS", &[], out, |out| self.ups_items(out)),
            List::Client { ups } => {
                let device = self.device(ups)?;
                framed("CLIENT", &[ups], out, |out| {
                    // newest first
                    for session in self
                        .sessions
                        .values()
                        .rev()
                        .filter(|session| session.login == Some(device.id))
                    {
                        let peer = session.peer.to_string();
                        skip(
                            Line::new("CLIENT", out)
                                .word(&device.spec.name)
                                .word(&peer)
                                .end(),
                        );
                    }
                })
            }
            List::Rw { ups } => {
                let link = self.fresh(ups, now)?;
                framed("RW", &[ups], out, |out| rw_items(link, ups, out))
            }
            List::Cmd { ups } => {
                let link = self.fresh(ups, now)?;
                framed("CMD", &[ups], out, |out| {
                    for cmd in link.tree.commands() {
                        skip(Line::new("CMD", out).word(ups).word(cmd).end());
                    }
                })
            }
            List::Enum { ups, var } => self.list_enum(ups, var, now, out),
            List::Range { ups, var } => self.list_range(ups, var, now, out),
        }
    }

    fn fresh(&self, ups: &str, now: Tick) -> Result<&Link, Refusal> {
        self.device(ups)?.fresh(now, self.settings.max_age)
    }

    fn ups_items(&self, out: &mut String) {
        for device in &self.devices {
            let desc = device.spec.desc.as_deref().unwrap_or(NO_TEXT);
            skip(
                Line::new("UPS", out)
                    .word(&device.spec.name)
                    .text(desc)
                    .end(),
            );
        }
    }

    fn list_enum(&self, ups: &str, var: &str, now: Tick, out: &mut String) -> Result<(), Refusal> {
        let variable = self
            .fresh(ups, now)?
            .tree
            .get(var)
            .ok_or(Refusal::VarNotSupported)?;
        framed("ENUM", &[ups, var], out, |out| {
            for choice in &variable.choices {
                skip(
                    Line::new("ENUM", out)
                        .word(ups)
                        .word(var)
                        .value(choice)
                        .end(),
                );
            }
        })
    }

    fn list_range(&self, ups: &str, var: &str, now: Tick, out: &mut String) -> Result<(), Refusal> {
        let variable = self
            .fresh(ups, now)?
            .tree
            .get(var)
            .ok_or(Refusal::VarNotSupported)?;
        framed("RANGE", &[ups, var], out, |out| {
            for range in &variable.ranges {
                let (min, max) = (range.min.to_string(), range.max.to_string());
                skip(
                    Line::new("RANGE", out)
                        .word(ups)
                        .word(var)
                        .value(&min)
                        .value(&max)
                        .end(),
                );
            }
        })
    }
}

/// Writable variables; a forced shutdown does not show here.
fn rw_items(link: &Link, ups: &str, out: &mut String) {
    for (var, variable) in link.tree.iter().filter(|(_, variable)| variable.flags.rw) {
        skip(
            Line::new("RW", out)
                .word(ups)
                .word(var)
                .value(&variable.value)
                .end(),
        );
    }
}

/// Appends `BEGIN LIST`, the items and `END LIST`; nothing if the frame itself is too long.
fn framed(
    keyword: &str,
    query: &[&str],
    out: &mut String,
    items: impl FnOnce(&mut String),
) -> Result<(), Refusal> {
    fits(
        Line::new("BEGIN LIST", out)
            .word(keyword)
            .words(query)
            .end(),
    )?;
    items(out);
    fits(Line::new("END LIST", out).word(keyword).words(query).end())
}

/// An item that no client can read is left out: it would garble the whole list.
fn skip(_ended: Result<(), TooLong>) {}
