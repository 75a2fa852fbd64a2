// FixtureTree
