import JalonCore
import JalonDisk
import JalonRound

/// A file read from a depot, on its way through the intake.
struct TakenArrival {
  /// Whose door it came through.
  let holder: DoorHolder
  let name: FileName
  /// What the file looked like when it was read; `nil` for what was not read.
  let stamp: FileStamp?
  /// The sidecar that was matched with it.
  let sidecar: (name: FileName, stamp: FileStamp)?
  let arrival: Arrival

  /// The door's folder below DOORS.
  var door: String { holder.id }
}

/// What came of trying to take a file.
enum Taking {
  case taken(TakenArrival)
  /// It changed: it has to settle anew.
  case changed(FileStamp)
  /// It may be cut, or its sidecar says that it is: it has to wait longer.
  case mayBeCut
  /// It is a sidecar that came after its file: the file's name, and the digest it announces.
  case lateSidecar(of: FileName, announced: String?, TakenArrival)
  /// There is nothing to take.
  case gone

  /// Bytes that a sidecar may have.
  private static let sidecarLimit = 65_536

  /// What is shown of a sidecar that announces no digest.
  static let noDigest = "—"

  /// Reads a file that looks complete (SPEC §7): once, and only if it is still what it looked like.
  static func take(
    _ name: FileName, _ stamp: FileStamp, from door: Door, in depot: Folder, limit: Int,
    at now: UInt64
  ) throws(DiskError) -> Taking {
    guard let current = try depot.stamp(of: name) else { return .gone }
    guard current.unchanged(since: stamp) else { return .changed(current) }
    let announcedFile = fileAnnounced(by: name.bytes).flatMap { FileName($0) }
    // A sidecar whose file is here is read together with it.
    if let announcedFile, try depot.stamp(of: announcedFile) != nil { return .gone }
    var hash = SHA256()
    switch try depot.take(name, limit: limit, tooLarge: { hash.update($0) }) {
    case .refused(.vanished, _): return .gone
    // An SFTP server that renames by linking has not removed the other name yet.
    case .refused(.severalLinks, _) where !door.settling.isTakenWhole(name, at: now):
      return .mayBeCut
    case .refused(let reason, _):
      return .taken(door.arrival(name, nil, nil, .refused(.refused(reason))))
    case .file(let file):
      guard !file.changedDuringRead, file.after.unchanged(since: stamp) else {
        return .changed(file.after)
      }
      guard let bytes = file.bytes else {
        let content = Arrival.Content.tooLarge(Int(file.size), hash.finish(), limit: limit)
        return .taken(door.arrival(name, stamp, nil, content))
      }
      let isPatient = door.settling.isTakenWhole(name, at: now)
      guard isPatient || endsWithLineEnd(bytes) else { return .mayBeCut }
      if let announcedFile {
        let digest = SHA256.hash(bytes)
        let announced = digestAnnounced(in: bytes)
        let mismatch = Arrival.Content.mismatch(bytes, digest, announced: announced ?? noDigest)
        return .lateSidecar(
          of: announcedFile, announced: announced, door.arrival(name, stamp, nil, mismatch))
      }
      return try match(bytes, name, stamp, door, depot, isPatient: isPatient)
    }
  }

  /// Holds the bytes against the sidecar beside them, if there is one.
  private static func match(
    _ bytes: [UInt8], _ name: FileName, _ stamp: FileStamp, _ door: Door, _ depot: Folder,
    isPatient: Bool
  ) throws(DiskError) -> Taking {
    let digest = SHA256.hash(bytes)
    guard let sidecarName = FileName(name.bytes + ".sha256".utf8),
      let sidecarStamp = try depot.stamp(of: sidecarName)
    else { return .taken(door.arrival(name, stamp, nil, .bytes(bytes, digest))) }
    let sidecar = (name: sidecarName, stamp: sidecarStamp)
    var announced: String?
    if case .file(let file) = try depot.take(sidecarName, limit: sidecarLimit, tooLarge: { _ in }),
      let text = file.bytes
    {
      announced = digestAnnounced(in: text)
    }
    if announced == digest.hexadecimal {
      return .taken(door.arrival(name, stamp, sidecar, .bytes(bytes, digest)))
    }
    // Either of the two may still be on its way.
    guard isPatient else { return .mayBeCut }
    return .taken(
      door.arrival(
        name, stamp, sidecar, .mismatch(bytes, digest, announced: announced ?? noDigest)))
  }

  /// Whether a text's last line has an end; spreadsheets, which are no text, need none.
  static func endsWithLineEnd(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return true }
    if bytes.starts(with: [0xFF, 0xFE]) { return bytes.suffix(2).elementsEqual([0x0A, 0x00]) }
    return bytes.last == 0x0A || bytes.last == 0x0D
  }
}

extension Door {
  func arrival(
    _ name: FileName, _ stamp: FileStamp?, _ sidecar: (name: FileName, stamp: FileStamp)?,
    _ content: Arrival.Content
  ) -> TakenArrival {
    TakenArrival(
      holder: holder, name: name, stamp: stamp, sidecar: sidecar,
      arrival: Arrival(
        told: holder.project, file: name.escaped, name: name.bytes, content: content, door: path,
        identity: stamp.map(FileIdentity.init)))
  }
}

extension FileIdentity {
  init(_ stamp: FileStamp) {
    self.init(
      device: stamp.device, inode: stamp.inode, size: stamp.size, modified: stamp.modified)
  }
}

// MARK: What it says

extension Sentence {
  static func refused(_ reason: TakeRefusal) -> Sentence {
    // A private file of its owner's machine arrives as private: no setting here can open it.
    if reason == .unreadable {
      return Sentence(
        french: "C’est un fichier que Jalon n’a pas le droit de lire : il est mis de côté. Sur "
          + "votre machine, rendez-le lisible à tous (chmod 644), puis déposez-le de nouveau.",
        english: "This is a file that Jalon may not read: it is set aside. On your machine, let "
          + "everybody read it (chmod 644), then put it there again.")
    }
    let (french, english) =
      switch reason {
      case .symbolicLink: ("un lien", "a link")
      case .directory: ("un dossier", "a folder")
      case .severalLinks: ("un fichier à plusieurs noms", "a file with several names")
      case .beyondHashing: ("un fichier bien trop grand", "a file far too large")
      case .fifo, .other, .vanished, .unreadable:
        ("autre chose qu’un fichier", "something that is no file")
      }
    return Sentence(
      french: "C’est \(french) : il est mis de côté sans être lu. Déposez un fichier ordinaire, "
        + "CSV ou JSON.",
      english: "This is \(english): it is set aside unread. Put an ordinary file there, "
        + "CSV or JSON.")
  }
}
