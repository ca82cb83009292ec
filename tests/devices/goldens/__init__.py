"""What a driver does on simulated devices, beside what C NUT's does there."""
