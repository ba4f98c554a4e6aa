"""Accounts taken from their owners: years of ordinary life, then a day of others' words."""

from __future__ import annotations

from analyzers.simulate.campaign import Post
from analyzers.simulate.clock import DAY, HOUR
from analyzers.simulate.dials import Range
from analyzers.simulate.farm import strike
from analyzers.simulate.people import Person
from analyzers.simulate.plot import Acts, Case, Plot
from analyzers.simulate.scene import COLLECTED
from analyzers.simulate.surroundings import Audience
from analyzers.simulate.turns import turns
from analyzers.simulate.wording import Wording

NAME = "compromised_accounts"
_CLIENTS = ("Quiz de la semaine", "Horoscope Minute", "PhotoCadres Pro", "Plus2Followers")
"""Apps that once asked for leave to post."""
_YEARS = {
    "waves": {2009: 2, 2011: 4, 2012: 4, 2013: 2, 2014: 1},
    "steady": dict.fromkeys(range(2009, 2017), 1),
    "newcomers": {2014: 1, 2015: 2, 2016: 3},
}
"""Lists of stolen passwords are years old, and so are the accounts on them."""
_RECOVERED = {
    "ru": "Мой аккаунт взломали, извините за странные сообщения. Пароль сменила.",
    "sr": "Хаковали су ми налог, извините за чудне поруке. Променила сам лозинку.",
    "es": "Me habían robado la cuenta, perdón por los mensajes raros. Ya cambié la contraseña.",
    "ar": "تم اختراق حسابي، أعتذر عن الرسائل الغريبة. غيرت كلمة السر.",
    "en": "My account was hacked, sorry for the odd messages. Password changed.",
    "el": "Μου έκλεψαν τον λογαριασμό, συγγνώμη για τα περίεργα μηνύματα. Άλλαξα κωδικό.",
    "id": "Akun saya diretas, maaf atas pesan yang aneh. Kata sandi sudah diganti.",
}
_RETURN = 0.35  # of the owners: have written again by the end of collection
_FEW_HOURS = 9 * HOUR


def _act(case: Case) -> Acts:
    """A day of strikes by an app, between the posts of owners who know nothing of it."""
    random, dials, scene = case.random, case.dials, case.scene
    owners = [_owner(case) for _ in range(dials.members)]
    app = random.choice(_CLIENTS)
    model = Wording("hostile", dials.grammar, random)
    order = random.sample(owners, len(owners))
    order += [owner for owner in order if random.random() < 0.5]
    gap = random.uniform(2.0, 3 * 9.0) * HOUR / len(order)
    moments = turns(random, dials.rhythm, case.start, len(order), gap)
    strikes = []
    for owner, second in zip(order, moments, strict=True):
        by = app if case.typical() else owner.client(random)
        when = min(second, COLLECTED - _FEW_HOURS)
        strikes.append(strike(scene, owner.account, when, scene.target, model.say(random), by))
    timelines = [post for owner in owners for post in case.crowd.timeline(owner, case.depth())]
    if dials.timelines:
        timelines += _returns(case, owners, max(post.created_at for post in strikes))
    return Acts(
        tuple(owner.account for owner in owners),
        strikes,
        {post.post_id for post in strikes},
        timelines=timelines,
        audience=Audience(dict.fromkeys(dials.languages, 1), 15, 220, 0.4, 2009),
        gone={"protected": 0.08, "suspended": 0.15, "deactivated": 0.04},
    )


def _owner(case: Case) -> Person:
    years = _YEARS[case.dials.ages]
    tongue = case.random.choice(case.dials.languages)
    return case.scene.register.person(COLLECTED, years=years, writes=tongue)


def _returns(case: Case, owners: list[Person], last: int) -> list[Post]:
    """Owners who noticed write again, in their language and with their own app."""
    random, found = case.random, []
    for owner in owners:
        second = last + random.randrange(HOUR, DAY)
        if random.random() < _RETURN and second < COLLECTED:
            found.append(
                case.scene.desk.post(
                    owner.account,
                    second,
                    _RECOVERED[owner.language],
                    owner.language,
                    owner.main_client,
                    route="timeline",
                )
            )
    return found


PLOT = Plot(NAME, "compromised_accounts", Range(8, 40), _act)
