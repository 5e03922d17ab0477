/// Holds doors against how they have to be: facts in, findings out.
///
/// The rules come from those who use the folders. The SSH server refuses a door of whose path any
/// part belongs to anybody but root, or can be written by anybody else (`ChrootDirectory`); Jalon
/// removes what it has read through the group; a file is renamed from one folder to another only
/// within a file system.
public struct DoorCheck: Sendable {
  /// Who has to do with the doors.
  let terms: DoorTerms

  /// A check on these terms.
  public init(_ terms: DoorTerms) { self.terms = terms }

  // MARK: What concerns every door

  /// The groups that these doors need, and Jalon's place in them.
  public func groups(for holders: [DoorHolder]) -> [DoorFinding] {
    let own = Set(holders.map { terms.group(of: $0) }).sorted { $0.name > $1.name }
    let needed = [terms.doors] + own
    var findings = needed.filter { $0.id == nil }.map(missing)
    if let id = terms.doors.id, !terms.service.groups.contains(id) {
      let service = terms.service.name
      findings.append(
        DoorFinding(
          .serviceGroup, nil, service,
          Sentence(
            french: "\(service) n’est pas du groupe \(terms.doors.name) : Jalon ne pourrait ni "
              + "lire ni vider les dépôts. Relancer Jalon ensuite.",
            english: "\(service) is not in the group \(terms.doors.name): Jalon could neither "
              + "read nor clear the depots. Restart Jalon afterwards."),
          mend: "usermod -a -G \(terms.doors.name) \(shellWord(service))"))
    }
    return findings
  }

  private func missing(_ group: DoorGroup) -> DoorFinding {
    DoorFinding(
      .groupMissing, nil, group.name,
      Sentence(
        french: "il n’y a pas de groupe \(group.name) sur cette machine",
        english: "there is no group \(group.name) on this machine"),
      mend: "groupadd --system \(group.name)")
  }

  /// The folders that lead to the doors, from the root to DOORS, and the one of the officers' doors.
  public func way(_ folders: [FolderFacts]) -> [DoorFinding] {
    folders.flatMap { folder -> [DoorFinding] in
      guard folder.kind == .folder else {
        return absent(folder, nil, mend: "install -d -o root -g root -m 0755 \(word(folder))")
      }
      return rootOwned(folder, nil) + passable(folder, nil)
    }
  }

  /// The folder where the web server keeps what is still arriving, where there is one.
  public func staging(_ folder: FolderFacts, beside doors: FolderFacts) -> [DoorFinding] {
    guard folder.kind == .folder else { return [] }
    var findings: [DoorFinding] = []
    if let id = terms.doors.id, folder.group != id {
      findings.append(ownerFinding(.group, nil, folder, terms.doors.name))
    }
    if folder.mode & 0o2000 == 0 {
      findings.append(modeFinding(nil, folder, wanted: 0o2700))
    }
    return findings + sameFileSystem(folder, as: doors, nil)
  }

  // MARK: One door

  /// One door; `doors` is the folder that holds it.
  public func door(_ facts: DoorFacts, in doors: FolderFacts) -> [DoorFinding] {
    let holder = facts.holder
    guard facts.door.kind == .folder else {
      return absent(facts.door, holder, mend: making(facts))
    }
    return adoption(facts) + rootOwned(facts.door, holder) + readable(facts.door, holder)
      + sameFileSystem(facts.door, as: doors, holder)
      + depot(facts) + receipts(facts)
  }

  private func adoption(_ facts: DoorFacts) -> [DoorFinding] {
    guard facts.isAdopted == false, let project = facts.holder.project else { return [] }
    let message = Sentence(
      french: "une porte, mais aucun projet \(project) adopté : ce que l’équipe dépose est refusé",
      english: "a door, but no adopted project \(project): what its team sends is refused")
    return [
      DoorFinding(
        .notAdopted, facts.holder, facts.door.path, message,
        mend: "jalon adopt --by … --reason … \(shellWord(project))")
    ]
  }

  private func depot(_ facts: DoorFacts) -> [DoorFinding] {
    let (holder, depot) = (facts.holder, facts.depot)
    guard depot.kind == .folder else { return absent(depot, holder, mend: making(facts)) }
    var findings = ownership(facts)
    if let id = terms.doors.id, depot.group != id {
      findings.append(ownerFinding(.group, holder, depot, terms.doors.name))
    }
    if depot.mode != DoorTerms.depotMode {
      findings.append(modeFinding(holder, depot, wanted: DoorTerms.depotMode))
    }
    if !depot.allows(7, to: terms.service), findings.allSatisfy({ $0.code != .mode }) {
      findings.append(unreachable(depot, holder))
    }
    return findings + sameFileSystem(depot, as: facts.receipts, holder)
  }

  /// The account that owns a depot: its door's, or Jalon's own where the team has none.
  private func ownership(_ facts: DoorFacts) -> [DoorFinding] {
    let (holder, depot) = (facts.holder, facts.depot)
    if depot.owner == terms.service.id { return [] }
    guard let account = facts.account, account.id != 0 else {
      let name = facts.account?.name ?? "\(depot.owner)"
      let message = Sentence(
        french: "le dépôt appartient à \(name), qui n’est pas le compte de son titulaire",
        english: "the depot belongs to \(name), which is not its holder's account")
      return [
        DoorFinding(
          .owner, holder, depot.path, message,
          mend: "chown \(shellWord(facts.accountName)) \(word(depot))")
      ]
    }
    return accountFindings(account, facts.door, holder)
  }

  private func accountFindings(
    _ account: DoorAccount, _ door: FolderFacts, _ holder: DoorHolder
  ) -> [DoorFinding] {
    var findings: [DoorFinding] = []
    if account.home != door.path {
      let message = Sentence(
        french: "le dossier personnel du compte \(account.name) est \(account.home), non sa "
          + "porte : SFTP l’y mènerait",
        english: "the home of the account \(account.name) is \(account.home), not its door: "
          + "SFTP would lead there")
      findings.append(
        DoorFinding(
          .accountHome, holder, door.path, message,
          mend: "usermod -d \(word(door)) \(shellWord(account.name))"))
    }
    let group = terms.group(of: holder)
    if !(group.id.map(account.groups.contains) ?? false) {
      let message = Sentence(
        french: "le compte \(account.name) n’est pas du groupe \(group.name) : SSH ne "
          + "l’enfermerait pas dans sa porte",
        english: "the account \(account.name) is not in the group \(group.name): SSH would not "
          + "keep it in its door")
      findings.append(
        DoorFinding(
          .accountGroup, holder, door.path, message,
          mend: "usermod -g \(group.name) \(shellWord(account.name))"))
    }
    return findings
  }

  private func receipts(_ facts: DoorFacts) -> [DoorFinding] {
    let (holder, receipts) = (facts.holder, facts.receipts)
    guard receipts.kind == .folder else { return absent(receipts, holder, mend: making(facts)) }
    var findings: [DoorFinding] = []
    if receipts.owner != terms.service.id {
      findings.append(ownerFinding(.owner, holder, receipts, terms.service.name))
    }
    return findings + writable(receipts, holder) + readable(receipts, holder)
  }
}
