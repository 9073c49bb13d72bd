"""What qpdf, poppler and the validators say of a PDF.

Validating takes most of the time of all checks, so it is done in processes
beside each other; the lines come out in the order in which they were asked for.
"""
import concurrent.futures
import os

import structure
from report import check, run, tree

PROFILES = ("ua1", "2a")


def judge(pdf, name):
    """Returns what to check of one PDF, as (what, good, detail)."""
    # Imported here, in the worker: each takes a good part of a second.
    import outloud
    import page as validator

    found = []
    said = run("qpdf", "--check", pdf)
    found.append((f"qpdf --check {name}", said.returncode == 0, said.stdout + said.stderr))
    listed = run("pdffonts", pdf)
    fonts = listed.stdout.splitlines()[2:]
    loose = [line for line in fonts if set(line.split()[-5:-2]) != {"yes"}]
    found.append((f"fonts embedded, subset, mapped: {name}", listed.returncode == 0 and fonts and not loose, loose))
    for profile in PROFILES:
        failed = validator.validate_pdf(str(pdf), profile=profile).failures
        found.append((f"{profile} {name}", not failed, [str(failure)[:200] for failure in failed[:5]]))
    result = outloud.check(str(pdf))
    errors = [f"{finding.rule} p.{finding.page}: {finding.message} ({finding.evidence})"[:200]
              for finding in result.findings if finding.severity == "error"]
    found.append((f"outloud {name}", not result.error and not errors, result.error or errors[:5]))
    wrong = structure.faults(pdf)
    found.append((f"tables, lists and figures of {name} have their roles", not wrong, wrong[:5]))
    shown = tree(pdf)
    found.append((f"pdfinfo -struct-text shows the tree of {name}",
                  shown.startswith("Document") and '"' in shown, shown[:200]))
    return found


class Judges:
    """Judges PDFs in processes beside each other."""

    def __init__(self):
        self.pool = concurrent.futures.ProcessPoolExecutor(max_workers=os.cpu_count())
        self.asked = []

    def ask(self, what, work, *arguments):
        """Has `work(*arguments)` done; it returns checks as (what, good, detail)."""
        self.asked.append((what, self.pool.submit(work, *arguments)))

    def report(self):
        """Waits for what was asked, and reports it: a line where all held."""
        for what, answer in self.asked:
            found = answer.result()
            bad = [line for line in found if not line[1]]
            if not bad:
                check(f"{what}: all {len(found)} checks", bool(found))
            for line in bad:
                check(*line)
        self.asked.clear()

    def close(self):
        self.report()
        self.pool.shutdown()
