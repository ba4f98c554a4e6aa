"""The one path, from files of posts to a report; every stage may run in another process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analyzers.model.case import TIE_DRAWS, Case, Cohort, Event, Proposal, Register, Window
from analyzers.model.dataset import Dataset
from analyzers.model.refusal import BadInput
from analyzers.model.report import Report
from analyzers.model.step import Failed, Lost, Outcome, Run, Step
from analyzers.model.target import Target
from analyzers.model.text import Text

if TYPE_CHECKING:
    from analyzers.cohort.frozen import Frozen
    from analyzers.cohort.named import NamedCohort
    from analyzers.setting import Setting

SEED = 20190211
"""The day of the thread that Limier is modelled on; every random draw starts from it."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an investigation is: the stage it is in and, within it, steps done of all."""

    stage: str
    done: int
    total: int


@dataclass(frozen=True)
class Question:
    """What is asked of a dataset: whom it is about, when, and whom a person named, if anyone."""

    targets: tuple[Target, ...] = ()
    window: Window = Window()
    events: tuple[Event, ...] = ()
    named: NamedCohort | None = None
    frozen: Frozen | None = None
    """A cohort and comparison chosen before all of the data was there: never chosen again."""
    register: Register | None = None
    seed: int = SEED
    draws: int = TIE_DRAWS
    """Draws of the tie test: fewer are quicker, and cannot give a p below one in a hundred."""
    prior: tuple[tuple[str, float], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()


def investigate(
    data: Dataset | Path | str | Sequence[Path | str],
    *,
    targets: Sequence[str | Target] = (),
    accounts: Path | None = None,
    events: Path | None = None,
    figures: Path | None = None,
    frozen: Path | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    mapping: Mapping[str, str] | None = None,
    prior: Mapping[str, float] | None = None,
    directory: Path | None = None,
    seed: int = SEED,
    run: Run = map,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Investigate who attacks the targets in this data, and give back the report.

    `data` is a dataset, or files that `read` understands (posts, and tables beside them). `targets`
    are written as people type them (`@handle`, `#hashtag`, a phrase, a link, a post's URL);
    `accounts` and `events` are CSV files that name a cohort and context events, `figures` a CSV or
    TOML register of public figures, `frozen` the cohort and comparison that a collection chose
    (a cohort that `accounts` names goes before it). `since` and `until` are UTC. `prior` replaces
    what is believed of some of the rival explanations beforehand (`analyzers.weigh.mechanisms`).
    `directory` is where the dataset is kept (a temporary one when `None`). `run` works like `map`,
    perhaps in worker processes. Raises `BadInput` with one sentence for the person.
    """
    from analyzers.catalog import STEPS

    question = _question(
        targets, accounts, events, figures, frozen, since, until, seed, prior or {}
    )
    progress(Progress("read", 0, 1))
    if isinstance(data, Dataset):
        dataset = data
    else:
        paths = (data,) if isinstance(data, (str, Path)) else tuple(data)
        dataset = _only(run(_read, [(paths, directory, dict(mapping or {}))]))
    progress(Progress("enrich", 0, 1))
    dataset = _only(run(_enrich, [dataset]))
    progress(Progress("cohort", 0, 1))
    case, setting = _only(run(frame, [(dataset, question)]))
    outcomes: list[Outcome] = []
    progress(Progress("steps", 0, len(STEPS)))
    for outcome in run(_ask, [(step, case) for step in STEPS]):
        outcomes.append(_survived(outcome))
        progress(Progress("steps", len(outcomes), len(STEPS)))
    report: Report = _only(run(_compose, [(case, setting, STEPS, outcomes)]))
    return report


def _question(
    targets: Sequence[str | Target],
    accounts: Path | None,
    events: Path | None,
    figures: Path | None,
    frozen: Path | None,
    since: datetime | None,
    until: datetime | None,
    seed: int,
    prior: Mapping[str, float],
) -> Question:
    from analyzers.cohort.frozen import read_frozen
    from analyzers.cohort.named import read_named
    from analyzers.lib.targets import parse
    from analyzers.read.events import read_events
    from analyzers.read.register import read_register
    from analyzers.weigh.mechanisms import prior_of

    prior_of(prior)  # refused now, not after the work
    parsed = tuple(parse(target) if isinstance(target, str) else target for target in targets)
    return Question(
        targets=parsed,
        window=Window(since, until),
        events=read_events(events) if events else (),
        named=read_named(accounts) if accounts else None,
        frozen=read_frozen(frozen) if frozen and not accounts else None,
        register=read_register(figures) if figures else None,
        seed=seed,
        prior=tuple(sorted(prior.items())),
        parameters=(
            ("targets", ", ".join(map(repr, parsed))),
            ("since", since.isoformat() if since else ""),
            ("until", until.isoformat() if until else ""),
            ("accounts", accounts.name if accounts else ""),
            ("events", events.name if events else ""),
            ("figures", figures.name if figures else ""),
            *([("frozen", frozen.name)] if frozen else []),
            ("prior", ", ".join(f"{name}={weight:g}" for name, weight in sorted(prior.items()))),
        ),
    )


def _read(task: tuple[tuple[Path | str, ...], Path | None, dict[str, str]]) -> Dataset:
    from analyzers.read import read

    paths, directory, mapping = task
    return read(*paths, directory=directory, mapping=mapping)


def _enrich(dataset: Dataset) -> Dataset:
    from analyzers.enrich import enrich

    return enrich(dataset)


def frame(task: tuple[Dataset, Question]) -> tuple[Case, Setting]:
    """Propose the cohort and its comparison for a question, and freeze both into a case.

    A question that brings a frozen choice keeps it.
    """
    from analyzers.cohort.frozen import thawed
    from analyzers.concerned import set_apart
    from analyzers.setting import attack_of, known_figures, setting_of

    dataset, question = task
    if question.frozen is not None:
        proposal = thawed(question.frozen, dataset)
    else:
        proposal = _proposed(dataset, question)
    case = _frozen(dataset, question, proposal)
    case = replace(case, attack=attack_of(case), register=known_figures(case))
    set_apart(case)
    return case, setting_of(case, question.parameters, question.prior)


def choose(task: tuple[tuple[Path | str, ...], Path, Question]) -> Frozen:
    """Read what was collected about a target so far, and freeze the cohort and its comparison.

    The second value is the directory for the dataset. Raises `BadInput`.
    """
    from analyzers.cohort.frozen import freeze

    paths, directory, question = task
    dataset = _enrich(_read((paths, directory, {})))
    return freeze(dataset, _proposed(dataset, question), question.seed)


def _proposed(dataset: Dataset, question: Question) -> Proposal:
    from analyzers.cohort import propose_cohort

    return propose_cohort(
        dataset,
        question.targets,
        question.window,
        question.named,
        seed=question.seed,
        draws=question.draws,
    )


def _frozen(dataset: Dataset, question: Question, proposal: Proposal) -> Case:
    return Case(
        dataset=dataset,
        targets=question.targets,
        window=question.window,
        events=question.events,
        cohort=proposal.cohorts[0] if proposal.cohorts else Cohort(),
        comparison=proposal.comparison,
        others=proposal.cohorts[1:],
        explained=proposal.explained,
        borderline=proposal.borderline,
        timelines=proposal.timelines,
        seed=question.seed,
        register=question.register,
    )


def _ask(task: tuple[Step, Case]) -> Outcome:
    from analyzers.runner import run_step

    return run_step(*task)


def _compose(task: tuple[Case, Setting, Sequence[Step], Sequence[Outcome]]) -> Report:
    from analyzers.compose import compose

    return compose(*task)


def _survived(outcome: Outcome | Lost) -> Outcome:
    if isinstance(outcome, Lost):
        return Failed(outcome.reason, outcome.detail)
    return outcome


def _only(results: Iterable[Any]) -> Any:
    """The one result of a stage without which there is no report."""
    (result,) = results
    if isinstance(result, Lost):
        raise BadInput(
            Text(
                "This data could not be read through: {reason} Try a smaller dump or a shorter "
                "window.",
                reason=result.reason,
            )
        )
    return result
