/// A table as queries see it: names and types that stay, whatever the files behind it look like.
///
/// docs/queries.md lists them; a change of a name or a type raises ``version``.
package struct QueryView: Sendable, Hashable {
    /// A column.
    package struct Column: Sendable, Hashable {
        package var name: String
        /// DuckDB's type.
        package var type: String
        /// What stands in it, as SQL over the view's source.
        let expression: String

        init(_ name: String, _ type: String, _ expression: String? = nil) {
            self.name = name
            self.type = type
            self.expression = expression ?? DuckDB.name(name)
        }
    }

    /// What a view is made from.
    enum Origin: Sendable, Hashable {
        /// `.neo/runs.db`.
        case runs
        /// `.neo/neo.db`.
        case state
        /// `.neo/service.db`.
        case service
        /// `.neo/sessions`.
        case sessions
        /// Nothing yet.
        case nowhere
    }

    /// The version of all views together.
    package static let version = 1

    package var name: String
    package var columns: [Column]
    let origin: Origin
    /// What stands behind FROM.
    let source: String
    /// Whether an agent may see it.
    let isForAgents: Bool

    init(
        _ name: String, from origin: Origin, _ source: String, isForAgents: Bool = true, _ columns: [Column]
    ) {
        self.name = name
        self.columns = columns
        self.origin = origin
        self.source = source
        self.isForAgents = isForAgents
    }

    /// The statement that makes it; without rows where what it is made from is not there.
    func definition(isThere: Bool) -> String {
        let list = columns.map { column in
            "CAST(\(isThere ? column.expression : "NULL") AS \(column.type)) AS \(DuckDB.name(column.name))"
        }.joined(separator: ", ")
        return "CREATE VIEW \(DuckDB.name(name)) AS SELECT \(list)"
            + (isThere ? " FROM \(source);" : " WHERE false;")
    }
}
