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

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let inMemoryTracing = Target.Dependency.product(name: "InMemoryTracing", package: "swift-distributed-tracing")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let seccomp = Target.Dependency.target(name: "CSeccomp", condition: .when(platforms: [.linux]))
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let serviceLifecycleTestKit = Target.Dependency.product(
    name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

var targets: [Target] = [
    // MARK: Agents (L3)
    .target(name: "Agents", dependencies: ["Base", "LanguageModels", "Processes", "Sandbox", "Storage"]),
    .testTarget(
        name: "AgentsTests",
        dependencies: ["Agents", "Base", "LanguageModels", "Processes", "Sandbox", "Storage", "TestSupport"]),

    // MARK: AutoML (L1)
    .target(name: "AutoML", dependencies: ["Base", "Statistics"]),
    .testTarget(name: "AutoMLTests", dependencies: ["AutoML", "Base", "Statistics", "TestSupport"]),

    // MARK: Base (L0)
    .target(name: "Base", dependencies: [crypto]),
    .testTarget(name: "BaseTests", dependencies: ["Base", "TestSupport"]),

    // MARK: Commands (L5)
    .target(
        name: "Commands",
        dependencies: [
            "Agents", "AutoML", "Base", "CTerminal", "Documents", "Downloads", "Encoders", "Engineer",
            "LanguageModelClients", "LanguageModels", "Notifications", "Processes", "RAG", "Retrieval", "Sandbox",
            "Server", "Storage", "Telemetry", "TelemetryExport", "Tracking", argumentParser,
        ],
        // What a command prints for other languages.
        resources: [.embedInCode("Runs/Python/neo_log.py")]
    ),
    .testTarget(
        name: "CommandsTests",
        dependencies: [
            "Agents", "AutoML", "Base", "Commands", "Downloads", "Engineer", "LanguageModelClients",
            "LanguageModels", "Processes", "RAG", "Sandbox", "Storage", "TestSupport", "Tracking", argumentParser,
            nioCore,
            nioPosix, subprocess,
            system,
        ],
        exclude: ["Golden"]
    ),

    // MARK: CoreDNN (L0): matrix products; oneDNN on Linux, Accelerate on macOS
    .target(
        name: "CoreDNN",
        linkerSettings: [
            .linkedLibrary("dnnl", .when(platforms: [.linux])),
            .linkedLibrary("gomp", .when(platforms: [.linux])),
            .linkedFramework("Accelerate", .when(platforms: [.macOS])),
        ]
    ),

    // MARK: CHnsw (L0): approximate nearest neighbours; header-only hnswlib
    .target(name: "CHnsw", dependencies: ["CVectors"], cxxSettings: [.unsafeFlags(["-O3"])]),

    // MARK: CVectors (L0): loops over vectors, for several generations of processors
    .target(name: "CVectors", cSettings: [.unsafeFlags(["-O3"])]),

    // MARK: CTerminal (L0): keys as they are pressed
    .target(name: "CTerminal"),

    // MARK: CSandbox (L0): sockets that carry descriptors
    .target(name: "CSandbox"),

    // MARK: CStemmer (L0): Snowball
    .systemLibrary(name: "CStemmer", providers: [.apt(["libstemmer-dev"]), .brew(["snowball"])]),

    // MARK: CXML2 (L0): HTML and character sets
    .systemLibrary(name: "CXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),

    // MARK: Documents (L2)
    .target(name: "Documents", dependencies: ["Base", "CXML2", "Processes", "Retrieval", "Sandbox", "Storage", yams]),
    .testTarget(
        name: "DocumentsTests",
        dependencies: ["Base", "Documents", "Processes", "Retrieval", "Storage", "TestSupport"]),

    // MARK: Downloads (L2)
    .target(name: "Downloads", dependencies: ["Base", "Processes", "Sandbox", asyncHTTPClient, crypto, nioCore]),
    .testTarget(
        name: "DownloadsTests",
        dependencies: [
            "Base", "Downloads", "Processes", "TestSupport", crypto, httpTypes, hummingbird, nioCore, nioPosix,
        ]
    ),

    // MARK: Encoders (L1)
    .target(name: "Encoders", dependencies: ["Base", "CVectors", "CoreDNN"]),
    .testTarget(name: "EncodersTests", dependencies: ["Base", "Encoders", "TestSupport"]),

    // MARK: Engineer (L4)
    .target(
        name: "Engineer",
        dependencies: [
            "Agents", "AutoML", "Base", "Documents", "Encoders", "LanguageModels", "RAG", "Retrieval", "Sandbox",
            "Statistics", "Storage", "Tracking", yams,
        ],
        // Part of the program, so that no file is missing where the program is moved.
        resources: [.embedInCode("Interview/Questionnaires/rag.yaml")]
    ),
    .testTarget(
        name: "EngineerTests",
        dependencies: [
            "Agents", "AutoML", "Base", "Encoders", "Engineer", "LanguageModelClients", "LanguageModels", "Processes",
            "RAG",
            "Retrieval", "Sandbox", "Statistics", "Storage", "TestSupport", "Tracking",
        ]
    ),

    // MARK: LanguageModelClients (L2)
    .target(
        name: "LanguageModelClients",
        dependencies: [
            "Base", "Downloads", "LanguageModels", "Processes", "Retrieval", "Sandbox", "Storage", "Telemetry",
            asyncHTTPClient, nioCore, nioHTTP1, nioSSL, tracing,
        ],
        // Part of the program, so that no file is missing where the program is moved.
        resources: [.embedInCode("Prices/prices.json")]
    ),
    .testTarget(
        name: "LanguageModelClientsTests",
        dependencies: [
            "AutoML", "Base", "Downloads", "LanguageModelClients", "LanguageModels", "Processes", "Retrieval",
            "Storage",
            "Telemetry", "TestSupport", httpTypes, hummingbird, hummingbirdCore, hummingbirdTLS, inMemoryTracing,
            nioCore, nioPosix, nioSSL, tracing,
        ],
        exclude: ["Golden"]
    ),

    // MARK: LanguageModels (L1)
    .target(name: "LanguageModels", dependencies: ["Base"]),
    .testTarget(
        name: "LanguageModelsTests", dependencies: ["Base", "LanguageModels", "TestSupport"], exclude: ["Golden"]),

    // MARK: neo (L5)
    .executableTarget(name: "neo", dependencies: ["Commands"]),

    // MARK: neo-bench (L5): what `make bench` measures
    .executableTarget(
        name: "neo-bench",
        dependencies: [
            "Agents", "AutoML", "Base", "Encoders", "Engineer", "LanguageModelClients", "LanguageModels", "Retrieval",
            "Sandbox", "Statistics", "Storage", "TestSupport", "Tracking",
        ],
        path: "Benchmarks/neo-bench"),

    // MARK: Notifications (L2)
    .target(
        name: "Notifications",
        dependencies: ["Base", "Downloads", asyncHTTPClient, nioCore, nioHTTP1, nioPosix, nioSSL]),
    .testTarget(
        name: "NotificationsTests", dependencies: ["Base", "Notifications", "Processes", "TestSupport"],
        exclude: ["receivers.py", "receivers-requirements.txt"]),

    // MARK: Processes (L2)
    .target(name: "Processes", dependencies: ["Base", subprocess, system]),
    .testTarget(name: "ProcessesTests", dependencies: ["Base", "Processes", "TestSupport"]),

    // MARK: RAG (L3)
    .target(
        name: "RAG",
        dependencies: [
            "AutoML", "Base", "CoreDNN", "Documents", "Encoders", "LanguageModels", "Retrieval", "Statistics",
            "Storage", "Telemetry", tracing,
        ]
    ),
    .testTarget(
        name: "RAGTests",
        dependencies: [
            "AutoML", "Base", "Documents", "LanguageModels", "RAG", "Retrieval", "Storage", "Telemetry", "TestSupport",
            inMemoryTracing, tracing,
        ]
    ),

    // MARK: Retrieval (L1)
    .target(name: "Retrieval", dependencies: ["Base", "CHnsw", "CStemmer", "CVectors", "CoreDNN"]),
    .testTarget(
        name: "RetrievalTests",
        dependencies: ["Base", "Retrieval", "TestSupport"],
        exclude: ["Fixtures"]
    ),

    // MARK: Sandbox (L2)
    .target(
        name: "Sandbox",
        dependencies: ["Base", "CSandbox", "Processes", seccomp, nioCore, nioHTTP1, nioPosix, nioSSL]),
    .testTarget(
        name: "SandboxTests",
        dependencies: ["Base", "Processes", "Sandbox", "TestSupport", nioCore, nioHTTP1, nioPosix, nioSSL]),

    // MARK: Server (L5)
    .target(
        name: "Server",
        dependencies: [
            "Agents", "AutoML", "Base", "Engineer", "LanguageModels", "RAG", "Retrieval", "Statistics", "Storage",
            "Telemetry", "Tracking", crypto, httpTypes, hummingbird, hummingbirdCore, logging, mustache, nioCore,
            nioHTTPTypes,
            serviceLifecycle,
        ]
    ),
    .testTarget(
        name: "ServerTests",
        dependencies: [
            "Agents", "AutoML", "Base", "Engineer", "LanguageModels", "Processes", "RAG", "Retrieval", "Server",
            "Storage", "TestSupport", "Tracking",
            httpTypes,
            hummingbird,
            hummingbirdTesting, nioCore, nioEmbedded, nioHTTPTypes, serviceLifecycleTestKit,
        ]
    ),

    // MARK: Statistics (L1)
    .target(name: "Statistics", dependencies: ["Base"]),
    .testTarget(
        name: "StatisticsTests", dependencies: ["Base", "Statistics", "TestSupport"], exclude: ["Fixtures"]),

    // MARK: Storage (L2)
    .target(name: "Storage", dependencies: ["AutoML", "Base", "LanguageModels", grdb]),
    .testTarget(name: "StorageTests", dependencies: ["AutoML", "Base", "LanguageModels", "Storage", "TestSupport"]),

    // MARK: Telemetry (L1)
    .target(name: "Telemetry", dependencies: ["Base", tracing]),
    .testTarget(name: "TelemetryTests", dependencies: ["Base", "Telemetry", inMemoryTracing, tracing]),

    // MARK: TelemetryExport (L2)
    .target(
        name: "TelemetryExport",
        dependencies: ["Base", "Downloads", "Telemetry", asyncHTTPClient, nioCore, nioHTTP1, tracing]),
    .testTarget(
        name: "TelemetryExportTests",
        dependencies: [
            "Base", "Downloads", "LanguageModelClients", "LanguageModels", "Processes", "Telemetry", "TelemetryExport",
            "TestSupport", httpTypes, hummingbird, nioCore, tracing,
        ],
        exclude: ["Golden", "decode_otlp.py", "otlp-decoder-requirements.txt"]
    ),

    // MARK: Tracking (L2)
    .target(
        name: "Tracking", dependencies: ["Base", "Downloads", "Processes", "Sandbox", "Storage", grdb, grdbSQLite]),
    .testTarget(
        name: "TrackingTests",
        dependencies: ["AutoML", "Base", "Processes", "Sandbox", "Storage", "TestSupport", "Tracking"],
        exclude: ["open_trackio.py", "read_parquet.py", "tracking-requirements.txt"]),

    // MARK: TestSupport (L2): for tests only
    .target(name: "TestSupport", dependencies: ["Agents", "AutoML", "Base", "LanguageModels"]),
    .testTarget(name: "TestSupportTests", dependencies: ["Base", "LanguageModels", "Processes", "TestSupport"]),
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
