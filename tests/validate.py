#!/usr/bin/env python3
"""Holds PDF files against PDF/UA-1 and PDF/A-2a.

    pip install page-validation==0.11.0
    python tests/validate.py [--profile ua1,2a] FILE...

Prints what fails, a line each, and exits with 1 if anything does, with 2 if a
file cannot be read.
"""

import argparse
import sys

import page


def failures(path, profile):
    """What of a file fails a profile, as lines."""
    report = page.validate_pdf(path, profile=profile)
    return [str(failure) for failure in report.failures]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--profile", default="ua1,2a", help="comma-separated; default: ua1,2a")
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    found = 0
    for path in arguments.files:
        for profile in arguments.profile.split(","):
            try:
                lines = failures(path, profile)
            except Exception as error:  # the library's own errors have no common base
                print(f"{path}: {profile}: cannot be read: {error}", file=sys.stderr)
                return 2
            for line in lines:
                print(f"{path}: {profile}: {line}")
            found += len(lines)
    checked = len(arguments.files) * len(arguments.profile.split(","))
    print(f"{checked} checks, {found} failures")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
