"""python3 -m upsemu umockdev DEVICE.json... --control SOCKET
python3 -m upsemu usbredir DEVICE.json --listen unix:PATH|tcp:HOST:PORT --control SOCKET
"""

import argparse

from .device import Device


def main():
    parser = argparse.ArgumentParser(prog="upsemu", usage=__doc__)
    parser.add_argument("mode", choices=["umockdev", "usbredir"])
    parser.add_argument("device", nargs="+")
    parser.add_argument("--control", required=True)
    parser.add_argument("--listen")
    args = parser.parse_args()
    models = [Device.load(path) for path in args.device]
    if args.mode == "umockdev":
        from . import testbed
        testbed.run(models, args.control)
    else:
        from . import usbredir
        usbredir.run(models[0], args.listen, args.control)


main()
