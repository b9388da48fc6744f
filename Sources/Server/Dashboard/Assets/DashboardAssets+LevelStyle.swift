extension DashboardAssets {
    /// How texts for readers of several levels look.
    static let levelCSS = """
        .opened { font-size: .9rem; margin: .2rem 0 .8rem; } .opened strong { font-weight: 600; }
        .level { margin: .25rem .9rem; border: 1px solid var(--line); border-radius: 6px; }
        .level > summary { padding: .3rem .7rem; font-size: .9rem; font-weight: 600; }
        .level[open] > summary { border-bottom: 1px solid var(--line); }
        .level .line { padding-left: 0; padding-right: .4rem; } .is-level h3 { display: none; }
        .is-level:not(:has(.comments)):not(:target) { display: none; }
        .level .talk { color: var(--mark); font-weight: 400; }
        @media print { details.level::details-content { content-visibility: visible; height: auto; } }
        """
}
