// swift-tools-version: 6.2
import PackageDescription

/// The walls of the house: every module says what it imports, and a warning stops the build.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "jalon",
  products: [.executable(name: "jalon", targets: ["jalon"])],
  targets: [
    .systemLibrary(
      name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CDisk"),

    .target(name: "JalonCore", swiftSettings: strict),
    .target(name: "JalonFormats", dependencies: ["JalonCore"], swiftSettings: strict),
    .target(name: "JalonPages", dependencies: ["JalonCore"], swiftSettings: strict),
    .target(name: "JalonStore", dependencies: ["JalonCore", "CSQLite"], swiftSettings: strict),
    .target(name: "JalonDisk", dependencies: ["CDisk"], swiftSettings: strict),
    .target(name: "JalonMail", dependencies: ["JalonDisk", "CCurl"], swiftSettings: strict),
    .target(
      name: "JalonRound", dependencies: ["JalonCore", "JalonFormats", "JalonPages"],
      swiftSettings: strict),
    .executableTarget(
      name: "jalon",
      dependencies: [
        "JalonCore", "JalonFormats", "JalonPages", "JalonStore", "JalonDisk", "JalonMail",
        "JalonRound",
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "JalonBenchmarks", dependencies: ["JalonCore", "JalonFormats"],
      path: "Benchmarks/Reading", swiftSettings: strict),

    .target(
      name: "JalonTesting",
      dependencies: ["JalonCore", "JalonFormats", "JalonPages", "JalonRound"],
      path: "Tests/JalonTesting",
      swiftSettings: strict),
    .target(
      name: "MailServers", path: "Tests/MailServers", exclude: ["smtp-server.py"],
      swiftSettings: strict),
    .target(
      name: "FuzzProperties",
      dependencies: [
        "JalonCore", "JalonFormats", "JalonPages", "JalonDisk", "JalonRound", "JalonTesting",
      ],
      path: "Tests/Fuzzing/Properties", swiftSettings: strict),
    .testTarget(
      name: "FuzzReplayTests", dependencies: ["FuzzProperties"], path: "Tests/Fuzzing/Replay",
      swiftSettings: strict),
    .testTarget(
      name: "JalonCoreTests", dependencies: ["JalonCore", "JalonTesting"], swiftSettings: strict),
    .testTarget(
      name: "JalonFormatsTests", dependencies: ["JalonCore", "JalonFormats", "JalonTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "JalonPagesTests", dependencies: ["JalonCore", "JalonPages", "JalonTesting"],
      exclude: ["Expected", "Messages/read-message.py"], swiftSettings: strict),
    .testTarget(
      name: "JalonStoreTests", dependencies: ["JalonCore", "JalonStore", "JalonTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "JalonMailTests", dependencies: ["JalonDisk", "JalonMail", "MailServers"],
      exclude: ["Expected"], swiftSettings: strict),
    .testTarget(name: "JalonDiskTests", dependencies: ["JalonDisk"], swiftSettings: strict),
    .testTarget(
      name: "JalonRoundTests",
      dependencies: ["JalonCore", "JalonFormats", "JalonPages", "JalonRound", "JalonTesting"],
      swiftSettings: strict),
    .testTarget(
      name: "ProgramTests", dependencies: ["JalonDisk", "JalonFormats", "JalonRound", "jalon"],
      swiftSettings: strict),
    .testTarget(
      name: "AcceptanceTests",
      dependencies: ["JalonCore", "JalonFormats", "JalonTesting", "MailServers", "jalon"],
      exclude: ["Expected"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)

// libFuzzer links only where it is asked for (Tests/Fuzzing/run.py), never in an ordinary build.
if Context.environment["JALON_FUZZ"] != nil {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/Fuzzing/CFuzzer"),
    .executableTarget(
      name: "JalonFuzz", dependencies: ["FuzzProperties", "CFuzzer"],
      path: "Tests/Fuzzing/Driver", swiftSettings: strict),
  ]
}
