"""The official SDK of the Agent Client Protocol as an editor that uses `neo acp`: NEO FOLDER [SCENARIO...].

Fails where something is not as it should be. FOLDER is empty and becomes home and workspaces.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys

import acp
from acp import schema

sys.path.insert(0, os.path.dirname(__file__))
from scripted import ScriptedModel  # noqa: E402

neo, folder, *chosen = sys.argv[1:]
root = pathlib.Path(folder)
model = ScriptedModel()


class Editor:
    """What the user of an editor sees, and how they answer."""

    def __init__(self):
        self.updates = []
        self.asked = []
        self.forms = []
        self.answer = lambda options: None
        self.changed = asyncio.Condition()

    def on_connect(self, conn):
        pass

    async def session_update(self, session_id, update, **_):
        async with self.changed:
            self.updates.append((session_id, update))
            self.changed.notify_all()

    async def request_permission(self, session_id, tool_call, options, **_):
        async with self.changed:
            self.asked.append((session_id, tool_call, options))
            self.changed.notify_all()
        option = self.answer({option.kind: option.option_id for option in options})
        if asyncio.iscoroutine(option):
            option = await option
        if option is None:
            return schema.RequestPermissionResponse(outcome={"outcome": "cancelled"})
        return schema.RequestPermissionResponse(outcome={"outcome": "selected", "optionId": option})

    async def create_elicitation(self, message, mode, **_):
        self.forms.append(message)
        return schema.AcceptElicitationResponse(action="accept", content={"answer": "Ada"})

    async def until(self, holds):
        async with self.changed:
            await asyncio.wait_for(self.changed.wait_for(holds), 90)

    def of(self, session, *kinds):
        return [u for s, u in self.updates if s == session and u.session_update in kinds]

    def text(self, session, kind="agent_message_chunk"):
        return "".join(u.content.text for u in self.of(session, kind))

    def states(self, session):
        """The states that each call went through, by its title."""
        titles, states = {}, {}
        for update in self.of(session, "tool_call", "tool_call_update"):
            titles.setdefault(update.tool_call_id, update.title)
            states.setdefault(update.tool_call_id, []).append(update.status)
        return {titles[call]: states[call] for call in states}


@contextlib.asynccontextmanager
async def editor(*arguments, capabilities=None, home="home", path=None):
    environment = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "LANG")}
    environment |= {"NEO_HOME": str(root / home), "NEO_KNOWLEDGE": "none"}
    if path is not None:
        environment["PATH"] = path
    client = Editor()
    async with acp.spawn_agent_process(
        client, neo, "acp", *arguments, env=environment, cwd=root, transport_kwargs={"limit": 16 << 20, "stderr": None},
        use_unstable_protocol=True,
    ) as (agent, process):
        begun = await agent.initialize(
            protocol_version=7, client_capabilities=capabilities or schema.ClientCapabilities())
        assert begun.protocol_version == 1 and begun.agent_info.name == "neo", begun
        yield client, agent, process, begun


def workspace(name):
    path = root / name
    path.mkdir()
    (path / "notes.md").write_text("one\ntwo\nthree\n")
    return path


def says(text):
    return [acp.text_block(text)]


async def refused(promise, code, *fragments):
    try:
        value = await promise
    except acp.RequestError as error:
        assert error.code == code, (error.code, str(error))
        assert all(fragment in str(error) for fragment in fragments), str(error)
    else:
        raise AssertionError(f"this was done: {value}")


# MARK: Scenarios


async def streams():
    """A new session, a streamed answer, and what is told of it."""
    place = workspace("streams")
    async with editor() as (client, agent, process, begun):
        assert begun.agent_capabilities.load_session and begun.agent_capabilities.prompt_capabilities.embedded_context
        assert begun.auth_methods == []
        new = await agent.new_session(cwd=str(place), mcp_servers=[])
        assert new.modes.current_mode_id == "workspace", new
        assert [mode.id for mode in new.modes.available_modes] == ["workspace", "ask", "read-only"], new
        link = acp.resource_link_block("notes.md", f"file://{place}/my%20notes.md")
        unsaved = acp.resource_block(acp.embedded_text_resource("file:///tmp/x.md", "unsaved words"))
        done = await agent.prompt(session_id=new.session_id, prompt=[*says("hello"), link, unsaved])
        assert done.stop_reason == "end_turn", done
        assert client.text(new.session_id) == "Hello from the model.", client.updates
        assert client.text(new.session_id, "agent_thought_chunk") == "I think.", client.updates
        usage = client.of(new.session_id, "usage_update")[-1]
        assert usage.used > 1000 and 1000 < usage.size <= 32000, usage
        said = str(model.seen[-1]["messages"])
        assert f"{place}/my notes.md" in said, said
        assert "unsaved words" in said, said


async def tools():
    """Calls with their kinds, states and places; two sessions at once; a second prompt is refused."""
    place, other = workspace("tools"), workspace("beside")
    async with editor() as (client, agent, _, _):
        one = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        two = (await agent.new_session(cwd=str(other), mcp_servers=[])).session_id
        ends = await asyncio.gather(
            agent.prompt(session_id=one, prompt=says("tools")), agent.prompt(session_id=two, prompt=says("hello")),
            refused(agent.prompt(session_id=one, prompt=says("hello")), -32600, "at work", "session/cancel"))
        assert [end.stop_reason for end in ends[:2]] == ["end_turn", "end_turn"], ends
        calls = client.of(one, "tool_call")
        shown = {call.title: (call.kind, call.status) for call in calls}
        assert shown == {
            "Read notes.md": ("read", "pending"), "Search for three": ("search", "pending"),
            "Find *.md": ("search", "pending"), "echo ran; exit 3": ("execute", "pending")}, shown
        assert calls[0].locations[0].path == f"{place.resolve()}/notes.md" and calls[0].raw_input == {"path": "notes.md"}
        states = client.states(one)
        assert states["Read notes.md"] == ["pending", "in_progress", "completed"], states
        assert states["echo ran; exit 3"] == ["pending", "in_progress", "failed"], states
        last = client.of(one, "tool_call_update")[-1].content[0].content.text
        assert last.startswith("```\n") and "ran" in last and "exit code 3" in last, last
        assert client.text(two) == "Hello from the model." and not client.of(two, "tool_call")


async def edits():
    """What a call changes, as whole files, and a plan in the place of calls."""
    place = workspace("edits").resolve()
    async with editor() as (client, agent, _, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        assert (await agent.prompt(session_id=session, prompt=says("edit"))).stop_reason == "end_turn"
        changes = [
            [(c.path, c.old_text, c.new_text) for c in update.content]
            for update in client.of(session, "tool_call_update")
            if update.status == "completed" and update.content[0].type == "diff"]
        notes, new = f"{place}/notes.md", f"{place}/new/file.txt"
        assert changes == [
            [(notes, "one\ntwo\nthree\n", "one\ntwo\ndrei\n")], [(new, None, "fresh\n")],
            [(notes, "one\ntwo\ndrei\n", "eins\ntwo\ndrei\n"), (new, "fresh\n", "")]], changes
        places = [u.locations[0] for u in client.of(session, "tool_call_update") if u.locations]
        assert (places[0].path, places[0].line) == (notes, 3), places
        assert client.states(session)["Edit notes.md"][-1] == "failed" or [
            u.status for u in client.of(session, "tool_call_update")][-1] == "failed"
        assert {u.title: u.kind for u in client.of(session, "tool_call")}["Change notes.md, new/file.txt"] == "edit"
        await agent.prompt(session_id=session, prompt=says("plan"))
        plans = [[(entry.content, entry.status) for entry in u.entries] for u in client.of(session, "plan")]
        assert plans == [[("look", "in_progress"), ("write", "pending")], [("look", "completed")]], plans
        assert not [u for u in client.of(session, "tool_call") if u.title == "plan"]


async def permissions():
    """Asking, allowing, refusing, for once and for the session; modes; an answer that makes no sense is a no."""
    place = workspace("permissions")
    async with editor("--mode", "ask") as (client, agent, _, _):
        new = await agent.new_session(cwd=str(place), mcp_servers=[])
        assert new.modes.current_mode_id == "ask", new
        session = new.session_id
        for answer, expected in [
            (lambda options: options["reject_once"], None), (lambda options: None, None),
            (lambda options: "nonsense", None), (lambda options: options["allow_once"], "asked\n"),
        ]:
            client.answer = answer
            assert (await agent.prompt(session_id=session, prompt=says("ask"))).stop_reason == "end_turn"
            file = place / "asked.txt"
            assert (file.read_text() if file.exists() else None) == expected
        assert len(client.asked) == 4
        _, call, options = client.asked[0]
        assert call.kind == "execute" and call.title == "echo asked >> asked.txt" and "mode is ask" in str(call.content)
        assert [option.kind for option in options] == ["allow_once", "allow_always", "reject_once", "reject_always"]
        assert client.states(session)["echo asked >> asked.txt"][-1] == "completed"
        # What would be changed is shown with the question.
        client.answer = lambda options: options["reject_once"]
        await agent.prompt(session_id=session, prompt=says("edit-once"))
        _, call, _ = client.asked.pop()
        assert [(c.old_text, c.new_text) for c in call.content if c.type == "diff"] == [("two", "zwei")], call
        assert (place / "notes.md").read_text() == "one\ntwo\nthree\n"
        client.answer = lambda options: options["allow_always"]
        await agent.prompt(session_id=session, prompt=says("twice"))
        assert len(client.asked) == 5 and (place / "again.txt").read_text() == "again\nagain\n"
        client.answer = lambda options: options["reject_always"]
        await agent.prompt(session_id=session, prompt=says("ask"))
        await agent.prompt(session_id=session, prompt=says("ask"))
        assert len(client.asked) == 6 and (place / "asked.txt").read_text() == "asked\n"
        # Another mode asks no more; the third changes nothing.
        await agent.set_session_mode(session_id=session, mode_id="workspace")
        assert client.of(session, "current_mode_update")[-1].current_mode_id == "workspace"
        await agent.prompt(session_id=session, prompt=says("ask"))
        assert len(client.asked) == 6 and (place / "asked.txt").read_text() == "asked\nasked\n"
        await agent.set_session_mode(session_id=session, mode_id="read-only")
        await agent.prompt(session_id=session, prompt=says("ask"))
        assert (place / "asked.txt").read_text() == "asked\nasked\n"
        await refused(agent.set_session_mode(session_id=session, mode_id="yolo"), -32602, "modeId", "read-only")


async def cancels():
    """A prompt is stopped in the middle of a command, of an answer, and while a permission is asked for."""
    place = workspace("cancels")
    async with editor() as (client, agent, process, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        work = asyncio.create_task(agent.prompt(session_id=session, prompt=says("sleep")))
        await client.until(lambda: any(u.status == "in_progress" for u in client.of(session, "tool_call_update")))
        while not (place / "began.txt").exists():
            await asyncio.sleep(0.01)
        await agent.cancel(session_id=session)
        assert (await work).stop_reason == "cancelled"
        assert client.states(session)["echo began > began.txt; sleep 600"][-1] == "failed"
        # The model writes without end.
        work = asyncio.create_task(agent.prompt(session_id=session, prompt=says("endless")))
        await client.until(lambda: "on and on" in client.text(session))
        await agent.cancel(session_id=session)
        assert (await work).stop_reason == "cancelled"
        # Nobody answers.
        await agent.set_session_mode(session_id=session, mode_id="ask")
        never = asyncio.get_running_loop().create_future()
        client.answer = lambda options: asyncio.shield(never) and wait(never)
        work = asyncio.create_task(agent.prompt(session_id=session, prompt=says("ask")))
        await client.until(lambda: client.asked)
        await agent.cancel(session_id=session)
        assert (await work).stop_reason == "cancelled"
        assert not (place / "asked.txt").exists()
        # And it goes on.
        await agent.set_session_mode(session_id=session, mode_id="workspace")
        assert (await agent.prompt(session_id=session, prompt=says("hello"))).stop_reason == "end_turn"


async def wait(future):
    return await future


async def questions():
    """What the model asks the user: as a form where the editor has them, as buttons, or not at all."""
    place = workspace("questions")
    forms = schema.ClientCapabilities(elicitation={"form": {}})
    async with editor(capabilities=forms) as (client, agent, _, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        await agent.prompt(session_id=session, prompt=says("open"))
        assert client.forms == ["Which name?"] and "Ada" in str(client.of(session, "tool_call_update")[-1].content)
    async with editor() as (client, agent, _, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        client.answer = lambda options: "option-1"
        await agent.prompt(session_id=session, prompt=says("question"))
        assert client.asked[0][1].tool_call_id == client.of(session, "tool_call")[0].tool_call_id, client.asked
        assert [option.name for option in client.asked[0][2]] == ["tea", "coffee", "None of these"], client.asked
        assert "coffee" in str(client.of(session, "tool_call_update")[-1].content)
        await agent.prompt(session_id=session, prompt=says("open"))
        assert client.of(session, "tool_call_update")[-1].status == "failed" and len(client.asked) == 1


async def killed():
    """After SIGKILL all that was told is there; the session is listed, told again, and goes on, also with neo agent."""
    place = workspace("killed").resolve()
    async with editor() as (client, agent, process, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        await agent.prompt(session_id=session, prompt=says("edit"))
        empty = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        work = asyncio.create_task(agent.prompt(session_id=session, prompt=says("sleep")))
        await client.until(lambda: client.states(session).get("echo began > began.txt; sleep 600", [""])[-1] == "in_progress")
        before = client.text(session)
        process.kill()
        await process.wait()
        work.cancel()
    async with editor() as (client, agent, process, _):
        listed = (await agent.list_sessions(cwd=str(place))).sessions
        assert {row.session_id for row in listed} == {session, empty}, listed
        row = next(row for row in listed if row.session_id == session)
        assert row.title == "edit" and row.cwd == str(place) and row.updated_at, row
        loaded = await agent.load_session(cwd=str(place), session_id=session, mcp_servers=[])
        assert loaded.modes.current_mode_id == "workspace"
        assert [u.content.text for u in client.of(session, "user_message_chunk")] == ["edit", "sleep"]
        assert client.text(session) == before, (client.text(session), before)
        assert client.states(session)["echo began > began.txt; sleep 600"][-1] == "failed"
        diffs = [c for u in client.of(session, "tool_call_update") for c in u.content or [] if c.type == "diff"]
        assert (diffs[0].old_text, diffs[0].new_text) == ("three\n", "drei\n"), diffs
        assert (await agent.prompt(session_id=session, prompt=says("hello"))).stop_reason == "end_turn"
        # The same process has it open: it is told again, and nothing breaks.
        await agent.load_session(cwd=str(place), session_id=session, mcp_servers=[])
        told = len(client.updates)
        await agent.close_session(session_id=session)
        await refused(agent.prompt(session_id=session, prompt=says("hello")), -32002, "session/load")
        await agent.resume_session(cwd=str(place), session_id=session)
        assert {u.session_update for _, u in client.updates[told:]} <= {"available_commands_update"}, client.updates[told:]
        assert (await agent.prompt(session_id=session, prompt=says("hello"))).stop_reason == "end_turn"
        # Somebody else cannot have it meanwhile.
        status, _, errors = await run("agent", "hello", "--session", session, "--folder", str(place), "--quiet")
        assert status == 1 and "another" in errors, errors
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), 90) == 0
    status, output, errors = await run("agent", "hello", "--session", session, "--folder", str(place), "--quiet")
    assert (status, output) == (0, "Hello from the model.\n"), (status, output, errors)


async def gone():
    """A client that closes its end in the middle of work: the work ends, the session is kept, the exit code is 0."""
    place = workspace("gone")
    async with editor() as (client, agent, process, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        work = asyncio.create_task(agent.prompt(session_id=session, prompt=says("sleep")))
        while not (place / "began.txt").exists():
            await asyncio.sleep(0.01)
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), 90) == 0
        with contextlib.suppress(Exception):
            await work
    status, output, _ = await run("sessions", "list", "--folder", str(place), "--json")
    assert status == 0 and f'"id":"{session}"' in output.replace('": "', '":"') and '"stopped"' in output, output


async def servers():
    """Servers that the editor gives: inside walls, with the variables that it names."""
    place = workspace("servers").resolve()
    program = place.parent / "server.py"
    program.write_text(SERVER)
    given = schema.McpServerStdio(
        name="given", command=sys.executable, args=[str(program)], env=[{"name": "GIVEN", "value": "to it"}])
    async with editor("--mode", "ask") as (client, agent, _, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[given])).session_id
        client.answer = lambda options: options["allow_once"]
        await agent.prompt(session_id=session, prompt=says("server"))
        assert client.asked[0][1].title == "given__look", client.asked
        text = client.of(session, "tool_call_update")[-1].content[0].content.text
        # It reads the folder, cannot change it, sees its variable and reaches nobody.
        assert "variable=to it read=one write=refused net=refused" in text, text


SERVER = '''
import os, socket
from mcp.server.mcpserver import MCPServer

server = MCPServer("given")


def tried(action):
    try:
        return action()
    except OSError:
        return "refused"


@server.tool()
def look() -> str:
    """Looks around."""
    read = tried(lambda: open("notes.md").readline().strip())
    write = tried(lambda: open("made.txt", "w").close() or "done")
    net = tried(lambda: socket.create_connection(("192.0.2.1", 80), 2) and "done")
    return f"variable={os.environ.get('GIVEN')} read={read} write={write} net={net}"


server.run()
'''


async def unusable():
    """Without a model, a session is refused with what to do; what is wrong is said with the field's name."""
    place = workspace("unusable")
    async with editor("--model", "none/such") as (client, agent, _, _):
        await refused(agent.new_session(cwd=str(place), mcp_servers=[]), -32603, "none")
    async with editor(home="empty") as (client, agent, _, _):
        await refused(agent.new_session(cwd=str(place), mcp_servers=[]), -32603, "config.yaml")
    async with editor(path=str(place)) as (client, agent, _, _):
        await refused(agent.new_session(cwd=str(place), mcp_servers=[]), -32603, "bubblewrap")
    assert not list((place / ".neo/sessions").iterdir())
    async with editor() as (client, agent, _, _):
        await refused(agent.new_session(cwd="relative", mcp_servers=[]), -32602, "`cwd`", "absolute")
        await refused(agent.new_session(cwd=str(place / "missing"), mcp_servers=[]), -32602, "`cwd`", "no folder")
        await refused(
            agent.load_session(cwd=str(place), session_id="../../etc/passwd", mcp_servers=[]), -32002, "session/list")
        await refused(agent.prompt(session_id="unknown", prompt=says("hello")), -32002, "unknown")
        await refused(agent.authenticate(method_id="any"), -32602, "methodId")
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        await refused(agent.prompt(session_id=session, prompt=[acp.image_block("aGk=", "image/png")]), -32602, "prompt[0]")
        await refused(agent.ext_method("unheard", {}), -32601, "unheard")


async def commands():
    """Words with a slash, the title, the mode that is kept; a request that is taken back."""
    place = workspace("commands").resolve()
    async with editor() as (client, agent, process, _):
        session = (await agent.new_session(cwd=str(place), mcp_servers=[])).session_id
        await client.until(lambda: client.of(session, "available_commands_update"))
        names = [command.name for command in client.of(session, "available_commands_update")[-1].available_commands]
        assert names == ["model", "cost", "compact"], names
        assert (await agent.prompt(session_id=session, prompt=says("/cost"))).stop_reason == "end_turn"
        assert "0 of 1000 turns" in client.text(session), client.text(session)
        await agent.prompt(session_id=session, prompt=says("/model fake/other"))
        assert "fake/other is asked" in client.text(session), client.text(session)
        await refused(agent.prompt(session_id=session, prompt=says("/model none/such")), -32603, "none")
        await agent.prompt(session_id=session, prompt=says("hello\nworld"))
        assert model.seen[-1]["model"] == "other"
        assert client.of(session, "session_info_update")[-1].title == "hello world"
        await agent.prompt(session_id=session, prompt=says("/compact the names"))
        assert "Nothing was replaced" in client.text(session), client.text(session)
        await agent.set_session_mode(session_id=session, mode_id="read-only")
        # As the SDK does not: by the request's id.
        work = asyncio.create_task(agent.prompt(session_id=session, prompt=says("endless")))
        await client.until(lambda: "on and on" in client.text(session))
        for request in range(20):
            await agent._conn.send_notification("$/cancel_request", {"requestId": request})
        assert (await work).stop_reason == "cancelled"
        process.kill()
        await process.wait()
    async with editor() as (client, agent, _, _):
        loaded = await agent.load_session(cwd=str(place), session_id=session, mcp_servers=[])
        assert loaded.modes.current_mode_id == "read-only", loaded
        again = await agent.list_sessions(cwd=str(place))
        assert [row.title for row in again.sessions] == ["hello world"] and again.next_cursor is None, again
    status, _, errors = await run("agent", "ask", "--session", session, "--folder", str(place))
    assert status == 0 and "read-only" in errors and not (place / "asked.txt").exists(), errors


class Raw:
    """Lines by hand, as no SDK writes them."""

    def __init__(self):
        environment = dict(os.environ) | {"NEO_HOME": str(root / "home"), "NEO_KNOWLEDGE": "none"}
        self.process = subprocess.Popen(
            [neo, "acp"], env=environment, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def send(self, method, params, number=None):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()

    def until(self, holds):
        while True:
            message = json.loads(self.process.stdout.readline())
            if holds(message):
                return message


async def by_hand():
    """An id that is used twice, a prompt behind which a cancellation comes at once, signals, and a reader that is gone."""
    place = workspace("by_hand").resolve()
    raw = Raw()
    raw.send("session/new", {"cwd": str(place), "mcpServers": []}, 1)
    session = raw.until(lambda m: m.get("id") == 1)["result"]["sessionId"]
    prompt = {"sessionId": session, "prompt": [{"type": "text", "text": "sleep"}]}
    raw.send("session/prompt", prompt, 5)
    raw.send("session/list", {"cwd": str(place)}, 5)
    twice = raw.until(lambda m: m.get("id") == 5)
    assert twice["error"]["code"] == -32600 and "still at work" in twice["error"]["message"], twice
    raw.send("session/cancel", {"sessionId": session})
    assert raw.until(lambda m: m.get("id") == 5)["result"] == {"stopReason": "cancelled"}
    raw.send("session/prompt", prompt, 6)
    raw.send("session/cancel", {"sessionId": session})
    assert raw.until(lambda m: m.get("id") == 6)["result"] == {"stopReason": "cancelled"}
    raw.send("session/prompt", prompt, 7)
    raw.send("session/close", {"sessionId": session}, 8)
    ends = [raw.until(lambda m: m.get("id") in (7, 8)) for _ in range(2)]
    assert [(m["id"], m["result"]) for m in ends] == [(7, {"stopReason": "cancelled"}), (8, {})], ends
    raw.send("session/resume", {"sessionId": session, "cwd": str(place), "mcpServers": []}, 9)
    assert "result" in raw.until(lambda m: m.get("id") == 9)
    raw.process.send_signal(signal.SIGTERM)
    assert raw.process.wait(20) == 130
    # Nobody reads any more: with the next words the work ends, and the session is kept.
    raw = Raw()
    raw.send("session/load", {"sessionId": session, "cwd": str(place), "mcpServers": []}, 1)
    raw.until(lambda m: m.get("id") == 1)
    raw.process.stdout.close()
    prompt["prompt"][0]["text"] = "endless"
    raw.send("session/prompt", prompt, 2)
    assert raw.process.wait(20) == 0, raw.process.stderr.read()
    status, output, _ = await run("sessions", "list", "--folder", str(place))
    assert status == 0 and "stopped" in output, output


async def run(*arguments):
    environment = dict(os.environ) | {"NEO_HOME": str(root / "home"), "NEO_KNOWLEDGE": "none"}
    process = await asyncio.create_subprocess_exec(
        neo, *arguments, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
    output, errors = await process.communicate()
    return process.returncode, output.decode(), errors.decode()


async def main():
    (root / "home").mkdir()
    (root / "home/config.yaml").write_text(
        f'endpoints: {{fake: {{api: vllm, url: "{model.url}", tool_calls: native}}}}\nroles: {{agent: fake/m}}\n')
    scenarios = [streams, tools, edits, permissions, cancels, questions, killed, gone, servers, unusable, commands, by_hand]
    for scenario in scenarios:
        if not chosen or scenario.__name__ in chosen:
            try:
                await asyncio.wait_for(scenario(), 200)
            except BaseException:
                print(f"in {scenario.__name__}:", file=sys.stderr)
                raise
    print("as it should be")


asyncio.run(main())
