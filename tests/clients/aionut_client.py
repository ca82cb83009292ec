"""aionut of the Python package index, which Home Assistant uses. It cannot set, log in or log out."""

import asyncio
import os

from aionut import AIONUTClient, NUTLoginError

PORT = int(os.environ["NUT_PORT"])


def client(password):
    return AIONUTClient("127.0.0.1", PORT, "admin", password)


async def main():
    nut = client("secret")
    print("names", *await nut.list_ups())
    print("read", (await nut.list_vars("lab"))["ups.status"])
    print("commands", *(name for name in await nut.list_commands("lab") if name == "load.off"))
    print("description", await nut.description("lab"))
    print("command", await nut.run_command("lab", "load.off"))
    nut.shutdown()
    try:
        await client("wrong").run_command("lab", "load.off")
    except NUTLoginError as error:
        print("refused", str(error).rsplit(": ", 1)[1])


asyncio.run(main())
