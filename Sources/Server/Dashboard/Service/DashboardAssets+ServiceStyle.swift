extension DashboardAssets {
    /// How the pages of a service look.
    static let serviceCSS = """
        .history { list-style: none; padding: 0; margin: 0; }
        .history > li { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .7rem 1rem; margin: .7rem 0; }
        .history h3, .history h4 { margin: 0; font-size: 1rem; } .history h3 a, .history h4 a { color: var(--ink); text-decoration: none; }
        .history :is(h3, h4) a:hover { text-decoration: underline; } .history p { margin: .3rem 0; } .history .table { margin: .4rem 0; }
        .history .drawing { max-width: 36rem; } .history blockquote { overflow-wrap: anywhere; }
        .table + .charts, .charts + .table, details > .table { margin-top: .6rem; }
        .figures dd a { color: inherit; }
        @media print { .history > li, .figures div { break-inside: avoid; } .drawing svg { max-height: 12rem; } }
        """
}
