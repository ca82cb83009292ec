"""An SNMP agent for tests: objects from a file, versions 1, 2c and 3, faults on demand."""
