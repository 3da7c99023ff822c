"""`python -m minidemo` is the command `minidemo`."""

import sys

from minidemo.cli import main

if __name__ == "__main__":
    sys.exit(main())
