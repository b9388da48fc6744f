internal import Base

/// What `neo-cell` and bubblewrap said about a run, line by line.
struct CellReport: Sendable, Hashable {
    /// The first process inside, by its number outside.
    private(set) var firstProcess: Int32?
    /// What went wrong while the walls were put up.
    private(set) var problem: String?
    /// What ended inside, as bubblewrap saw it.
    private(set) var exitCode: Int?
    /// Whether Landlock is a second layer.
    private(set) var hasLandlock = false
    private(set) var cpuSeconds: Double?
    private(set) var residentBytes: Int?

    /// Whether something runs inside, or never will.
    var hasStarted: Bool { firstProcess != nil || problem != nil }

    mutating func take(_ line: String) {
        if line.hasPrefix("error ") {
            problem = String(line.dropFirst(6)) + "."
            return
        }
        guard let value = try? JSONValue(parsing: line) else { return }
        if let number = value["child-pid"]?.integer { firstProcess = Int32(exactly: number) }
        if value["landlock"] == .bool(true) { hasLandlock = true }
        if let code = value["exit-code"]?.integer { exitCode = code }
        if let usage = value["usage"] {
            cpuSeconds = usage["cpu_seconds"]?.number
            residentBytes = usage["resident_bytes"]?.integer
        }
    }
}
