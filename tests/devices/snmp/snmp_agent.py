#!/usr/bin/env python3
"""An SNMP agent for tests on a loopback port: `snmp_agent.py FILE.snmprec`. README.md tells what it understands."""
import argparse
import heapq
import os
import selectors
import signal
import socket
import sys
import time

from snmpsim.agent import Agent
from snmpsim.faults import Faults
from snmpsim.table import Table, arcs, read_line
from snmpsim.usm import Engine


class Server:
    def __init__(self, options):
        family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_DGRAM)
        self.socket.bind((options.host, options.port))
        self.other = socket.socket(family, socket.SOCK_DGRAM)
        self.other.bind((options.host, 0))
        self.faults = Faults()
        engine = Engine(bytes.fromhex(options.engine), options.boots)
        self.agent = Agent(Table(options.file), engine, self.faults)
        self.pending, self.sent = [], 0

    def datagram(self):
        message, peer = self.socket.recvfrom(65535)
        try:
            answer = self.agent.handle(message)
        except (ValueError, IndexError, KeyError) as error:
            print("bad message from %s: %r" % (peer, error), file=sys.stderr, flush=True)
            return
        if answer is None:
            return
        answer, due = self.faults.bytes(answer), self.faults.due
        sender = self.other if "elsewhere" in due else self.socket
        self.later(due.get("delay") or 0, sender, answer, peer)
        if "double" in due:
            self.later((due.get("delay") or 0) + (due["double"] or 0), sender, answer, peer)

    def later(self, milliseconds, sender, answer, peer):
        self.sent += 1
        heapq.heappush(self.pending, (time.monotonic() + milliseconds / 1000, self.sent, sender, answer, peer))

    def flush(self):
        """Sends what is due; how long until the next."""
        while self.pending:
            left = self.pending[0][0] - time.monotonic()
            if left > 0:
                return left
            _, _, sender, answer, peer = heapq.heappop(self.pending)
            sender.sendto(answer, peer)
        return None

    def command(self, line):
        verb, _, rest = line.partition(" ")
        agent = self.agent
        if verb == "fault":
            self.faults.add(rest.split())
        elif verb == "nofault":
            self.faults.clear()
        elif verb == "put":
            agent.table.put(*read_line(rest))
        elif verb == "remove":
            agent.table.remove(arcs(rest))
        elif verb == "get":
            return agent.get_line(arcs(rest))
        elif verb == "readonly":
            agent.read_only.append(arcs(rest))
        elif verb == "boots":
            agent.engine.restart(agent.engine.identity, int(rest))
        elif verb == "engine":
            agent.engine.restart(bytes.fromhex(rest), 1)
        elif verb == "asked":
            said, agent.asked = agent.numbers(), []
            return said
        elif verb == "sets":
            said, agent.sets = "; ".join(agent.sets) or "-", []
            return said
        else:
            raise ValueError("no such command")
        return ""


class Control:
    """Lines on a socket, each answered with `OK ...` or `ERR ...`."""

    def __init__(self, connection, server):
        self.connection, self.server, self.rest = connection, server, b""

    def read(self):
        data = self.connection.recv(65536)
        self.rest += data
        *lines, self.rest = self.rest.split(b"\n")
        for line in lines:
            try:
                said = ("OK " + self.server.command(line.decode())).rstrip()
            except (ValueError, IndexError, KeyError) as error:
                said = "ERR %s" % error
            self.connection.sendall(said.encode() + b"\n")
        return bool(data)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--control", help="path of the control socket")
    parser.add_argument("--engine", default="80000000046c6f636b6e7574")
    parser.add_argument("--boots", type=int, default=1)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    server, selector = Server(options), selectors.DefaultSelector()
    selector.register(server.socket, selectors.EVENT_READ)
    listener = None
    if options.control:
        if os.path.exists(options.control):
            os.unlink(options.control)
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(options.control)
        listener.listen(4)
        selector.register(listener, selectors.EVENT_READ)
    print("READY %d" % server.socket.getsockname()[1], flush=True)
    while True:
        for key, _ in selector.select(server.flush()):
            if key.fileobj is server.socket:
                server.datagram()
            elif key.fileobj is listener:
                connection = listener.accept()[0]
                selector.register(connection, selectors.EVENT_READ, Control(connection, server))
            elif not key.data.read():
                selector.unregister(key.fileobj)
                key.fileobj.close()


if __name__ == "__main__":
    main()
