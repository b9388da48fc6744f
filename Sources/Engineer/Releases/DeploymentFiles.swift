/// What puts a release onto a machine: `install.sh`, `service.unit`, `Dockerfile`. Nothing that a user wrote stands in them.
struct DeploymentFiles {
    let number: Int
    /// The program that the release brings along; nil where the machine has Neo.
    let program: ProgramFile?
    /// Whether a model is computed in the program itself.
    let computesModels: Bool

    /// Writes them.
    func write(to files: inout ReleaseFiles) throws {
        try files.write(script, to: "install.sh", isExecutable: true)
        try files.write(unit, to: "service.unit")
        try files.write(Self.image, to: "Dockerfile")
        try files.write(CodePackage.built.map { $0 + "\n" }.joined(), to: ".dockerignore")
    }

    /// What a program loads when a model is computed; it asks for it nowhere else.
    private static let products = "libdnnl.so.2"

    /// Of which of Debian 12's packages a library comes. glibc is everywhere, and what a package depends on comes with it.
    static let packages: [(library: String, package: String)] = [
        (products, "libdnnl2"), ("libgomp.so.1", "libgomp1"), ("libicuuc.so.72", "libicu72"),
        ("liblzma.so.5", "liblzma5"), ("libseccomp.so.2", "libseccomp2"), ("libsqlite3.so.0", "libsqlite3-0"),
        ("libstdc++.so.6", "libstdc++6"), ("libstemmer.so.0d", "libstemmer0d"), ("libxml2.so.2", "libxml2"),
        ("libz.so.1", "zlib1g"),
    ]

    /// What has to be installed: what the program asks for, or what any program of Neo may ask for.
    var installed: [String] {
        let asked = program?.libraries.map { Set($0 + (computesModels ? [Self.products] : [])) }
        return ["ca-certificates"] + Self.packages.filter { asked?.contains($0.library) ?? true }.map(\.package)
    }

    private var script: String {
        """
        #!/bin/sh
        # Installs this release: checks its files, copies them to $PREFIX (/opt/neo-release), makes the user neo, and
        # installs the service where systemd runs. May be run again; the folder that was there is replaced at the end.
        set -eu
        here=$(cd "$(dirname "$0")" && pwd)
        prefix=${PREFIX:-/opt/neo-release}
        (cd "$here" && sha256sum --quiet --check SHA256SUMS)
        \(program != nil ? "program=$prefix/bin/neo" : "program=$(command -v neo || true)")
        if [ -z "$program" ]; then
            echo "install.sh: there is no program neo on this machine, and the release was built without --program." >&2
            exit 1
        fi
        # With NEO_PACKAGES=no nothing is fetched.
        if [ "${NEO_PACKAGES:-yes}" = yes ] && command -v apt-get >/dev/null; then
            apt-get update -q
            DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \(installed.joined(separator: " "))
        fi
        id neo >/dev/null 2>&1 || useradd --system --home-dir /var/lib/neo --shell /usr/sbin/nologin neo
        mkdir -p /var/lib/neo && chown neo: /var/lib/neo
        rm -rf "$prefix.new" && mkdir -p "$(dirname "$prefix")" && cp -R "$here" "$prefix.new"
        (cd "$prefix.new" && rm -rf \(CodePackage.built.joined(separator: " ")))
        rm -rf "$prefix.old"
        if [ -e "$prefix" ]; then mv "$prefix" "$prefix.old"; fi
        mv "$prefix.new" "$prefix" && rm -rf "$prefix.old"
        mkdir -p /usr/local/bin
        printf '#!/bin/sh\\nexec "%s" serve "%s" "$@"\\n' "$program" "$prefix" > /usr/local/bin/neo-release
        chmod 755 /usr/local/bin/neo-release
        if [ -d /run/systemd/system ]; then
            cp "$prefix/service.unit" /etc/systemd/system/neo-release.service
            systemctl daemon-reload && systemctl enable neo-release && systemctl restart neo-release
        fi
        echo "Installed in $prefix; /usr/local/bin/neo-release starts it."

        """
    }

    private var unit: String {
        """
        [Unit]
        Description=Neo release \(number)
        After=network-online.target
        Wants=network-online.target
        StartLimitIntervalSec=0

        [Service]
        User=neo
        ExecStart=/usr/local/bin/neo-release --port 8080
        Restart=always
        RestartSec=1
        TimeoutStopSec=30
        Environment=NEO_HOME=/var/lib/neo
        NoNewPrivileges=yes
        ProtectSystem=strict
        ProtectHome=yes
        PrivateTmp=yes
        PrivateDevices=yes
        ReadWritePaths=/var/lib/neo
        RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
        LockPersonality=yes
        CapabilityBoundingSet=

        [Install]
        WantedBy=multi-user.target

        """
    }

    private static let image = """
        FROM debian:12-slim
        COPY . /srv/release
        RUN /srv/release/install.sh
        USER neo
        EXPOSE 8080
        # An address that others reach needs a token: pass NEO_TOKEN.
        ENTRYPOINT ["/usr/local/bin/neo-release"]
        CMD ["--host", "0.0.0.0", "--port", "8080"]

        """
}
