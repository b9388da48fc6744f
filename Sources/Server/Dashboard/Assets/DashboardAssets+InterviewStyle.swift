extension DashboardAssets {
    /// How the interview looks.
    static let interviewCSS = """
        .interview { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; gap: 0 2.5rem; align-items: start; }
        .survey, .talk details { font-size: .9rem; margin: .4rem 0; }
        .turns { list-style: none; padding: 0; margin: .4rem 0; display: grid; gap: .3rem; }
        .turns li { display: grid; gap: .3rem; }
        .asked, .answer { margin: 0; padding: .45rem .85rem; border-radius: 10px; max-width: min(85%, 40rem); width: fit-content; }
        .asked { background: var(--soft); border-bottom-left-radius: 2px; }
        .answer { justify-self: end; background: var(--busy-soft); border-bottom-right-radius: 2px; }
        .answer p { margin: 0; } .answer.disputed { background: var(--warn-soft); }
        .ask { border: 1px solid var(--line); border-radius: 10px; background: var(--card); padding: .8rem 1.1rem; margin: 1rem 0; }
        .ask h2 { margin: 0 0 .5rem; font-size: .82rem; color: var(--quiet); font-weight: 550; }
        .ask .note { margin-bottom: .9rem; }
        .reply fieldset { border: 0; padding: 0; margin: 0; min-width: 0; display: grid; gap: .15rem; }
        .reply legend, .reply .question { display: block; padding: 0; margin-bottom: .45rem; font-size: 1.08rem; font-weight: 600; line-height: 1.35; }
        .option { display: flex; gap: .6rem; align-items: baseline; padding: .3rem .6rem; border: 1px solid transparent;
          border-radius: 6px; font-size: .95rem; font-weight: 400; cursor: pointer; }
        .option:hover { background: var(--soft); } .option:has(:checked) { background: var(--busy-soft); border-color: var(--accent); }
        .option b { font-weight: 600; margin-right: .3rem; }
        .reply textarea { width: 100%; } .reply #answer { scroll-margin: 9rem; }
        .reply input::placeholder, .reply textarea::placeholder { color: var(--quiet); opacity: 1; }
        .why { font-size: .92rem; color: var(--quiet); } .why b { font-weight: 600; color: var(--ink); }
        .by { margin-left: auto; display: flex; gap: .4rem; align-items: center; } .by label { color: var(--quiet); font-weight: 400; }
        .by input { width: 9rem; }
        .known h2 { margin-top: .2rem; }
        .topics { list-style: none; padding: 0; margin: 0; font-size: .88rem; }
        .topics li { display: grid; grid-template-columns: 1fr auto 4.2rem; gap: .5rem; align-items: center; padding: .3rem 0; }
        .topics li + li { border-top: 1px solid var(--line); } .topics .faint { text-align: right; }
        @media (max-width: 900px) { .interview { grid-template-columns: minmax(0, 1fr); } .by { margin-left: 0; } }
        """
}
