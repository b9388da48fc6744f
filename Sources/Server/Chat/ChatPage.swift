internal import Base
internal import HTTPTypes
internal import Hummingbird

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A page to ask questions on: one file without outside assets, written here so that the program needs none.
///
/// The texts of documents and questions enter it only as `textContent`, so they cannot become markup.
enum ChatPage {
    /// The whole page.
    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Neo – ask the documents</title>
        <style>\(style + feedbackStyle)</style>
        </head>
        \(markup)
        <script>\(script)</script>
        </html>
        """

    /// What a page may do: run its own script and style, known by their hashes, and talk to this server.
    static func contentSecurityPolicy(script: String, style: String) -> String {
        [
            "default-src 'none'",
            "script-src '\(source(script))'",
            "style-src '\(source(style))'",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    private static let ownPolicy = contentSecurityPolicy(script: script, style: style + feedbackStyle)

    /// Answers with the page.
    @Sendable
    static func response() -> Response {
        var headers: HTTPFields = [.cacheControl: "no-cache"]
        headers[.contentSecurityPolicy] = ownPolicy
        return .text(html, type: "text/html; charset=utf-8", headers: headers)
    }

    /// A text's hash as a content security policy names it.
    private static func source(_ text: String) -> String {
        let digits = Array(ContentHash(of: text).hex)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        return "sha256-\(Data(bytes).base64EncodedString())"
    }
}
