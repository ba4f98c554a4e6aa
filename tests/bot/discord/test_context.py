"""What a server knows beforehand: its protected figures and its events, and who may see them."""

from __future__ import annotations

from typing import Any

import pytest
from discord import Permissions

from analyzers.read.events import read_events
from analyzers.read.register import read_register
from tests.bot.discord.room import answer

pytestmark = pytest.mark.simcord(settle_timeout=90)


@pytest.fixture
def manager(server: Any) -> Any:
    return server.join("manager", server.role("Managers", manage_guild=True))


async def says(server: Any, who: Any, command: str, **options: Any) -> str:
    return answer(await who.slash(server.channel, command, **options))


async def test_figures_are_kept_listed_and_removed_and_each_change_is_logged(
    server: Any, manager: Any
) -> None:
    added = await says(
        server,
        server.alice,
        "figure add",
        handles="@first_minister, https://x.com/minister_press",
        name="Ada **Minister** <@&1>",
        category="politics",
        language="FR",
    )
    assert added == (
        "**Ada \\*\\*Minister\\*\\* \\<@&1\\>** · @first\\_minister @minister\\_press · "
        "politics · fr"
    )
    assert await says(server, server.bob, "figure list") == added
    again = await says(server, server.bob, "figure add", handles="@First_Minister")
    assert again.startswith("These handles are kept already")
    file = ("mine.csv", b"handle,name,category\n@singer,A Singer,culture\n@first_minister,Ada,x\n")
    assert (await says(server, server.bob, "figure add", file=file)).startswith("**A Singer**")

    offered = await server.bob.autocomplete(server.channel, "figure remove", "figure", "press")
    (choice,) = [one["value"] for one in offered]
    removed = await says(server, server.bob, "figure remove", figure=choice)
    assert removed.endswith("is protected here no longer.")
    assert "minister" not in await says(server, server.alice, "figure list")
    log = await says(server, manager, "settings audit")
    assert log.count("added protected figures: 1") == 2
    assert "removed a protected figure" in log
    assert "Ada" not in log


async def test_bad_figures_are_refused_in_one_sentence(server: Any) -> None:
    for options, said in (
        ({}, "Give the handles of the figure, or a file of figures."),
        ({"handles": "#tag"}, "#tag is no handle: write handles as in @name."),
        ({"handles": "@a", "language": "français"}, "français is no language"),
        ({"file": ("list.pdf", b"%PDF")}, "figures.pdf is no register of figures"),
        ({"handles": " ".join(f"@a{n}" for n in range(11))}, "A figure has at most 10 handles"),
    ):
        assert said in await says(server, server.alice, "figure add", **options)
    assert (await says(server, server.alice, "figure remove", figure="99")).startswith("No such")


async def test_a_figure_for_one_role_is_known_to_nobody_else(
    server: Any, manager: Any, six: Any, settings: Any
) -> None:
    role = server.role("Inner circle")
    ines = server.join("ines", role)
    refused = await says(server, server.bob, "figure add", handles="@quiet_one", role=role)
    assert refused.startswith("You lack this role")
    added = await says(server, ines, "figure add", handles="@quiet_one", name="Quiet", role=role)
    assert added.endswith(f"only for <@&{role.id}>")
    await says(server, server.bob, "figure add", handles="@loud_one", name="Loud")

    assert "Quiet" not in await says(server, server.bob, "figure list")
    assert "Quiet" in await says(server, ines, "figure list")
    assert "Quiet" in await says(server, manager, "figure list")

    async def offered(who: Any) -> list[str]:
        found = await who.autocomplete(server.channel, "investigate", "target", "one")
        return [one["value"] for one in found]

    assert await offered(server.bob) == ["@loud_one"]
    assert await offered(ines) == ["@loud_one", "@quiet_one"]

    file = ("own.csv", b"handle,name,category\nloud_one,Louder,mine\n,?,\n")
    await server.investigate(server.bob, dump=six, target="@target_person", figures=file)
    (given,) = (settings.storage.directory / "cases").glob("*/private/given/figures/*.csv")
    register = read_register(given)
    assert [(one.handle, one.name, one.category) for one in register.figures] == [
        ("loud_one", "Louder", "mine")
    ]
    assert register.skipped == 1
    await server.investigate(ines, dump=six, target="@target_person")
    found = (settings.storage.directory / "cases").glob("*/private/given/figures/*.csv")
    (other,) = (path for path in found if path != given)
    assert {one.handle for one in read_register(other).figures} == {"loud_one", "quiet_one"}


async def test_events_are_given_to_investigations_that_they_concern(
    server: Any, manager: Any, six: Any, settings: Any
) -> None:
    added = await says(
        server,
        server.alice,
        "event add",
        time="2019-02-09T09:00",
        zone="Europe/Paris",
        label="=A [broadcast](x)",
        link="https://news.example/a",
        about="target_person",
    )
    assert added == (
        "2019-02-09 08:00 UTC · **=A \\[broadcast\\](x)** · about @target\\_person · "
        "<https://news.example/a>"
    )
    await says(server, server.alice, "event add", time="2019-02-09", label="@target_person on air")
    await says(server, server.alice, "event add", time="2018-01-01", label="Long ago")
    await says(server, server.alice, "event add", time="2019-02-09", label="Other", about="#other")
    file = ("events.csv", b"time,label\n2019-02-09T08:02,From the file\n")
    done = await server.investigate(
        dump=six, target="@Target_Person", events=file, since="2019-02-01"
    )
    assert done == "The thread is ready."
    (given,) = (settings.storage.directory / "cases").glob("*/private/given/events/*.csv")
    assert [event.label for event in read_events(given)] == [
        "@target_person on air",
        "'=A [broadcast](x)",
        "From the file",
    ]
    (chosen, *_), listed = (
        await server.bob.autocomplete(server.channel, "event remove", "event", "broadcast"),
        await says(server, server.bob, "event list"),
    )
    assert listed.count("\n") == 3
    removed = await says(server, server.bob, "event remove", event=chosen["value"])
    assert removed == "The event is removed."
    log = await says(server, manager, "settings audit")
    assert log.count("added an event") == 4
    assert "removed an event" in log


async def test_bad_events_are_refused_in_one_sentence(server: Any) -> None:
    good = {"time": "2019-02-09", "label": "A trial"}
    for wrong, said in (
        ({"time": "soon"}, "soon is not a date"),
        ({"until": "2019-02-08"}, "The event ends before it begins."),
        ({"zone": "Europe/Atlantis"}, "Europe/Atlantis is no time zone"),
        ({"link": "javascript:alert(1)"}, "Give the link as an address of the web"),
        ({"label": "\u200b"}, "Say in a few words what happened."),
    ):
        assert said in await says(server, server.alice, "event add", **{**good, **wrong})


async def test_two_servers_never_see_each_others_figures_and_events(
    server: Any, manager: Any
) -> None:
    await says(server, server.alice, "figure add", handles="@first_minister", name="Ada")
    await says(server, server.alice, "event add", time="2019-02-09", label="A trial")
    (figure,) = await server.bob.autocomplete(server.channel, "figure remove", "figure", "")
    (event,) = await server.bob.autocomplete(server.channel, "event remove", "event", "")
    other = server.env.create_guild("Elsewhere")
    channel = other.create_text_channel("general")
    boss = other.create_role("Boss", permissions=Permissions.all())
    owner = other.add_member(server.env.create_user("owner"), roles=[boss])

    async def there(command: str, **options: Any) -> str:
        return answer(await owner.slash(channel, command, **options))

    assert (await there("figure list")).startswith("No protected figure is kept here.")
    assert (await there("event list")).startswith("No event is kept here.")
    assert (await there("figure remove", figure=figure["value"])).startswith("No such figure")
    assert (await there("event remove", event=event["value"])).startswith("No such event")
    assert await owner.autocomplete(channel, "figure remove", "figure", "") == []
    assert await owner.autocomplete(channel, "investigate", "target", "") == []
    assert "Ada" in await says(server, server.bob, "figure list")


async def test_a_stranger_without_the_role_sees_and_changes_nothing(
    server: Any, manager: Any
) -> None:
    await says(server, server.alice, "figure add", handles="@first_minister", name="Ada")
    role = server.role("Investigators")
    await says(server, manager, "settings roles", right="investigate", role=role)
    refusal = "Only people with the role that investigates may do this here."
    for command, options in (
        ("figure list", {}),
        ("figure add", {"handles": "@a"}),
        ("figure remove", {"figure": "1"}),
        ("event list", {}),
        ("event add", {"time": "2019-02-09", "label": "x"}),
        ("event remove", {"event": "1"}),
    ):
        assert (await says(server, server.bob, command, **options)).startswith(refusal)
    assert await server.bob.autocomplete(server.channel, "figure remove", "figure", "") == []
    assert await server.bob.autocomplete(server.channel, "investigate", "target", "") == []
