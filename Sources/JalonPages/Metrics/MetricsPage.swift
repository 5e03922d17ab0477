public import JalonCore

/// The service's state as Prometheus reads it.
///
/// Names keep to Prometheus' rules: base units as suffix, `_total` for what only rises, a label only
/// for what is one of a few. No project is a label: ten thousand series would help nobody.
public struct MetricsPage: Sendable {
  private let facts: ServiceFacts

  /// A page about one moment.
  public init(_ facts: ServiceFacts) { self.facts = facts }

  /// The text format, every family with its help and type.
  public var text: String { families.map(\.text).joined() }

  private var families: [MetricFamily] {
    [build] + files + depots + gates + mail + notebook + spaces
  }

  private var census: NotebookCensus { facts.census }

  private var build: MetricFamily {
    var family = MetricFamily("jalon_build_info", .gauge, "The program; always 1.")
    family.add("version", facts.version, 1)
    return family
  }

  // MARK: Files

  private var files: [MetricFamily] {
    var files = MetricFamily(
      "jalon_files_total", .counter, "Files received, by what became of them.")
    var bytes = MetricFamily(
      "jalon_files_bytes_total", .counter, "Bytes of the files received.")
    for status in ReceiptStatus.allCases {
      let received = census.received[status] ?? NotebookCensus.Received()
      files.add("status", status.rawValue, received.files)
      bytes.add("status", status.rawValue, received.bytes)
    }
    return [
      files, bytes,
      MetricFamily(
        "jalon_files_unfinished", .gauge,
        "Files entered whose receipt or removal from the depot is not noted as done.",
        census.unfinished),
      MetricFamily(
        "jalon_archive_files", .gauge,
        "Files that the archive holds at most: those accepted or rejected.", archived.files),
      MetricFamily(
        "jalon_archive_bytes", .gauge,
        "Bytes that the archive holds at most: those of files accepted or rejected.",
        archived.bytes),
    ]
  }

  /// What was filed under a digest of its own; a duplicate is there already.
  private var archived: NotebookCensus.Received {
    var sum = NotebookCensus.Received()
    for (status, received) in census.received where status != .duplicate {
      sum.files += received.files
      sum.bytes += received.bytes
    }
    return sum
  }

  private var depots: [MetricFamily] {
    let depots = facts.depots
    return [
      MetricFamily("jalon_depots", .gauge, "Depots that there are.", depots.count),
      MetricFamily(
        "jalon_depots_unreadable", .gauge, "Depots that could not be looked into.",
        depots.unreadable),
      MetricFamily(
        "jalon_depot_files", .gauge, "Files that wait in the depots now.", depots.files),
      MetricFamily(
        "jalon_depot_oldest_age_seconds", .gauge,
        "Time since the file that waits longest in a depot changed last; 0 where none waits.",
        microseconds: age(of: depots.oldest)),
      MetricFamily(
        "jalon_depots_look_complete", .gauge,
        "1 if the look into the depots saw everything, 0 if it stopped at its bound.",
        depots.isComplete ? 1 : 0),
    ]
  }

  // MARK: Judgement

  private var gates: [MetricFamily] {
    var alerts = MetricFamily(
      "jalon_alerts_open", .gauge, "Alerts that are not closed, by kind.")
    for kind in AlertKind.allCases { alerts.add("kind", kind.rawValue, census.alerts[kind] ?? 0) }
    return [
      MetricFamily("jalon_projects", .gauge, "Projects ever adopted.", census.projects),
      MetricFamily(
        "jalon_evaluations_total", .counter, "Times that all gates were judged and recorded.",
        census.evaluations),
      MetricFamily(
        "jalon_evaluation_last_timestamp_seconds", .gauge, "When they were judged last.",
        microseconds: census.lastEvaluation?.microseconds),
      MetricFamily(
        "jalon_gates_flagged", .gauge, "Gates flagged, as recorded last.", census.gates.flagged),
      MetricFamily(
        "jalon_gates_flagged_funds_euros", .gauge, "Funds at stake at the flagged gates.",
        census.gates.euros),
      alerts,
      MetricFamily(
        "jalon_acts_waiting", .gauge, "What officers did and a second person has yet to confirm.",
        census.actsWaiting),
    ]
  }

  // MARK: Mail

  private var mail: [MetricFamily] {
    var unsent = MetricFamily("jalon_mail_unsent", .gauge, "Messages that were not sent, by why.")
    unsent.add("state", "waiting", census.messages.waiting)
    unsent.add("state", "refused", census.messages.refused)
    unsent.add("state", "given-up", census.messages.expired)
    return [
      MetricFamily(
        "jalon_mail_sent_total", .counter, "Messages that the server took.", census.messages.sent),
      unsent,
      MetricFamily(
        "jalon_mail_oldest_age_seconds", .gauge,
        "Time since the message that waits longest was queued; 0 where none waits.",
        microseconds: age(of: census.messages.oldestWaiting)),
    ]
  }

  // MARK: Notebook and disks

  private var notebook: [MetricFamily] {
    [
      MetricFamily(
        "jalon_ledger_entries_total", .counter, "Entries of the ledger.", census.ledgerEntries),
      MetricFamily(
        "jalon_database_bytes", .gauge, "Size of the notebook's file; 0 where there is none.",
        facts.databaseBytes),
      MetricFamily(
        "jalon_backup_last_timestamp_seconds", .gauge, "When 'jalon backup' last ended well.",
        microseconds: facts.lastBackup?.microseconds),
    ]
  }

  private var spaces: [MetricFamily] {
    var size = MetricFamily(
      "jalon_filesystem_size_bytes", .gauge, "Size of the file system that a folder is on.")
    var free = MetricFamily(
      "jalon_filesystem_free_bytes", .gauge, "Bytes that may still be written there.")
    var files = MetricFamily(
      "jalon_filesystem_free_files", .gauge, "Files that may still be made there.")
    for space in facts.spaces {
      size.add("folder", space.folder, space.size)
      free.add("folder", space.folder, space.free)
      files.add("folder", space.folder, space.freeFiles)
    }
    return [size, free, files]
  }

  /// How long ago something was; never less than nothing, whatever a clock was set to.
  private func age(of instant: Instant?) -> Int64 {
    instant.map { max(0, facts.now.microseconds - $0.microseconds) } ?? 0
  }
}
