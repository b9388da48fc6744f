internal import Base

/// A page before it is written as HTML.
struct Page: Sendable {
    /// A place above the page.
    struct Crumb: Sendable {
        let name: String
        let path: String
    }

    /// The template that it is written with.
    let template: String
    let title: String
    var crumbs: [Crumb]
    /// What the template is filled with.
    var model: [String: JSONValue]
    /// The templates of its parts that are sent anew when something changes.
    var live: [String]
    /// The project whose changes concern it; nil for those of all projects.
    var project: String?
    /// Its tables by the names of their CSV files.
    var tables: [String: String]

    init(
        _ template: String, title: String, crumbs: [Crumb] = [], model: [String: JSONValue], live: [String] = [],
        project: String? = nil, tables: [String: String] = [:]
    ) {
        self.template = template
        self.title = title
        self.crumbs = crumbs
        self.model = model
        self.live = live
        self.project = project
        self.tables = tables
    }
}
