/// What a connection remembers of the tables that give texts a number.
///
/// Rows of those tables never change, so that what was read stays true; other processes add to
/// them, so that what is missing is asked for again. A rollback takes rows back: all is forgotten.
struct Interned {
  var projectKeys: [String: Int64] = [:]
  var nameKeys: [String: Int64] = [:]
  var names: [Int64: String] = [:]
}
