internal import CSandbox

/// The memory that lies in a run's folders in memory, `/tmp` and `/dev/shm`, and that no process needs to map.
enum FolderMemory {
    /// Bytes that are in use, as seen through a process inside. What is mapped from there, too, counts twice: as the
    /// process's and as the folder's.
    static func bytes(of process: Int32) -> Int {
        ["tmp", "dev/shm"].reduce(0) { $0 + Int(neo_sandbox_folder_memory("/proc/\(process)/root/\($1)")) }
    }
}
