//! `-l`: the commands of a UPS with their descriptions.

use client::{Answer, Ask, Blocking, Error};
use proto::{Get, List};

/// A command and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Command {
    name: String,
    description: Option<String>,
}

/// Asks for the commands, then for all descriptions at once; returns all of the output.
pub(crate) fn list(connection: &mut Blocking, ups: &str) -> Result<String, Error> {
    let items = connection.list(List::Cmd { ups })?;
    let names: Option<Vec<String>> = items
        .into_iter()
        .map(|item| item.into_iter().next())
        .collect();
    let names = names.ok_or(Error::Protocol)?;
    let asks: Vec<Ask<'_>> = names
        .iter()
        .map(|cmd| Ask::Get(Get::CmdDesc { ups, cmd }))
        .collect();
    let descriptions = connection.batch(&asks)?;
    let commands = names
        .iter()
        .zip(descriptions)
        .map(|(name, answer)| Command {
            name: name.clone(),
            description: answer.ok().and_then(described),
        });
    Ok(text(ups, commands))
}

fn described(answer: Answer) -> Option<String> {
    answer.into_words().into_iter().next()
}

fn text(ups: &str, commands: impl Iterator<Item = Command>) -> String {
    let mut out = format!("Instant commands supported on UPS [{ups}]:\n\n");
    for Command { name, description } in commands {
        let description = description.as_deref().unwrap_or("Description unavailable");
        out.push_str(&format!("{name} - {description}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_has_a_line_under_the_header() {
        let commands = [("beeper.off", Some("Disable the beeper")), ("x.y", None)];
        let commands = commands.map(|(name, description)| Command {
            name: name.to_owned(),
            description: description.map(str::to_owned),
        });
        assert_eq!(
            text("rack", commands.into_iter()),
            "Instant commands supported on UPS [rack]:\n\n\
             beeper.off - Disable the beeper\n\
             x.y - Description unavailable\n"
        );
    }
}
