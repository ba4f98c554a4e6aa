"""What the log of a server records, and how it is read to those who administer: never contents."""

from __future__ import annotations

from analyzers.model.text import Text
from analyzers.render.disclosure import Redaction
from bot.record import NOBODY, Case, Entry, Job, Right, Status
from bot.standing import status_name

REVEALED, EVIDENCE, STATUS, APPROVED, HELD, RELEASED = (
    "case.revealed",
    "case.evidence",
    "case.status",
    "case.approved",
    "case.held",
    "case.released",
)
REVISED, ASSIGNED = "case.revised", "case.assigned"
REFERRED, UNREFERRED = "case.referred", "case.unreferred"
EXPIRED, DELETED, LOST = "case.expired", "case.deleted", "case.lost"
EXHIBITED, EXHIBITS_SHOWN = "case.exhibited", "case.exhibits_shown"
FOUND, TAKEN = "case.found", "case.posts_taken"
CANCELLED = "case.cancelled"
EXPORTED, ERASED = "case.exported", "words.erased"
FIGURES_ADDED, FIGURE_REMOVED = "figures.added", "figure.removed"
EVENT_ADDED, EVENT_REMOVED = "event.added", "event.removed"
ROLE, LANGUAGE, RETENTION = "settings.role", "settings.language", "settings.retention"
REDACTION = "settings.redaction"
PLACE, LOG_DAYS = "settings.place", "settings.log"
ROLE_LOST, LAPSED = "settings.role_lost", "case.lapsed"

LASTING = (EXPIRED, DELETED)
"""What stays when the log expires: the tombstones of cases, with their hashes."""


_RIGHTS: dict[str, Text] = {
    "investigate": Text("investigate"),
    "review": Text("review"),
    "reveal": Text("reveal"),
    "administer": Text("administer"),
}


def revealed(case: Case, who: int, page: int) -> Entry:
    """Somebody is about to see who is behind pseudonyms."""
    return Entry(case.guild, who, REVEALED, case.key, {"page": page})


def evidence_shown(case: Case, who: int, step: str, page: int) -> Entry:
    """Somebody is about to see which posts a step rests on."""
    return Entry(case.guild, who, EVIDENCE, case.key, {"step": step, "page": page})


def found_shown(case: Case, who: int, page: int) -> Entry:
    """Somebody is about to see posts that they searched for; for what is not written down."""
    return Entry(case.guild, who, FOUND, case.key, {"page": page})


def posts_taken(case: Case, who: int, posts: int) -> Entry:
    """Somebody is about to take posts away as a CSV."""
    return Entry(case.guild, who, TAKEN, case.key, {"posts": posts})


def moved(case: Case, who: int, to: Status) -> Entry:
    """A case's status is changed."""
    return Entry(case.guild, who, STATUS, case.key, {"from": str(case.status), "to": str(to)})


def approved(case: Case, who: int) -> Entry:
    """A reviewer agrees with a case."""
    return Entry(case.guild, who, APPROVED, case.key)


def held(case: Case, who: int, on: bool) -> Entry:
    """A case is kept beyond its time, or no longer."""
    return Entry(case.guild, who, HELD if on else RELEASED, case.key)


def revised(case: Case, who: int) -> Entry:
    """Somebody has a case read anew, with more files or other accounts."""
    return Entry(case.guild, who, REVISED, case.key)


def assigned(case: Case, who: int, to: int | None) -> Entry:
    """Somebody says who takes care of a case, or that nobody does (0)."""
    return Entry(case.guild, who, ASSIGNED, case.key, {"to": to or 0})


def referred(case: Case, who: int, on: bool) -> Entry:
    """A reference is set beside a case, or removed."""
    return Entry(case.guild, who, REFERRED if on else UNREFERRED, case.key)


def expired(case: Case, manifest: str) -> Entry:
    """A case was deleted when its time was over; the hash of its manifest (hex) remains."""
    return Entry(case.guild, NOBODY, EXPIRED, case.key, {"manifest": manifest})


def deleted(case: Case, who: int, manifest: str) -> Entry:
    """Somebody deletes a case; the hash of its manifest (hex) remains."""
    return Entry(case.guild, who, DELETED, case.key, {"manifest": manifest})


def cancelled(job: Job, who: int) -> Entry:
    """Somebody cancels an investigation that waits or is under way."""
    return Entry(job.guild, who, CANCELLED, job.key)


def exported(case: Case, who: int, private: bool) -> Entry:
    """Somebody is about to take a case away, perhaps with its record of handles and posts."""
    return Entry(case.guild, who, EXPORTED, case.key, {"private": int(private)})


def exhibited(case: Case, who: int, pictures: int) -> Entry:
    """Somebody adds pictures to a case."""
    return Entry(case.guild, who, EXHIBITED, case.key, {"pictures": pictures})


def exhibits_shown(case: Case, who: int, numbers: str) -> Entry:
    """Somebody is about to see exhibits of a case, by their numbers ("1-3")."""
    return Entry(case.guild, who, EXHIBITS_SHOWN, case.key, {"exhibits": numbers})


def lost(case: Case, what: str) -> Entry:
    """Somebody deleted a case's channel, thread or a message of it in Discord."""
    return Entry(case.guild, NOBODY, LOST, case.key, {"what": what})


def erased(guild: int, who: int) -> Entry:
    """Somebody erased what they wrote."""
    return Entry(guild, who, ERASED)


def figures_added(guild: int, who: int, n: int) -> Entry:
    """Somebody added protected figures."""
    return Entry(guild, who, FIGURES_ADDED, details={"n": n})


def figure_removed(guild: int, who: int) -> Entry:
    """Somebody removed a protected figure."""
    return Entry(guild, who, FIGURE_REMOVED)


def event_added(guild: int, who: int) -> Entry:
    """Somebody added an event."""
    return Entry(guild, who, EVENT_ADDED)


def event_removed(guild: int, who: int) -> Entry:
    """Somebody removed an event."""
    return Entry(guild, who, EVENT_REMOVED)


def role_set(guild: int, who: int, right: Right, role: int | None) -> Entry:
    """A right was given to a role, or to nobody (0)."""
    return Entry(guild, who, ROLE, details={"right": right, "role": role or 0})


def redaction_set(guild: int, who: int, to: Redaction) -> Entry:
    """How much of the posts new cases show was set."""
    return Entry(guild, who, REDACTION, details={"to": to})


def language_set(guild: int, who: int, language: str | None) -> Entry:
    """The language of threads was set, or left to each person."""
    return Entry(guild, who, LANGUAGE, details={"to": language or ""})


def retention_set(guild: int, who: int, days: int | None) -> Entry:
    """How long cases are kept was set, or left to the operator (0)."""
    return Entry(guild, who, RETENTION, details={"days": days or 0})


def role_lost(guild: int, right: Right) -> Entry:
    """Somebody deleted the role that has a right."""
    return Entry(guild, NOBODY, ROLE_LOST, details={"right": right})


def lapsed(case: Case, who: int) -> Entry:
    """A reviewer's approval counts no longer, for they have the role no more."""
    return Entry(case.guild, who, LAPSED, case.key)


def place_set(guild: int, who: int, channel: int | None) -> Entry:
    """Where cases go was set, or left to whoever asks (0)."""
    return Entry(guild, who, PLACE, details={"channel": channel or 0})


def log_days_set(guild: int, who: int, days: int | None) -> Entry:
    """How long the log is kept was set, or left to the operator (0)."""
    return Entry(guild, who, LOG_DAYS, details={"days": days or 0})


def said(entry: Entry) -> Text:
    """A line of the log in words, without its time and person."""
    details = entry.details
    match entry.what:
        case "case.revealed":
            return Text("saw who is behind the pseudonyms, page {page}", page=details["page"])
        case "case.evidence":
            step, page = details["step"], details["page"]
            return Text("saw the posts behind {step}, page {page}", step=step, page=page)
        case "case.found":
            return Text("saw posts that a search found, page {page}", page=details["page"])
        case "case.posts_taken":
            return Text("exported posts with their handles as a CSV: {n}", n=details["posts"])
        case "case.status":
            before, to = (status_name(Status(str(details[name]))) for name in ("from", "to"))
            return Text("changed the status from {before} to {to}", before=before, to=to)
        case "case.approved":
            return Text("approved the case as a reviewer")
        case "case.held":
            return Text("put the case on hold")
        case "case.released":
            return Text("took the case off hold")
        case "case.revised":
            return Text("had the case read anew")
        case "case.assigned" if details["to"]:
            return Text("assigned the case to somebody")
        case "case.assigned":
            return Text("assigned the case to nobody")
        case "case.referred":
            return Text("added a reference")
        case "case.unreferred":
            return Text("removed a reference")
        case "case.expired":
            return Text("the case was deleted because its time was over")
        case "case.deleted":
            return Text("deleted the case")
        case "case.cancelled":
            return Text("cancelled the investigation")
        case "case.exported" if details["private"]:
            return Text("exported the case with handles and posts")
        case "case.exported":
            return Text("exported the case")
        case "case.exhibited":
            return Text("added exhibits: {n}", n=details["pictures"])
        case "case.exhibits_shown":
            return Text("saw exhibits {numbers}", numbers=details["exhibits"])
        case "case.lost" if details["what"] not in ("channel", "thread"):
            return Text("a message of the case was deleted in Discord")
        case "case.lost":
            return Text("the channel or the thread of the case was deleted in Discord")
        case "words.erased":
            return Text("erased what they had written")
        case "figures.added":
            return Text("added protected figures: {n}", n=details["n"])
        case "figure.removed":
            return Text("removed a protected figure")
        case "event.added":
            return Text("added an event")
        case "event.removed":
            return Text("removed an event")
        case "settings.role" if details["role"]:
            return Text("gave the right {right} to a role", right=_RIGHTS[str(details["right"])])
        case "settings.role":
            return Text(
                "took the right {right} from its role", right=_RIGHTS[str(details["right"])]
            )
        case "settings.redaction" if details["to"] == "strict":
            return Text("set that new cases show no text of posts")
        case "settings.redaction":
            return Text("set that new cases quote what several accounts share")
        case "settings.language":
            return Text("set the language of threads")
        case "settings.retention":
            return Text("set for how long cases are kept")
        case "settings.role_lost":
            return Text(
                "the role with the right {right} was deleted",
                right=_RIGHTS[str(details["right"])],
            )
        case "case.lapsed":
            return Text("no longer reviews cases, so this approval counts no more")
        case "settings.place":
            return Text("set where cases go")
        case "settings.log":
            return Text("set for how long this log is kept")
        case other:
            return Text("did something that this version does not know: {what}", what=other)
