import FixtureCommands
import FixtureSpecs

CommandLineTool.main(specs: builtInSpecs, steps: builtInSteps)
