"""The way in and out: one-time links, sessions, roles that end, forms of strangers."""

from collections.abc import Callable

from tests.town import BAI, LEAD, LEADS, MERCHANTS, QIU, STALL, Town
from tests.web.conftest import Enters, Visitor, link_for


async def test_lead_logs_in_by_a_link_that_works_once(town: Town, visitor: Callable[[], Visitor]) -> None:
    """朱明忠 asks in private, looks, presses, is at the board; the link opens nothing more, and no table holds it."""
    link = await link_for(town, LEAD)
    one = visitor()
    assert "登录群办" in await one.opens(link)
    assert "登录群办" in await one.opens(link), "a robot that looks first spends nothing"
    assert "朱明忠" in await one.sends("/login")
    assert one.path == "/"
    other = visitor()
    assert "这个链接打不开了" in await other.opens(link)
    assert other.status == 410
    secret = link.rsplit("/", 1)[1]
    for table in ("web_link", "web_session", "outbox", "message"):
        assert secret not in str(await town.rows(f"SELECT * FROM {table}"))  # noqa: S608 - names of ours


async def test_link_ends_after_five_minutes_and_with_the_next_one(town: Town, visitor: Callable[[], Visitor]) -> None:
    """Only the newest link opens, and only for five minutes."""
    first, second = await link_for(town, LEAD), await link_for(town, LEAD)
    one = visitor()
    assert "打不开了" in await one.opens(first)
    await one.opens(second)
    town.turn(minutes=6)
    assert "打不开了" in await one.sends("/login")


async def test_link_is_for_staff_and_for_private_ears(town: Town) -> None:
    """邱女士 gets none; in a group nobody does."""
    town.says(QIU, "/login", chat=QIU)
    await town.sees("网页给队员和队长用", QIU)
    town.says(LEAD, "登录", chat=LEADS)
    await town.sees("登录链接只在私聊里给", LEADS)
    town.says(QIU, "登录", chat=MERCHANTS)
    await town.quiet()
    assert town.texts(MERCHANTS) == []


async def test_lead_whose_role_ends_is_out_at_once(town: Town, enters: Enters) -> None:
    """The role is looked at in each request."""
    one = await enters(LEAD)
    assert town.program is not None
    async with town.program.engine.begin() as conn:
        await conn.exec_driver_sql("UPDATE person_role SET until = since")
    assert "请先登录" in await one.opens("/")
    assert one.status == 401


async def test_session_ends_by_idling_by_time_and_by_hand(town: Town, enters: Enters) -> None:
    """Two hours without a look, a day in any case, the button, and the button for all places."""
    one, two = await enters(LEAD), await enters(LEAD)
    town.turn(minutes=90)
    assert "看板" in await one.opens("/")
    town.turn(minutes=60)
    assert "看板" in await one.opens("/")
    assert "请先登录" in await two.opens("/")
    two = await enters(LEAD)
    page = await two.opens("/me")
    assert page.count('name="session"') == 2
    assert "已退出" in await two.sends("/logout", session="", everywhere="1")
    assert "请先登录" in await one.opens("/")
    three = await enters(LEAD)
    for _ in range(23):
        town.turn(minutes=59)
        assert "看板" in await three.opens("/")
    town.turn(hours=1.9)
    assert "请先登录" in await three.opens("/")


async def test_somebody_ends_one_session_of_hers_and_none_of_others(town: Town, enters: Enters) -> None:
    """Numbers of others' sessions do nothing."""
    lead, officer = await enters(LEAD), await enters(BAI)
    other = (await town.rows("SELECT max(id) AS id FROM web_session"))[0]["id"]
    await lead.opens("/me")
    await lead.posts("/logout", token=lead.token, session=other)
    assert "白洋" in await officer.opens("/")
    again = await enters(LEAD)
    await again.opens("/me")
    first = (await town.rows("SELECT min(id) AS id FROM web_session"))[0]["id"]
    assert "我的登录" in await again.posts("/logout", token=again.token, session=first)
    assert "请先登录" in await lead.opens("/")


async def test_form_of_a_stranger_does_nothing(town: Town, enters: Enters, visitor: Callable[[], Visitor]) -> None:
    """Without the token, with another's, or from another site: refused, in plain words."""
    one, two = await enters(LEAD), await enters(BAI)
    token_of_one = one.token
    for token in ("", "x" * 40, two.token):
        assert "这一页放久了" in await one.posts("/views", token=token, name="甲", query="")
        assert one.status == 403
    async with one.client.post(
        one.url + "/views", data={"token": token_of_one, "name": "甲"}, headers={"Origin": "https://evil.example"}
    ) as answer:
        assert answer.status == 403
    stranger = visitor()
    await stranger.opens(await link_for(town, LEAD))
    assert "这一页放久了" in await stranger.sends("/login", token="")
    assert await town.rows("SELECT * FROM web_view") == []


async def test_every_answer_carries_its_walls(town: Town, enters: Enters) -> None:
    """No script but files of ours, no frame, no guess of types; the cookie is out of scripts' reach."""
    one = await enters(LEAD)
    for path in ("/", "/me", "/static/base.css", "/nowhere"):
        await one.opens(path)
        csp = one.headers["Content-Security-Policy"]
        assert "script-src 'self';" in csp
        assert "unsafe" not in csp
        assert one.headers["X-Content-Type-Options"] == "nosniff"
        assert one.headers["X-Frame-Options"] == "DENY"
    assert "没有这一页" in await one.opens("/nowhere")
    assert one.status == 404
    cookies = {cookie.key: cookie for cookie in one.client.cookie_jar}
    assert cookies["qunban"]["httponly"]
    assert cookies["qunban"]["samesite"] == "Lax"


async def test_pages_speak_english_to_who_wants_it(town: Town, enters: Enters) -> None:
    """One press, and it stays so."""
    town.says(QIU, STALL)
    await town.quiet()
    one = await enters(LEAD)
    assert "占道经营" in one.page or "Board" not in one.page
    await one.opens("/lang/en?back=/me")
    assert one.path == "/me"
    assert "Log out everywhere" in one.page
    await one.opens("/lang/en?back=//evil.example/")
    assert one.path == "/"
    assert "Waiting" in one.page


async def test_what_pages_keep_goes_with_its_time(town: Town, enters: Enters) -> None:
    """Links and logins go after a month, notes with the words of their ticket; views stay with their owner."""
    town.says(QIU, STALL)
    await town.solved()
    await town.clicks(QIU, await town.button("满意", MERCHANTS), "满意")
    one = await enters(LEAD)
    await one.opens("/tickets/1")
    await one.sends("/tickets/1/memo", words="摊主是熟人")
    await one.posts("/views", token=one.token, name="甲", query="mine=1")
    kept = "SELECT (SELECT count(*) FROM web_session) + (SELECT count(*) FROM web_link) AS n"
    assert (await town.rows(kept))[0]["n"] == 2
    await town.later(days=60)
    assert (await town.rows(kept))[0]["n"] == 0
    assert await town.rows("SELECT 1 FROM ticket_memo")
    await town.later(days=740)
    assert not await town.rows("SELECT 1 FROM ticket_memo")
    assert await town.rows("SELECT 1 FROM web_view")
    one = await enters(LEAD)
    assert "已删除" in await one.opens("/tickets/1")
    assert "熟人" not in one.page
