public import JalonCore
import JalonRound

extension InMemoryNotebook {
  /// Every act, in order.
  public var acts: [OfficerAct] { state.acts }

  var actsPort: Notebook.Acts {
    Notebook.Acts(
      record: { act in
        self.needsTransaction()
        var act = act
        act.number = Int64(self.state.acts.count + 1)
        self.state.acts.append(act)
        return act.number
      },
      confirm: { number, word in
        self.needsTransaction()
        self.state.acts[Int(number) - 1].confirmation = word
      },
      act: { number in self.state.acts.first { $0.number == number } },
      about: { id in self.state.acts.filter { $0.project == id } },
      waiting: { self.state.acts.filter { $0.effective == nil } },
      projectsWith: { digest in
        let ids = self.filed.filter { $0.digest == digest }.compactMap(\.receipt.project)
        return ids.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
      },
      isExpunged: { digest in
        self.state.acts.contains { $0.deed == .expunge(digest) && $0.effective != nil }
      },
      expunged: {
        self.state.acts.compactMap { act in
          guard case .expunge(let digest) = act.deed, act.effective != nil else { return nil }
          return digest
        }
      })
  }
}
