/// What holds of several of a door's folders.
extension DoorCheck {
  /// Owned by root and written by nobody else: what the SSH server asks of every part of the path.
  func rootOwned(_ folder: FolderFacts, _ holder: DoorHolder?) -> [DoorFinding] {
    let owner = folder.owner == 0 ? [] : [ownerFinding(.owner, holder, folder, "root")]
    return owner + writable(folder, holder)
  }

  /// Written by its owner alone.
  func writable(_ folder: FolderFacts, _ holder: DoorHolder?) -> [DoorFinding] {
    guard folder.mode & 0o022 != 0 else { return [] }
    let message = Sentence(
      french: "droits \(octal(folder.mode)) : d’autres que son propriétaire peuvent y écrire",
      english: "mode \(octal(folder.mode)): others than its owner can write to it")
    return [
      DoorFinding(.writable, holder, folder.path, message, mend: "chmod go-w \(word(folder))")
    ]
  }

  /// Read by everybody who gets that far: the holder of a door is neither its owner nor its group.
  func readable(_ folder: FolderFacts, _ holder: DoorHolder) -> [DoorFinding] {
    guard folder.mode & 0o005 != 0o005 else { return passable(folder, holder) }
    return [modeFinding(holder, folder, wanted: folder.mode & 0o7755 | DoorTerms.doorMode)]
  }

  /// Passed by Jalon on its way to a depot.
  func passable(_ folder: FolderFacts, _ holder: DoorHolder?) -> [DoorFinding] {
    folder.allows(1, to: terms.service) ? [] : [unreachable(folder, holder)]
  }

  func unreachable(_ folder: FolderFacts, _ holder: DoorHolder?) -> DoorFinding {
    let service = terms.service.name
    let message = Sentence(
      french: "droits \(octal(folder.mode)) : Jalon (\(service)) n’y a pas l’accès qu’il lui faut",
      english: "mode \(octal(folder.mode)): Jalon (\(service)) has not the access that it needs")
    return DoorFinding(
      .unreachable, holder, folder.path, message,
      mend: "chgrp \(terms.doors.name) \(word(folder)) && chmod g+x \(word(folder))")
  }

  /// On one file system: a file arrives by a rename, and all is synced with one call.
  func sameFileSystem(
    _ folder: FolderFacts, as other: FolderFacts, _ holder: DoorHolder?
  ) -> [DoorFinding] {
    guard other.kind == .folder, folder.device != other.device else { return [] }
    let message = Sentence(
      french: "sur un autre système de fichiers que \(other.path)",
      english: "on another file system than \(other.path)")
    return [
      DoorFinding(.fileSystem, holder, folder.path, message, mend: "umount \(word(folder))")
    ]
  }

  func absent(_ folder: FolderFacts, _ holder: DoorHolder?, mend: String) -> [DoorFinding] {
    if folder.kind == .missing {
      let message = Sentence(french: "ce dossier manque", english: "this folder is missing")
      return [DoorFinding(.missing, holder, folder.path, message, mend: mend)]
    }
    let message = Sentence(
      french: "ce n’est pas un dossier : le déplacer, puis refaire la porte",
      english: "this is no folder: move it away, then make the door again")
    return [DoorFinding(.notAFolder, holder, folder.path, message, mend: mend)]
  }

  func ownerFinding(
    _ code: DoorFinding.Code, _ holder: DoorHolder?, _ folder: FolderFacts, _ wanted: String
  ) -> DoorFinding {
    let isGroup = code == .group
    let message = Sentence(
      french: isGroup
        ? "groupe \(folder.group) au lieu de \(wanted)"
        : "appartient au compte \(folder.owner), non à \(wanted)",
      english: isGroup
        ? "group \(folder.group) instead of \(wanted)"
        : "belongs to the account \(folder.owner), not to \(wanted)")
    let command = isGroup ? "chgrp" : "chown"
    return DoorFinding(
      code, holder, folder.path, message, mend: "\(command) \(shellWord(wanted)) \(word(folder))")
  }

  func modeFinding(_ holder: DoorHolder?, _ folder: FolderFacts, wanted: UInt32) -> DoorFinding {
    let message = Sentence(
      french: "droits \(octal(folder.mode)) au lieu de \(octal(wanted))",
      english: "mode \(octal(folder.mode)) instead of \(octal(wanted))")
    return DoorFinding(
      .mode, holder, folder.path, message, mend: "chmod \(octal(wanted)) \(word(folder))")
  }

  /// The command that makes what a door lacks.
  func making(_ facts: DoorFacts) -> String {
    let account = facts.resident.map { "--account \(shellWord($0)) " } ?? ""
    return switch facts.holder {
    case .team(let project): "jalon team add --make \(account)\(shellWord(project))"
    case .officer(let name): "jalon team add --make --officer \(shellWord(name))"
    }
  }

  func word(_ folder: FolderFacts) -> String { shellWord(folder.path) }

  /// Permissions as `chmod` takes them.
  func octal(_ mode: UInt32) -> String {
    let digits = String(mode, radix: 8)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

/// Depots that share an owner: what comes through one door could come through the other.
extension DoorCheck {
  /// The accounts that own more than one depot, Jalon's own left aside.
  public func shared(_ doors: [DoorFacts]) -> [DoorFinding] {
    var owners: [UInt32: DoorFacts] = [:]
    var findings: [DoorFinding] = []
    for facts in doors where facts.depot.kind == .folder && facts.depot.owner != terms.service.id {
      guard let first = owners[facts.depot.owner] else {
        owners[facts.depot.owner] = facts
        continue
      }
      let message = Sentence(
        french: "le même compte possède \(first.depot.path) : une porte, un compte",
        english: "the same account owns \(first.depot.path): one account a door")
      findings.append(
        DoorFinding(
          .accountShared, facts.holder, facts.depot.path, message,
          mend: "chown \(shellWord(facts.accountName)) \(word(facts.depot))"))
    }
    return findings
  }
}
