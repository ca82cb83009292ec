//! A UPS at its upsd: what its variables are now.

use std::collections::BTreeMap;
use std::time::Duration;

use client::auth::AuthConf;
use client::{Ask, Connection, Error, Family};
use proto::{Address, Get, HostPort, List};
use tracing::{debug, warn};

/// Values by the names of their variables.
pub(crate) type Values = BTreeMap<String, String>;

/// How servers are reached.
#[derive(Debug)]
pub(crate) struct Way {
    /// How long connecting may take.
    pub(crate) within: Duration,
    /// Says how to encrypt.
    pub(crate) auth: AuthConf,
}

impl Way {
    /// To one server.
    pub(crate) fn to(&self, server: &HostPort) -> Result<Road, client::auth::Error> {
        let (encryption, remarks) = self.auth.encryption(server, None)?;
        for remark in remarks.iter().filter(|remark| remark.is_warning()) {
            warn!("{}", remark.text());
        }
        Ok(Road {
            server: server.clone(),
            within: self.within,
            encryption,
        })
    }
}

/// How one server is reached.
#[derive(Debug)]
pub(crate) struct Road {
    server: HostPort,
    within: Duration,
    encryption: tls::Client,
}

impl Road {
    async fn go(&self) -> Result<Connection, Error> {
        Connection::open_with(&self.server, self.within, Family::Any, &self.encryption).await
    }
}

/// One UPS.
#[derive(Debug)]
pub(crate) struct Source {
    address: Address,
    road: Road,
    connection: Option<Connection>,
    /// Whether the last round failed: that is told once.
    lost: bool,
}

impl Source {
    pub(crate) fn new(address: Address, road: Road) -> Self {
        Self {
            address,
            road,
            connection: None,
            lost: false,
        }
    }

    /// The values of these variables, as far as they can be had. Where the server is away there are none, and the next
    /// call tries again.
    pub(crate) async fn read(&mut self, names: &[&str]) -> Values {
        match self.try_read(names).await {
            Ok(values) => {
                if std::mem::take(&mut self.lost) {
                    warn!("{} is back", self.address);
                }
                values
            }
            Err(why) => {
                self.connection = None;
                if !std::mem::replace(&mut self.lost, true) {
                    warn!("no values of {}: {why}", self.address);
                }
                Values::new()
            }
        }
    }

    async fn try_read(&mut self, names: &[&str]) -> Result<Values, Error> {
        let connection = match &mut self.connection {
            Some(connection) if connection.is_usable() => connection,
            slot => {
                let new = self.road.go().await?;
                slot.insert(new)
            }
        };
        let ups = &self.address.ups;
        let asks = names.iter().map(|var| Ask::Get(Get::Var { ups, var }));
        let asks: Vec<Ask<'_>> = asks.collect();
        let answers = connection.batch(&asks).await?;
        let mut values = Values::new();
        for (name, answer) in names.iter().zip(answers) {
            match answer {
                Ok(answer) => {
                    let value = answer.into_words().into_iter().next();
                    values.extend(value.map(|value| ((*name).to_owned(), value)));
                }
                Err(why) => debug!("{} {name}: {why}", self.address),
            }
        }
        Ok(values)
    }

    /// Says goodbye until the next round: a server drops those who are silent for long.
    pub(crate) async fn leave(&mut self) {
        if let Some(connection) = self.connection.take() {
            connection.logout().await;
        }
    }
}

/// The UPSes of a server, in its order.
pub(crate) async fn all(road: &Road) -> Result<Vec<String>, Error> {
    let mut connection = road.go().await?;
    let items = connection.list(List::Ups).await?;
    connection.logout().await;
    let names = items.into_iter().map(|item| item.into_iter().next());
    names.map(|name| name.ok_or(Error::Protocol)).collect()
}
