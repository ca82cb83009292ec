"""Front end: the devices appear in a umockdev test bed, for programs that run with
LD_PRELOAD=libumockdev-preload.so.0 and UMOCKDEV_DIR as this front end prints it.

Such a program sees only the devices of the test bed, in /sys and /dev, and udev's events about them.
"""

import os
import shutil
import signal
import sys

import gi

gi.require_version("UMockdev", "1.0")
from gi.repository import GLib, UMockdev  # noqa: E402

from .control import Commander, ControlSocket  # noqa: E402
from .usbfs import LOCK, Node  # noqa: E402

HUB = "/devices/pci0000:00/0000:00:14.0/usb1"
HUB_DESCRIPTORS = bytes([
    18, 1, 0, 2, 9, 0, 1, 64, 0x6B, 0x1D, 2, 0, 1, 6, 0, 0, 0, 1,
    9, 2, 25, 0, 1, 1, 0, 0xE0, 0, 9, 4, 0, 0, 1, 9, 0, 0, 0, 7, 5, 0x81, 3, 4, 0, 12])


class Bed:
    """A bus with a hub and a device on each of its ports."""

    def __init__(self, models):
        self.bed = UMockdev.Testbed.new()
        self.root = self.bed.get_root_dir()
        self.models, self.nodes = models, [Node(model) for model in models]
        self.places = [None] * len(models)           # (path in /sys, device node)
        self.last_address = 1
        self._add(HUB, "bus/usb/001/001", HUB_DESCRIPTORS, {
            "DEVTYPE": "usb_device", "DRIVER": "usb", "BUSNUM": "001", "DEVNUM": "001",
            "MAJOR": "189", "MINOR": "0", "PRODUCT": "1d6b/2/601", "TYPE": "9/0/1"}, {
            "busnum": "1", "devnum": "1", "devpath": "0", "speed": "480",
            "bConfigurationValue": "1", "idVendor": "1d6b", "idProduct": "0002"})
        for i in range(len(models)):
            self.plug(i, tell=False)

    def plug(self, i, tell=True):
        """On its old port, with a new address, as a real one."""
        model, port = self.models[i], i + 1
        self.last_address = self.last_address % 127 + 1
        address = self.last_address
        path = "%s/1-%d" % (HUB, port)
        interface = "%s/1-%d:1.%d" % (path, port, model.interface)
        node = "bus/usb/001/%03d" % address
        attributes = {
            "busnum": "1", "devnum": str(address), "devpath": str(port), "speed": model.speed,
            "bConfigurationValue": "1", "bNumConfigurations": "1",
            "bNumInterfaces": " %d" % (model.interface + 1),
            "idVendor": "%04x" % model.vid, "idProduct": "%04x" % model.pid,
            "bcdDevice": "%04x" % model.release, "bDeviceClass": "00", "bDeviceSubClass": "00",
            "bDeviceProtocol": "00", "bMaxPacketSize0": str(model.max_packet0), "version": " 2.00"}
        for name, index in (("manufacturer", model.i_manufacturer),
                            ("product", model.i_product), ("serial", model.i_serial)):
            if index in model.strings:
                attributes[name] = model.strings[index]
        self._add(path, node, model.device_descriptor() + model.config_descriptor(), {
            "DEVTYPE": "usb_device", "DRIVER": "usb", "BUSNUM": "001", "DEVNUM": "%03d" % address,
            "MAJOR": "189", "MINOR": str(address - 1), "TYPE": "0/0/0",
            "PRODUCT": "%x/%x/%x" % (model.vid, model.pid, model.release)}, attributes)
        self._add(interface, None, b"", {"DEVTYPE": "usb_interface", "INTERFACE": "3/0/0"}, {
            "bInterfaceClass": "03", "bInterfaceSubClass": "00", "bInterfaceProtocol": "00",
            "bInterfaceNumber": "%02x" % model.interface, "bAlternateSetting": " 0"})
        self.bed.attach_ioctl("/dev/" + node, self.nodes[i].handler)
        self.nodes[i].plugged_in(self.root + "/dev/" + node)
        self.places[i] = ("/sys" + path, "/dev/" + node)
        if tell:
            self.bed.uevent("/sys" + path, "add")
            self.bed.uevent("/sys" + interface, "add")

    def _add(self, path, node, descriptors, properties, attributes):
        """Adds a device from umockdev's text form, which also makes the device node."""
        lines = ["P: " + path]
        if node:
            lines += ["N: %s=%s" % (node, descriptors.hex().upper()), "E: DEVNAME=/dev/" + node,
                      "H: descriptors=" + descriptors.hex().upper()]
        lines += ["E: %s=%s" % pair for pair in properties.items()] + ["E: SUBSYSTEM=usb"]
        lines += ["A: %s=%s" % (k, v.replace("\\", "\\\\").replace("\n", "\\n"))
                  for k, v in attributes.items()]
        self.bed.add_from_string("\n".join(lines) + "\n")

    def unplug(self, i):
        path, node = self.places[i]
        self.bed.uevent(path, "remove")
        # umockdev's own remove_device() leaves the links of children behind (0.17.16)
        bus = self.root + "/sys/bus/usb/devices"
        here = os.path.realpath(self.root + path)
        for name in os.listdir(bus):
            if os.path.realpath(os.path.join(bus, name)).startswith(here):
                os.unlink(os.path.join(bus, name))
        shutil.rmtree(self.root + path)
        os.unlink(self.root + node)
        self.bed.detach_ioctl(node)


def run(models, control):
    """Serves the devices until SIGTERM."""
    bed, loop = Bed(models), GLib.MainLoop()

    def post(work):
        def locked():
            with LOCK:
                work()

        GLib.idle_add(locked)

    commanders = [
        Commander(model, lambda i=i: bed.plug(i), lambda i=i: bed.unplug(i), post)
        for i, model in enumerate(models)]
    ControlSocket(control, commanders, post)
    for sig in (signal.SIGINT, signal.SIGTERM):
        GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, sig, loop.quit)
    print("upsemu: ready (%s)" % bed.root, file=sys.stderr, flush=True)
    loop.run()
    shutil.rmtree(bed.root, ignore_errors=True)
    os._exit(0)                # the test bed's own clean-up would miss its directory, and abort
