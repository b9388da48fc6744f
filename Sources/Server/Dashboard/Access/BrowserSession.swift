internal import Base
internal import Crypto

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A browser that may use the dashboard, and the token that its forms carry.
struct BrowserSession: Sendable, Hashable {
    /// Names it; random.
    let id: String
    /// What every form of a page that this browser was sent must bring back. Another site cannot know it.
    let formToken: String
}

/// Hands out sessions and knows its own again: nothing is kept, the cookie is signed with a key that lives as long as the
/// process.
struct BrowserSessions: Sendable {
    /// After so many seconds a browser signs in again.
    static let lifetime = 12.0 * 3600

    /// The cookie's name. Cookies are shared by all ports of a host, so it names the port.
    let cookie: String
    private let key = SymmetricKey(size: .bits256)
    private let time: TimeSource

    init(port: Int, time: TimeSource) {
        cookie = "neo_dashboard_\(port)"
        self.time = time
    }

    /// A new session.
    func begin() -> BrowserSession {
        var generator = SystemRandomNumberGenerator()
        let random = String(generator.next(), radix: 16) + String(generator.next(), radix: 16)
        return session("\(Int(time.now().timeIntervalSince1970)).\(random)")
    }

    /// The session of a request's cookies; nil where there is none of ours that still holds.
    func find(in header: String?) -> BrowserSession? {
        let pairs = (header ?? "").split(separator: ";").map { $0.drop { $0 == " " } }
        for pair in pairs where pair.hasPrefix(cookie + "=") {
            let parts = pair.dropFirst(cookie.count + 1).split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 3, let began = Double(parts[0]) else { continue }
            let id = "\(parts[0]).\(parts[1])"
            let age = time.now().timeIntervalSince1970 - began
            guard Secret(sign("session", id))?.matches(String(parts[2])) == true, age < Self.lifetime else { continue }
            return session(id)
        }
        return nil
    }

    /// What the browser is told to keep. A page of another site cannot send it along, and no script can read it.
    func header(_ session: BrowserSession) -> String {
        "\(cookie)=\(session.id).\(sign("session", session.id)); Path=/; HttpOnly; SameSite=Strict; Max-Age=\(Int(Self.lifetime))"
    }

    /// What makes the browser forget it.
    var forgetting: String { "\(cookie)=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0" }

    private func session(_ id: String) -> BrowserSession { BrowserSession(id: id, formToken: sign("form", id)) }

    private func sign(_ purpose: String, _ id: String) -> String {
        HMAC<SHA256>.authenticationCode(for: Data("\(purpose) \(id)".utf8), using: key)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
