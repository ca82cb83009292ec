//! A network of its own, with one cable that can be cut.

use std::path::Path;
use std::process;

use testkit::{Program, Running, Sandbox, installed, skipped};

/// A network namespace, and a pair of virtual cards that connects it with this one.
pub(crate) struct Network {
    /// The namespace, and with it the cable, lasts as long as this.
    holder: Running,
    sandbox: Sandbox,
    cable: String,
    /// This side's address, from a range that is for examples only.
    pub(crate) here: String,
}

impl Network {
    /// The network for `test`, unless this account or this machine cannot have one.
    #[track_caller]
    pub(crate) fn new(test: &str) -> Option<Self> {
        let network = Self::try_new();
        if network.is_none() {
            skipped(
                test,
                "root, network namespaces, `ip`, `nsenter` and `unshare`",
            );
        }
        network
    }

    fn try_new() -> Option<Self> {
        let sandbox = Sandbox::new();
        let (unshare, _, _) = (
            installed("unshare")?,
            installed("nsenter")?,
            installed("ip")?,
        );
        let holder =
            Program::at(&unshare, &sandbox).args(["-n", "sh", "-c", "echo here; exec sleep 600"]);
        let holder = holder.try_start().ok()?;
        holder.try_wait_for_line("here", testkit::PATIENCE).ok()?;
        let (pid, number) = (holder.pid(), process::id() % 64 * 4);
        let cable = format!("ln{pid}");
        let (here, there) = (
            format!("198.51.100.{}", number + 1),
            format!("198.51.100.{}", number + 2),
        );
        let network = Self {
            holder,
            sandbox,
            cable,
            here,
        };
        let cable = &network.cable;
        let here = &network.here;
        let up = format!(
            "ip link add {cable} type veth peer name {cable}p && ip link set {cable}p netns {pid} &&
            ip addr add {here}/30 dev {cable} && ip link set {cable} up &&
            nsenter -t {pid} -n sh -c 'ip addr add {there}/30 dev {cable}p; ip link set {cable}p up; ip link set lo up'"
        );
        network.shell(&up).then_some(network)
    }

    fn shell(&self, script: &str) -> bool {
        let shell = Program::at(Path::new("/bin/sh"), &self.sandbox);
        shell.args(["-c", script]).run().code == Some(0)
    }

    /// A process that is in it.
    pub(crate) fn pid(&self) -> u32 {
        self.holder.pid()
    }

    /// Pulls the plug.
    #[track_caller]
    pub(crate) fn cut(&self) {
        assert!(self.shell(&format!("ip link set {} down", self.cable)));
    }

    /// Plugs it in again.
    #[track_caller]
    pub(crate) fn mend(&self) {
        assert!(self.shell(&format!("ip link set {} up", self.cable)));
    }
}

/// Connections that the cut has left half open would keep the namespace, and the cable with it, for a while.
impl Drop for Network {
    fn drop(&mut self) {
        self.shell(&format!("ip link del {}", self.cable));
    }
}
