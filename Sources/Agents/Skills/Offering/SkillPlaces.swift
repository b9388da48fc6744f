/// The folders that a user's skills, and what is known of skills, lie in.
package struct SkillPlaces: Sendable, Hashable {
    package var workspace: String
    /// The user's home.
    package var home: String
    /// The folder of `config.yaml`.
    package var configuration: String
    /// What this machine's user trusts, and what was measured.
    package var state: String

    package init(workspace: String, home: String, configuration: String, state: String) {
        self.workspace = workspace
        self.home = home
        self.configuration = configuration
        self.state = state
    }

    /// `$NEO_HOME`, or what XDG's variables and the home say.
    package init(workspace: String, environment: [String: String], home: String) {
        func value(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        let home = value("HOME") ?? home
        self.init(
            workspace: workspace, home: home,
            configuration: value("NEO_HOME") ?? (value("XDG_CONFIG_HOME") ?? home + "/.config") + "/neo",
            state: value("NEO_HOME").map { $0 + "/skills-state" }
                ?? (value("XDG_DATA_HOME") ?? home + "/.local/share") + "/neo/skills")
    }

    /// Where to look for skills.
    package var folders: SkillFolders {
        SkillFolders(workspace: workspace, home: home, configuration: configuration)
    }

    /// What lies in a store of `neo skills add`.
    package func root(of origin: Skill.Origin) -> String {
        origin == .project ? workspace + "/.neo" : configuration
    }
}
