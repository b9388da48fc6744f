/// What `neo-cell` is told: one message, whose form `request.c` checks. Numbers are the machine's own, because both ends
/// run on it.
struct CellRequest: Sendable {
    /// The numbers under which bubblewrap finds its arguments' files; the same as in `cell.h`.
    static let filterDescriptor = 11
    static let statusDescriptor = 12
    static let firstDataDescriptor = 20
    static let mostData = 64

    /// Whether there is a network that ends at Neo.
    var capturesNetwork = false
    /// Whether Neo gets a door to ports that are listened on inside.
    var opensDoor = false
    /// Another user and group to become first; only root can.
    var user: (user: UInt32, group: UInt32)?
    /// How much sooner than others the system ends it when memory is short: 0 to 1,000.
    var outOfMemoryScore: Int32 = 500
    /// `RLIMIT_…` and its value.
    var limits: [(resource: UInt32, value: UInt64)] = []
    var bubblewrap: String
    var options: [String]
    var command: [String]
    /// Stubs that it takes away where Neo is killed.
    var stubs: [String] = []
    /// A program for seccomp, as bubblewrap takes it.
    var filter: [UInt8] = []
    /// Files that bubblewrap makes.
    var data: [[UInt8]] = []

    /// The message, its length first.
    var encoded: [UInt8] {
        var body: [UInt8] = []
        func number(_ value: UInt32) { withUnsafeBytes(of: value) { body.append(contentsOf: $0) } }
        func bytes(_ value: [UInt8]) {
            number(UInt32(value.count))
            body.append(contentsOf: value)
        }
        func text(_ values: [String]) { bytes(values.flatMap { Array($0.utf8) + [0] }) }
        number(3)
        number((capturesNetwork ? 1 : 0) | (opensDoor ? 2 : 0))
        number(user.map { $0.user + 1 } ?? 0)
        number(user?.group ?? 0)
        number(UInt32(bitPattern: outOfMemoryScore))
        number(UInt32(limits.count))
        for limit in limits {
            number(limit.resource)
            withUnsafeBytes(of: limit.value) { body.append(contentsOf: $0) }
        }
        text([bubblewrap])
        text(options)
        text(command)
        text(stubs)
        bytes(filter)
        number(UInt32(data.count))
        for file in data { bytes(file) }
        return withUnsafeBytes(of: UInt32(body.count)) { Array($0) } + body
    }
}
