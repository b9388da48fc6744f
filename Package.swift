// swift-tools-version: 6.2

import PackageDescription

// Every dependency is pinned `exact:`: the demo's golden questions quote the articles of these very
// versions (examples/swift-docs), and a search is only repeatable if its tools are. swift-collections and
// swift-docc-plugin are linked by no target yet: the demo reads their articles, and `make docs` uses the plugin.
let dependencies: [Package.Dependency] = [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-distributed-tracing", exact: "1.7.3"),
    .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", exact: "1.5.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2", traits: []),
]

/// What of the packages is linked, by the package.
let products: [String: String] = [
    "GRDB.swift": "GRDB GRDBSQLite",
    "Yams": "Yams",
    "async-http-client": "AsyncHTTPClient",
    "hummingbird": "Hummingbird HummingbirdCore HummingbirdTLS HummingbirdTesting",
    "swift-argument-parser": "ArgumentParser",
    "swift-crypto": "Crypto",
    "swift-distributed-tracing": "InMemoryTracing Tracing",
    "swift-http-types": "HTTPTypes",
    "swift-log": "Logging",
    "swift-mustache": "Mustache",
    "swift-nio": "NIOCore NIOEmbedded NIOHTTP1 NIOPosix",
    "swift-nio-extras": "NIOHTTPTypes",
    "swift-nio-ssl": "NIOSSL",
    "swift-service-lifecycle": "ServiceLifecycle ServiceLifecycleTestKit",
    "swift-subprocess": "Subprocess",
    "swift-system": "SystemPackage",
]

/// Targets of this package and products of others, by their names.
func named(_ names: String) -> [Target.Dependency] {
    names.split(whereSeparator: \.isWhitespace).map(String.init).map { name in
        // The walls are Linux's.
        if name == "CSeccomp" { return .target(name: name, condition: .when(platforms: [.linux])) }
        let package = products.first { $0.value.split(separator: " ").contains(Substring(name)) }?.key
        return package.map { .product(name: name, package: $0) } ?? .byName(name: name)
    }
}

/// A module, and its tests, which use it and what is named: targets in alphabetical order, then products.
func module(
    _ name: String, uses: String, tests: String, resources: [Resource]? = nil, testsExclude: [String] = []
) -> [Target] {
    let linked = Set(products.values.flatMap { $0.split(separator: " ") })
    let used = tests.split(whereSeparator: \.isWhitespace)
    let own = (used.filter { !linked.contains($0) } + [Substring(name)]).sorted()
    let dependencies = (own + used.filter(linked.contains)).joined(separator: " ")
    return [
        .target(name: name, dependencies: named(uses), resources: resources),
        .testTarget(name: name + "Tests", dependencies: named(dependencies), exclude: testsExclude),
    ]
}

let modules: [[Target]] = [
    // MARK: Agents (L3)
    module(
        "Agents",
        uses: "Base LanguageModels MCP Processes Retrieval Sandbox Statistics Storage Yams",
        tests: "Base LanguageModels MCP Processes Sandbox Statistics Storage TestSupport"),

    // MARK: AutoML (L1)
    module("AutoML", uses: "Base Statistics", tests: "Base Statistics TestSupport"),

    // MARK: Base (L0)
    module("Base", uses: "Crypto", tests: "TestSupport"),

    // MARK: Commands (L5)
    // What a command prints for other languages.
    module(
        "Commands",
        uses: """
            Agents AutoML Base CTerminal Documents Downloads Encoders Engineer LanguageModelClients LanguageModels MCP
            Notifications Processes RAG Retrieval Sandbox Server Storage Telemetry TelemetryExport Tracking
            ArgumentParser
            """,
        tests: """
            Agents AutoML Base Downloads Engineer LanguageModelClients LanguageModels MCP Processes RAG Sandbox
            Storage TestSupport Tracking ArgumentParser NIOCore NIOPosix Subprocess SystemPackage
            """,
        resources: [.embedInCode("Runs/Python/neo_log.py")],
        testsExclude: ["Golden"]),

    // MARK: Documents (L2)
    module(
        "Documents",
        uses: "Base CXML2 Processes Retrieval Sandbox Storage Yams",
        tests: "Base Processes Retrieval Storage TestSupport"),

    // MARK: Downloads (L2)
    module(
        "Downloads",
        uses: "Base Processes Sandbox AsyncHTTPClient Crypto NIOCore",
        tests: "Base Processes TestSupport Crypto HTTPTypes Hummingbird NIOCore NIOPosix"),

    // MARK: Encoders (L1)
    module("Encoders", uses: "Base CVectors CoreDNN", tests: "Base TestSupport"),

    // MARK: Engineer (L4)
    // Part of the program, so that no file is missing where the program is moved.
    module(
        "Engineer",
        uses: """
            Agents AutoML Base Documents Encoders LanguageModels Processes RAG Retrieval Sandbox Statistics Storage
            Tracking Crypto Yams
            """,
        tests: """
            Agents AutoML Base Encoders LanguageModelClients LanguageModels Processes RAG Retrieval Sandbox
            Statistics Storage TestSupport Tracking
            """,
        resources: [
            .embedInCode("Interview/Questionnaires/rag.yaml"), .embedInCode("Audits/Probes/probes.json"),
            .embedInCode("Audits/Supply/packages.json"),
        ]),

    // MARK: LanguageModelClients (L2)
    // Part of the program, so that no file is missing where the program is moved.
    module(
        "LanguageModelClients",
        uses: """
            Base Downloads LanguageModels Processes Retrieval Sandbox Storage Telemetry AsyncHTTPClient NIOCore
            NIOHTTP1 NIOSSL Tracing
            """,
        tests: """
            AutoML Base Downloads LanguageModels Processes Retrieval Storage Telemetry TestSupport HTTPTypes
            Hummingbird HummingbirdCore HummingbirdTLS InMemoryTracing NIOCore NIOPosix NIOSSL Tracing
            """,
        resources: [.embedInCode("Prices/prices.json")],
        testsExclude: ["Golden"]),

    // MARK: LanguageModels (L1)
    module("LanguageModels", uses: "Base", tests: "Base TestSupport", testsExclude: ["Golden"]),

    // MARK: MCP (L2)
    module(
        "MCP", uses: "Base Downloads Processes Sandbox AsyncHTTPClient NIOCore NIOHTTP1 NIOPosix",
        tests: "Base Processes Sandbox TestSupport", testsExclude: ["Servers", "mcp-requirements.txt"]),

    // MARK: Notifications (L2)
    module(
        "Notifications", uses: "Base Downloads AsyncHTTPClient NIOCore NIOHTTP1 NIOPosix NIOSSL",
        tests: "Base Processes TestSupport", testsExclude: ["receivers.py", "receivers-requirements.txt"]),

    // MARK: Processes (L2)
    module("Processes", uses: "Base Subprocess SystemPackage", tests: "Base TestSupport"),

    // MARK: RAG (L3)
    module(
        "RAG",
        uses: "AutoML Base CoreDNN Documents Encoders LanguageModels Retrieval Statistics Storage Telemetry Tracing",
        tests: "AutoML Base Documents LanguageModels Retrieval Storage Telemetry TestSupport InMemoryTracing Tracing"),

    // MARK: Retrieval (L1)
    module(
        "Retrieval",
        uses: "Base CHnsw CStemmer CVectors CoreDNN",
        tests: "Base TestSupport",
        testsExclude: ["Fixtures"]),

    // MARK: Sandbox (L2)
    module(
        "Sandbox",
        uses: "Base CSandbox Processes CSeccomp NIOCore NIOHTTP1 NIOPosix NIOSSL",
        tests: "Base Processes TestSupport NIOCore NIOHTTP1 NIOPosix NIOSSL"),

    // MARK: Server (L5)
    module(
        "Server",
        uses: """
            Agents AutoML Base Engineer LanguageModels MCP RAG Retrieval Statistics Storage Telemetry Tracking Crypto
            HTTPTypes Hummingbird HummingbirdCore Logging Mustache NIOCore NIOHTTPTypes ServiceLifecycle
            """,
        tests: """
            Agents AutoML Base Engineer LanguageModels MCP Processes RAG Retrieval Storage TestSupport Tracking HTTPTypes
            Hummingbird HummingbirdTesting NIOCore NIOEmbedded NIOHTTPTypes ServiceLifecycleTestKit
            """),

    // MARK: Statistics (L1)
    module("Statistics", uses: "Base", tests: "Base TestSupport", testsExclude: ["Fixtures"]),

    // MARK: Storage (L2)
    module("Storage", uses: "AutoML Base LanguageModels GRDB", tests: "AutoML Base LanguageModels TestSupport GRDB"),

    // MARK: Telemetry (L1)
    module("Telemetry", uses: "Base Tracing", tests: "Base InMemoryTracing Tracing"),

    // MARK: TelemetryExport (L2)
    module(
        "TelemetryExport",
        uses: "Base Downloads Telemetry AsyncHTTPClient NIOCore NIOHTTP1 Tracing",
        tests: """
            Base Downloads LanguageModelClients LanguageModels Processes Telemetry TestSupport HTTPTypes Hummingbird
            NIOCore Tracing
            """,
        testsExclude: ["Golden", "decode_otlp.py", "otlp-decoder-requirements.txt"]),

    // MARK: TestSupport (L2): for tests only
    module("TestSupport", uses: "Agents AutoML Base LanguageModels", tests: "Base LanguageModels Processes"),

    // MARK: Tracking (L2)
    module(
        "Tracking",
        uses: "Base Downloads Processes Sandbox Storage GRDB GRDBSQLite",
        tests: "AutoML Base Processes Sandbox Storage TestSupport",
        testsExclude: ["open_trackio.py", "read_parquet.py", "tracking-requirements.txt"]),
]

var targets: [Target] =
    modules.flatMap(\.self) + [
        // MARK: neo (L5)
        .executableTarget(name: "neo", dependencies: named("Commands")),

        // MARK: neo-bench (L5): what `make bench` measures
        .executableTarget(
            name: "neo-bench",
            dependencies: named(
                """
                Agents AutoML Base Encoders Engineer LanguageModelClients LanguageModels Retrieval Sandbox Statistics Storage
                TestSupport Tracking
                """),
            path: "Benchmarks/neo-bench"),

        // MARK: CHnsw (L0): approximate nearest neighbours; header-only hnswlib
        .target(name: "CHnsw", dependencies: named("CVectors"), cxxSettings: [.unsafeFlags(["-O3"])]),

        // MARK: CoreDNN (L0): matrix products; oneDNN on Linux, Accelerate on macOS
        .target(
            name: "CoreDNN",
            linkerSettings: [
                // On Linux it is loaded when it is first needed.
                .linkedFramework("Accelerate", .when(platforms: [.macOS]))
            ]
        ),

        // MARK: CSandbox (L0): sockets that carry descriptors
        .target(name: "CSandbox"),

        // MARK: CStemmer (L0): Snowball
        .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),

        // MARK: CTerminal (L0): keys as they are pressed
        .target(name: "CTerminal"),

        // MARK: CVectors (L0): loops over vectors, for several generations of processors
        .target(name: "CVectors", cSettings: [.unsafeFlags(["-O3"])]),

        // MARK: CXML2 (L0): HTML and character sets
        .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    ]

#if os(Linux)
    // The walls are Linux's.
    targets += [
        // MARK: CSeccomp (L0): filters of system calls
        .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),

        // MARK: neo-cell (L2): the launcher of what runs inside walls
        .executableTarget(
            name: "neo-cell",
            // It is started for every run: without the libraries that come with Swift, of which it uses nothing.
            linkerSettings: [.unsafeFlags(["-static-executable", "-Xlinker", "--gc-sections"])]
        ),
    ]
#endif

let package = Package(
    name: "neo",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "neo", targets: ["neo"]),
        .library(name: "AutoML", targets: ["AutoML"]),
        .library(name: "Encoders", targets: ["Encoders"]),
        .library(name: "RAG", targets: ["RAG"]),
        .library(name: "Retrieval", targets: ["Retrieval"]),
    ],
    dependencies: dependencies,
    targets: targets,
    cxxLanguageStandard: .cxx17
)

/// Loops over floats are a few hundred times slower without optimisation, also in a debug build.
let numerical: Set<String> = ["AutoML", "Encoders", "Retrieval", "Statistics"]

let shims: Set<String> = ["CHnsw", "CSandbox", "CTerminal", "CVectors", "CoreDNN", "neo-cell"]

for target in package.targets where target.type != .system && !shims.contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .swiftLanguageMode(.v6),
        .treatAllWarnings(as: .error),
    ]
    if numerical.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
}
