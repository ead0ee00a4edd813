"""`hemeroteca doctor`."""

import typer
from rich.console import Console

from assistant.commands.frame import Documents, EngineOption, Index, Json, opened, print_json


def doctor(
    documents: Documents = None, index: Index = None, engine: EngineOption = None, json_: Json = False
) -> None:
    """Check the machine, the documents, the index, the engine and the keys, and say what to do.

    If a model is configured it is called once, for one word. Ends with status 1 if a check failed.
    """
    from assistant.doctor import examine, report

    findings = []
    with opened(documents, index, engine=engine) as assistant:
        for finding in examine(assistant):
            findings.append(finding)
            if not json_:
                from assistant.display import print_finding

                print_finding(Console(), finding)
    result = report(findings)
    if json_:
        print_json(result)
    if not result["ok"]:
        raise typer.Exit(1)
