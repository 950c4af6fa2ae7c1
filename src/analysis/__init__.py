"""Reads regional plans as they are found and compares what governments say they will do.

The program on one screen::

    sources = read.sources(paths.raw())
    texts   = repair.texts(sources)
    parsed  = parse.plans(texts)                                    # plans, outline, items, problems
    metrics = extract.metrics(parsed["plans"], parsed["items"])
    items   = tag.items(parsed["plans"], parsed["items"], metrics)
    corpus  = frames.load("data/processed")                         # what ingest wrote: all of the above
    emphasis = compare.emphasis(corpus.items, by="region")
    draw.emphasis(emphasis, title=describe.emphasis(emphasis))
    brief.region("青禾县", plan_year=2024)

The module is the verb, the function is the noun that it returns.
"""

__version__ = "0.1.0"
