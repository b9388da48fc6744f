internal import Base
internal import Engineer
internal import HTTPTypes
internal import Tracking

/// The projects of the folders that a dashboard was started for, and a reader of each.
actor DashboardProjects {
    /// How long a list of folders is good for.
    private static let freshness: UInt64 = 3_000_000_000

    private let folders: [String]
    private let upkeep: ParquetUpkeep?
    private let time: TimeSource
    private var listed: (at: UInt64, readers: [ProjectReader])?

    init(folders: [String], upkeep: ParquetUpkeep?, time: TimeSource) {
        self.folders = folders
        self.upkeep = upkeep
        self.time = time
    }

    /// A reader of each project, by path. New folders are found after a moment.
    func readers() -> [ProjectReader] {
        let now = time.nanoseconds()
        if let listed, now &- listed.at < Self.freshness { return listed.readers }
        let known = Dictionary(
            (listed?.readers ?? []).map { ($0.found.folder, $0) }, uniquingKeysWith: { first, _ in first })
        // A folder that was moved away meanwhile has no projects.
        let found = (try? ProjectFinder.find(in: folders)) ?? []
        let readers = found.map { known[$0.folder] ?? ProjectReader($0, upkeep: upkeep) }
        listed = (now, readers)
        return readers
    }

    /// The reader of a project.
    ///
    /// - Throws: a `404` where there is none of that name.
    func reader(_ id: String) throws -> ProjectReader {
        guard let reader = readers().first(where: { $0.found.id == id }) else {
            throw RequestFailure(
                .notFound, code: "not_found",
                "There is no project \(id.prefix(60)) here; the first page lists those there are.")
        }
        return reader
    }
}
