"""PyNUT: Debian's python3-nut, and PyNUTClient of the Python package index. The argument is the module's name."""

import importlib
import os
import sys

PyNUT = importlib.import_module(sys.argv[1])
PORT = int(os.environ["NUT_PORT"])


def client(password):
    return PyNUT.PyNUTClient(host="127.0.0.1", port=PORT, login="admin", password=password)


def text(value):
    return (value.decode("ascii") if isinstance(value, bytes) else value).strip()


nut = client("secret")
print("names", *(text(name) for name in nut.GetUPSList()))
print("read", text(nut.GetUPSVars("lab")[b"ups.status"]))
print("writable", text(nut.GetRWVars("lab")[b"ups.id"]))
print("commands", *(text(name) for name in nut.GetUPSCommands("lab") if name == b"load.off"))
print("version", text(nut.ver()).split(" - ")[0].rsplit(" ", 1)[0])
print("set", nut.SetRWVar("lab", "ups.id", "cellar"))
print("command", nut.RunUPSCommand("lab", "load.off"))
if hasattr(nut, "DeviceLogin"):
    print("login", nut.DeviceLogin("lab"))
    print("clients", *(text(address) for address in nut.ListClients("lab")[b"lab"]))
del nut  # which sends LOGOUT and does not wait
try:
    client("wrong").SetRWVar("lab", "ups.id", "nowhere")
except PyNUT.PyNUTError as error:
    print("refused", text(error.args[0]))
