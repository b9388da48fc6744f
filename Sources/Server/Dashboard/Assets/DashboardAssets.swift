internal import Base
internal import HTTPTypes
internal import Hummingbird

/// A file of the program that pages refer to. Its address names its content, so a browser keeps it for good.
struct DashboardAsset: Sendable {
    let name: String
    let type: String
    let text: String
    let path: String

    init(_ name: String, type: String, _ text: String) {
        self.name = name
        self.type = type
        self.text = text
        path = "/assets/\(ContentHash(of: text).short)/\(name)"
    }

    var response: Response {
        .text(text, type: type, headers: [.cacheControl: "public, max-age=31536000, immutable"])
    }
}

/// The files that pages refer to.
enum DashboardAssets {
    static let style = DashboardAsset(
        "dashboard.css", type: "text/css; charset=utf-8", css + interviewCSS + goldenCSS + levelCSS + serviceCSS)
    static let script = DashboardAsset("dashboard.js", type: "text/javascript; charset=utf-8", js)
    static let icon = DashboardAsset("icon.svg", type: "image/svg+xml", svg)

    /// The file at a path.
    static func find(_ path: String) -> DashboardAsset? { [style, script, icon].first { $0.path == path } }

    private static let svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b57b0"/>\
        <path d="M9 23V9l14 14V9" fill="none" stroke="#fff" stroke-width="3.2" stroke-linecap="round" \
        stroke-linejoin="round"/></svg>
        """
}
