"""``python -m vemas_analytics`` is the command ``vemas``."""

from vemas_analytics.cli import main

if __name__ == "__main__":
    main()
