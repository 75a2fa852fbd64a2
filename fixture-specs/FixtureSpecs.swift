import Specs

/// The specs that ship with the tool: what a project copies to start.
public let builtInSpecs: [FixtureSpec] = [tour, shop, upgrade]
