"""The values that travel through Limier: immutable, picklable, free of input and output."""
