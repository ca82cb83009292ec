"""A client with Python's own TLS, and PyNUTClient with the same settings: says whether it was let in, and how or why not.

Usage: tls_client.py plain|pynut PORT HOST VERSION VERIFY CA CERT KEY; what is not wanted is an empty word.
"""

import socket
import ssl
import sys

kind, port, host, version, verify, ca, cert, key = sys.argv[1:9]


def plain():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = bool(verify)
    context.verify_mode = ssl.CERT_REQUIRED if verify else ssl.CERT_NONE
    if version:
        context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    if ca:
        context.load_verify_locations(ca)
    if cert:
        context.load_cert_chain(cert, key)
    raw = socket.create_connection(("127.0.0.1", int(port)), timeout=20)
    raw.sendall(b"STARTTLS\n")
    answer = raw.recv(100)
    if answer != b"OK STARTTLS\n":
        return "refused: " + repr(answer)
    with context.wrap_socket(raw, server_hostname=host) as tls:
        tls.sendall(b"GET VAR lab ups.status\n")
        answer = b""
        while not answer.endswith(b"\n"):
            some = tls.recv(1000)
            if not some:
                return "refused: closed"
            answer += some
        return "accepted %s %s" % (tls.version(), answer.decode().strip())


def pynut():
    from PyNUTClient.PyNUT import PyNUTClient

    client = PyNUTClient(
        host=host, port=int(port), timeout=20, use_ssl=True, force_ssl=True, cert_verify=bool(verify),
        ca_file=ca or None, cert_file=cert or None, key_file=key or None,
    )
    return "accepted by %s" % client.GetUPSVars("lab")


try:
    print(plain() if kind == "plain" else pynut())
except Exception as error:
    print("refused: %s: %s" % (type(error).__name__, error))
