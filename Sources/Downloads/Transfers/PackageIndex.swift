internal import Base

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Which index of packages pip asks on this machine, and how: what its configuration files and its environment say.
package struct PackageIndex: Sendable, Hashable {
    /// The hosts, as rules: the index, further ones, where a page of links is, and hosts that pip is told to trust. The
    /// user chose them, so they may have private addresses.
    package private(set) var hosts: [String] = []
    /// Certificates, and folders of packages.
    package private(set) var files: [String] = []
    /// What pip is told in place of files: `PIP_…`.
    package private(set) var variables: [String: String] = [:]
    /// The proxy that pip is told, which it does not ask itself inside walls.
    package private(set) var proxy: String?

    /// Further hosts, with commas between them: where an index that is not the usual one keeps its files elsewhere.
    package static let variable = "NEO_PIP_HOSTS"

    /// Says as JSON what pip is told and what it does where it is told nothing.
    static let script = """
        import ast, json, subprocess, sys
        from pip._internal.models.index import PyPI
        said = subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True)
        if said.returncode: sys.exit(said.stderr[-300:])
        lines = [line.partition("=") for line in said.stdout.splitlines() if "=" in line]
        print(json.dumps({"settings": {name: ast.literal_eval(value) for name, _, value in lines},
                          "index": PyPI.simple_url, "files": "https://" + PyPI.file_storage_domain}))
        """

    /// The files that pip reads its settings from, where they are there.
    static func files(_ environment: [String: String], home: String) -> [String] {
        [
            environment["PIP_CONFIG_FILE"], "/etc/pip.conf", "/etc/xdg/pip/pip.conf", home + "/.pip/pip.conf",
            (environment["XDG_CONFIG_HOME"] ?? home + "/.config") + "/pip/pip.conf",
        ].compactMap { $0 }.filter { $0.hasPrefix("/") && FileManager.default.fileExists(atPath: $0) }
    }

    /// Reads what the script said; nil where that is something else.
    init?(_ said: String, command: String, _ environment: [String: String]) {
        guard let answer = try? JSONValue(parsing: said), case .object(let members)? = answer["settings"],
            let usual = answer["index"]?.string, let store = answer["files"]?.string
        else { return nil }
        // What counts for more comes later.
        var settings: [String: String] = [:]
        for section in ["global", command, ":env:"] {
            for (key, value) in members where key.hasPrefix(section + ".") {
                settings[String(key.dropFirst(section.count + 1))] = value.string
            }
        }
        settings["config-file"] = nil
        proxy = settings.removeValue(forKey: "proxy")
        func words(_ name: String) -> [String] {
            settings[name]?.split(whereSeparator: \.isWhitespace).map(String.init) ?? []
        }
        let index = settings["index-url"] ?? usual
        var addresses = words("extra-index-url") + words("find-links")
        if !["1", "true", "yes", "on"].contains(settings["no-index"]?.lowercased()) { addresses.append(index) }
        if addresses.contains(where: { Self.rule($0) == Self.rule(usual) }) { addresses.append(store) }
        let named = (environment[Self.variable] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        hosts = Array(Set(addresses.compactMap(Self.rule) + words("trusted-host") + named)).sorted()
        for name in ["cert", "client-cert"] {
            if let path = settings[name], path.hasPrefix("/") { settings[name] = add(path) }
        }
        let links = words("find-links").map { link in
            link.hasPrefix("/")
                ? add(link) : link.hasPrefix("file://") ? "file://" + add(String(link.dropFirst(7))) : link
        }
        if !links.isEmpty { settings["find-links"] = links.joined(separator: " ") }
        for (name, value) in settings {
            variables["PIP_" + name.uppercased().replacing("-", with: "_")] = value
        }
        // No files: what they say is in the variables.
        variables["PIP_CONFIG_FILE"] = "/dev/null"
        for name in ["SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"] {
            if let path = environment[name], path.hasPrefix("/") { variables[name] = add(path) }
        }
    }

    /// Notes a file or folder; its path inside walls is that without links.
    private mutating func add(_ path: String) -> String {
        let resolved = URL(filePath: path).resolvingSymlinksInPath().path
        if FileManager.default.fileExists(atPath: resolved), !files.contains(resolved) { files.append(resolved) }
        return resolved
    }

    /// The rule that allows an address's host; nil of what is no address of the web.
    private static func rule(_ address: String) -> String? {
        guard let parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty
        else { return nil }
        return "\(host):\(parts.port ?? (scheme == "http" ? 80 : 443))"
    }
}
