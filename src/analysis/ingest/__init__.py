"""Files → frames: read, repair, parse, extract and tag in a row for each document, then one pass over the corpus."""

from analysis.ingest.batch import IngestError, Summary, run
from analysis.ingest.cases import check_cases
from analysis.ingest.manifest import ManifestError, read_manifest

__all__ = ["IngestError", "ManifestError", "Summary", "check_cases", "read_manifest", "run"]
