extension DashboardAssets {
    /// How the pages of a service look.
    static let serviceCSS = """
        .history { list-style: none; padding: 0; margin: 0; }
        .history > li { border: 1px solid var(--line); border-radius: 8px; background: var(--card); padding: .7rem 1rem; margin: .7rem 0; }
        .history h3 { margin: 0; font-size: 1rem; } .history h3 a { color: var(--ink); text-decoration: none; }
        .history h3 a:hover { text-decoration: underline; } .history p { margin: .3rem 0; } .history .table { margin: .4rem 0; }
        .history .drawing { max-width: 36rem; } .history blockquote { overflow-wrap: anywhere; }
        .figures dd a { color: inherit; }
        @media print { .history > li, .figures div { break-inside: avoid; } .drawing svg { max-height: 12rem; } }
        """
}
