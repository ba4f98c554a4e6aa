"""How the sizes of the signs are fitted on simulated cases, and judged on others.

`python -m analyzers.calibration` simulates cases of every scenario on the generator's variants,
investigates each without drawing, fits the sizes on some variants and judges them on the rest.
"""
