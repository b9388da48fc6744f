/// `code/`: a small Swift package that answers from the release by Neo's product RAG, to be read and built upon.
struct CodePackage {
    /// What `swift build` and `swift test` write beside a package. None of it is read where a release is served, so a release in
    /// which somebody built its code is still as it was made.
    static let built = ["code/.build", "code/.swiftpm", "code/Package.resolved"]

    let number: Int
    /// The version of Neo that the release was made with.
    let neo: String

    /// Whether a path below a release is among what `swift build` writes.
    static func isBuilt(_ path: some StringProtocol) -> Bool {
        built.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// Writes it.
    func write(to files: inout ReleaseFiles) throws {
        for (path, text) in [
            ("Package.swift", Self.manifest), ("README.md", readme), ("Sources/answer/Answer.swift", Self.program),
            ("Tests/answerTests/GoldenTests.swift", Self.tests),
        ] {
            try files.write(text, to: "code/\(path)")
        }
    }

    private var readme: String {
        """
        # The code of release \(number)

        A Swift package that answers from this release as `neo serve` does, to the byte. It stands on RAG, a library of Neo
        \(neo). Building it needs Swift 6.2 or newer and Neo's sources: the folder in which `make release` built `neo`, whose
        `scripts/bootstrap` has installed the C libraries. The first build takes minutes, and fetches what Neo is built from.

        ```
        export NEO_PACKAGE=~/neo            # that folder, as an absolute path
        swift test                          # asks the questions of ../tests/golden.jsonl, and compares passages and answers
        swift run answer "How do I rotate the keys?"
        swift run answer --json "How do I rotate the keys?"     # the body that POST /v1/answer has
        swift build -c release --static-swift-stdlib            # a program for a machine without Swift
        ```

        `Sources/answer/Answer.swift` is all of it: change there what becomes of a reply. To build upon it, copy this folder to a
        place of yours and say where the release lies: `export NEO_RELEASE=/opt/neo-release`.

        Models that the release does not bring along are named in `OpenRelease(folder:weights:)`, each with its folder. Where a
        language model writes the answers, only passages can be had without Neo.

        """
    }
}
