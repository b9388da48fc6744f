internal import ArgumentParser

/// `neo spec`: what a project requires.
struct Spec: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec",
        abstract: "Draft what a project requires, check it, and see what changed in it.",
        discussion: """
            Example:
              neo spec draft my-docs
              neo spec check my-docs
              neo spec write my-docs
              neo spec diff my-docs

            requirements.md holds one requirement below each heading: a sentence in one of the six
            forms of EARS, and how one tells that it holds. docs/requirements.md has the form and the rules.
            """,
        subcommands: [SpecDraft.self, SpecCheck.self, SpecDiff.self, SpecWrite.self])
}
