/// The command line by which somebody goes on with a session.
enum SessionLine {
    /// As it can be pasted into a shell.
    ///
    /// - Parameter folder: as it was named on the command line.
    static func goingOn(with session: String, folder: String) -> String {
        "neo agent --session \(session)" + (folder == "." ? "" : " --folder \(quoted(folder))")
    }

    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                || "/._-+@,:=".utf8.contains($0)
        }
        return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
    }
}
