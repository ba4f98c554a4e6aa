"""How the outcomes of all steps become one report: strengths, verdict, names, what to collect."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

from analyzers.lib.pseudonyms import pseudonyms
from analyzers.model.case import Case, Cohort
from analyzers.model.report import (
    AccountLine,
    CaseSummary,
    Report,
    Run,
    StepReport,
)
from analyzers.model.step import NotComputable, Outcome, Step
from analyzers.model.text import Text
from analyzers.setting import Setting
from analyzers.stage import Stage
from analyzers.weigh import weigh

sys.modules[__name__].__class__ = Stage


def compose(
    case: Case, setting: Setting, steps: Sequence[Step], outcomes: Sequence[Outcome]
) -> Report:
    """Bring the outcomes of `steps` (in the same order) together into the report."""
    reports, verdict, hypotheses = weigh(
        case,
        [
            StepReport(id=step.id, title=step.title, outcome=outcome, parameters=repr(step))
            for step, outcome in zip(steps, outcomes, strict=True)
        ],
        setting.in_scope,
        setting.authors,
        dict(setting.prior),
    )
    names = _names(case)
    return Report(
        case=_summary(case, setting),
        verdict=verdict,
        cohort=case.cohort,
        accounts=tuple(_lines(case.cohort, dict(names), setting.handles)),
        comparison=case.comparison,
        others=case.others,
        explained=case.explained,
        steps=reports,
        hypotheses=hypotheses,
        collect_next=_collect_next(case, outcomes),
        run=Run(version=limier_version(), parameters=setting.parameters, seed=case.seed),
        names=names,
        handles=tuple(sorted({**setting.handles, **setting.targets}.items())),
    )


def limier_version() -> str:
    """The version that made a report, or "0" when running from files that were never installed."""
    try:
        return version("limier")
    except PackageNotFoundError:
        return "0"


def _summary(case: Case, setting: Setting) -> CaseSummary:
    dataset = case.dataset
    return CaseSummary(
        targets=case.targets,
        window=case.window,
        attack=case.attack,
        digest=dataset.digest,
        posts=dataset.count("posts"),
        authors=dataset.authors,
        in_scope=setting.in_scope,
        sources=dataset.sources,
        first=dataset.first,
        last=dataset.last,
        candidates=setting.candidates,
    )


def _names(case: Case) -> tuple[tuple[str, str], ...]:
    others = [account for cohort in case.others for account in cohort.accounts]
    return pseudonyms(case.cohort.accounts, case.comparison.accounts, others)


def _lines(
    cohort: Cohort, names: Mapping[str, str], handles: Mapping[str, str]
) -> Iterable[AccountLine]:
    for member in cohort.members:
        yield AccountLine(
            account_id=member.account_id,
            handle=handles.get(member.account_id),
            pseudonym=names[member.account_id],
            score=member.score,
            signals=member.selected_by,
            why=member.why,
            ties=member.signals,
        )


def _collect_next(case: Case, outcomes: Sequence[Outcome]) -> tuple[Text, ...]:
    """What to collect so that the report could say more, most useful first, each thing once."""
    wanted: list[Text] = []
    if case.cohort.members and not len(case.comparison):
        wanted.append(
            Text(
                "Posts about the target by everyone else over the same days: without ordinary "
                "accounts to compare with, no finding can be more than weak."
            )
        )
    if case.cohort.members and not case.timelines & set(case.cohort.accounts):
        wanted.append(
            Text(
                "The timelines of these accounts, and of an equal number of ordinary accounts, "
                "over the same dates and depth."
            )
        )
    if case.cohort.members:
        for outcome in outcomes:
            if isinstance(outcome, NotComputable):
                wanted.extend(outcome.missing)
    return tuple(dict.fromkeys(wanted))
