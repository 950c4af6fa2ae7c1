"""Parameters → executed notebook, through papermill in this process.

The kernel is always this Python, whatever kernels the user has registered.  A kernel may serve several runs in a row
(`Kernel` as a context): names are cleared in between, what was imported stays warm.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_event_loop, run_sync
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from analysis.brief import live, methods, parameters

logging.getLogger("papermill").setLevel(logging.ERROR)

SET_UP = "set-up-of-the-run"
NOT_IN_REPORTS = "notebook-only"  # the tag of cells for the reader of the notebook itself
_CLEAN = """get_ipython().reset(new_session=False)
import sys
if 'matplotlib.pyplot' in sys.modules:
    sys.modules['matplotlib.pyplot'].close('all')
del sys
"""
_LENIENT = "import warnings\nwarnings.resetwarnings()\nwarnings.simplefilter('default')\ndel warnings\n"
_STRICT = "import warnings\nwarnings.simplefilter('error')\ndel warnings\n"
_ARGUMENTS = ["--HistoryManager.enabled=False", "--IPKernelApp.log_level=40"]
_ERROR_CELL = "papermill-error-cell-tag"
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class _Warm(NBClientEngine):
    """Papermill's own engine on a kernel that stays; only the channels to it are closed."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        """Runs the cells on the kernel of `km`."""
        client = PapermillNotebookClient(nb_man, km=kwargs["km"], timeout=kwargs["execution_timeout"])
        try:
            client.execute()
        finally:
            if client.kc is not None:
                client.kc.stop_channels()


papermill_engines.register("warm", _Warm)


class _ThisPython(KernelSpecManager):
    """Knows one kernel: the Python that runs this."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """How to start this Python as a kernel, under whatever name it is asked for."""
        argv = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


class Kernel:
    """A kernel that runs notebooks one after another; started when first used, replaced after a failure."""

    def __init__(self, cwd: Path, strict: bool = False) -> None:
        self.cwd, self.strict = cwd, strict
        self._manager: AsyncKernelManager | None = None

    def __enter__(self) -> Kernel:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def manager(self) -> AsyncKernelManager:
        """The running kernel's manager."""
        if self._manager is None:
            self._manager = AsyncKernelManager(kernel_name="python3", kernel_spec_manager=_ThisPython())
            env = {name: value for name, value in os.environ.items() if name != live.SESSION}
            run_sync(self._manager.start_kernel)(cwd=str(self.cwd), extra_arguments=_ARGUMENTS, env=env)
        return self._manager

    def close(self) -> None:
        """Ends the kernel, if one runs."""
        manager, self._manager = self._manager, None
        if manager is not None:
            run_sync(manager.shutdown_kernel)(now=True)
            run_sync(manager.cleanup_resources)()

    def set_up(self, values: Mapping[str, Any]) -> Any:
        """The cell that runs before a notebook's own; it lets the methods page know the parameters."""
        told = f"import os\nos.environ[{methods.PARAMETERS!r}] = {json.dumps(dict(values), ensure_ascii=False)!r}\ndel os\n"
        cell = nbformat.v4.new_code_cell(_CLEAN + (_STRICT if self.strict else _LENIENT) + told)
        cell.metadata["tags"] = [SET_UP]
        return cell


@contextlib.contextmanager
def own_loop() -> Iterator[None]:
    """Ends, with the block, the event loop on which this thread talks to kernels."""
    try:
        yield
    finally:
        ensure_event_loop().close()


@dataclass
class Run:
    """An executed notebook: its node, the seconds it took, the error that stopped it, what it warned of."""

    nb: Any
    seconds: float
    error: str | None = None
    warnings: list[str] = field(default_factory=list)


def execute(path: Path, values: Mapping[str, Any], kernel: Kernel, timeout: int = 600) -> Run:
    """The notebook run with these values; an error in a cell is in `error`, not raised.

    Args: timeout: seconds that one cell may take.
    """
    nb = nbformat.read(path, as_version=4)
    all_values = {p.name: p.default for p in parameters.read(path)} | dict(values)
    nb.cells.insert(0, kernel.set_up({name: held for name, held in all_values.items() if name != "frames_dir"}))
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="plans-") as folder:
        copy = Path(folder) / path.name
        error = _execute(nb, copy, values, kernel, timeout)
        done = nbformat.read(copy, as_version=4) if copy.is_file() else nb
    done.cells = [
        cell for cell in done.cells if not set(cell.metadata.get("tags", [])) & {SET_UP, NOT_IN_REPORTS, _ERROR_CELL}
    ]
    done.metadata.pop("papermill", None)
    return Run(done, time.perf_counter() - started, error, _warnings(done))


def _execute(nb: Any, copy: Path, values: Mapping[str, Any], kernel: Kernel, timeout: int) -> str | None:
    try:
        papermill.execute_notebook(
            nb, copy, dict(values), progress_bar=False, log_output=False, kernel_name="python3", language="python", km=kernel.manager(),
            engine_name="warm", execution_timeout=timeout, autosave_cell_every=0, request_save_on_cell_execute=False,
        )  # fmt: skip
    except PapermillExecutionError as error:
        return f"{error.ename}: {_COLOURS.sub('', str(error.evalue))}".strip()
    except (RuntimeError, TimeoutError, OSError) as error:  # the kernel died or did not answer
        kernel.close()
        return f"{type(error).__name__}: {error}"
    return None


def _warnings(nb: Any) -> list[str]:
    """What the cells wrote to stderr, a text an output."""
    outputs = [output for cell in nb.cells for output in cell.get("outputs", [])]
    return [str(o["text"]).strip() for o in outputs if o["output_type"] == "stream" and o["name"] == "stderr"]
