internal import Base
internal import Synchronization

/// Which release a request is answered by.
///
/// It is decided once, when the request comes, so that all of its steps ask the same release. Only where that one fails may
/// another one take its place.
final class ReleaseOfRequest: Sendable {
    /// That of the request which this task answers; nil where a service has no releases.
    @TaskLocal static var current: ReleaseOfRequest?

    private let state: Mutex<LoadedRelease>

    init(_ release: LoadedRelease) {
        state = Mutex(release)
    }

    /// The release.
    var release: LoadedRelease { state.withLock { $0 } }

    /// Another one answers.
    func replace(by other: LoadedRelease) {
        state.withLock { $0 = other }
    }

    /// A body with the number of the release that it comes from.
    static func named(_ body: JSONValue) -> JSONValue {
        guard let current, case .object(var members) = body else { return body }
        members["release"] = .integer(current.release.number)
        return .object(members)
    }
}
