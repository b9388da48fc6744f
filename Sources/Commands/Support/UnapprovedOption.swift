internal import ArgumentParser

/// That something may begin without a person's agreement.
struct UnapprovedOption: ParsableArguments {
    @Flag(help: "Begin although requirements.md or design.md is not approved as it is; reports say so.")
    var unapproved = false
}
