internal import Agents
internal import ArgumentParser
internal import Base

/// `neo sessions`: what agents did.
struct Sessions: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sessions",
        abstract: "List, show, continue, copy, take back and export what agents did.",
        discussion: """
            Example:
              neo sessions list
              neo sessions show last
              neo sessions rewind last --turn 7
              neo sessions export last --format markdown > session.md

            A session is named by its whole id, by a unique beginning or end of it, or as `last`.
            """,
        subcommands: [List.self, Show.self, Resume.self, Fork.self, Rewind.self, ExportSession.self])
}

/// The folder whose sessions are meant.
struct SessionFolder: ParsableArguments {
    @Option(help: "The folder that the agent worked in.", completion: .directory)
    var folder = "."

    /// Its sessions.
    func store() throws -> SessionStore { SessionStore(workspace: try AgentCommand.existingFolder(folder)) }
}

/// One session of a folder.
struct SessionArgument: ParsableArguments {
    @Argument(help: ArgumentHelp("The session: an id, its beginning or end, or last.", valueName: "id"))
    var session = "last"

    @OptionGroup var place: SessionFolder

    /// The folder's sessions, and the id of the one that is meant.
    func found() throws -> (store: SessionStore, id: String) {
        let store = try place.store()
        return (store, try store.find(session))
    }
}
