"""nut2 of the Python package index. It sends values unquoted, and cannot log in."""

import os

import nut2

PORT = int(os.environ["NUT_PORT"])


def client(password):
    return nut2.PyNUTClient(host="127.0.0.1", port=PORT, login="admin", password=password)


nut = client("secret")
print("names", *nut.list_ups())
print("read", nut.list_vars("lab")["ups.status"])
print("one", nut.get_var("lab", "battery.charge"))
print("writable", nut.list_rw_vars("lab")["ups.id"])
print("type", nut.var_type("lab", "ups.id"))
print("commands", *(name for name in nut.list_commands("lab") if name == "load.off"))
print("version", nut.ver().split(" - ")[0].rsplit(" ", 1)[0])
print("set", nut.set_var("lab", "ups.id", "cellar") or "OK")
print("command", nut.run_command("lab", "load.off") or "OK")
print("logins", nut.num_logins("lab"))
del nut  # which sends LOGOUT and does not wait
try:
    client("wrong").set_var("lab", "ups.id", "nowhere")
except nut2.PyNUTError as error:
    print("refused", error.args[0])
