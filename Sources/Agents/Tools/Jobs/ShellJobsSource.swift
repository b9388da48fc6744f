/// What runs in the background, said again when older messages have been replaced.
package struct ShellJobsSource: ContextSource {
    private let jobs: ShellJobs

    package init(_ jobs: ShellJobs) { self.jobs = jobs }

    package let name = "background"

    package let limit = 4 << 10

    package func text() async -> String? { await jobs.summary().map { "In the background:\n" + $0 } }
}
