internal import Base
package import Sandbox

/// What a host answered.
package struct FetchedPage: Sendable, Hashable {
    package var status: Int
    /// `text/html` and the like, without its parameters.
    package var type: String
    package var bytes: [UInt8]
    /// Where it says that the page is instead.
    package var redirect: String?
    /// Whether there was more of it.
    package var isCut: Bool

    package init(status: Int, type: String, bytes: [UInt8], redirect: String? = nil, isCut: Bool = false) {
        self.status = status
        self.type = type
        self.bytes = bytes
        self.redirect = redirect
        self.isCut = isCut
    }
}

/// Asks one host for one page, and follows nothing.
package struct PageFetcher: Sendable {
    /// - Throws: `AgentsError` or `SandboxError` with a sentence.
    package var fetch: @Sendable (WebAddress) async throws -> FetchedPage

    package init(fetch: @escaping @Sendable (WebAddress) async throws -> FetchedPage) { self.fetch = fetch }

    private static let mostBytes = 8 << 20
    private static let seconds = 40

    /// By `curl` inside walls that let it reach this one host, so that what a page does to a program is done to one that
    /// can do nothing.
    package static func curl(_ sandbox: Sandbox) -> PageFetcher {
        PageFetcher { address in
            guard let curl = WallCommand.path(of: "curl") else {
                throw AgentsError(
                    .usage, "Pages cannot be fetched: curl is not installed. Run: sudo apt-get install curl")
            }
            var policy = SandboxPolicy(network: .hosts(try HostRules(allow: [address.rule])))
            policy.limits.wallSeconds = Double(seconds) + 5
            policy.limits.memoryBytes = 512 << 20
            policy.limits.outputBytes = mostBytes + (1 << 20)
            let output = try await WallCommand(sandbox: sandbox, policy: policy, mostBytes: mostBytes)
                .run(arguments(curl, address))
            return try page(output, of: address)
        }
    }

    static func arguments(_ curl: String, _ address: WebAddress) -> [String] {
        [
            curl, "--disable", "--silent", "--show-error", "--globoff", "--proto", "=http,https", "--max-time",
            String(seconds), "--max-redirs", "0", "--compressed", "--user-agent", "neo", "--header",
            "Accept: text/markdown, text/html, text/plain, */*;q=0.5", "--write-out", "%{stderr}\n%{json}\n", "--url",
            address.text,
        ]
    }

    static func page(_ output: WallCommand.Output, of address: WebAddress) throws -> FetchedPage {
        let lines = output.errors.split(separator: "\n")
        let report = lines.last { $0.hasPrefix("{") }.flatMap { try? JSONValue(parsing: String($0)) }
        guard let status = report?["response_code"]?.integer, status > 0 else {
            let reason = lines.first { !$0.hasPrefix("{") }.map(String.init) ?? "there was no answer"
            throw AgentsError(.usage, "\(address.text) could not be fetched: \(ToolText.shown(reason)).")
        }
        let type = (report?["content_type"]?.string ?? "").prefix { $0 != ";" }
        return FetchedPage(
            status: status, type: type.lowercased().filter { !$0.isWhitespace }, bytes: output.bytes,
            redirect: report?["redirect_url"]?.string, isCut: output.isCut || output.bytes.count >= mostBytes)
    }
}
