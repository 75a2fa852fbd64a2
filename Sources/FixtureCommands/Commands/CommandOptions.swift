import ArgumentParser
import KumoState

/// The layouts as users name them (product.md).
enum LayoutName: String, CaseIterable, ExpressibleByArgument {
  case inline
  case portable
  case blobs

  var layout: Layout {
    switch self {
    case .inline: .inline
    case .portable: .portable
    case .blobs: .blobs
    }
  }
}

/// Forms of a result that is not a list of findings.
enum ResultFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case json
}
