/// What in a workspace is not the sandbox's to change: what a person approved, and what programs outside would run or
/// obey later.
package enum WorkspaceProtection {
    /// Not there inside: Neo's records, approvals, and the held-out questions in them.
    package static let hidden = [".neo"]

    /// May be read only, and may not be made where they are missing, unless a policy names them as writable.
    package static let readOnly = [
        // What Neo's user decided.
        "neo.yaml", "requirements.md", "requirements.json", "spec.json", "design.md", "design.svg", "golden.jsonl",
        "skills",
        // What agents obey.
        "AGENTS.md", "CLAUDE.md", ".mcp.json", ".agents", ".claude", ".codex",
        // What version control runs.
        ".git/hooks", ".git/config", ".gitmodules",
        // What editors run.
        ".vscode", ".idea",
    ]

    /// May be read only where they are there: what shells and tools run when they start. In a folder that is nobody's
    /// home, one that is made does nothing.
    package static let readOnlyWhereThere = [
        ".bashrc", ".bash_profile", ".bash_login", ".bash_logout", ".profile", ".zshrc", ".zprofile", ".zshenv",
        ".zlogin", ".envrc", ".gitconfig", ".ripgreprc", ".inputrc",
    ]
}
