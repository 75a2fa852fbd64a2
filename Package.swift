// swift-tools-version: 6.2
import PackageDescription

// Every target of ours is built in Swift 6 mode with warnings as errors. Rooms and floors: docs/architecture.md.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "kumo-fixtures",
  products: [
    .executable(name: "kumo-fixtures", targets: ["kumo-fixtures"]),
    .library(
      name: "KumoFixtures",
      targets: [
        "Specs",
        "Documents",
        "Validation",
        "Runs",
        "FixtureTree",
        "Migrations",
        "FixtureCommands",
        "FixtureSpecs",
      ]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.1"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
  ],
  targets: [
    // Ground: system libraries, and the few lines of C that Swift cannot say.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CLibArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CVectorscan", pkgConfig: "libhs", providers: [.apt(["libvectorscan-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .target(name: "CLinux"),
    .target(name: "CScan"),

    // Floor 1
    .target(name: "Files", dependencies: ["CLinux", system], swiftSettings: strict),
    .target(name: "Digests", dependencies: ["COpenSSL"], swiftSettings: strict),
    .target(name: "JSONBytes", dependencies: ["CScan"], swiftSettings: strict),
    .target(name: "Processes", dependencies: ["CLinux", system], swiftSettings: strict),

    // Floor 2
    .target(name: "KumoState", dependencies: ["Files", "Digests", "JSONBytes"], swiftSettings: strict),
    .target(name: "FixtureTree", dependencies: ["Files", "Digests", "JSONBytes"], swiftSettings: strict),

    .target(
      name: "Documents", dependencies: ["JSONBytes", "Yams"], swiftSettings: strict),

    // Floor 3
    .target(
      name: "Specs",
      dependencies: ["Documents", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", system],
      swiftSettings: strict),
    .target(
      name: "Validation",
      dependencies: ["Documents", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", system],
      swiftSettings: strict),
    .target(
      name: "Runs", dependencies: ["KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", system],
      swiftSettings: strict),
    .target(
      name: "Emulator", dependencies: ["Processes", "KumoState", "Files", "JSONBytes", "CLinux", system],
      swiftSettings: strict),

    .target(
      name: "Artifacts",
      dependencies: ["CLibArchive", "CZstd", "CZlib", "Files", "Digests", "JSONBytes", system],
      swiftSettings: strict),

    .target(
      name: "Migrations",
      dependencies: [
        "Processes", "Documents", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", "CLinux", system,
      ],
      swiftSettings: strict),

    .target(
      name: "Redaction",
      dependencies: [
        "CVectorscan", "CPCRE2", "COpenSSL", "CZlib", "CZstd", "CLibArchive", "CScan", "Documents", "KumoState",
        "FixtureTree", "Files", "Digests", "JSONBytes", "TOMLKit", system,
      ],
      swiftSettings: strict),
    .target(
      name: "Differences", dependencies: ["KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", system],
      swiftSettings: strict),

    // Floor 4
    .target(
      name: "Harness",
      dependencies: [
        "Runs", "Emulator", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", "CLinux", system,
      ], swiftSettings: strict),

    // Floors 5 and 6
    .target(
      name: "FixtureCommands",
      dependencies: [
        "Specs",
        "Validation",
        "Artifacts",
        "Migrations",
        "Differences",
        "Redaction",
        "Runs",
        "Emulator",
        "Harness",
        "Documents",
        "KumoState",
        "FixtureTree",
        "Files",
        "Digests",
        "JSONBytes",
        "CLinux",
        argumentParser,
        system,
      ],
      swiftSettings: strict),
    .target(
      name: "FixtureTesting",
      dependencies: [
        "Specs", "Validation", "Runs", "Emulator", "Harness", "KumoState", "FixtureTree", "Files", "Digests", system,
      ],
      swiftSettings: strict),
    .target(
      name: "FixtureSpecs", dependencies: ["Specs", "Migrations"], path: "fixture-specs", exclude: ["migrations"],
      swiftSettings: strict),
    .executableTarget(
      name: "kumo-fixtures", dependencies: ["FixtureCommands", "FixtureSpecs"], swiftSettings: strict),

    // Tests
    .target(
      name: "FixtureTestSupport", dependencies: ["Files", "Digests", system], path: "Tests/FixtureTestSupport",
      swiftSettings: strict),
    .testTarget(name: "FilesTests", dependencies: ["Files", "FixtureTestSupport"], swiftSettings: strict),
    .testTarget(name: "DigestsTests", dependencies: ["Digests", "FixtureTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "JSONBytesTests", dependencies: ["JSONBytes", "CScan", "FixtureTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "KumoStateTests", dependencies: ["KumoState", "Files", "JSONBytes", "FixtureTestSupport", system],
      swiftSettings: strict),
    .testTarget(name: "FixtureTreeTests", dependencies: ["FixtureTree", "FixtureTestSupport"], swiftSettings: strict),
    .testTarget(name: "DocumentsTests", dependencies: ["Documents"], swiftSettings: strict),
    .testTarget(
      name: "SpecsTests",
      dependencies: ["Documents", "Specs", "FixtureSpecs", "KumoState", "FixtureTestSupport", system],
      swiftSettings: strict),
    .testTarget(
      name: "ValidationTests",
      dependencies: [
        "Validation", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", "FixtureTestSupport", system,
      ], swiftSettings: strict),
    .testTarget(
      name: "RunsTests", dependencies: ["Runs", "FixtureTree", "Files", "JSONBytes", "FixtureTestSupport", system],
      swiftSettings: strict),
    .testTarget(
      name: "EmulatorTests", dependencies: ["Emulator", "Files", "JSONBytes", "FixtureTestSupport", system],
      swiftSettings: strict),
    .testTarget(
      name: "HarnessTests",
      dependencies: [
        "Harness", "Runs", "Emulator", "KumoState", "FixtureTree", "Files", "JSONBytes", "FixtureTestSupport", system,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "FixtureTestingTests",
      dependencies: [
        "FixtureTesting", "FixtureSpecs", "Specs", "Runs", "Emulator", "Files", "FixtureTestSupport", system,
      ], swiftSettings: strict),
    .testTarget(
      name: "ArtifactsTests", dependencies: ["Artifacts", "Files", "Digests", "FixtureTestSupport", system],
      swiftSettings: strict),
    .testTarget(
      name: "MigrationsTests",
      dependencies: [
        "Migrations", "Validation", "Documents", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes",
        "FixtureTestSupport",
        system,
      ], swiftSettings: strict),
    .testTarget(
      name: "RedactionTests",
      dependencies: [
        "Redaction", "Validation", "KumoState", "FixtureTree", "Files", "Digests", "JSONBytes", "FixtureTestSupport",
        system,
      ], swiftSettings: strict),
    .testTarget(
      name: "DifferencesTests",
      dependencies: ["Differences", "KumoState", "Files", "JSONBytes", "FixtureTestSupport", system],
      swiftSettings: strict),
    .testTarget(
      name: "FixtureCommandsTests",
      dependencies: [
        "Migrations", "FixtureCommands", "FixtureSpecs", "Specs", "Redaction", "Runs", "Emulator", "JSONBytes", "Files",
        "Digests", "FixtureTestSupport", system,
      ],
      swiftSettings: strict),
  ]
)

// Only `Benchmarks/run --redaction` asks for it: nobody's build pays for a program that measures.
if Context.environment["KUMO_FIXTURES_BENCHMARKS"] != nil {
  package.targets.append(
    .executableTarget(
      name: "rule-floors", dependencies: ["Redaction", "Files", system], path: "Benchmarks/rule-floors",
      swiftSettings: strict))
}
