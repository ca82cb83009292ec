//! Idle clients: they have asked once and stay, as monitoring does between two looks.

use super::question::{Question, connect};
use crate::failure::{Failure, Result};
use std::net::{SocketAddr, TcpStream};

/// Connections on which nothing happens; they end with this value.
#[derive(Default)]
pub(crate) struct Idle {
    clients: Vec<TcpStream>,
}

impl Idle {
    /// Adds clients until there are `count`. Each has been answered once, so the server has it.
    pub(crate) fn grow(
        &mut self,
        address: SocketAddr,
        question: &Question,
        count: usize,
    ) -> Result<()> {
        while self.clients.len() < count {
            let mut client = connect(address).map_err(Failure::io("connect of an idle client"))?;
            question
                .put(&mut client)
                .map_err(Failure::io("an idle client"))?;
            self.clients.push(client);
        }
        Ok(())
    }
}
