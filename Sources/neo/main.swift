import Commands

await runNeo()
