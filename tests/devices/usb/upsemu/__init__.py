"""An emulator of USB HID power devices (UPSes), for testing drivers without hardware."""
