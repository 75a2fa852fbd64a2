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
}
