"""A case goes from draft to review to agreed to corrected; two reviewers agree, not its starter."""

from __future__ import annotations

from analyzers.model.refusal import BadInput
from analyzers.model.text import Text
from bot.access import Action
from bot.acting import Actor
from bot.audit import approved, held, lapsed, moved
from bot.record import WHOLE, Case, Kind, Status
from bot.rewriting import Rewriter
from bot.standing import REVIEWERS, Discussion, status_name
from bot.store import Store

STEPS: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.IN_REVIEW,),
    Status.IN_REVIEW: (Status.DRAFT,),
    Status.AGREED: (Status.CORRECTED,),
    Status.CORRECTED: (),
}
"""Where a case may be moved by hand; it becomes agreed by its reviewers alone."""


class SignOff:
    """Changes the status of cases; checks the rights of whoever does."""

    def __init__(self, store: Store, rewriter: Rewriter) -> None:
        self._store = store
        self._rewriter = rewriter

    async def move(self, actor: Actor, case: Case, to: Status) -> Text:
        """Change the status by hand, and say what it is now."""
        self._check(actor, case)
        if to is Status.AGREED:
            raise BadInput(
                Text(
                    "A case becomes agreed when {n} reviewers approve it with /case agree, none of "
                    "whom started it.",
                    n=REVIEWERS,
                )
            )
        if to not in STEPS[case.status]:
            raise BadInput(
                Text(
                    "This case is {now}: from there it cannot become {to}.",
                    now=status_name(case.status),
                    to=status_name(to),
                )
            )
        if await self._store.cases.move(case, to, moved(case, actor.id, to)) is None:
            raise BadInput(
                Text("Somebody else has just changed this case: look at it and try again.")
            )
        if to is Status.DRAFT:
            await self._store.opinions.withdraw_all(case.key, WHOLE)
        await self._rewriter.rewrite(case)
        return Text("The case is now {status}.", status=status_name(to))

    async def approve(self, actor: Actor, case: Case) -> Text:
        """Count a reviewer's agreement with the whole case; the second one makes it agreed."""
        actor.check(Action.REVIEW)
        if actor.id == case.starter:
            raise BadInput(Text("You started this case: others must review it."))
        if case.status is not Status.IN_REVIEW:
            raise BadInput(
                Text(
                    "This case is {now}: it can be approved while it is in review.",
                    now=status_name(case.status),
                )
            )
        before = await self._store.opinions.standing(case.key, WHOLE, actor.id)
        if before is None:
            await self._store.opinions.give(case, WHOLE, Kind.AGREE, actor.id)
            await self._store.log.write(approved(case, actor.id))
        await self._let_lapse(actor, case)
        stands = Discussion(case.status, await self._store.opinions.of(case.key)).reviewers()
        if stands >= REVIEWERS:  # two may be last at once: then the case moves for one of them
            log = moved(case, actor.id, Status.AGREED)
            await self._store.cases.move(case, Status.AGREED, log)
        await self._rewriter.rewrite(case)
        if stands >= REVIEWERS:
            return Text("You approve this case. It is now agreed.")
        return Text(
            "You approve this case: {n} of {wanted} reviewers do.", n=stands, wanted=REVIEWERS
        )

    async def _let_lapse(self, actor: Actor, case: Case) -> None:
        """Take back the approvals of people who have lost the role since they gave them."""
        for one in await self._store.opinions.of(case.key):
            if one.step != WHOLE or await actor.another_may(one.who, Action.REVIEW):
                continue
            if await self._store.opinions.withdraw(one.id, case.guild, one.who):
                await self._store.log.write(lapsed(case, one.who))

    async def hold(self, actor: Actor, case: Case, on: bool) -> Text:
        """Keep a case beyond its time, or let its time run again."""
        actor.check(Action.HOLD)
        await self._store.cases.hold(case, on, held(case, actor.id, on))
        if on:
            return Text("The case is on hold: it is kept until somebody takes it off hold.")
        return Text("The case is off hold: it is deleted when its time is over.")

    def _check(self, actor: Actor, case: Case) -> None:
        """Whoever started a case may hand it in and take it back; else reviewers move it."""
        if actor.id != case.starter or case.status in (Status.AGREED, Status.CORRECTED):
            actor.check(Action.REVIEW)
