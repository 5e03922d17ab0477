import Glibc

/// What came of removing a file that had been read.
public enum Removal: Hashable, Sendable {
  /// It is gone, and it was the one that was read.
  case removed
  /// It had gone already.
  case vanished
  /// Something else has its name; that was left alone.
  case changed
  /// Something else took its name at the last moment; that was put back, under this name.
  case putBack(FileName)
}

/// What to do with a file whose removal was cut short.
public enum TakenDecision: Hashable, Sendable {
  case remove
  /// Put it back under this name, which it had; `nil` if nobody knows it.
  case restore(FileName?)
  /// Leave it: another process may be at work on it.
  case leave
}

extension Folder {
  /// How the name of a file about to be removed starts; the caller's token follows.
  public static let takenPrefix: StaticString = ".jalon-taken-"
  /// How the name of a file starts whose own name is unknown or in use.
  public static let recoveredPrefix: StaticString = "recovered-"

  /// Removes a file if it is still the one that was read, and nothing else ever.
  ///
  /// The file first gets a private name, is looked at again under it, and only then removed:
  /// whatever a writer renames into its place in the meantime is not touched.
  ///
  /// - `token`: up to 64 letters, digits and `-`, unused so far; `recoverTaken` gives it back if
  ///   the process dies in between.
  public func remove(
    _ name: FileName, ifStill read: FileStamp, token: String
  ) throws(DiskError) -> Removal {
    let taken = try takenName(token)
    guard let now = try stamp(of: name) else { return .vanished }
    guard now.unchanged(since: read) else { return .changed }
    return try remove(name, as: taken, ifStill: read, token: token)
  }

  /// The second half: something else may have got the name since it was looked at.
  func remove(
    _ name: FileName, as taken: FileName, ifStill read: FileStamp, token: String
  ) throws(DiskError) -> Removal {
    do throws(DiskError) {
      guard try move(name, to: taken) else {
        throw DiskError(code: EEXIST, action: "setting aside", path: shown(taken))
      }
    } catch {
      guard error.code != ENOENT else { return .vanished }
      throw error
    }
    guard let moved = try stamp(of: taken) else { return .vanished }
    guard moved.isSameContent(as: read) else {
      return .putBack(try restore(taken, to: name, token: token))
    }
    return try remove(taken) ? .removed : .vanished
  }

  /// Ends the removals that a dead process left half done.
  ///
  /// - `limit`: how many to end at most.
  /// - `decide`: what to do with the file of this token.
  /// - Gives what each token's file has become: its name, or `nil` if it is gone.
  public func recoverTaken(
    limit: Int, decide: (_ token: String, _ stamp: FileStamp) -> TakenDecision
  ) throws(DiskError) -> [(token: String, name: FileName?)] {
    var outcomes: [(token: String, name: FileName?)] = []
    for taken in try names(limit: limit, where: { $0.hasPrefix(Self.takenPrefix) }).names {
      let rest = taken.bytes.dropFirst(Self.takenPrefix.utf8CodeUnitCount)
      guard let token = String(validating: rest, as: UTF8.self), Self.isToken(token),
        let stamp = try stamp(of: taken)
      else { continue }
      switch decide(token, stamp) {
      case .leave: continue
      case .remove:
        try remove(taken)
        outcomes.append((token, nil))
      case .restore(let name):
        outcomes.append((token, try restore(taken, to: name, token: token)))
      }
    }
    return outcomes
  }

  /// Gives a file a visible name again: its own, or else one that says where it comes from.
  private func restore(
    _ taken: FileName, to name: FileName?, token: String
  ) throws(DiskError) -> FileName {
    if let name, try move(taken, to: name) { return name }
    for attempt in 1...100 {
      let suffix = attempt == 1 ? "" : "-\(attempt)"
      let recovered = FileName(trusted: "\(Self.recoveredPrefix)\(token)\(suffix)")
      if try move(taken, to: recovered) { return recovered }
    }
    throw DiskError(code: EEXIST, action: "putting back", path: shown(taken))
  }

  private func takenName(_ token: String) throws(DiskError) -> FileName {
    guard Self.isToken(token) else {
      let shown = "\(path)/\(FileName.escaping(token.utf8))"
      throw DiskError(code: EINVAL, action: "setting aside", path: shown)
    }
    return FileName(trusted: "\(Self.takenPrefix)\(token)")
  }

  private static func isToken(_ token: String) -> Bool {
    (1...64).contains(token.utf8.count)
      && token.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
