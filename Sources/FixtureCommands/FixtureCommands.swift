// FixtureCommands
