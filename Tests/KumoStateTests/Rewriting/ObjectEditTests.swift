import JSONBytes
import Testing

@testable import KumoState

struct ObjectEditTests {
  private func edited(_ object: String, _ change: (inout ObjectEdit) -> Void) throws -> String {
    var edit = ObjectEdit()
    change(&edit)
    return String(decoding: edit.apply(to: try JSONTape(parsing: Array(object.utf8)).root), as: UTF8.self)
  }

  @Test(arguments: [
    (#"{}"#, #"{"b":2}"#), (#"{"a":1}"#, #"{"a":1,"b":2}"#), (#"{"c":1}"#, #"{"b":2,"c":1}"#),
    (#"{"a":1,"c":3}"#, #"{"a":1,"b":2,"c":3}"#), (#"{"b":{"x":[1, 2]}}"#, #"{"b":2}"#),
    (#"{ "a" : 1 , "b" : 7 }"#, #"{ "a" : 1 , "b" : 2 }"#), (#"{ "a" : 1 }"#, #"{ "a" : 1,"b":2 }"#),
    (#"{"a":1,"\u0062":9,"c":3}"#, #"{"a":1,"\u0062":2,"c":3}"#),
  ]) func setsAMember(_ object: String, _ result: String) throws {
    #expect(try edited(object) { $0.set(Array("b".utf8), to: Array("2".utf8)) } == result)
  }

  @Test(arguments: [
    (#"{"b":1}"#, #"{}"#), (#"{"a":1,"b":2}"#, #"{"a":1}"#), (#"{"b":2,"c":3}"#, #"{"c":3}"#),
    (#"{"a":1,"b":2,"c":3}"#, #"{"a":1,"c":3}"#), (#"{"a": 1, "b": 2, "c": 3}"#, #"{"a": 1,"c": 3}"#),
    (#"{"a":1}"#, #"{"a":1}"#),
  ]) func removesAMember(_ object: String, _ result: String) throws {
    #expect(try edited(object) { $0.remove(Array("b".utf8)) } == result)
  }

  @Test func renamesAMemberAtItsPlace() throws {
    let there = try edited(#"{"a":1,"b":"x","c":3}"#) { $0.rename(Array("b".utf8), to: Array("z<".utf8)) }
    #expect(there == #"{"a":1,"z\u003c":"x","c":3}"#)
    #expect(try edited(there) { $0.rename(Array("z<".utf8), to: Array("b".utf8)) } == #"{"a":1,"b":"x","c":3}"#)
  }

  @Test func makesSeveralChangesAtOnce() throws {
    let result = try edited(#"{"a":1,"b":2,"d":4,"e":5}"#) {
      $0.remove(Array("a".utf8))
      $0.set(Array("c".utf8), to: Array("3".utf8))
      $0.set(Array("f".utf8), to: Array("6".utf8))
      $0.remove(Array("e".utf8))
      $0.set(Array("0".utf8), to: Array("0".utf8))
    }
    #expect(result == #"{"0":0,"b":2,"c":3,"d":4,"f":6}"#)
  }

  /// One member that is set has a way of its own; with a second change, of a member that is not there, it takes the
  /// other one.
  @Test(arguments: ["", "a", "b", "bb", "z", "\u{e9}"]) func setsAMemberAloneAsBesideOthers(_ name: String) throws {
    let objects = [
      "{}", "{ }", #"{"b":1}"#, #"{"a":1,"b":2,"c":3}"#, #"{ "a" : 1 , "b" : 7 , "c" : 3 }"#, #"{"c":1,"a":2}"#,
      #"{"z":{"b":1},"a":[1, 2], "b":"x"}"#, #"{"a":1,"\u0062":9,"c":3}"#, #"{"":0,"b":1}"#, #"{"\u00e9":1, "z":2}"#,
      #"{"a":1,"a":2,"b":3,"b":4}"#, "[1]", "7",
    ]
    var options = JSONReader.Options()
    options.duplicateKeys = .allow
    for object in objects {
      let root = try JSONTape(parsing: Array(object.utf8), options: options).root
      var one = ObjectEdit()
      one.set(Array(name.utf8), to: Array("[5]".utf8))
      var two = one
      two.remove(Array("absent".utf8))
      #expect(one.apply(to: root) == two.apply(to: root), "\(object)")
    }
  }

  @Test func isUsedAgain() throws {
    var edit = ObjectEdit()
    var splices = ObjectSplices()
    for number in 1...3 {
      edit.removeAll()
      #expect(edit.isEmpty)
      edit.set(Array("b".utf8), to: Array("\(number)".utf8))
      if number == 2 { edit.add(Array("c".utf8), Array("0".utf8)) }
      let object = Array(#"{"a":1,"b":{}}"#.utf8)
      let result = String(decoding: edit.apply(to: try JSONTape(parsing: object).root), as: UTF8.self)
      #expect(result == (number == 2 ? #"{"a":1,"b":2,"c":0}"# : #"{"a":1,"b":\#(number)}"#))
      edit.splices(in: try JSONTape(parsing: object).root, to: &splices)
      #expect(splices.splices.count == 1)
    }
  }
}
