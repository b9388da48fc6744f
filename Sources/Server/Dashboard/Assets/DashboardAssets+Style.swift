extension DashboardAssets {
    /// How pages look: by day and by night, on a desk and on a telephone.
    static let css = """
        :root { color-scheme: light dark;
          --ink: #1a1d21; --quiet: #545c66; --page: #fbfbfa; --card: #ffffff; --line: #dcdfe3; --soft: #f1f2f4;
          --accent: #0b57b0; --on-accent: #ffffff; --mark: #a14a00; --good: #14683a; --bad: #b3261e; --warn: #8a5300;
          --good-soft: #e3f3e9; --bad-soft: #fbe9e7; --warn-soft: #fdf1dd; --busy-soft: #e4eefb;
          --c0: #0b57b0; --c1: #b35200; --c2: #14683a; --c3: #8331b5; --c4: #b3261e; }
        @media (prefers-color-scheme: dark) { :root {
          --ink: #e7e9ec; --quiet: #a7afb9; --page: #121416; --card: #191c1f; --line: #31363c; --soft: #22262a;
          --accent: #8ab8ff; --on-accent: #0b1a2e; --mark: #ffb877; --good: #7fd6a2; --bad: #ff9d94; --warn: #f2bf6b;
          --good-soft: #16301f; --bad-soft: #3a1c19; --warn-soft: #36280f; --busy-soft: #17273d;
          --c0: #8ab8ff; --c1: #ffb877; --c2: #7fd6a2; --c3: #d2a8ff; --c4: #ff9d94; } }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
        main, header.top { max-width: 78rem; margin: 0 auto; padding: 0 1.25rem; }
        main { padding-bottom: 4rem; overflow-wrap: anywhere; }
        main:focus { outline: none; }
        a { color: var(--accent); text-underline-offset: .15em; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem .75rem; z-index: 1; }
        .hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
        header.top { display: flex; gap: 1rem; align-items: center; padding-top: .8rem; padding-bottom: .8rem; flex-wrap: wrap; }
        header.top ol { display: flex; flex-wrap: wrap; list-style: none; margin: 0; padding: 0; color: var(--quiet); }
        header.top li + li::before { content: "/"; padding: 0 .5rem; color: var(--quiet); }
        header.top nav { min-width: 0; overflow-wrap: anywhere; }
        .home { font-weight: 650; text-decoration: none; color: var(--ink); }
        .tools { margin: 0 0 0 auto; display: flex; gap: 1rem; color: var(--quiet); font-size: .85rem; }
        #live-state::before { content: "○ "; }
        #live-state[data-state=on]::before { content: "● "; color: var(--good); }
        h1 { font-size: 1.55rem; line-height: 1.25; margin: .4rem 0 .8rem; font-weight: 640; letter-spacing: -.01em; }
        h2 { font-size: 1.05rem; margin: 2rem 0 .6rem; font-weight: 640; }
        h3 { font-size: .95rem; margin: 1rem 0 .3rem; font-weight: 640; }
        p { margin: .4rem 0; max-width: 52rem; }
        ul, ol { padding-left: 1.3rem; margin: .4rem 0; }
        code, pre { font: .86em/1.5 ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        pre { background: var(--soft); padding: .6rem .8rem; border-radius: 6px; overflow-x: auto; max-height: 30rem;
          white-space: pre-wrap; margin: .4rem 0; }
        .lead { font-size: 1rem; }
        .faint, .sub { color: var(--quiet); font-size: .86rem; }
        .sub { display: block; font-weight: 400; }
        .bad { color: var(--bad); }
        .empty { color: var(--quiet); }
        .actions { margin: 0 0 .4rem; font-size: .86rem; }
        .note { border-left: 3px solid var(--line); background: var(--soft); padding: .5rem .8rem; border-radius: 0 6px 6px 0; }
        .note.bad { border-color: var(--bad); background: var(--bad-soft); color: var(--ink); }
        .note.warn { border-color: var(--warn); background: var(--warn-soft); }
        .table { position: relative; overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
        table { border-collapse: collapse; width: 100%; font-size: .88rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .42rem .75rem; text-align: left; vertical-align: top; overflow-wrap: normal; }
        thead th { color: var(--quiet); font-weight: 550; white-space: nowrap; border-bottom: 1px solid var(--line);
          font-size: .82rem; }
        tbody tr + tr > * { border-top: 1px solid var(--line); }
        tfoot tr > * { border-top: 2px solid var(--line); font-weight: 600; }
        tbody th { font-weight: 550; }
        tbody tr:target, li:target, .line:target, .card:target { background: var(--busy-soft); }
        table time { white-space: nowrap; }
        .n { text-align: right; white-space: nowrap; }
        .fig { white-space: nowrap; }
        .long { min-width: 18rem; overflow-wrap: anywhere; }
        tr.marked > * { background: var(--good-soft); }
        .mark { color: var(--mark); font-size: .82rem; white-space: nowrap; }
        .state { display: inline-block; white-space: nowrap; padding: .02rem .5rem; border-radius: 1rem; font-size: .82rem;
          background: var(--soft); color: var(--ink); }
        .state.good { background: var(--good-soft); color: var(--good); }
        .state.bad { background: var(--bad-soft); color: var(--bad); }
        .state.warn { background: var(--warn-soft); color: var(--warn); }
        .state.busy { background: var(--busy-soft); color: var(--accent); }
        .tabs ul, .pages ul { display: flex; flex-wrap: wrap; list-style: none; padding: 0; gap: .2rem 1.1rem; margin: 0 0 1.2rem;
          border-bottom: 1px solid var(--line); }
        .tabs a, .pages a { display: block; padding: .35rem 0 .45rem; text-decoration: none; color: var(--quiet); }
        .tabs a:hover, .pages a:hover { color: var(--ink); }
        .tabs a[aria-current], .pages a[aria-current] { color: var(--ink); box-shadow: inset 0 -2px var(--accent); font-weight: 600; }
        .waiting { list-style: none; padding: 0; margin: 0; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
        .waiting li { display: grid; grid-template-columns: 6.5rem 1fr auto auto; gap: .2rem 1rem; align-items: center; padding: .6rem .9rem; }
        .waiting li + li { border-top: 1px solid var(--line); }
        .waiting p { margin: 0; }
        .waiting .kind { font-size: .8rem; font-weight: 600; color: var(--warn); text-transform: capitalize; }
        .waiting .kind::before { content: "! "; }
        .waiting .project { font-weight: 600; color: var(--ink); text-decoration: none; margin-right: .3rem; }
        .waiting .since { color: var(--quiet); font-size: .82rem; white-space: nowrap; }
        .button, button { font: inherit; font-size: .88rem; font-weight: 550; padding: .32rem .8rem; border-radius: 6px;
          border: 1px solid var(--line); background: var(--card); color: var(--ink); cursor: pointer; text-decoration: none;
          white-space: nowrap; text-align: center; min-height: 2rem; }
        .button:hover, button:hover { border-color: var(--accent); }
        button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
        button.quiet { background: none; color: var(--quiet); }
        .steps { display: flex; flex-wrap: wrap; list-style: none; padding: 0; margin: 0; gap: .5rem; }
        .steps li { flex: 1 1 9rem; }
        .steps a { display: flex; flex-direction: column; gap: .25rem; align-items: flex-start; padding: .55rem .8rem; height: 100%;
          border: 1px solid var(--line); border-top: 3px solid var(--line); border-radius: 8px; background: var(--card);
          text-decoration: none; color: var(--ink); }
        .steps .good a { border-top-color: var(--good); } .steps .bad a { border-top-color: var(--bad); }
        .steps .warn a { border-top-color: var(--warn); } .steps .busy a { border-top-color: var(--accent); }
        .step { font-weight: 600; }
        .figures { display: flex; flex-wrap: wrap; gap: .6rem; margin: .6rem 0; }
        .figures div { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .5rem .9rem; flex: 1 1 12rem; }
        .figures dt { color: var(--quiet); font-size: .82rem; }
        .figures dd { margin: 0; font-variant-numeric: tabular-nums; }
        .figures b { font-size: 1.3rem; font-weight: 640; margin-right: .4rem; }
        .figures span { color: var(--quiet); font-size: .86rem; white-space: nowrap; }
        .facts { margin: 0; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
        .facts div { display: grid; grid-template-columns: 13rem 1fr; gap: .2rem 1rem; padding: .4rem .9rem; }
        .facts div + div { border-top: 1px solid var(--line); }
        .facts dt { color: var(--quiet); } .facts dd { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; align-items: stretch; }
        figure { margin: 0; min-width: 0; border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .7rem .9rem; }
        .charts figure { max-width: 46rem; }
        figcaption { font-weight: 600; font-size: .9rem; margin-bottom: .4rem; }
        figure details { font-size: .86rem; } figure .table { max-height: 22rem; overflow: auto; margin-top: .4rem; }
        summary { cursor: pointer; }
        svg { display: block; width: 100%; height: auto; max-height: 26rem; overflow: visible; }
        svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
        svg .tick, svg .small { fill: var(--quiet); font-size: 11px; }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .best { fill: none; stroke: var(--mark); stroke-width: 2; }
        svg .bound { fill: none; stroke: var(--mark); stroke-width: 1; stroke-dasharray: 3 3; stroke-opacity: .7; }
        svg .dot { fill: var(--accent); } svg .dot.faint { fill: none; stroke: var(--quiet); stroke-width: 1.5; }
        svg .dot.failed { fill: var(--bad); } svg .dot.winner { fill: var(--mark); }
        svg .dot.baseline { fill: var(--card); stroke: var(--accent); stroke-width: 2; }
        svg .interval { stroke: var(--ink); stroke-width: 1.5; stroke-opacity: .6; } svg .interval.winner { stroke: var(--mark); }
        svg .track { fill: var(--soft); } svg .bar { fill: var(--accent); }
        svg .bar.stopped { fill: var(--quiet); } svg .bar.failed { fill: var(--bad); } svg .bar.running { fill: var(--mark); }
        svg .curve { fill: none; stroke-width: 1.7; stroke-linejoin: round; } svg .raw { stroke-opacity: .35; stroke-width: 1; }
        svg .c0 { stroke: var(--c0); } svg .c1 { stroke: var(--c1); } svg .c2 { stroke: var(--c2); }
        svg .c3 { stroke: var(--c3); } svg .c4 { stroke: var(--c4); }
        svg .d1 { stroke-dasharray: 7 3; } svg .d2 { stroke-dasharray: 2 2.5; } svg .d3 { stroke-dasharray: 9 3 2 3; }
        .sample svg { width: 36px; height: 10px; display: inline-block; vertical-align: middle; }
        .choices { display: flex; flex-wrap: wrap; gap: .2rem 2rem; margin: .4rem 0 .8rem; font-size: .86rem; }
        .choices ul { display: flex; flex-wrap: wrap; gap: .1rem .8rem; list-style: none; padding: 0; margin: 0; align-items: baseline; }
        .choices span { color: var(--quiet); } .choices a { display: inline-block; padding: .2rem 0; }
        .choices a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; box-shadow: inset 0 -2px var(--accent); }
        .paging { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; align-items: baseline; margin: .6rem 0; font-size: .88rem; }
        .do { display: flex; flex-wrap: wrap; gap: .4rem; }
        .entry { border-top: 1px solid var(--line); padding: .4rem 0; } .entry pre { max-height: 16rem; }
        .entry img { display: block; max-width: 100%; max-height: 30rem; height: auto; background: #fff; border: 1px solid var(--line); border-radius: 6px; }
        .tasks li { margin: .25rem 0; }
        .columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 0 2rem; }
        blockquote { margin: .4rem 0; padding: .3rem .9rem; border-left: 3px solid var(--line); }
        blockquote p { margin: 0; white-space: pre-wrap; } blockquote footer { color: var(--quiet); font-size: .86rem; }
        .card { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .7rem 1rem; margin: .7rem 0; }
        .card h2 { margin: 0; font-size: 1rem; }
        .say { font-size: .86rem; margin-top: .2rem; } .say summary { color: var(--accent); display: inline-block; padding: .15rem 0; }
        .card .say { display: inline-block; vertical-align: top; margin-right: 1.2rem; } .card .say[open] { display: block; }
        form { margin: 0; }
        .stack { display: grid; gap: .3rem; max-width: 40rem; margin: .4rem 0; justify-items: start; }
        .row { display: flex; flex-wrap: wrap; gap: .5rem .7rem; align-items: center; margin: .5rem 0; }
        label { font-size: .86rem; font-weight: 550; } .check { display: flex; gap: .4rem; align-items: center; }
        input:not([type=checkbox]), textarea, select { font: inherit; padding: .35rem .5rem; border: 1px solid var(--quiet); border-radius: 6px;
          background: var(--page); color: var(--ink); max-width: 100%; }
        .stack input:not([type=checkbox]), textarea { width: 100%; }
        .query { max-width: none; } .query textarea { font: .9rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        caption { text-align: left; padding: .5rem .75rem; color: var(--quiet); font-size: .86rem; }
        .facts .columns-of { white-space: normal; } .columns-of > span { display: inline-block; margin-right: .9rem; }
        .comments { list-style: none; padding: 0; margin: .3rem 0; }
        .comments li { border-left: 3px solid var(--warn); background: var(--warn-soft); border-radius: 0 6px 6px 0; padding: .4rem .8rem; margin: .3rem 0; }
        .said { white-space: pre-wrap; margin: .1rem 0; max-width: 60rem; }
        .review { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .4rem 0; }
        .line { display: grid; grid-template-columns: 3.2rem minmax(0, 1fr) minmax(6rem, 16rem); gap: 0 .8rem; padding: .1rem .9rem; }
        .line:hover { background: var(--soft); }
        .line .at { color: var(--quiet); text-align: right; font-size: .78rem; padding-top: .25rem; text-decoration: none; font-variant-numeric: tabular-nums; }
        .line p, .line h3 { margin: .1rem 0; max-width: none; } .line .say { margin: 0 1rem 0 0; display: inline-block; vertical-align: top; }
        .line .say[open] { display: block; margin-right: 0; }
        .line .edit { display: inline-block; font-size: .86rem; padding: .15rem 0; text-decoration: none; }
        .line .level2 { font-size: 1.25rem; } .line .level3 { font-size: 1.08rem; }
        .is-item p::before { content: "• "; color: var(--quiet); } .deep1 p { padding-left: 1.2rem; } .deep2 p, .deep3 p { padding-left: 2.4rem; }
        .is-code p, .is-row p { font: .86em/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, monospace; white-space: pre-wrap; }
        .is-quote p { border-left: 3px solid var(--line); padding-left: .7rem; }
        .transcript { list-style: none; padding: 0; }
        .transcript li { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .4rem .9rem; margin: .5rem 0; }
        .transcript .person { border-left: 4px solid var(--accent); } .transcript .tool, .transcript .thought, .transcript .note { background: var(--soft); }
        .transcript .note { border-left: 1px solid var(--line); } .transcript h3 { margin: .1rem 0; }
        .transcript pre { background: var(--page); }
        @media (max-width: 640px) {
          main, header.top { padding-left: .9rem; padding-right: .9rem; }
          .tools { margin-left: 0; }
          .waiting li { grid-template-columns: 1fr auto; } .waiting .what { grid-column: 1 / -1; order: 2; } .waiting .since { white-space: normal; }
          .waiting .since { order: 1; text-align: right; } .waiting .do { order: 3; justify-self: start; }
          .facts div { grid-template-columns: 1fr; }
          .line { grid-template-columns: 2rem minmax(0, 1fr); } .line .aside { grid-column: 2; }
          .steps li { flex-basis: 44%; }
          .drawing { overflow-x: auto; } .drawing svg { min-width: 28rem; } }
        @media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
        @media print { header.top, .tabs, .say, .edit, form { display: none; } .table { overflow: visible; } }
        """
}
