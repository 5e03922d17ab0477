import JalonDisk

/// Files that WinSCP has written under the name `NAME.filepart` and is about to rename.
///
/// It sets a file's time after it has renamed it, by its name: a file that was taken at once is gone
/// by then, and every upload over 100 KiB would end in an error message. So such a file waits as one
/// that was closed does.
struct Halves {
  private static let ending = Array(".filepart".utf8)
  /// How many are remembered: more than that at once are taken as soon as they are renamed.
  private static let limit = 1_000

  private struct Place: Hashable {
    let door: String
    let name: [UInt8]
  }

  private var places: Set<Place> = []

  /// Remembers a file if its name is that of a half one.
  mutating func note(_ name: FileName, in door: String) {
    let bytes = name.bytes
    let count = Self.ending.count
    guard bytes.count > count, bytes.suffix(count).elementsEqual(Self.ending) else { return }
    // Those that were never renamed would fill it for good.
    if places.count >= Self.limit { places = [] }
    places.insert(Place(door: door, name: Array(bytes.dropLast(count))))
  }

  /// Whether a file had such a name until now; that is forgotten.
  mutating func take(_ name: FileName, in door: String) -> Bool {
    places.remove(Place(door: door, name: name.bytes)) != nil
  }
}
