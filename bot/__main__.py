"""Where everything starts: `limier`, or `python -m bot`."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from bot.cli import cli

    cli(prog_name="limier")


if __name__ == "__main__":
    main()
