extension ChatPage {
    /// The page's style.
    static let style = """

        :root {
          color-scheme: light dark;
          --paper: #fbfaf8; --card: #ffffff; --ink: #1d2328; --soft: #59636c; --line: #dfdcd6;
          --accent: #14606b; --on-accent: #ffffff; --tint: #e6f1f2; --mark: #fdeeb0; --warn: #8a4b08;
            --warn-tint: #fdf3e4;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #14181b; --card: #1c2226; --ink: #e6e9eb; --soft: #9aa6ae; --line: #313a40;
            --accent: #6cc3ce; --on-accent: #0d1a1c; --tint: #1d3236; --mark: #5b4c12; --warn: #f0b56b;
              --warn-tint: #2e2415;
          }
        }
        * { box-sizing: border-box; }
        [hidden] { display: none !important; }
        html, body { height: 100%; margin: 0; }
        body {
          display: grid; grid-template: auto 1fr auto / minmax(0, 1fr); background: var(--paper); color: var(--ink);
          font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        }
        header, main, footer { width: 100%; padding-inline: max(16px, calc((100vw - 760px) / 2)); }
        header { display: flex; align-items: baseline; gap: 12px; padding-block: 14px;
          border-bottom: 1px solid var(--line); }
        h1 { font-size: 18px; margin: 0; letter-spacing: .01em; color: var(--accent); }
        #release { margin: 0; color: var(--soft); font-size: 14px; overflow: hidden; text-overflow: ellipsis;
          white-space: nowrap; }
        main { overflow-y: auto; padding-block: 20px; overflow-anchor: none; }
        #welcome { margin-top: 12vh; text-align: center; }
        #welcome h2 { font-size: clamp(22px, 5vw, 28px); line-height: 1.25; margin: 0 0 8px;
          text-wrap: balance; }
        #welcome p { color: var(--soft); margin: 0 auto; max-width: 46ch; text-wrap: balance; }
        article { margin-bottom: 32px; scroll-margin-top: 16px; }
        article:last-child { min-height: calc(100dvh - 220px); margin-bottom: 0; }
        .asked {
          width: fit-content; max-width: 88%; margin: 0 0 12px auto; padding: 8px 14px;
            border-radius: 16px 16px 4px 16px;
          background: var(--tint); font-size: 16px; font-weight: 500; white-space: pre-wrap; overflow-wrap: anywhere;
        }
        .quote { margin: 0 0 10px; overflow-wrap: anywhere; }
        .quote.first { font-size: 18px; line-height: 1.5; }
        .cite {
          margin-left: 4px; padding: 1px 7px; border: 1px solid transparent; border-radius: 10px;
            background: var(--tint);
          color: var(--accent); font: inherit; font-size: 13px; font-weight: 600; line-height: 1.4; cursor: pointer;
            vertical-align: 2px;
        }
        .cite:hover { border-color: var(--accent); }
        .written { margin: 0 0 10px; font-size: 17px; white-space: pre-wrap; overflow-wrap: anywhere; }
        .cite.doubtful { background: var(--warn-tint); color: var(--warn); border-color: var(--warn); }
        .doubt { display: block; color: var(--warn); font-size: 13px; }
        .writer { margin: 10px 0 0; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
        h3 { margin: 18px 0 8px; font-size: 13px; font-weight: 600; color: var(--soft); }
        ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 8px; }
        details { border: 1px solid var(--line); border-radius: 10px; background: var(--card); }
        summary { display: flex; gap: 10px; padding: 10px 12px; cursor: pointer; list-style: none;
          border-radius: 10px; }
        summary::-webkit-details-marker { display: none; }
        summary::after {
          content: ""; flex: none; width: 7px; height: 7px; margin: 8px 4px 0 auto; border: solid var(--soft);
          border-width: 0 2px 2px 0; transform: rotate(45deg);
        }
        details[open] > summary::after { transform: rotate(225deg); margin-top: 12px; }
        .number {
          flex: none; width: 24px; height: 24px; border-radius: 50%; background: var(--tint); color: var(--accent);
          font-size: 13px; font-weight: 600; line-height: 24px; text-align: center;
        }
        .where { min-width: 0; overflow-wrap: anywhere; line-height: 1.45; }
        .title { font-weight: 600; }
        .path::before { content: " "; }
        .path { color: var(--soft); }
        .file { display: block; color: var(--soft); font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; }
        .text {
          margin: 0; padding: 12px; border-top: 1px solid var(--line); white-space: pre-wrap; overflow-wrap: anywhere;
          font-size: 15px;
        }
        mark { background: var(--mark); color: inherit; border-radius: 3px; }
        .link { display: block; padding: 10px 12px; border-top: 1px solid var(--line); color: var(--accent); }
        .notice { padding: 12px 14px; border-radius: 10px; border-left: 4px solid var(--warn);
          background: var(--warn-tint); }
        .notice strong { display: block; color: var(--warn); }
        .notice p { margin: 4px 0 0; overflow-wrap: anywhere; }
        .waiting { margin: 0; color: var(--soft); }
        footer { padding-block: 12px; border-top: 1px solid var(--line); background: var(--paper); }
        .row { display: flex; gap: 8px; align-items: flex-end; }
        textarea, input {
          flex: 1; min-width: 0; padding: 10px 14px; border: 1px solid var(--line); border-radius: 12px;
          background: var(--card); color: var(--ink); font: inherit; line-height: 1.5;
        }
        textarea { resize: none; max-height: 30vh; min-height: 46px; }
        textarea::placeholder { color: var(--soft); opacity: 1; }
        .growing::after { content: " ▍"; color: var(--accent); }
        button[type=submit], #stop {
          min-height: 46px; min-width: 84px; padding: 0 20px; border: 0; border-radius: 12px;
            background: var(--accent);
            color: var(--on-accent);
          font: inherit; font-weight: 600; cursor: pointer;
        }
        #stop { background: var(--tint); color: var(--accent); }
        #stop:hover { box-shadow: inset 0 0 0 1px var(--accent); }
        #hint { margin: 6px 2px 0; color: var(--soft); font-size: 13px; }
        #token-form { margin-bottom: 12px; }
        #token-form label { display: block; margin-bottom: 4px; font-weight: 600; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        .hidden, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden;
          clip-path: inset(50%); }
        .skip:focus { position: absolute; top: 8px; left: 8px; padding: 8px 12px; background: var(--card);
          color: var(--ink); }
        @media (prefers-reduced-motion: no-preference) { main { scroll-behavior: smooth; } }
        @media (max-width: 480px) { #hint { display: none; } .asked { max-width: 94%; } }

        """
}
