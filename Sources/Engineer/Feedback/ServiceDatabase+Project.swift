package import Storage

extension ServiceDatabase {
    /// What the services of a project have kept.
    package convenience init(of project: Project) throws {
        try project.prepareStateFolder()
        try self.init(path: project.path(".neo/service.db"))
    }
}
