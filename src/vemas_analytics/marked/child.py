"""The process that marks workbooks, one after the other: a file that brings it down takes nothing else with it.

Each request is a pickle of a `Job` on standard input; each answer is one line of JSON, the fields of `Done`.
"""

import dataclasses
import json
import pickle
import sys
import zipfile

from lxml import etree

from vemas_analytics.marked.job import Done, Job
from vemas_analytics.marked.mark_workbook import mark_workbook
from vemas_analytics.marked.package import UnfitError
from vemas_analytics.memory_limit import limit_memory


def main(memory_mib: int) -> None:
    """Answer requests until the pipe closes."""
    limit_memory(memory_mib)
    while True:
        try:
            job = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        done = _answer(job)
        sys.stdout.write(json.dumps(dataclasses.asdict(done)) + "\n")
        sys.stdout.flush()
        if done.failure == "too_large":
            return


def _answer(job: Job) -> Done:
    try:
        return mark_workbook(job)
    except MemoryError:
        return Done("too_large")
    except UnfitError:
        return Done("unfit")
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, KeyError, IndexError, EOFError, NotImplementedError):
        return Done("damaged")
    except RuntimeError:  # a part of the archive is encrypted
        return Done("damaged")
    except OSError:
        return Done("not_written")


if __name__ == "__main__":
    main(int(sys.argv[1]))
