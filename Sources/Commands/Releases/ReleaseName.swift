internal import ArgumentParser
internal import Engineer
internal import Storage

/// A release as users name it: its number, `latest`, or `live`.
enum ReleaseName: ExpressibleByArgument {
    case number(Int)
    case latest
    case live

    init?(argument: String) {
        switch argument {
        case "latest": self = .latest
        case "live": self = .live
        default:
            guard let number = Int(argument), number >= 1 else { return nil }
            self = .number(number)
        }
    }

    /// The number.
    func number(in project: Project) async throws -> Int {
        switch self {
        case .number(let number): return number
        case .latest:
            if let last = ReleaseFolder.numbers(of: project).last { return last }
            throw EngineerError(
                code: .release,
                message: "There is no release yet: `neo release build \(project.folder)` makes one.")
        case .live:
            if let live = try await ReleaseBooks.read(project).live.live { return live }
            throw EngineerError(
                code: .release, message: "No release is in service: `neo release promote` puts one into it.")
        }
    }
}
