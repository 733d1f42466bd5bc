"""``python -m policyhours``."""

from policyhours.cli import main

if __name__ == "__main__":
    main()
