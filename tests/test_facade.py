"""What a newcomer types first: `import analyzers`, then a stage by its name."""

from __future__ import annotations

import subprocess
import sys

import pytest

import analyzers

HEAVY = ("matplotlib", "numpy", "pandas", "polars", "scipy", "py3langid", "pycld2", "babel")


def test_importing_the_library_loads_nothing_heavy() -> None:
    code = f"import analyzers, sys; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", analyzers.__all__)
def test_every_stage_has_its_name_and_explains_itself(name: str) -> None:
    value = getattr(analyzers, name)
    assert value is not None
    assert callable(value) or name == "STEPS"


def test_a_stage_can_be_called_before_and_after_its_module_is_imported() -> None:
    code = (
        "import analyzers\n"
        "first = analyzers.read\n"
        "import analyzers.read\n"
        "for read in (first, analyzers.read):\n"
        "    try: read('no-such-file')\n"
        "    except analyzers.BadInput: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused", "refused"]


def test_a_misspelt_name_is_an_ordinary_error() -> None:
    with pytest.raises(AttributeError, match="investigat3"):
        _ = analyzers.investigat3
