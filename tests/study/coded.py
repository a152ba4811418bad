"""How the passages of a study are coded, for tests that change the codebook."""

from __future__ import annotations

import goldthread as gt


def by_theme(study: gt.Study) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for one in study.episodes():
        found.setdefault((one.theme, one.subtheme), set()).add(one.episode_id)
    return found


def fullest(study: gt.Study, *but: str) -> str:
    """The theme with most passages."""
    themes = [one.theme for one in study.episodes() if one.theme and one.theme not in but]
    return max(sorted(set(themes)), key=themes.count)
