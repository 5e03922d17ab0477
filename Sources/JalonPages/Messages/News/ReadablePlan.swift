import JalonCore

extension Plan {
  /// The same plan with titles short enough to be read inside a sentence.
  var readable: Plan {
    let titles =
      [project.title, project.lead, programme.title, programme.operatorName]
      + indicators.map(\.title) + phases.map(\.title) + milestones.map(\.title)
    let isReadable = titles.allSatisfy { $0.utf8.count <= Limit.title }
    guard !isReadable else { return self }
    var (project, programme) = (project, programme)
    project.title = project.title.shown(upTo: Limit.title)
    project.lead = project.lead.shown(upTo: Limit.title)
    for index in project.phases.indices {
      project.phases[index].title = project.phases[index].title.shown(upTo: Limit.title)
      for place in project.phases[index].milestones.indices {
        let title = project.phases[index].milestones[place].title
        project.phases[index].milestones[place].title = title.shown(upTo: Limit.title)
      }
    }
    project.indicators = project.indicators.map(\.readable)
    programme.title = programme.title.shown(upTo: Limit.title)
    programme.operatorName = programme.operatorName.shown(upTo: Limit.title)
    programme.indicators = programme.indicators.map(\.readable)
    for index in programme.commitments.indices {
      let title = programme.commitments[index].title
      programme.commitments[index].title = title.shown(upTo: Limit.title)
    }
    return Plan(project: project, programme: programme)
  }
}

extension IndicatorEntry {
  fileprivate var readable: IndicatorEntry {
    var entry = self
    entry.title = title?.shown(upTo: Limit.title)
    return entry
  }
}
