import KumoState
import Testing

@Suite struct ReleaseTests {
  @Test(arguments: [
    ("v0.25.3", KumoRelease.v25p3, "v0.25.3"), ("0.18", .v18, "v0.18.0"), ("V0.18.0", .v18, "v0.18.0"),
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
    (KumoRelease.v18, Layout.inline), (.v25p2, .inline), (.v25p3, .portable), (.v26, .portable),
    (.v29, .portable), (KumoRelease(0, 29, 1), .blobs), (.later, .blobs),
  ])
  func eachReleaseWritesOneLayoutThatItLoads(release: KumoRelease, layout: Layout) {
    #expect(release.nativeLayout == layout)
    #expect(layout.writingReleases.contains(release) || release == KumoRelease(0, 29, 1))
    #expect(layout.loads(in: release))
  }

  @Test func blobsDoNotLoadBeforeTheyExisted() {
    #expect(!Layout.blobs.loads(in: .v25p2))
    #expect(Layout.portable.loads(in: .v18))
    #expect(!Layout.portable.loads(in: KumoRelease(0, 5)))
  }

  @Test(arguments: [
    (ReleaseFeature.restoredQueuesWork, KumoRelease(0, 19, 9), false), (.restoredQueuesWork, .v20, true),
    (.validatesKeyAttributes, .v21, false), (.validatesKeyAttributes, .v22, true),
    (.deliveredEvents, .v19, false),
    (.deliveredEvents, .v18, true), (.emptyCollections, .v7, false), (.emptyCollections, .v18, true),
    (.backgroundFlush, .v24, false), (.backgroundFlush, .v25, true), (.blobs, .v25p2, false),
    (.multipartOnRestoredBuckets, .v25p3, false), (.tableClass, .v29, false), (.tableClass, .later, true),
  ])
  func features(feature: ReleaseFeature, release: KumoRelease, present: Bool) {
    #expect(release.has(feature) == present)
  }

  @Test func rangesDescribeThemselves() {
    #expect(Layout.inline.writingReleases.description == "v0.6.0 to v0.25.2")
    #expect(Layout.blobs.loadingReleases.description == "v0.25.3 and newer")
    #expect(ReleaseRange(.v18, through: .v18).description == "v0.18.0")
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
