import Documents

/// Where a part of a spec was written: a line of a document, or a line of Swift code.
public typealias SpecLocation = DocumentLocation

/// One thing that is wrong in a spec.
public typealias SpecProblem = DocumentProblem

/// Everything that is wrong in a spec, in the order in which it was found.
public typealias SpecError = DocumentError
