"""The command line: `plans`."""

from analysis.commands import main

if __name__ == "__main__":
    main()
