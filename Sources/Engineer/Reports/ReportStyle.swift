/// How the HTML report looks: by day and by night, on a desk and on a telephone.
enum ReportStyle {
    static let css = """
        :root { color-scheme: light dark; --ink: #1b1f24; --quiet: #57606a; --page: #ffffff; --line: #d0d7de;
          --soft: #f3f5f7; --accent: #0a5cc2; --mark: #b35900; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ed; --quiet: #a3adb8; --page: #14171b;
          --line: #3a424b; --soft: #1f242a; --accent: #78b4ff; --mark: #ffb366; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
        main { max-width: 62rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
        h1 { font-size: 1.6rem; line-height: 1.25; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; }
        p, li { max-width: 42rem; }
        .reader { color: var(--quiet); font-size: .9rem; }
        .levels { max-width: 42rem; margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; }
        details + details { border-top: 1px solid var(--line); }
        summary { padding: .5rem .75rem; cursor: pointer; font-weight: 600; }
        summary:focus-visible, .table:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
        details > p { margin: 0 0 .75rem; padding: 0 .75rem; }
        pre { background: var(--soft); padding: .75rem; overflow-x: auto; border-radius: 6px; }
        .table { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: .875rem; font-variant-numeric: tabular-nums; }
        th, td { border-bottom: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top;
          overflow-wrap: normal; min-width: 4rem; }
        th { color: var(--quiet); }
        tr > :first-child { white-space: nowrap; }
        .table td:nth-child(5) { min-width: 16rem; }
        .table td:first-child:nth-last-child(5) { white-space: normal; min-width: 7rem; }
        figcaption { color: var(--quiet); font-size: .9rem; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1.5rem;
          margin: 1rem 0; align-items: start; }
        figure { margin: 0; min-width: 0; max-width: 36rem; break-inside: avoid; }
        svg { display: block; width: 100%; height: auto; }
        svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
        svg .tick { fill: var(--quiet); font-size: 11px; }
        svg .small { fill: var(--quiet); font-size: 10.5px; }
        svg .failed { fill: var(--quiet); }
        svg .grid { stroke: var(--line); stroke-width: 1; }
        svg .best { fill: none; stroke: var(--mark); stroke-width: 1.5; }
        svg .dot { fill: var(--accent); }
        svg .dot.faint { fill-opacity: .55; }
        svg .dot.winner { fill: var(--mark); }
        svg .dot.baseline { fill: var(--page); stroke: var(--accent); stroke-width: 2; }
        svg .interval { stroke: var(--accent); stroke-width: 2; stroke-opacity: .55; }
        svg .interval.winner { stroke: var(--mark); }
        svg .link { stroke: var(--quiet); stroke-width: 1.5; }
        svg .box { fill: var(--accent); fill-opacity: .14; }
        svg .median { stroke: var(--ink); stroke-width: 2; }
        @media print { body { font-size: 11pt; } main { max-width: none; padding: 0; } .table { overflow: visible; }
          h2 { break-after: avoid; } tr, li { break-inside: avoid; }
          details::details-content { content-visibility: visible; display: block; } }
        """
}
