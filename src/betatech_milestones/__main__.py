"""The command, also as `python -m betatech_milestones`, which can be interrupted from the first.

To load all of it takes a moment. Whoever interrupts that ends the process as the system does, since
there is nothing to tell yet and nothing to tidy up.
"""

import atexit
import gc
import signal


def main() -> None:
    """Load the commands, and do what is asked for."""
    interrupt = signal.getsignal(signal.SIGINT)
    if interrupt is signal.default_int_handler:  # and not where a shell lets it run on regardless
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()  # nothing of what is loaded is ever garbage
    from betatech_milestones.cli import main as run

    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)  # nor is there use in a look for it when the process ends
    if interrupt is signal.default_int_handler:
        signal.signal(signal.SIGINT, interrupt)
    run()


if __name__ == "__main__":
    main()
