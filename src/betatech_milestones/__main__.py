"""The command, also as `python -m betatech_milestones`, which can be interrupted from the first.

To load all of it takes a moment. Whoever interrupts that ends the process as the system does, since
there is nothing to tell yet and nothing to tidy up.
"""

import signal


def main() -> None:
    """Load the commands, and do what is asked for."""
    interrupt = signal.getsignal(signal.SIGINT)
    if interrupt is signal.default_int_handler:  # and not where a shell lets it run on regardless
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from betatech_milestones.cli import main as run

    if interrupt is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
    run()


if __name__ == "__main__":
    main()
