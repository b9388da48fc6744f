extension DashboardAssets {
    /// How the review of proposed questions looks.
    static let goldenCSS = """
        .beside { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2rem; align-items: start; }
        .beside .passage { order: 1; } .beside h3 { margin: 0; font-size: .82rem; color: var(--quiet); font-weight: 550; }
        .passage .text { white-space: pre-wrap; overflow-wrap: anywhere; max-height: 26rem; overflow-y: auto; }
        .ask h2#asked { font-size: 1.08rem; font-weight: 600; color: var(--ink); }
        .beside .by label { white-space: nowrap; } .beside .by input { width: 9rem; }
        mark { background: var(--warn-soft); color: var(--ink); }
        .last { display: flex; gap: .3rem 1rem; align-items: center; } .last p { margin: 0; }
        @media (max-width: 900px) { .beside { grid-template-columns: minmax(0, 1fr); } .beside .passage { order: 0; } }
        """
}
