"""The official SDK as a client of `neo mcp serve`: NEO PROJECT MODE, or http ADDRESS MODE. Fails where an answer is not as
it should be."""
import asyncio
import os
import sys

from mcp import Client, StdioServerParameters

neo, project, mode = sys.argv[1:]


async def main() -> None:
    environment = {key: value for key, value in os.environ.items() if key.startswith("NEO_") or key in ("PATH", "HOME")}
    server = project if neo == "http" else StdioServerParameters(command=neo, args=["mcp", "serve", project], env=environment)
    async with Client(server, mode=mode) as client:
        listed = (await client.list_tools()).tools
        names = [tool.name for tool in listed]
        assert names == ["status", "check", "search", "report", "ask", "query", "runs", "costs"], names
        assert not {"approve", "promote", "serve"} & set(names)
        status = await client.call_tool("status", {})
        assert not status.is_error, status
        assert status.content[0].text.strip(), status
        costs = await client.call_tool("costs", {})
        assert not costs.is_error, costs
        wrong = await client.call_tool("ask", {"query": "tea"})
        assert wrong.is_error and "question" in wrong.content[0].text, wrong
        try:
            await client.call_tool("approve", {})
        except Exception as error:
            assert "no tool" in str(error), error
        else:
            raise AssertionError("approve was answered")
        skills = (await client.list_resources()).resources
        assert [str(skill.uri) for skill in skills] == ["skill://tea/SKILL.md"], skills
        skill = (await client.read_resource("skill://tea/SKILL.md")).contents[0]
        assert "Warm the pot" in skill.text, skill
        below = (await client.read_resource("skill://tea/references/pots%20and%20cups.md")).contents[0]
        assert below.text == "# Pots\n", below
        for wrong in ("skill://tea/../../neo.yaml", "skill://tea/evals/evals.json", "skill://none/SKILL.md", "file:///etc/passwd"):
            try:
                await client.read_resource(wrong)
            except Exception as error:
                assert "no resource" in str(error), error
            else:
                raise AssertionError(wrong + " was read")
        # Several at once.
        several = await asyncio.gather(*(client.call_tool("status", {}) for _ in range(4)))
        assert all(one.content[0].text == status.content[0].text for one in several)
    print("as it should be")


asyncio.run(main())
