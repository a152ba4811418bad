"""No file over 400 lines and no function over 60, unless a comment `# long: …` gives the reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tree import place, project_files

FILE_LINES = 400
FUNCTION_LINES = 60
REASON = re.compile(r"#\s*long:\s*\S+")


def too_long(root: Path) -> list[str]:
    """Python files and functions beyond their length without a reason."""
    found: list[str] = []
    for file in project_files(root):
        if file.suffix == ".py":
            lines = file.read_text(encoding="utf-8").splitlines()
            if len(lines) > FILE_LINES and not any(REASON.search(line) for line in lines[:10]):
                found.append(
                    f"{place(root, file, 1)}: {len(lines)} lines; split it, or say why in `# long: …` at its top"
                )
            found += [f"{place(root, file, line)}: {what}" for line, what in long_functions(lines)]
    return found


def long_functions(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Line and complaint for each function that is too long; a reason stands on the line of its `def` or the next."""
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            head = lines[node.lineno - 1 : node.body[0].lineno]
            if length > FUNCTION_LINES and not any(REASON.search(line) for line in head):
                yield node.lineno, f"{node.name} has {length} lines; split it, or say why in `# long: …`"
