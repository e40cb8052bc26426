"""`python -m betatech_milestones`."""

from betatech_milestones.cli import main

if __name__ == "__main__":
    main()
