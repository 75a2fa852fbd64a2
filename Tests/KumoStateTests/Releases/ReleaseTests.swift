import KumoState
import Testing

@Suite struct ReleaseTests {
  @Test(arguments: [
    ("v0.25.3", KumoRelease.v0_25_3, "v0.25.3"), ("0.18", .v0_18, "v0.18.0"), ("V0.18.0", .v0_18, "v0.18.0"),
    ("later", .later, "later"), ("1.0", KumoRelease(1, 0), "v1.0.0"),
  ])
  func parses(text: String, release: KumoRelease, description: String) {
    #expect(KumoRelease(parsing: text) == release)
    #expect(release.description == description)
  }

  @Test(arguments: ["", "v", "0", "0.", "0.18.", "0.18.0.1", "0.x", "v0.18-rc1", " 0.18", "0.-1", "0.99999999", "٠.١٨"])
  func refuses(text: String) {
    #expect(KumoRelease(parsing: text) == nil)
  }

  @Test func knownReleasesAscend() {
    #expect(zip(KumoRelease.known, KumoRelease.known.dropFirst()).allSatisfy { $0 < $1 })
    #expect(KumoRelease(0, 100) < .later)
    #expect(KumoRelease(0, 5).persists == false)
    #expect(KumoRelease(0, 23).isKnown == false)
  }

  @Test(arguments: [
    (KumoRelease.v0_18, Layout.inline), (.v0_25_2, .inline), (.v0_25_3, .portable), (.v0_26, .portable),
    (.v0_29_0, .portable), (KumoRelease(0, 29, 1), .blobs), (.later, .blobs),
  ])
  func eachReleaseWritesOneLayoutThatItLoads(release: KumoRelease, layout: Layout) {
    #expect(release.nativeLayout == layout)
    #expect(layout.writingReleases.contains(release) || release == KumoRelease(0, 29, 1))
    #expect(layout.loads(in: release))
  }

  @Test func blobsDoNotLoadBeforeTheyExisted() {
    #expect(!Layout.blobs.loads(in: .v0_25_2))
    #expect(Layout.portable.loads(in: .v0_18))
    #expect(!Layout.portable.loads(in: KumoRelease(0, 5)))
    #expect(Layout.inline.needsWritingToLoad(in: .later))
    #expect(!Layout.portable.needsWritingToLoad(in: .later))
  }

  @Test(arguments: [
    (ReleaseFeature.restoredQueuesWork, KumoRelease(0, 19, 9), false), (.restoredQueuesWork, .v0_20, true),
    (.validatesKeyAttributes, .v0_21, false), (.validatesKeyAttributes, .v0_22, true),
    (.deliveredEvents, .v0_19, false),
    (.deliveredEvents, .v0_18, true), (.emptyCollections, .v0_7, false), (.emptyCollections, .v0_18, true),
    (.backgroundFlush, .v0_24, false), (.backgroundFlush, .v0_25_0, true), (.blobs, .v0_25_2, false),
    (.multipartOnRestoredBuckets, .v0_25_3, false), (.tableClass, .v0_29_0, false), (.tableClass, .later, true),
  ])
  func features(feature: ReleaseFeature, release: KumoRelease, present: Bool) {
    #expect(release.has(feature) == present)
  }

  @Test func rangesDescribeThemselves() {
    #expect(Layout.inline.writingReleases.description == "v0.6.0 to v0.25.2")
    #expect(Layout.blobs.loadingReleases.description == "v0.25.3 and newer")
    #expect(ReleaseRange(.v0_18, through: .v0_18).description == "v0.18.0")
    #expect(Layout.inline.loadingReleases.contains(Layout.blobs.loadingReleases))
  }

  @Test func detectionNeedsAgreement() {
    var counts = DetectedLayout.Counts()
    counts.add(size: 0, hasBody: false, hasReference: true)
    #expect(counts.layout == .none)
    counts.add(size: 5, hasBody: true, hasReference: true)
    #expect(counts.layout == .layout(.portable))
    counts.add(size: 5, hasBody: false, hasReference: true)
    #expect(counts.layout == .mixed)
  }
}
